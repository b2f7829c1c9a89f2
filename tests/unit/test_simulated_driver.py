"""The driver `simulated`: how long it waits for a change and for an end, on a clock of the test's own."""

from __future__ import annotations

import asyncio

import pytest

from homeport.drivers.simulated import SimulatedDriver
from homeport.model.clock import SECOND, SystemClock
from homeport.model.workloads import Artifact, HealthCheck, InstanceOrder, Lifecycle, Owner, ResourceLimit

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


def waited(script: str, *, late: int, within: float = 5.0) -> float:
    """Return how many seconds `changed` waits when it is called `late` microseconds after `observe`."""
    clock = StillClock()
    driver = SimulatedDriver(clock)

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
    driver = SimulatedDriver(clock)

    async def scenario() -> list[str]:
        await driver.start(an_order("stop=3s,stuck"))
        return await driver.stop(["cart-1"], fence=1)

    assert asyncio.run(scenario()) == ["cart-1"]
    assert clock.micros == START + 3 * SECOND


@pytest.mark.parametrize("name", ["cart-1", "cart-2"])
def test_only_an_instance_that_was_asked_for_has_a_log(name: str) -> None:
    driver = SimulatedDriver(StillClock())

    async def scenario() -> list[bytes]:
        await driver.start(an_order(""))
        return [piece async for piece in driver.logs("c", name, tail=None, follow=False)]

    assert bool(asyncio.run(scenario())) is (name == "cart-1")
