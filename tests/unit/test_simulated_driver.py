"""The driver `simulated`: how long it waits for a change and for an end, on a clock of the test's own."""

from __future__ import annotations

import asyncio

import pytest

from homeport.drivers.base import Observed
from homeport.drivers.simulated import SimulatedDriver, observation
from homeport.model.clock import SECOND, SystemClock
from homeport.model.workloads import (
    Artifact,
    BuildOrder,
    HealthCheck,
    InstanceOrder,
    Lifecycle,
    Owner,
    ResourceLimit,
    Source,
)
from support.reads import HandReads

START = 1_000 * SECOND


class StillClock(SystemClock):
    """A clock that moves only when it is told to, or waited for."""

    def __init__(self) -> None:
        self.micros = START

    def now(self) -> int:
        return self.micros

    async def sleep(self, seconds: float) -> None:
        self.micros += round(seconds * SECOND)


def an_order(script: str) -> InstanceOrder:
    owner = Owner(
        project_id="p",
        environment_id="e",
        environment_name="test",
        application_id="a",
        application_name="shop",
        component_id="c",
        component_name="cart",
    )
    return InstanceOrder(
        name="cart-1",
        owner=owner,
        job_id="j",
        fence=1,
        asked_at=START,
        artifact=Artifact(driver="simulated", reference="nginx", image_url="nginx"),
        runtime="Docker",
        limit=ResourceLimit("500m", "1Gi"),
        env={},
        health=HealthCheck(),
        lifecycle=Lifecycle(),
        script=script,
    )


def a_build(script: str) -> BuildOrder:
    order = an_order(script)
    return BuildOrder(
        id="b",
        owner=order.owner,
        runtime="Docker",
        source=Source(type="image", url="nginx"),
        build=None,
        version=None,
        env={},
        asked_at=START,
        script=script,
        job_id="j",
    )


def waited(script: str, *, late: int, within: float = 5.0) -> float:
    """Return how many seconds `changed` waits when it is called `late` microseconds after `observe`."""
    clock = StillClock()
    driver = SimulatedDriver(clock, HandReads())

    async def scenario() -> float:
        await driver.observe([an_order(script)])
        clock.micros += late
        before = clock.micros
        await driver.changed(["cart-1"], within)
        return (clock.micros - before) / SECOND

    return asyncio.run(scenario())


def test_a_change_to_come_is_waited_for() -> None:
    assert waited("ready=2s", late=0) == 2


def test_the_next_end_of_a_crash_loop_is_waited_for() -> None:
    assert waited("ready=100ms,crash", late=0) == 0.1
    assert waited("ready=0ms,crash", late=150_000) == 0.05


def test_what_changes_later_than_one_would_wait_is_not_waited_for() -> None:
    assert waited("ready=1m", late=0) == 5


@pytest.mark.parametrize("script", ["ready=40ms", "start=40ms; ready=never", "ready=40ms,crash"])
def test_a_change_between_the_look_and_the_waiting_is_not_missed(script: str) -> None:
    assert waited(script, late=50_000) == 0


def test_an_instance_takes_as_long_to_stop_as_its_script_says_though_it_was_never_looked_at() -> None:
    clock = StillClock()
    driver = SimulatedDriver(clock, HandReads())

    async def scenario() -> list[str]:
        await driver.start(an_order("stop=3s,stuck"))
        return await driver.stop(["cart-1"], fence=1)

    assert asyncio.run(scenario()) == ["cart-1"]
    assert clock.micros == START + 3 * SECOND


HOUR = 3_600 * SECOND


@pytest.mark.parametrize("script", ["", "start=2s; ready=1m"])
def test_an_instance_that_was_ready_is_ready_after_the_clock_was_set_back(script: str) -> None:
    assert observation(an_order(script), START - HOUR).ready


@pytest.mark.parametrize("script", ["start=stuck", "ready=never", "ready=1s,crash"])
def test_what_a_script_keeps_from_being_ready_is_not_ready_after_the_clock_was_set_back(script: str) -> None:
    assert not observation(an_order(script), START - HOUR).ready


def test_an_instance_on_its_way_is_not_ready_though_another_machine_s_clock_is_some_seconds_behind() -> None:
    assert not observation(an_order("start=2s"), START - 5 * SECOND).ready


def test_a_pull_goes_on_for_no_longer_than_its_script_says_after_the_clock_was_set_back() -> None:
    clock = StillClock()
    driver = SimulatedDriver(clock, HandReads())
    clock.micros -= HOUR
    before = clock.micros

    async def log(_: bytes) -> None:
        """Take what is logged."""

    asyncio.run(driver.pull(a_build("pull=3s"), None, log))
    assert clock.micros - before == 3 * SECOND


@pytest.mark.parametrize("name", ["cart-1", "cart-2"])
def test_only_an_instance_that_was_asked_for_has_a_log(name: str) -> None:
    driver = SimulatedDriver(StillClock(), HandReads())

    async def scenario() -> list[bytes]:
        await driver.start(an_order(""))
        return [piece async for piece in driver.logs("c", name, tail=None, follow=False)]

    assert bool(asyncio.run(scenario())) is (name == "cart-1")


@pytest.mark.parametrize(
    ("script", "states"),
    [
        ("ready=2reads", ["running", "running", "ready"]),
        ("start=1reads; ready=2reads", ["creating", "running", "ready"]),
        ("start=2reads", ["creating", "creating", "ready"]),
        ("ready=1reads,crash", ["running", "backoff", "backoff"]),
        ("start=2reads,fail", ["creating", "creating", "ended"]),
    ],
)
def test_what_is_observed_goes_on_with_the_reads_of_the_job_alone(script: str, states: list[str]) -> None:
    def told(seen: Observed) -> str:
        return "ready" if seen.ready else seen.state.value

    assert [told(observation(an_order(script), START, reads)) for reads in range(3)] == states
    assert told(observation(an_order(script), START + HOUR, 0)) == states[0]


def test_a_pull_ends_with_the_read_it_waits_for() -> None:
    reads = HandReads()

    async def log(_: bytes) -> None:
        """Take what is logged."""

    async def scenario() -> bool:
        driver = SimulatedDriver(StillClock(), reads)
        pull = asyncio.create_task(driver.pull(a_build("pull=2reads"), None, log))
        reads.read("j")
        ended, _ = await asyncio.wait([pull], timeout=0.01)
        reads.read("j")
        await pull
        return bool(ended)

    assert not asyncio.run(scenario())


@pytest.mark.parametrize("early", [False, True])
def test_a_read_wakes_whoever_waits_for_a_change_also_one_between_the_look_and_the_waiting(early: bool) -> None:
    reads = HandReads()

    async def scenario() -> bool:
        driver = SimulatedDriver(StillClock(), reads)
        await driver.observe([an_order("ready=1reads")])
        if early:
            reads.read("j")
        waiting = asyncio.create_task(driver.changed(["cart-1"], 60))
        await asyncio.sleep(0)
        if not early:
            reads.read("j")
        await waiting
        return (await driver.observe([an_order("ready=1reads")]))["cart-1"].ready

    assert asyncio.run(scenario())


def test_an_instance_is_stopped_with_the_read_it_waits_for() -> None:
    reads = HandReads(j=1)

    async def scenario() -> list[str]:
        driver = SimulatedDriver(StillClock(), reads)
        await driver.start(an_order("stop=2reads"))
        stopping = asyncio.create_task(driver.stop(["cart-1"], fence=1))
        await asyncio.sleep(0)
        assert not stopping.done()
        reads.read("j")
        return await stopping

    assert asyncio.run(scenario()) == []
