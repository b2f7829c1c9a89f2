"""What every driver promises (drivers/base.py)."""

import msgspec
import pytest

from homeport.drivers.base import InstanceState
from homeport.model.workloads import ResourceLimit

FAST = ResourceLimit("2000m", "1Gi")


def test_an_instance_that_serves_becomes_ready(in_rig) -> None:
    async def scenario(rig):
        return await rig.until(await rig.started("serves"), lambda seen: seen.ready)

    seen = in_rig(scenario)

    assert (seen.state, seen.restarts, seen.fault) == (InstanceState.RUNNING, 0, "")


def test_a_ready_instance_says_since_when(in_rig) -> None:
    async def scenario(rig):
        order = await rig.serving()
        return order, await rig.observe(order)

    order, seen = in_rig(scenario)

    assert order.asked_at <= seen.started_at <= seen.ready_since


def test_an_instance_that_never_listens_runs_and_is_never_ready(in_rig) -> None:
    async def scenario(rig):
        order = await rig.started("never listens")
        return await rig.until(order, lambda seen: seen.state is InstanceState.RUNNING)

    assert not in_rig(scenario).ready


def test_an_instance_that_crashes_is_seen_to_have_ended_and_is_started_again(in_rig) -> None:
    async def scenario(rig):
        return await rig.until(await rig.started("is quick to crash"), lambda seen: seen.restarts >= 2)

    seen = in_rig(scenario)

    assert seen.exit_code not in (None, 0)
    assert not seen.ready
    assert not seen.out_of_memory


def test_an_instance_at_its_memory_limit_is_seen_to_have_ended_for_it(in_rig) -> None:
    async def scenario(rig):
        if rig.driver.name == "process" and any("memory limit" in note for note in (await rig.link.info()).notes):
            pytest.skip("no memory cgroup is writable here")
        return await rig.until(await rig.started("eats memory", limit=FAST), lambda seen: seen.restarts > 0)

    assert in_rig(scenario).out_of_memory


def test_observe_leaves_no_instance_out(in_rig) -> None:
    async def scenario(rig):
        orders = [await rig.started("serves"), await rig.order("serves")]
        return {order.name for order in orders}, await rig.driver.observe(orders)

    names, seen = in_rig(scenario)

    assert set(seen) == names


def test_changed_returns_when_nothing_changes(in_rig) -> None:
    async def scenario(rig):
        order = await rig.serving()
        await rig.observe(order)
        await rig.driver.changed([order.name], 0.01)

    in_rig(scenario)


def test_a_build_gives_an_artifact_that_stands(in_rig) -> None:
    async def scenario(rig):
        return await rig.driver.stands(await rig.built("serves"))

    assert in_rig(scenario)


def test_a_build_names_the_image_it_made(in_building_rig) -> None:
    async def scenario(rig):
        return await rig.built("serves")

    assert "cart" in in_building_rig(scenario).image_url


def test_an_artifact_of_another_driver_does_not_stand(in_rig) -> None:
    async def scenario(rig):
        artifact = await rig.built("serves")
        other = type(artifact)(driver="another", reference=artifact.reference, image_url=artifact.image_url)
        return await rig.driver.stands(other)

    assert not in_rig(scenario)


def test_a_node_keeps_its_id(in_rig) -> None:
    async def scenario(rig):
        return await rig.driver.node(), await rig.driver.node()

    first, second = in_rig(scenario)

    assert first == second


def test_stopping_what_was_never_started_is_done_at_once(in_rig) -> None:
    async def scenario(rig):
        order = await rig.order("serves")
        return await rig.driver.stop([order.name], 1)

    assert in_rig(scenario) == []


def test_stopping_a_build_that_never_was_is_done_at_once(in_rig) -> None:
    async def scenario(rig):
        await rig.driver.stop_build(rig.ids.uuid())

    in_rig(scenario)


def test_what_an_instance_has_used_only_grows(in_rig) -> None:
    async def scenario(rig):
        order = await rig.serving("serves", script="cpu=50%; memory=1%")
        return [(await rig.driver.usage([order]))[order.name] for _ in range(2)]

    first, second = in_rig(scenario)

    assert first.at <= second.at
    assert 0 <= first.cpu_seconds <= second.cpu_seconds
    assert 0 < second.memory_bytes < FAST.memory_bytes


def test_an_instance_that_does_not_run_has_no_usage(in_rig) -> None:
    async def scenario(rig):
        order = await rig.order("serves")
        await rig.driver.stop([order.name], 1)
        return await rig.driver.usage([msgspec.structs.replace(order, asked_at=order.asked_at + 3_600_000_000)])

    assert in_rig(scenario) == {}
