"""Ports that another component has in effect are refused when they are stored, where it is behind the same front."""

import msgspec
import pytest

from homeport.model.changes import Change, Statement
from homeport.model.configurations import NewItem
from homeport.model.errors import PortClash
from homeport.services.components import create_component
from homeport.services.configurations import remove_configurations, store_configurations
from homeport.services.deployments import create_and_deploy

STABLE, PORT = 31_000, 8_080


def opens(port: int = PORT, host: str = "", kind: str = "LoadBalancer") -> NewItem:
    """Return a configuration that opens one port for HTTP."""
    paths = [{"hostname": host, "path": "/"}] if host else []
    ports = [{"port": port, "protocol": "HTTP", "paths": paths}]
    return NewItem("access", msgspec.json.encode({"spec": {"items": [{"type": kind, "ports": ports}]}}))


async def place(house, name: str, **facts: object):
    """Return an environment on the driver `process` with an application in it."""
    environment = await house.environment(**{"name": name, "driver": "process", **facts})
    application = await house.application(environment)
    return environment, application


async def component(house, where, name: str = "cart"):
    environment, application = where
    return await create_component(house.context, house.scope(environment), application.id, house.spec(name))


async def serve(house, known, item: NewItem):
    """Let a component have its stable address, and what an item opens."""
    store = house.context.store
    operation = await store_configurations(house.context, known, [item])
    now = house.context.clock.now()
    params = msgspec.structs.asdict(known) | {"operation_id": operation.id, "now": now}
    route = {"id": known.id, "route": "[]", "port": STABLE, "fence": 0}
    await store.commit(Change((Statement("record_component", params), Statement("route_component", route))))


def refused(in_house, wanted: NewItem, had: NewItem | None = None, **facts: object) -> str:
    """Return what a component is told that wants a port beside one that has some; empty when it gets it."""

    async def scenario(house):
        here = await place(house, "here")
        await serve(house, await component(house, here), had or opens())
        there = await place(house, "there", **facts)
        await store_configurations(house.context, await component(house, there, "other"), [wanted])

    try:
        in_house(scenario)
    except PortClash as clash:
        return str(clash)
    return ""


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (opens(), "component cart has it, and only items of type Ingress share a port"),
        (opens(STABLE), "it is the stable address of component cart"),
    ],
)
def test_a_port_of_another_component_is_refused_by_its_name(in_house, wanted: NewItem, why: str) -> None:
    assert f"items[0].data.spec.items[0].ports[0].port: port {wanted_port(wanted)} is taken: {why}." in refused(
        in_house, wanted
    )


def wanted_port(item: NewItem) -> int:
    return int(msgspec.json.decode(item.data)["spec"]["items"][0]["ports"][0]["port"])


def test_a_port_is_shared_by_host(in_house) -> None:
    shared = opens(host="shop.test", kind="Ingress")
    assert refused(in_house, opens(host="cart.test", kind="Ingress"), shared) == ""


@pytest.mark.parametrize("facts", [{"node": "another"}, {"driver": "docker"}, {"driver": "simulated"}])
def test_behind_another_front_the_port_is_another_one(in_house, facts: dict[str, str]) -> None:
    assert refused(in_house, opens(), **facts) == ""


def test_a_component_may_store_again_what_it_has_but_not_its_own_stable_address(in_house) -> None:
    async def scenario(house):
        known = await component(house, await place(house, "here"))
        await serve(house, known, opens())
        await store_configurations(house.context, known, [opens()])
        await store_configurations(house.context, known, [opens(STABLE)])

    with pytest.raises(PortClash, match="the stable address of component cart"):
        in_house(scenario)


@pytest.mark.parametrize("since", [None, NewItem("env", b'{"spec":{"envs":{}}}')], ids=["nothing stored since", "env"])
def test_a_port_that_is_served_is_refused_though_the_configurations_were_deleted(in_house, since) -> None:
    async def scenario(house):
        here = await place(house, "here")
        known = await component(house, here)
        await serve(house, known, opens())
        await remove_configurations(house.context, known)
        if since is not None:
            await store_configurations(house.context, known, [since])
        await store_configurations(house.context, await component(house, here, "other"), [opens()])

    with pytest.raises(PortClash, match="component cart has it"):
        in_house(scenario)


def test_a_component_that_is_deployed_at_once_is_told_the_same(in_house) -> None:
    async def scenario(house):
        environment, application = await place(house, "here")
        await serve(house, await component(house, (environment, application)), opens())
        scope, spec = house.scope(environment), house.spec("other")
        await create_and_deploy(house.context, scope, application.id, spec, [opens()], "ada")

    with pytest.raises(PortClash, match=r"^configurations\[0\]\.data\.spec\.items\[0\]\.ports\[0\]\.port: port 8080"):
        in_house(scenario)
