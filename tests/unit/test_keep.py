"""Keep looks after every component, also beside one whose instances cannot be made again."""

import msgspec

from homeport.controllers.keep import Keep
from homeport.drivers.simulated import SimulatedDriver
from homeport.model.changes import Change, Statement
from homeport.model.configurations import NewItem
from homeport.routing.base import Route
from homeport.services.configurations import store_configurations
from homeport.services.keeping import take_over
from homeport.store.loading import load_component
from support.reads import HandReads

ARTIFACT = '{"driver": "process", "reference": "nginx:1", "image_url": "nginx:1"}'

REFERENCE = {"env_name": "PASSWORD", "value_from": {"name": "shop", "reference_type": "dewSecret"}}


class Reached(SimulatedDriver):
    """What a driver is whose instances have an address each."""

    name = "process"

    async def observe(self, orders):
        seen = await super().observe(orders)
        return {name: msgspec.structs.replace(one, address=f"{name}:80") for name, one in seen.items()}


class Told:
    """A router that only notes the routes it is told."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    async def set(self, route: Route, *, drain_seconds: float = 0) -> int:
        self.routes.append(route)
        return route.port


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


def test_a_component_with_more_instances_than_it_shows_is_brought_back_and_its_router_told(
    in_house,
) -> None:
    async def scenario(house):
        environment = await house.environment(driver="process")
        application = await house.application(environment)
        known = await house.component_in(environment, application, "cart")
        facts = msgspec.structs.asdict(known) | {"snapshot_index": 1, "status": "running", "artifact": ARTIFACT}
        now = house.context.clock.now()
        three = Statement("record_component", facts | {"replica": 3, "now": now})
        await house.context.store.commit(Change((three,)))
        orders = await take_over(house.context, await load_component(house.context.store, known.id), [])
        fence = {"fence": known.fence + 1, "now": now + 1}
        await house.context.store.commit(Change((Statement("record_component", facts | {"replica": 2} | fence),)))
        router = Told()
        await Keep(house.context, Reached(house.context.clock, HandReads()), "node", router).step()
        return sorted(one.name for one in orders), await load_component(house.context.store, known.id), router.routes

    names, component, routes = in_house(scenario)
    assert (len(names), len(component.serving), set(component.serving) < set(names)) == (3, 2, True)
    told = [(route.fence, sorted(backend.name for backend in route.backends)) for route in routes]
    assert told == [(component.fence, sorted(component.serving))]
