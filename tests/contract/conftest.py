"""Clients of a real engine, and of the resources of CAE over a real store, called through the edge in this process.

Every answer that any of them gets is held against what is promised of it.
"""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from typing import Any, NamedTuple, TypeVar

import httpx2
import pytest

from contract.conformance import check_answer
from contract.watching import departures
from homeport.api.cae_v1 import (
    actions,
    applications,
    certificates,
    components,
    configurations,
    domains,
    environments,
    events,
    instances,
    snapshots,
    volumes,
)
from homeport.api.cae_v1.places import Parts
from homeport.api.calls import Call
from homeport.api.edge import Edge, request_ids
from homeport.api.operations import CAE
from homeport.model.caller import Caller, Role
from support.answers import Heard, listening
from support.cae import Application, new_environment
from support.desk import Desk, open_desk
from support.identity import quick_passwords
from support.nursery import Nursery, all_forked, nursery
from support.queue import Queue
from support.server import Server, running

T = TypeVar("T")

MODULES = (
    actions,
    applications,
    certificates,
    components,
    configurations,
    domains,
    environments,
    events,
    instances,
    snapshots,
    volumes,
)


class AnybodyIsAda:
    """An authenticator for tests of what comes after it: every call is Ada's, an operator."""

    def cached(self, call: Call) -> Caller | None:
        return Caller(
            user_id="u", user_name="ada", domain_id="d", domain_name="home", roles={call.project_id: Role.OPERATOR}
        )

    async def authenticate(self, call: Call) -> Caller:
        raise AssertionError("every caller is known")


class Reply(NamedTuple):
    """An answer: its status, its JSON (None for an empty body), and its bytes."""

    status: int
    json: Any
    text: bytes


class Cae:
    """A client of the resources' calls, and the house behind them."""

    def __init__(self, house: Any, http: httpx2.AsyncClient, reached: list[str]) -> None:
        """`reached` gets the id of each operation whose handler is called."""
        self.house = house
        self._http = http
        self._reached = reached

    async def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        environment: str | None = None,
        enterprise: str | None = None,
    ) -> Reply:
        """Call `path` below `/v1/{project_id}/cae`; `body` is bytes as they are, or JSON."""
        headers = {"X-Environment-ID": environment, "X-Enterprise-Project-ID": enterprise}
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        response = await self._http.request(
            method,
            f"/v1/{self.house.project_id}/cae{path}",
            content=content,
            headers={name: value for name, value in headers.items() if value is not None},
        )
        if self._reached:
            wrong = check_answer(self._reached.pop(), response.status_code, response.content)
            assert not wrong, f"{method} {path} departs from the contract: {wrong}"
        return Reply(response.status_code, json.loads(response.content) if response.content else None, response.content)


def _handlers(parts: Parts, reached: list[str]) -> Mapping[str, Any]:
    def noting(handler: Any) -> Any:
        async def noted(call: Call) -> Any:
            reached.append(call.operation.id)
            return await handler(call)

        return noted

    return {id_: noting(handler) for module in MODULES for id_, handler in module.handlers(parts).items()}


@pytest.fixture(scope="module", autouse=True)
def _logins() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        quick_passwords(patch.setattr)
        yield


@pytest.fixture(scope="session")
def nurseries() -> Iterator[Callable[[bool], Nursery]]:
    """Return what gives the nursery for modules that are marked `unmeasured`, or for the others."""
    with ExitStack() as stack:
        # Made when it is needed, for whether its engines are measured is settled then.
        yield cache(lambda marked: stack.enter_context(nursery()))


@pytest.fixture(scope="module", autouse=True)
def _engines(is_unmeasured: bool, nurseries: Callable[[bool], Nursery]) -> Iterator[None]:
    with all_forked(nurseries(is_unmeasured)):
        yield


@pytest.fixture
def in_cae(in_house: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that runs a scenario `async (Cae) -> T` against a new house and returns what it returns."""

    def run(scenario: Callable[[Cae], Awaitable[T]], **rules: Any) -> T:
        async def whole(house: Any) -> T:
            parts = Parts(context=house.context, front_host="127.0.0.1")
            reached: list[str] = []
            handlers = _handlers(parts, reached)
            table = [operation for operation in CAE if operation.id in handlers or not operation.built]
            edge = Edge(handlers, AnybodyIsAda(), request_ids(house.context.ids), operations=table)
            transport = httpx2.ASGITransport(app=edge)
            async with httpx2.AsyncClient(transport=transport, base_url="http://homeport") as http:
                return await scenario(Cae(house, http, reached))

        return in_house(whole, **rules)

    return run


@pytest.fixture(scope="session", autouse=True)
def heard_departures() -> Iterator[list[str]]:
    """Collect what is wrong with the answers that clients of real engines get, those of fixtures too."""
    wrong: list[str] = []

    def listen(heard: Heard) -> None:
        wrong.extend(departures(heard))

    with listening(listen):
        yield wrong


@pytest.fixture(autouse=True)
def every_answer_is_as_promised(heard_departures: list[str]) -> Iterator[None]:
    """Fail the test that got an answer which departs from the contract."""
    yield
    wrong = list(dict.fromkeys(heard_departures))
    heard_departures.clear()
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a real engine with the driver `simulated`, for all tests that leave it as it is."""
    with running(
        tmp_path_factory.mktemp("engine") / "data",
        min_ready_seconds=0,
        components_per_environment=10_000,
        slots=1_000,  # tests leave jobs behind that stay in one of their tasks
        log_level="warning",
    ) as server:
        yield server


@pytest.fixture(scope="session")
def environment(engine: Server) -> str:
    """Return the id of an environment of the engine."""
    return new_environment(engine)


@pytest.fixture(scope="session")
def http(engine: Server) -> Iterator[httpx2.Client]:
    """Return a plain client of the engine, with a token."""
    with engine.http() as client:
        yield client


@pytest.fixture
def application(engine: Server, environment: str, http: httpx2.Client) -> Application:
    """Return an application of the test's own, called through the official SDK."""
    return Application(engine, environment, http)


@pytest.fixture(scope="session")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return an engine that runs one job at a time."""
    folder = tmp_path_factory.mktemp("narrow")
    with running(folder / "data", min_ready_seconds=0, slots=1, log_level="warning") as server:
        yield server


@pytest.fixture
def queue(narrow: Server) -> Iterator[Queue]:
    """Return an application in the engine that runs one job at a time; the engine is free."""
    with narrow.http() as client:
        queue = Queue(Application(narrow, new_environment(narrow), client))
        yield queue
        queue.clear()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return an engine at rest, for requests that must not change anything."""
    with open_desk(tmp_path_factory.mktemp("desk") / "data") as desk:
        yield desk
