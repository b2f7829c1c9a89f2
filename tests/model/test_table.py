"""Every move that the table does not have is refused twice: where a move is built, and where it is written."""

from __future__ import annotations

import asyncio
from itertools import product

import msgspec
import pytest

from homeport.model.changes import Move, submit
from homeport.model.records import Job
from homeport.model.states import FINISHED, JOB_MOVES, TASK_MOVES, ForbiddenMove, Status
from homeport.store.base import Missed
from homeport.store.loading import load_job
from support.jobs import NOW, a_job
from support.model_search import IMPOSSIBLE, POSSIBLE
from support.model_store import store_under_test
from support.model_time import VirtualClock, VirtualLoop

PAIRS = list(product(Status, Status))


def a_job_in(status: Status) -> Job:
    return a_job(
        status=status,
        progress=100 if status is Status.SUCCESS else 0,
        finished_at=NOW if status in FINISHED else None,
    )


@pytest.mark.parametrize(("source", "target"), [pair for pair in PAIRS if pair[1] not in JOB_MOVES[pair[0]]], ids=str)
def test_a_move_of_a_job_that_the_table_does_not_have_cannot_be_built(source: Status, target: Status) -> None:
    with pytest.raises(ForbiddenMove):
        Move(a_job_in(source), NOW).job(target)


@pytest.mark.parametrize(("source", "target"), [pair for pair in PAIRS if pair[1] not in TASK_MOVES[pair[0]]], ids=str)
def test_a_move_of_a_task_that_the_table_does_not_have_cannot_be_built(source: Status, target: Status) -> None:
    job = a_job(status=Status.RUNNING)
    first = msgspec.structs.replace(job.tasks[0], status=source)
    job = msgspec.structs.replace(job, tasks=(first, *job.tasks[1:]))
    with pytest.raises(ForbiddenMove):
        Move(job, NOW).task(1, target)


def test_no_move_that_the_table_does_not_have_is_written() -> None:
    """Whoever believes a job elsewhere than it is has built an allowed move from there; the guard refuses it."""

    async def refused(stored: Status, believed: Status, target: Status) -> bool:
        job = a_job_in(stored)
        async with store_under_test(VirtualClock(asyncio.get_running_loop())) as opened:
            store = opened.store
            await store.commit(submit(job, (), ()))
            moved = Move(a_job_in(believed), NOW).job(target).build()
            with pytest.raises(Missed):
                await store.commit(moved.change)
            events = await store.rows("job_events", job_id=job.id, after=0, most=10)
            return await load_job(store, job.id) == job and len(events) == 1

    tried = [
        (stored, believed, target)
        for stored, target in PAIRS
        if target not in JOB_MOVES[stored]
        for believed in Status
        if believed is not stored and target in JOB_MOVES[believed]
    ]
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert [case for case in tried if not runner.run(refused(*case))] == []


def test_the_moves_that_no_engine_makes_are_moves_of_the_table() -> None:
    assert all(target in JOB_MOVES[source] for kind, source, target in IMPOSSIBLE if kind == "job")
    assert len(POSSIBLE) + len(IMPOSSIBLE) == sum(map(len, [*JOB_MOVES.values(), *TASK_MOVES.values()]))
