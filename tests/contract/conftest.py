"""The resources of CAE over a real store, called through the edge in this process."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import httpx2
import pytest

from homeport.api.cae_v1 import (
    actions,
    applications,
    components,
    configurations,
    environments,
    events,
    instances,
    snapshots,
)
from homeport.api.cae_v1.places import Parts
from homeport.api.calls import Call
from homeport.api.edge import Edge, request_ids
from homeport.api.operations import CAE
from homeport.model.caller import Caller, Role

T = TypeVar("T")

MODULES = (actions, applications, components, configurations, environments, events, instances, snapshots)


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

    def __init__(self, house: Any, http: httpx2.AsyncClient) -> None:
        self.house = house
        self._http = http

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
        return Reply(response.status_code, json.loads(response.content) if response.content else None, response.content)


def _handlers(parts: Parts) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for module in MODULES:
        found |= module.handlers(parts)
    return found


@pytest.fixture
def in_cae(in_house: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that runs a scenario `async (Cae) -> T` against a new house and returns what it returns."""

    def run(scenario: Callable[[Cae], Awaitable[T]], **rules: Any) -> T:
        async def whole(house: Any) -> T:
            parts = Parts(context=house.context, front_url=lambda port: f"http://127.0.0.1:{port}")
            handlers = _handlers(parts)
            table = [operation for operation in CAE if operation.id in handlers or not operation.built]
            edge = Edge(handlers, AnybodyIsAda(), request_ids(house.context.ids), operations=table)
            transport = httpx2.ASGITransport(app=edge)
            async with httpx2.AsyncClient(transport=transport, base_url="http://homeport") as http:
                return await scenario(Cae(house, http))

        return in_house(whole, **rules)

    return run
