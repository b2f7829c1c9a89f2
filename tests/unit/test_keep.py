"""Keep looks after every component, also beside one whose instances cannot be made again."""

import msgspec

from homeport.controllers.keep import Keep
from homeport.drivers.simulated import SimulatedDriver
from homeport.model.changes import Change, Statement
from homeport.model.configurations import NewItem
from homeport.services.configurations import store_configurations
from support.reads import HandReads

REFERENCE = {"env_name": "PASSWORD", "value_from": {"name": "shop", "reference_type": "dewSecret"}}


class ProcessesSomewhere(SimulatedDriver):
    """What a driver is whose programs need their secrets, and of which nothing runs yet."""

    name = "process"


async def deployed(house, name: str):
    """Return a component that was deployed with a reference to a secret, and of which no instance is left."""
    environment = await house.environment(name=f"env-{name}", driver="process")
    application = await house.application(environment)
    known = await house.component_in(environment, application, name)
    spec = msgspec.json.encode({"spec": {"env_references": [REFERENCE]}})
    operation = await store_configurations(house.context, known, [NewItem("env", spec)])
    facts = {"operation_id": operation.id, "snapshot_index": 1, "status": "running", "now": house.context.clock.now()}
    recorded = Statement("record_component", msgspec.structs.asdict(known) | facts)
    await house.context.store.commit(Change((recorded,)))
    return known


def test_each_component_that_lacks_a_secret_is_told_of_and_keeps_no_other_from_being_looked_after(in_house) -> None:
    async def scenario(house):
        known = [await deployed(house, name) for name in ("cart", "shop")]
        driver = ProcessesSomewhere(house.context.clock, HandReads())
        keep = Keep(house.context, driver, "node", None)
        for _ in range(2):
            await keep.step()
        store = house.context.store
        return [event for one in known for event in await store.rows("component_events", component_id=one.id, most=9)]

    events = in_house(scenario)
    said = "Instances cannot be made again: env_references name what is no secret of this project: shop"
    assert [(event["name"], event["message"], event["count"]) for event in events] == [("FailedCreate", said, 2)] * 2
