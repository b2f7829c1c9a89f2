"""haproxy as the front of a supervisor: it is brought back, outlives its supervisor, and ends with it."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import msgspec
import pytest

from driver.haproxies import haproxy_front
from driver.test_supervisor import answer, backend, route
from homeport.model.access import Entrance, Rule
from homeport.model.causes import Cause, TaskFailed
from homeport.routing.base import Route
from homeport.routing.front_client import FrontRouter, SetRoute
from support.haproxy import PROGRAM, need_haproxy
from support.machine import front_range, is_alive

PORTS = front_range()

pytestmark = pytest.mark.real


@pytest.fixture
def in_haproxys(in_own_process: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that runs a scenario `async (rig, router) -> T` with haproxy in front."""
    need_haproxy()

    def run(scenario: Callable[..., Awaitable[Any]]) -> Any:
        return in_own_process(lambda rig: scenario(rig, router(rig, PROGRAM)))

    return run


def router(rig: Any, haproxy: str) -> FrontRouter:
    return FrontRouter(rig.link.call, ports=PORTS, haproxy=haproxy)


def processes(rig: Any) -> dict[int, int]:
    """Return the haproxies that are written down: process id by port."""
    records = (msgspec.json.decode(file.read_bytes()) for file in rig.layout.haproxy.glob("*/*/process.json"))
    return {record["port"]: record["process"]["pid"] for record in records}


async def status(front: FrontRouter, port: int) -> int:
    """Return the status of an answer at a port, 0 where nobody takes the connection."""
    try:
        return (await answer(front, port)).status_code
    except httpx2.TransportError:
        return 0


async def becomes(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await condition():  # noqa: ASYNC110 - as below
            await asyncio.sleep(0.02)  # waits: for other processes, which tell nobody


def test_one_that_is_killed_is_brought_back_and_no_connection_is_refused(in_haproxys) -> None:
    async def scenario(rig, front):
        port = await front.set(route(rig, await backend(rig, await rig.serving())))
        killed = processes(rig)[port]
        os.kill(killed, signal.SIGKILL)
        statuses = [await status(front, port) for _ in range(3)]
        return statuses, processes(rig)[port] != killed

    assert in_haproxys(scenario) == ([200] * 3, True)


def test_an_instance_that_turns_unready_gets_no_request_until_it_is_ready_again(in_haproxys) -> None:
    async def scenario(rig, front):
        one, other = [await backend(rig, await rig.serving()) for _ in range(2)]
        port = await front.set(route(rig, one, other))

        async def seen(count: int) -> bool:
            return len({(await answer(front, port)).json()["pid"] for _ in range(4)}) == count

        await front.tell(one.name, ready=False)
        await becomes(lambda: seen(1))
        await front.tell(one.name, ready=True)
        await becomes(lambda: seen(2))

    in_haproxys(scenario)


def test_traffic_goes_on_while_the_supervisor_is_dead_and_the_next_one_takes_over(in_haproxys) -> None:
    async def scenario(rig, front):
        at = Entrance(type="Ingress", port=PORTS[1], protocol="http", rules=(Rule("", "/"),))
        port = await front.set(route(rig, await backend(rig, await rig.serving()), entrances=(at,)))
        first = processes(rig)
        await rig.kill_supervisor()
        meanwhile = [await status(front, one) for one in (port, PORTS[1])]
        await rig.link.info()
        after = [await status(front, one) for one in (port, PORTS[1])]
        await becomes(lambda: _none_alive(first))
        return meanwhile, after, processes(rig).keys() == first.keys()

    assert in_haproxys(scenario) == ([200, 200], [200, 200], True)


async def _none_alive(pids: dict[int, int]) -> bool:
    return not any(map(is_alive, pids.values()))


def test_none_is_left_when_everything_is_ended_though_its_supervisor_was_killed(in_haproxys) -> None:
    async def scenario(rig, front):
        await front.set(route(rig))
        (pid,) = processes(rig).values()
        await rig.kill_supervisor()
        lived = is_alive(pid)
        await rig.link.down()
        await becomes(lambda: _none_alive({0: pid}))
        return lived, processes(rig)

    assert in_haproxys(scenario) == (True, {})


def test_addresses_move_from_one_front_to_the_other_and_back_and_no_connection_is_refused(in_haproxys) -> None:
    async def scenario(rig, front):
        at = Entrance(type="LoadBalancer", port=PORTS[1], protocol="tcp")
        leads = route(rig, await backend(rig, await rig.serving()), entrances=(at,))
        port = await front.set(leads)
        servers = [len(processes(rig))]
        asking = [asyncio.create_task(_asked_for_ever(front, one)) for one in (port, PORTS[1])]
        for haproxy in ("", PROGRAM):
            assert await router(rig, haproxy).set(leads) == port
            servers.append(len(processes(rig)))
            await status(front, port)
        for task in asking:
            task.cancel()
        return servers, [set(await task) for task in asking]

    assert in_haproxys(scenario) == ([2, 0, 2], [{200}, {200}])


async def _asked_for_ever(front: FrontRouter, port: int) -> list[int]:
    statuses = []
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            statuses.append(await status(front, port))
    return statuses


def test_its_files_are_its_users_alone(in_haproxys) -> None:
    async def scenario(rig, front):
        await front.set(route(rig))
        return {path.stat().st_mode & 0o077 for path in rig.layout.haproxy.rglob("*") if not path.is_socket()}

    assert in_haproxys(scenario) == {0}


def test_a_folder_that_cannot_be_written_is_a_failure_that_is_told(tmp_path) -> None:
    need_haproxy()
    (tmp_path / "full").write_text("no folder")

    async def scenario():
        wanted = Route(component_id="c", component_name="cart", fence=1, port=0)
        asked = SetRoute(route=wanted, first_port=PORTS[0], last_port=PORTS[1])
        async with haproxy_front(lambda _: True, tmp_path / "full") as front:
            with pytest.raises(TaskFailed) as failure:
                await front.set(asked)
            return failure.value.failure

    failure = asyncio.run(scenario())

    assert failure.cause is Cause.START_FAILED
    assert "haproxy cannot be started" in failure.what
