"""The table of statuses and moves."""

from __future__ import annotations

import pytest

from homeport.model.states import (
    FINISHED,
    GOOD_ENDS,
    JOB_MOVES,
    RETRYABLE,
    TASK_MOVES,
    ForbiddenMove,
    Status,
    check_job_move,
    check_task_move,
    job_sources,
    task_sources,
)

API_STATUSES = {"init", "running", "failed", "timeout", "success", "skip", "terminating", "terminated"}


def test_the_statuses_are_those_of_the_api_and_no_others() -> None:
    assert set(Status) == API_STATUSES


@pytest.mark.parametrize("table", [JOB_MOVES, TASK_MOVES], ids=["job", "task"])
def test_every_status_has_its_row(table: dict[Status, frozenset[Status]]) -> None:
    assert set(table) == set(Status)


def test_a_finished_job_moves_only_to_init_and_only_from_where_a_retry_may_begin() -> None:
    assert {status: set(JOB_MOVES[status]) for status in FINISHED} == {
        status: ({Status.INIT} if status in RETRYABLE else set()) for status in FINISHED
    }


def test_what_ended_well_is_never_retried() -> None:
    assert not GOOD_ENDS & RETRYABLE


def test_every_status_of_a_job_can_be_reached_from_init() -> None:
    reached = {Status.INIT}
    while more := {target for status in reached for target in JOB_MOVES[status]} - reached:
        reached |= more
    assert reached == set(Status)


def test_a_terminate_may_come_too_late() -> None:
    check_job_move(Status.TERMINATING, Status.SUCCESS)
    check_task_move(Status.TERMINATING, Status.SUCCESS)


@pytest.mark.parametrize(
    ("source", "target"), [(s, t) for s in Status for t in Status if t not in JOB_MOVES[s]], ids=str
)
def test_a_move_that_the_table_does_not_have_is_refused_for_a_job(source: Status, target: Status) -> None:
    with pytest.raises(ForbiddenMove, match=f"a job never moves from {source} to {target}"):
        check_job_move(source, target)


@pytest.mark.parametrize(
    ("source", "target"), [(s, t) for s in Status for t in Status if t not in TASK_MOVES[s]], ids=str
)
def test_a_move_that_the_table_does_not_have_is_refused_for_a_task(source: Status, target: Status) -> None:
    with pytest.raises(ForbiddenMove, match=f"a task never moves from {source} to {target}"):
        check_task_move(source, target)


@pytest.mark.parametrize("target", list(Status))
def test_sources_are_the_table_read_backwards(target: Status) -> None:
    assert set(job_sources(target)) == {status for status in Status if target in JOB_MOVES[status]}
    assert set(task_sources(target)) == {status for status in Status if target in TASK_MOVES[status]}
