"""Moves of a job as changes: events, sequence numbers, progress, the document."""

from __future__ import annotations

import json

import msgspec
import pytest

from homeport.model.changes import Change, Move, progress_of, submit
from homeport.model.states import FINISHED, ForbiddenMove, Status
from support.jobs import NOW, a_job


def names(change: Change) -> list[str]:
    return [statement.name for statement in change.statements]


def test_the_guard_of_a_move_stands_first() -> None:
    change = Move(a_job(), NOW).job(Status.RUNNING).build().change
    guard = change.statements[0]
    assert guard.name == "move_job"
    assert (guard.params["was_seq"], guard.params["was_status"], guard.params["was_fence"]) == (1, "init", 0)


def test_every_step_of_a_move_is_an_event_with_a_number_of_its_own() -> None:
    moved = Move(a_job(), NOW).job(Status.RUNNING).task(1, Status.RUNNING).build()
    events = [statement.params for statement in moved.change.statements if statement.name == "add_job_event"]
    assert [(event["seq"], event["task"], event["status"]) for event in events] == [
        (2, 0, "running"),
        (3, 1, "running"),
    ]
    assert moved.job.seq == 3


def test_a_task_that_moves_twice_in_one_move_is_written_once() -> None:
    moved = Move(a_job(), NOW).job(Status.RUNNING).task(1, Status.RUNNING).task(1, Status.SUCCESS).build()
    assert names(moved.change).count("move_task") == 1


def test_a_move_that_the_table_does_not_have_is_refused() -> None:
    with pytest.raises(ForbiddenMove):
        Move(a_job(), NOW).job(Status.SUCCESS)


def test_progress_is_weighted_over_the_tasks() -> None:
    move = Move(a_job(), NOW).job(Status.RUNNING).task(1, Status.RUNNING).task(1, Status.SUCCESS)
    assert move.build().job.progress == 40


def test_progress_inside_a_task_counts_by_its_share() -> None:
    move = Move(a_job(), NOW).job(Status.RUNNING).task(1, Status.RUNNING).mark(1, done=50)
    assert move.build().job.progress == 20


def test_progress_inside_a_task_never_falls() -> None:
    move = Move(a_job(), NOW).job(Status.RUNNING).task(1, Status.RUNNING).mark(1, done=50).mark(1, done=10)
    assert move.build().job.tasks[0].done == 50


def test_a_task_that_was_not_run_is_no_progress() -> None:
    job = Move(a_job(), NOW).job(Status.RUNNING).task(1, Status.RUNNING).build().job
    move = Move(job, NOW).task(1, Status.FAILED, detail="no luck")
    for task in job.tasks[1:]:
        move.task(task.idx, Status.SKIP, detail="not run")
    assert move.build().job.progress == 0


def test_a_task_that_was_not_needed_is_progress() -> None:
    job = Move(a_job(), NOW).job(Status.RUNNING).build().job
    assert Move(job, NOW).task(1, Status.SKIP, detail="not needed", stands=True).build().job.progress == 40


def test_progress_is_not_100_before_the_job_is_a_success() -> None:
    tasks = [msgspec.structs.replace(task, done=100) for task in a_job().tasks]
    assert [progress_of(status, tasks) for status in Status] == [
        100 if status is Status.SUCCESS else 99 for status in Status
    ]


def test_a_job_that_ended_frees_its_target_and_its_place_in_the_queue() -> None:
    move = Move(a_job(), NOW)
    for task in a_job().tasks:
        move.task(task.idx, Status.SKIP)
    params = move.job(Status.TERMINATED).build().change.statements[0].params
    assert (params["active_target"], params["waiting_since"], params["owner"]) == (None, None, None)


def test_a_job_that_has_not_ended_holds_its_target() -> None:
    params = Move(a_job(), NOW).job(Status.RUNNING).build().change.statements[0].params
    assert params["active_target"] == "component-1"


def test_a_finished_job_says_when() -> None:
    move = Move(a_job(), NOW)
    for task in a_job().tasks:
        move.task(task.idx, Status.SKIP)
    assert move.job(Status.SKIP).build().job.finished_at == NOW


def test_the_document_is_what_the_api_gives_as_its_example() -> None:
    (document,) = submit(a_job(), (), ()).documents
    assert json.loads(document.body)["spec"]["tasks"][2] == {
        "index": 3,
        "name": "upgrade",
        "status": "init",
        "detail": "",
        "created_at": "2023-02-16T11:24:07.950175Z",
        "updated_at": "2023-02-16T11:24:07.950175Z",
    }


def test_the_document_of_a_move_is_that_of_the_job_after_it() -> None:
    moved = Move(a_job(), NOW).job(Status.RUNNING).build()
    (document,) = moved.change.documents
    assert (document.seq, document.status) == (moved.job.seq, Status.RUNNING)
    assert moved.change.statements[0].params["document"] == document.body.decode()


def test_a_move_wakes_whoever_watches_the_job() -> None:
    assert Move(a_job(), NOW).job(Status.RUNNING).build().change.topics == ("job:job-1",)


def test_a_submission_wakes_the_workers() -> None:
    assert "jobs" in submit(a_job(), (), ()).topics


@pytest.mark.parametrize("status", sorted(FINISHED))
def test_no_finished_job_moves_on_but_by_retry(status: Status) -> None:
    job = a_job(status=status)
    for target in set(Status) - {Status.INIT}:
        with pytest.raises(ForbiddenMove):
            Move(job, NOW).job(target)
