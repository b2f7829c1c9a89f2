"""A step of a job under limits: it ends by itself, at the first of its deadlines, or when somebody asks for its end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from homeport.jobs.limits import CutShort, Limits, Reason
from homeport.model.clock import SystemClock

CLOCK = SystemClock()


async def for_ever() -> None:
    await asyncio.Event().wait()


def reason_for(scenario: Callable[[Limits], Awaitable[None]]) -> Reason:
    async def attempt() -> None:
        await scenario(Limits(CLOCK))

    with pytest.raises(CutShort) as cut:
        asyncio.run(attempt())
    return cut.value.reason


def test_a_step_that_ends_by_itself_gives_its_result() -> None:
    async def step() -> str:
        return "done"

    async def scenario() -> str:
        limits = Limits(CLOCK)
        limits.at(CLOCK.now() + 60_000_000, Reason.JOB_DEADLINE)
        return await limits.run(step())

    assert asyncio.run(scenario()) == "done"


@pytest.mark.parametrize("earliest_first", [True, False])
def test_of_several_moments_the_earliest_counts(earliest_first: bool) -> None:
    async def scenario(limits: Limits) -> None:
        moments = [(CLOCK.now() + 1_000, Reason.TASK_DEADLINE), (CLOCK.now() + 60_000_000, Reason.JOB_DEADLINE)]
        for moment, reason in moments if earliest_first else reversed(moments):
            limits.at(moment, reason)
        await limits.run(for_ever())

    assert reason_for(scenario) is Reason.TASK_DEADLINE


def test_the_first_reason_counts() -> None:
    async def scenario(limits: Limits) -> None:
        asyncio.get_running_loop().call_soon(limits.cut, Reason.TERMINATE)
        asyncio.get_running_loop().call_soon(limits.cut, Reason.LOST)
        await limits.run(for_ever())

    assert reason_for(scenario) is Reason.TERMINATE


def test_a_step_whose_end_was_asked_for_before_never_begins() -> None:
    begun: list[str] = []

    async def step() -> None:
        begun.append("it")

    async def scenario(limits: Limits) -> None:
        limits.cut(Reason.LOST)
        await limits.run(step())

    assert (reason_for(scenario), begun) == (Reason.LOST, [])


def test_a_step_that_is_cut_short_has_ended_when_that_is_told() -> None:
    told: list[str] = []

    async def step() -> None:
        try:
            await for_ever()
        finally:
            await asyncio.sleep(0)
            told.append("ended")

    async def scenario(limits: Limits) -> None:
        asyncio.get_running_loop().call_soon(limits.cut, Reason.TERMINATE)
        try:
            await limits.run(step())
        finally:
            told.append("told")

    reason_for(scenario)
    assert told == ["ended", "told"]


def test_a_step_that_ends_well_although_it_was_cut_gives_its_result() -> None:
    async def step() -> str:
        try:
            await for_ever()
        except asyncio.CancelledError:
            return "done all the same"
        return "never"

    async def scenario() -> tuple[str, int]:
        limits = Limits(CLOCK)
        asyncio.get_running_loop().call_soon(limits.cut, Reason.TERMINATE)
        result = await limits.run(step())
        task = asyncio.current_task()
        assert task is not None
        return result, task.cancelling()

    assert asyncio.run(scenario()) == ("done all the same", 0)


def test_whoever_cancels_the_caller_is_not_taken_for_the_limits() -> None:
    async def scenario() -> None:
        limits = Limits(CLOCK)
        caller = asyncio.ensure_future(limits.run(for_ever()))
        await asyncio.sleep(0)
        limits.cut(Reason.TERMINATE)
        caller.cancel()
        await caller

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(scenario())


def test_a_caller_can_wait_again_after_a_step_was_cut_short() -> None:
    async def scenario() -> str:
        limits = Limits(CLOCK)
        asyncio.get_running_loop().call_soon(limits.cut, Reason.TASK_DEADLINE)
        with pytest.raises(CutShort):
            await limits.run(for_ever())
        async with asyncio.timeout(60):
            await asyncio.sleep(0)
        return "went on"

    assert asyncio.run(scenario()) == "went on"
