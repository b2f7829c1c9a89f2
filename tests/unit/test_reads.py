"""How far a job goes with the reads it has had: until when a read waits for the engine, and from when it does not."""

from __future__ import annotations

import pytest

from homeport.model.changes import Move
from homeport.model.documents import document_of
from homeport.model.moves import claim, terminate
from homeport.model.reads import goes_no_further
from homeport.model.records import Job
from homeport.model.states import Status
from support.jobs import NOW, a_goal, a_job

TASKS = ("build", "pull", "upgrade", "verify", "record")


def at(task: str, script: str) -> Job:
    """Return a job of a script that is at a task."""
    move = claim(a_job(goal=a_goal(script=script)), worker="w", node="n", fence=1, now=NOW).job(Status.RUNNING)
    for index in range(1, TASKS.index(task) + 1):
        move.task(index, Status.RUNNING).task(index, Status.SUCCESS, stands=True)
    return move.task(TASKS.index(task) + 1, Status.RUNNING).build().job


def ended(script: str) -> Job:
    move = Move(at("record", script), NOW)
    return move.task(5, Status.SUCCESS).job(Status.SUCCESS).build().job


@pytest.mark.parametrize(
    ("task", "script", "reads"),
    [
        ("build", "build=2reads", 1),
        ("pull", "pull=2reads; ready=4reads", 1),
        ("verify", "start=2reads; ready=4reads", 3),
        ("verify", "start=2reads,stuck", 9),
        ("verify", "ready=2reads,never", 9),
        ("verify", "start=2s; ready=4reads", 9),
    ],
)
def test_a_job_goes_no_further_in_a_step_that_waits_for_reads_or_for_time(task: str, script: str, reads: int) -> None:
    assert goes_no_further(at(task, script), reads)


@pytest.mark.parametrize(
    ("task", "script", "reads"),
    [
        ("build", "build=2reads; ready=4reads", 2),
        ("pull", "pull=2reads,fail; ready=4reads", 2),
        ("upgrade", "ready=4reads", 0),
        ("verify", "start=2reads; ready=4reads,crash", 4),
        ("record", "ready=4reads; stop=9reads", 4),
    ],
)
def test_a_job_goes_on_from_what_its_reads_have_ended(task: str, script: str, reads: int) -> None:
    assert not goes_no_further(at(task, script), reads)


def test_a_job_that_waits_for_a_worker_goes_on() -> None:
    assert not goes_no_further(a_job(goal=a_goal(script="pull=2reads")), 0)


def test_a_job_that_has_ended_goes_no_further() -> None:
    assert goes_no_further(ended("ready=2reads"), 0)


@pytest.mark.parametrize(("reads", "further"), [(1, False), (3, True)])
def test_a_job_that_is_to_end_waits_for_the_reads_of_its_stop(reads: int, further: bool) -> None:
    job = terminate(at("verify", "ready=9reads; stop=3reads"), NOW).build().job
    assert goes_no_further(job, reads) is not further


@pytest.mark.parametrize(
    ("driver", "script", "counts"),
    [("simulated", "pull=2reads", True), ("simulated", "pull=2s", False), ("process", "pull=2reads", False)],
)
def test_only_where_a_script_with_reads_is_followed_are_reads_counted(driver: str, script: str, counts: bool) -> None:
    assert document_of(a_job(driver=driver, goal=a_goal(script=script))).counts_reads is counts
