"""What a job knows of its component and instances after its own commits is what the store would tell."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from homeport.jobs.following import Known, after
from homeport.model.changes import Change, Statement
from homeport.model.records import Instance
from homeport.store.loading import load_component, load_instances

OLD = Instance(
    name="old",
    component_id="",
    environment_id="e",
    job_id="j",
    fence=0,
    status="running",
    orders="sealed",
    created_at=10,
    updated_at=10,
)
OTHER = msgspec.structs.replace(OLD, name="other", created_at=20)
EARLIER = msgspec.structs.replace(OLD, name="earlier", created_at=5)

STEPS = {
    "a fence is taken": Statement("raise_component_fence", {"fence": 1, "was_fence": 0}),
    "the route changes": Statement("route_component", {"route": '["old"]', "port": 20_001, "fence": 0}),
    "an instance is added": Statement("add_instance", msgspec.structs.asdict(EARLIER)),
    "an instance changes": Statement("set_instance_status", {"name": "old", "status": "terminating", "now": 99}),
    "an instance is as it was": Statement(
        "set_instance_status", {"name": "old", "status": "running", "now": 99}, rows=None
    ),
    "an instance is removed": Statement("remove_instance", {"name": "old"}),
}


def of(statement: Statement, component_id: str) -> Statement:
    """Return the statement for a component whose id was not known yet."""
    params = dict(statement.params)
    if "component_id" in params:
        params["component_id"] = component_id
    if statement.name in ("raise_component_fence", "route_component"):
        params["id"] = component_id
    return msgspec.structs.replace(statement, params=params)


@pytest.mark.parametrize("step", STEPS)
def test_what_is_known_follows_a_statement_as_the_store_does(in_house: Any, step: str) -> None:
    async def scenario(house: Any) -> tuple[Known, Known]:
        component = await house.component()
        for instance in (OLD, OTHER):
            await house.write("add_instance", msgspec.structs.replace(instance, component_id=component.id))

        async def read() -> Known:
            store = house.context.store
            found = await load_instances(store, component.id)
            return Known(await load_component(store, component.id), tuple(found))

        before, statement = await read(), of(STEPS[step], component.id)
        await house.context.store.commit(Change((statement,)))
        return after(before, [statement]), await read()

    followed, stored = in_house(scenario)
    assert followed == stored
    assert followed.instances


def test_nothing_is_known_behind_a_statement_that_nobody_follows(in_house: Any) -> None:
    async def scenario(house: Any) -> Known:
        return after(Known(await house.component(), ()), [Statement("record_component", {})])

    assert in_house(scenario) == Known()
