"""What a commit promises, on every store."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from homeport.model.changes import Change, Move, Statement, submit
from homeport.model.records import Job, JobDocument
from homeport.model.states import FINISHED, Status
from homeport.store.base import Contradiction, Missed, Query, Store, StoreError
from homeport.store.loading import load_job
from support.jobs import NOW, a_job


def renamed(job_id: str, target: str) -> Job:
    return a_job(job_id, component_id=target)


async def stored(store: Store, job_id: str = "job-1", target: str = "component-1") -> Job:
    job = renamed(job_id, target)
    await store.commit(submit(job, (), ()))
    return job


def test_a_job_is_read_back_as_it_was_submitted(stores) -> None:
    async def scenario(store: Store) -> Job | None:
        await stored(store)
        return await load_job(store, "job-1")

    assert stores.run(scenario) == a_job()


def test_several_queries_are_answered_each_in_its_place(stores) -> None:
    async def scenario(store: Store) -> list[list[object]]:
        await stored(store)
        names = (("tasks_of_job", "job_id", "job-1"), ("job", "id", "unknown"), ("job", "id", "job-1"))
        found = await store.results(*(Query(name, {key: value}) for name, key, value in names))
        return [[row.get("idx", row.get("id")) for row in rows] for rows in found]

    assert stores.run(scenario) == [[task.idx for task in a_job("job-1").tasks], [], ["job-1"]]


def test_a_submission_writes_the_job_its_tasks_its_first_event_and_its_document(stores) -> None:
    async def scenario(store: Store) -> tuple[int, list[int], bytes]:
        await stored(store)
        tasks = await store.rows("tasks_of_job", job_id="job-1")
        events = await store.rows("job_events", job_id="job-1", after=0, most=10)
        document = await store.document("job-1")
        assert document is not None
        return len(tasks), [int(event["seq"] or 0) for event in events], document.body

    tasks, sequence, document = stores.run(scenario)
    assert (tasks, sequence) == (5, [1])
    assert b'"status":"init"' in document


def test_a_second_active_job_of_the_same_target_misses_and_leaves_no_trace(stores) -> None:
    async def scenario(store: Store) -> tuple[str, Job | None, int]:
        await stored(store, "job-1")
        with pytest.raises(Missed) as missed:
            await stored(store, "job-2")
        tasks = await store.rows("tasks_of_job", job_id="job-2")
        return missed.value.statement, await load_job(store, "job-2"), len(tasks)

    assert stores.run(scenario) == ("add_job", None, 0)


def test_a_finished_job_makes_room_for_the_next_one_of_its_target(stores) -> None:
    async def scenario(store: Store) -> Job | None:
        job = await stored(store, "job-1")
        skipped = Move(job, NOW + 1)
        for task in job.tasks:
            skipped.task(task.idx, Status.SKIP)
        await store.commit(skipped.job(Status.SKIP).build().change)
        await stored(store, "job-2")
        return await load_job(store, "job-2")

    assert stores.run(scenario) == renamed("job-2", "component-1")


def test_of_two_moves_from_the_same_sequence_number_one_misses(stores) -> None:
    async def scenario(store: Store) -> list[type | None]:
        job = await stored(store)
        moves = [Move(job, NOW + n).job(Status.RUNNING).set(owner=f"worker-{n}").build() for n in (1, 2)]
        outcomes = await asyncio.gather(*(store.commit(move.change) for move in moves), return_exceptions=True)
        return [None if outcome is None else type(outcome) for outcome in outcomes]

    assert stores.run(scenario) == [None, Missed]


def test_a_move_under_another_fence_misses(stores) -> None:
    async def scenario(store: Store) -> None:
        job = await stored(store)
        claimed = Move(job, NOW + 1).job(Status.RUNNING).set(fence=1, owner="worker-1").build().job
        await store.commit(Move(job, NOW + 1).job(Status.RUNNING).set(fence=2, owner="worker-2").build().change)
        with pytest.raises(Missed, match="move_job"):
            await store.commit(Move(claimed, NOW + 2).task(1, Status.RUNNING).build().change)

    stores.run(scenario)


def test_a_guard_that_misses_late_takes_back_what_its_change_had_written(stores) -> None:
    async def scenario(store: Store) -> Job | None:
        job = await stored(store)
        move = Move(job, NOW + 1).job(Status.RUNNING).also(Statement("remove_environment", {"id": "none", "fence": 0}))
        with pytest.raises(Missed, match="remove_environment"):
            await store.commit(move.build().change)
        return await load_job(store, "job-1")

    assert stores.run(scenario) == a_job()


def test_a_change_that_misses_late_takes_no_other_change_of_its_batch_with_it(stores) -> None:
    async def scenario(store: Store) -> list[bool]:
        missing = Statement("remove_environment", {"id": "none", "fence": 0})
        changes = [submit(renamed(f"job-{n}", f"component-{n}"), (), ()) for n in range(5)]
        changes[2] = changes[2].also(missing)
        await asyncio.gather(*(store.commit(change) for change in changes), return_exceptions=True)
        return [await load_job(store, f"job-{n}") is not None for n in range(5)]

    assert stores.run(scenario) == [True, True, False, True, True]


def test_a_change_that_contradicts_the_schema_fails_alone_and_is_told(stores) -> None:
    async def scenario(store: Store) -> tuple[type, bool]:
        broken = submit(renamed("job-1", "component-1"), (), (Statement("add_task", _task_of("nobody")),))
        good = submit(renamed("job-2", "component-2"), (), ())
        outcomes = await asyncio.gather(store.commit(broken), store.commit(good), return_exceptions=True)
        return type(outcomes[0]), await load_job(store, "job-2") is not None

    assert stores.run(scenario) == (Contradiction, True)


def _task_of(job_id: str) -> dict[str, str | int | None]:
    task = {"job_id": job_id, "idx": 1, "name": "x", "status": "init", "detail": "", "weight": 1, "time_limit": 1}
    return task | {"done": 0, "stands": 0, "started_at": None, "created_at": 1, "updated_at": 1}


def test_a_topic_is_signalled_after_the_commit_that_names_it(stores) -> None:
    async def scenario(store: Store) -> tuple[bool, bool, bool]:
        with store.watch("jobs") as jobs, store.watch("other") as other:
            before = await jobs.wait(0)
            await stored(store)
            return before, await jobs.wait(5), await other.wait(0)

    assert stores.run(scenario) == (False, True, False)


def test_a_change_that_misses_signals_nothing(stores) -> None:
    async def scenario(store: Store) -> bool:
        await stored(store)
        with store.watch("jobs") as watch:
            with pytest.raises(Missed):
                await stored(store, "job-2")
            return await watch.wait(0)

    assert stores.run(scenario) is False


def test_a_commit_whose_caller_went_away_still_happens(stores) -> None:
    async def scenario(store: Store) -> Job | None:
        with store.watch("jobs") as watch:
            caller = asyncio.ensure_future(store.commit(submit(a_job(), (), ())))
            await asyncio.sleep(0)
            caller.cancel()
            await watch.wait(5)
        return await load_job(store, "job-1")

    assert stores.run(scenario) == a_job()


def test_what_was_committed_is_there_after_the_store_was_opened_again(stores) -> None:
    stores.run(stored)
    assert stores.run(lambda store: load_job(store, "job-1")) == a_job()


def test_a_document_is_the_same_from_memory_and_from_the_store(stores) -> None:
    async def scenario(store: Store) -> JobDocument:
        document = await store.document("job-1")
        assert document is not None
        return msgspec.structs.replace(document, job=None)

    async def first(store: Store) -> JobDocument:
        await stored(store)
        return await scenario(store)

    assert stores.run(first) == stores.run(scenario)


def test_an_active_job_is_the_same_from_memory_and_from_the_store(stores) -> None:
    async def moved(store: Store) -> Job | None:
        job = await stored(store)
        move = Move(job, NOW + 1).set(owner="worker-1", fence=1).job(Status.RUNNING).task(1, Status.RUNNING)
        await store.commit(move.build().change)
        return await load_job(store, "job-1")

    assert stores.run(moved) == stores.run(lambda store: load_job(store, "job-1"))


def test_a_job_that_has_ended_is_not_kept_in_memory(stores) -> None:
    async def scenario(store: Store) -> Job | None:
        job = await stored(store)
        await store.commit(Move(job, NOW + 1).job(Status.TERMINATED).build().change)
        return store.remembered("job-1")

    assert stores.run(scenario) is None


def test_an_unknown_job_has_no_document(stores) -> None:
    assert stores.run(lambda store: store.document("nobody")) is None


@pytest.mark.parametrize("status", sorted(FINISHED))
def test_the_schema_itself_holds_that_only_a_success_has_all_of_the_progress(stores, status: Status) -> None:
    async def scenario(store: Store) -> None:
        job = await stored(store)
        params = Move(job, NOW + 1).job(Status.RUNNING).build().change.statements[0].params
        wrong = 99 if status is Status.SUCCESS else 100
        statement = Statement("move_job", params | {"status": status.value, "progress": wrong})
        with pytest.raises(StoreError):
            await store.commit(Change((statement,)))

    stores.run(scenario)


def test_a_closed_store_refuses_changes(stores) -> None:
    async def scenario() -> None:
        store = await stores.open()
        await store.close()
        with pytest.raises(StoreError, match="closed"):
            await store.commit(submit(a_job(), (), ()))

    asyncio.run(scenario())
