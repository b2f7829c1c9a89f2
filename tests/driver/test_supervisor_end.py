"""How a supervisor ends, and what it holds together without control groups."""

import asyncio
import os
import signal

import httpx2
import pytest

from homeport.drivers.process.link import SupervisorLink
from homeport.model.causes import Cause, TaskFailed
from homeport.routing.base import Backend, Route
from homeport.routing.front_client import FrontRouter
from support.machine import front_range

PORTS = front_range()


def route(rig, *backends: Backend, **facts: object) -> Route:
    facts = {"component_id": rig.owner.component_id, "component_name": "cart", "fence": 1, "port": 0} | facts
    return Route(backends=backends, **facts)


async def backend(rig, order) -> Backend:
    return Backend(name=order.name, address=(await rig.observe(order)).address)


async def answer(router, port: int) -> httpx2.Response:
    async with httpx2.AsyncClient(trust_env=False) as client:
        return await client.get(await router.address(port))


def test_going_down_ends_every_process_and_the_supervisor(in_own_process) -> None:
    async def scenario(rig):
        router = FrontRouter(rig.link.call, ports=PORTS)
        orders = [await rig.serving(), await rig.serving("leaves a daemon")]
        await router.set(route(rig, await backend(rig, orders[0])))
        pids = [(await rig.link.info()).pid, *map(rig.pid, orders), int((rig.home(orders[1]) / "daemon").read_text())]
        await rig.link.down()
        await rig.gone(pids[0])
        return [pid for pid in pids if rig.is_alive(pid)], rig.layout.where(), rig.hierarchies()

    alive, where, hierarchies = in_own_process(scenario)

    assert alive == []
    assert where is None
    assert hierarchies == []


def test_a_supervisor_that_is_terminated_goes_down(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving()
        supervisor, program = (await rig.link.info()).pid, rig.pid(order)
        os.kill(supervisor, signal.SIGTERM)
        await rig.gone(supervisor)
        return rig.is_alive(program)

    assert not in_own_process(scenario)


def test_going_down_ends_what_a_killed_supervisor_left(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving()
        pid = rig.pid(order)
        await rig.kill_supervisor()
        await rig.link.close()
        link = SupervisorLink(rig.layout.data_dir, starts=False)
        await link.down()
        await link.close()
        return rig.is_alive(pid)

    assert not in_own_process(scenario)


def test_going_down_where_nothing_runs_is_done_at_once(in_own_process) -> None:
    async def scenario(rig):
        await rig.link.down()
        return rig.layout.where()

    assert in_own_process(scenario) is None


def test_a_link_that_starts_none_says_that_none_runs(in_own_process) -> None:
    async def scenario(rig):
        link = SupervisorLink(rig.layout.data_dir, starts=False)
        with pytest.raises(TaskFailed) as refusal:
            await link.info()
        return refusal.value.failure.cause

    assert in_own_process(scenario) is Cause.DRIVER_UNREACHABLE


def test_a_supervisor_that_cannot_start_says_why(tmp_path, own_rig_in) -> None:
    (tmp_path / "file").write_text("in the way")

    async def scenario(rig):
        with pytest.raises(TaskFailed) as refusal:
            await rig.link.info()
        return refusal.value.failure

    failure = own_rig_in(tmp_path / "file" / "data", scenario)

    assert failure.cause is Cause.DRIVER_UNREACHABLE
    assert "file" in failure.what


def test_a_supervisor_ends_by_itself_when_nothing_runs_and_nobody_is_connected(in_own_process) -> None:
    async def scenario(rig):
        pid = (await rig.link.info()).pid
        await rig.link.close()
        async with asyncio.timeout(20):
            await rig.gone(pid)

    in_own_process(scenario, "--idle-seconds", "0.1")


def test_a_supervisor_stays_as_long_as_an_engine_is_connected(in_own_process) -> None:
    async def scenario(rig):
        before = (await rig.link.info()).pid
        await rig.clock.sleep(0.5)
        return before, (await rig.link.info()).pid

    before, after = in_own_process(scenario, "--idle-seconds", "0.05")

    assert before == after


@pytest.mark.parametrize("kept", ["instance", "route"])
def test_a_supervisor_stays_as_long_as_it_looks_after_something(in_own_process, kept) -> None:
    async def scenario(rig):
        if kept == "instance":
            await rig.serving()
        else:
            await FrontRouter(rig.link.call, ports=PORTS).set(route(rig))
        before = (await rig.link.info()).pid
        await rig.link.close()
        await rig.clock.sleep(0.5)
        return before, (await rig.link.info()).pid

    before, after = in_own_process(scenario, "--idle-seconds", "0.05")

    assert before == after


def test_a_route_that_was_overtaken_by_a_higher_fence_is_refused(in_process) -> None:
    async def scenario(rig):
        router = FrontRouter(rig.link.call, ports=PORTS)
        await router.set(route(rig, fence=5))
        try:
            with pytest.raises(TaskFailed) as refusal:
                await router.set(route(rig, fence=4))
            return refusal.value.failure
        finally:
            await router.remove(rig.owner.component_id, 5)

    failure = in_process(scenario)

    assert failure.cause is Cause.INTERNAL
    assert "fence 5" in failure.what


def test_requests_go_to_ready_instances_alone(in_process) -> None:
    async def scenario(rig):
        router = FrontRouter(rig.link.call, ports=PORTS)
        orders = [await rig.serving(), await rig.started("never listens")]
        port = await router.set(route(rig, *[await backend(rig, order) for order in orders]))
        answers = [await answer(router, port) for _ in range(4)]
        await router.remove(rig.owner.component_id, 1)
        return orders[0].name, [one.json()["environ"]["HOMEPORT_INSTANCE"] for one in answers]

    name, answered = in_process(scenario)

    assert set(answered) == {name}


def test_requests_go_round_an_instance_of_another_driver_that_is_said_not_to_be_ready(in_process) -> None:
    async def scenario(rig):
        router = FrontRouter(rig.link.call, ports=PORTS)
        address = (await rig.observe(await rig.serving())).address
        port = await router.set(route(rig, Backend(name="a-container", address=address)))
        statuses = []
        for ready in (False, True):
            await router.tell("a-container", ready=ready)
            statuses.append((await answer(router, port)).status_code)
        await router.remove(rig.owner.component_id, 1)
        return statuses

    assert in_process(scenario) == [503, 200]


def test_an_address_without_a_ready_instance_says_which_it_waits_for(in_process) -> None:
    async def scenario(rig):
        router = FrontRouter(rig.link.call, ports=PORTS)
        order = await rig.started("never listens")
        port = await router.set(route(rig, await backend(rig, order)))
        said = await answer(router, port)
        await router.remove(rig.owner.component_id, 1)
        return order.name, said

    name, said = in_process(scenario)

    assert (said.status_code, said.headers["retry-after"]) == (503, "1")
    assert name in said.text


class TestWithoutCgroups:
    """What holds where no cgroup is writable."""

    @pytest.fixture
    def in_bare_process(self, in_own_process):
        return lambda scenario: in_own_process(scenario, "--no-cgroups")

    def test_an_instance_says_what_cannot_be_held(self, in_bare_process) -> None:
        async def scenario(rig):
            return (await rig.observe(await rig.serving())).notes

        notes = " ".join(in_bare_process(scenario))

        assert "memory limit is not held" in notes
        assert "cpu limit is not held" in notes

    def test_a_daemon_that_left_its_session_is_ended(self, in_bare_process) -> None:
        async def scenario(rig):
            order = await rig.serving("leaves a daemon")
            pids = [rig.pid(order), int((rig.home(order) / "daemon").read_text())]
            alive = await rig.driver.stop([order.name], 1)
            return alive, [pid for pid in pids if rig.is_alive(pid)]

        assert in_bare_process(scenario) == ([], [])

    def test_a_daemon_whose_parent_has_ended_is_ended(self, in_bare_process) -> None:
        async def scenario(rig):
            order = await rig.started("crashes and leaves a daemon")
            await rig.until(order, lambda seen: seen.restarts >= 2)
            await rig.driver.stop([order.name], 1)
            daemons = (rig.home(order) / "daemons").read_text().split()
            return [pid for pid in daemons if rig.is_alive(int(pid))]

        assert in_bare_process(scenario) == []

    def test_an_instance_that_was_taken_over_is_ended_with_what_it_started(self, in_bare_process) -> None:
        async def scenario(rig):
            order = await rig.serving("leaves a daemon")
            pids = [rig.pid(order), int((rig.home(order) / "daemon").read_text())]
            await rig.kill_supervisor()
            alive = await rig.driver.stop([order.name], 1)
            return alive, [pid for pid in pids if rig.is_alive(pid)]

        assert in_bare_process(scenario) == ([], [])
