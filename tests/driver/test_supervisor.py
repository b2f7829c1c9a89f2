"""The supervisor: started once, followed after a crash, ended when nothing needs it."""

import asyncio
import stat
from pathlib import Path

import httpx2
import msgspec
import pytest

from homeport.drivers.base import InstanceState
from homeport.drivers.process.link import SupervisorLink
from homeport.model.causes import TaskFailed
from homeport.model.workloads import Exec, Lifecycle
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


def test_two_who_start_one_at_the_same_time_get_the_same_supervisor(in_own_process) -> None:
    async def scenario(rig):
        links = [SupervisorLink(rig.layout.data_dir) for _ in range(3)]
        infos = await asyncio.gather(*(link.info() for link in links))
        for link in links:
            await link.close()
        return {info.pid for info in infos}

    assert len(in_own_process(scenario)) == 1


def test_the_socket_is_its_users_alone(in_own_process) -> None:
    async def scenario(rig):
        await rig.link.info()
        return stat.S_IMODE((rig.layout.data_dir / "supervisor.sock").stat().st_mode)

    assert in_own_process(scenario) == 0o600


def test_records_are_their_users_alone(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving(env={"PASSWORD": "hunter2"})
        record = rig.home(order).parent / "record.json"
        return [stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (record, rig.layout.root, rig.layout.logs)]

    assert in_own_process(scenario) == [0, 0, 0]


def test_secrets_of_an_instance_are_not_kept_when_it_has_ended(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving(env={"PASSWORD": "hunter2"})
        record = rig.home(order).parent / "record.json"
        before = record.read_text()
        await rig.driver.stop([order.name], 1)
        return before, record.read_text()

    before, after = in_own_process(scenario)

    assert "hunter2" in before
    assert "hunter2" not in after


def test_a_data_folder_with_a_long_path_works_as_well(tmp_path, own_rig_in) -> None:
    async def scenario(rig):
        await rig.serving()
        return rig.layout.where().socket

    socket = own_rig_in(tmp_path / ("a" * 120), scenario)

    assert len(socket) < 108
    assert Path(socket).parent.name.startswith("homeport-")


def test_an_instance_outlives_its_engine(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving()
        before = await rig.observe(order)
        await rig.link.close()
        return before, await rig.observe(order)

    before, after = in_own_process(scenario)

    assert before == after


def test_a_supervisor_that_was_killed_is_followed_by_one_that_knows_its_instances(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving()
        before, pid = await rig.observe(order), rig.pid(order)
        await rig.kill_supervisor()
        after = await rig.until(order, lambda seen: seen.ready)
        return before, after, pid, rig.pid(order)

    before, after, pid, same_pid = in_own_process(scenario)

    assert same_pid == pid
    assert (after.address, after.started_at, after.restarts) == (before.address, before.started_at, 0)


def test_an_instance_that_was_taken_over_is_ended_with_all_it_started(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving("leaves a daemon")
        pids = [rig.pid(order), int((rig.home(order) / "daemon").read_text())]
        await rig.kill_supervisor()
        alive = await rig.driver.stop([order.name], 1)
        return alive, [pid for pid in pids if rig.is_alive(pid)], await rig.observe(order)

    alive, pids, seen = in_own_process(scenario)

    assert (alive, pids) == ([], [])
    assert (seen.state, seen.exit_code) == (InstanceState.ENDED, None)


def test_an_instance_that_was_taken_over_and_dies_is_started_again(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving()
        await rig.kill_supervisor()
        await rig.until(order, lambda seen: seen.ready)
        rig.kill(rig.pid(order))
        return await rig.until(order, lambda seen: seen.restarts == 1 and seen.ready)

    assert in_own_process(scenario).exit_code is None


def test_an_instance_that_died_while_no_supervisor_ran_is_started_again(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving()
        pid = rig.pid(order)
        await rig.kill_supervisor()
        rig.kill(pid)
        return await rig.until(order, lambda seen: seen.ready), pid, rig.pid(order)

    seen, before, after = in_own_process(scenario)

    assert seen.restarts == 1
    assert after != before


def test_a_hook_is_not_run_again_when_an_instance_is_taken_over(in_own_process) -> None:
    hook = Exec(("/bin/sh", "-c", 'echo once >> "$HOME/hooks"'))

    async def scenario(rig):
        order = await rig.serving(lifecycle=Lifecycle(post_start=hook))
        await rig.kill_supervisor()
        await rig.until(order, lambda seen: seen.ready)
        return (rig.home(order) / "hooks").read_text().split()

    assert in_own_process(scenario) == ["once"]


def test_a_process_that_took_over_the_number_of_an_instance_is_not_taken_for_it(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving()
        pid = rig.pid(order)
        await rig.kill_supervisor()
        rig.kill(pid)
        file = rig.home(order).parent / "record.json"
        record = msgspec.json.decode(file.read_bytes())
        stranger = await asyncio.create_subprocess_exec("sleep", "1000")
        record["process"]["pid"] = stranger.pid
        file.write_bytes(msgspec.json.encode(record))
        try:
            await rig.until(order, lambda seen: seen.ready)
            await rig.driver.stop([order.name], 1)
            return stranger.returncode
        finally:
            stranger.kill()
            await stranger.wait()

    assert in_own_process(scenario) is None


def test_an_end_that_was_under_way_in_a_crash_is_gone_through_with(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving("ignores SIGTERM", stop_seconds=1)
        pid = rig.pid(order)
        stopping = asyncio.ensure_future(rig.driver.stop([order.name], 1))
        await rig.until(order, lambda seen: seen.state is InstanceState.STOPPING)
        stopping.cancel()
        await rig.kill_supervisor()
        seen = await rig.until(order, lambda seen: seen.state is InstanceState.ENDED)
        return seen.ready, rig.is_alive(pid)

    assert in_own_process(scenario) == (False, False)


def test_an_instance_that_is_asked_for_while_it_is_being_ended_is_started_again(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving("ignores SIGTERM", stop_seconds=1)
        before = rig.pid(order)
        stopping = asyncio.ensure_future(rig.driver.stop([order.name], 1))
        await rig.until(order, lambda seen: seen.state is InstanceState.STOPPING)
        await rig.driver.start(order)
        await stopping
        await rig.until(order, lambda seen: seen.ready)
        return rig.is_alive(before), rig.is_alive(rig.pid(order))

    assert in_own_process(scenario) == (False, True)


def test_nothing_is_started_any_more_once_all_is_being_ended(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving("ignores SIGTERM", stop_seconds=1)
        going_down = asyncio.ensure_future(rig.link.down())
        await rig.until(order, lambda seen: seen.state is InstanceState.STOPPING)
        with pytest.raises(TaskFailed, match="is ending"):
            await rig.driver.start(await rig.order("serves"))
        await going_down

    in_own_process(scenario)


def test_a_late_call_for_a_component_that_was_deleted_is_refused(in_process) -> None:
    async def scenario(rig):
        order = await rig.serving(fence=5)
        await rig.driver.stop([order.name], 6)
        await rig.driver.forget(rig.owner.component_id)
        with pytest.raises(TaskFailed, match="fence 6"):
            await rig.driver.start(order)

    in_process(scenario)


def test_a_fence_is_remembered_after_a_crash(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving(fence=9)
        await rig.kill_supervisor()
        with pytest.raises(TaskFailed) as refusal:
            await rig.driver.stop([order.name], 8)
        return refusal.value.failure

    assert "fence 9" in in_own_process(scenario).what


def test_routes_are_open_again_after_a_crash(in_own_process) -> None:
    async def scenario(rig):
        router = FrontRouter(rig.link.call, ports=PORTS)
        order = await rig.serving()
        port = await router.set(route(rig, await backend(rig, order)))
        await rig.kill_supervisor()
        await rig.until(order, lambda seen: seen.ready)
        return (await answer(router, port)).status_code

    assert in_own_process(scenario) == 200


def test_instances_of_a_killed_supervisor_are_known_to_whoever_asks_next(in_own_process) -> None:
    async def scenario(rig):
        order = await rig.serving()
        await rig.kill_supervisor()
        await rig.link.close()
        return order.name, [known.name for known in await rig.driver.known()]

    name, known = in_own_process(scenario)

    assert known == [name]


def test_asking_what_is_known_starts_no_supervisor(in_own_process) -> None:
    async def scenario(rig):
        return await rig.driver.known(), rig.layout.where()

    assert in_own_process(scenario) == ([], None)
