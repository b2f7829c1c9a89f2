"""What suites share: the order of their files, whether lines are counted, and a furnished house over a real store."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from homeport.identity.vault import KEY_BYTES, MasterKey, Vault
from homeport.model.changes import Change, Statement
from homeport.model.clock import SystemClock
from homeport.model.ids import SeededIds
from homeport.model.records import Application, Component, Environment
from homeport.services.applications import create_application
from homeport.services.components import ComponentSpec, create_component
from homeport.services.context import Context, HouseRules
from homeport.services.environments import Scope
from homeport.store.sqlite import SqliteStore
from support.measuring import unmeasured
from support.scheduling import LongestFirst, seconds_of_files

T = TypeVar("T")

PROJECT = "0123456789abcdef0123456789abcdef"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files that take long first: the one that is begun last keeps all waiting."""
    seconds = seconds_of_files()
    files = dict.fromkeys(item.nodeid.partition("::")[0] for item in items)
    places = {file: place for place, file in enumerate(sorted(files, key=lambda file: -seconds.get(file, 0.0)))}
    items.sort(key=lambda item: places[item.nodeid.partition("::")[0]])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share files among processes by how long they take, where files are shared."""
    return LongestFirst(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="module", autouse=True)
def is_unmeasured(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Count no lines during a module that is marked `unmeasured`; tell whether it is."""
    marked = request.node.get_closest_marker("unmeasured") is not None
    with unmeasured() if marked else nullcontext():
        yield marked


class House:
    """A context, and what stands in it."""

    project_id = PROJECT

    def __init__(self, context: Context) -> None:
        self.context = context

    async def environment(self, name: str = "test", **facts: object) -> Environment:
        """Put an environment into the store; whole, on the driver `simulated`, unless facts say otherwise."""
        now = self.context.clock.now()
        environment = Environment(
            id=self.context.ids.uuid(),
            project_id=PROJECT,
            name=name,
            status="finish",
            annotations="{}",
            enterprise_project_id="0",
            driver="simulated",
            node="node",
            job_id=self.context.ids.uuid(),
            fence=0,
            created_at=now,
            updated_at=now,
        )
        environment = msgspec.structs.replace(environment, **facts)
        await self.write("add_environment", environment)
        return environment

    def scope(self, environment: Environment) -> Scope:
        """Return the scope of a call that names the environment."""
        return Scope(PROJECT, environment.id)

    async def application(self, environment: Environment, name: str = "shop") -> Application:
        """Create an application."""
        return await create_application(self.context, self.scope(environment), name)

    def spec(self, name: str = "cart", **facts: object) -> ComponentSpec:
        """Return what a component could be."""
        spec = ComponentSpec(
            name=name,
            annotations='{"version": "1.0.0"}',
            runtime="Docker",
            replica=1,
            source='{"type":"image","url":"nginx:1"}',
            resource_limit='{"cpu_limit":"500m","memory_limit":"1Gi"}',
            build=None,
        )
        return msgspec.structs.replace(spec, **facts)

    async def component(self, name: str = "cart", **facts: object) -> Component:
        """Create a component in an application and an environment of its own."""
        environment = await self.environment(name=f"env-{name}")
        application = await self.application(environment)
        scope = self.scope(environment)
        return await create_component(self.context, scope, application.id, self.spec(name, **facts))

    async def component_in(self, environment: Environment, application: Application, name: str) -> Component:
        """Create a component in an application that there is."""
        return await create_component(self.context, self.scope(environment), application.id, self.spec(name))

    async def write(self, statement: str, record: msgspec.Struct) -> None:
        """Run a statement that takes a whole record."""
        await self.context.store.commit(Change((Statement(statement, msgspec.structs.asdict(record)),)))


@pytest.fixture
def in_house(tmp_path: Path) -> Callable[..., object]:
    """Return a function that runs a scenario `async (House) -> T` in a new house and returns what it returns."""

    def run(scenario: Callable[[House], Awaitable[T]], **rules: object) -> T:
        async def whole() -> T:
            clock = SystemClock()
            ids = SeededIds(clock, seed=7)
            store = SqliteStore(tmp_path / "homeport.db", clock)
            try:
                house_rules = msgspec.structs.replace(HouseRules(default_driver="simulated"), **rules)
                vault = Vault(MasterKey(bytes(KEY_BYTES)), ids)
                return await scenario(House(Context(store, clock, ids, vault, house_rules)))
            finally:
                await store.close()

        return asyncio.run(whole())

    return run
