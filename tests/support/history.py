"""What the record of a job must be, whatever happened to the engine: one story, told in order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from homeport.model.states import JOB_MOVES, TASK_MOVES, Status
from support.shop import ENDED, Jobs

JOB: Final = 0
"""The index under which events tell of the job itself."""


def check_history(jobs: Jobs, job_id: str) -> None:
    """Pass when a job has ended, its events tell one story in order, and it is what they say."""
    events = jobs.own("GET", f"/jobs/{job_id}/events")["items"]
    job = jobs.job(job_id)
    assert job.status in ENDED
    assert [event["sequence"] for event in events] == list(range(1, len(events) + 1))
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)
    for attempt in _attempts(events):
        progress = [event["progress"] for event in attempt]
        assert progress == sorted(progress), progress
        assert all((event["progress"] == 100) <= (event is attempt[-1]) for event in attempt), attempt
    _check_moves(events)
    _check_document(job, events)


def _attempts(events: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the events by attempt; a retry begins with the job's move to `init`, after those of its tasks."""
    attempts: list[list[dict[str, Any]]] = [[]]
    ended = False
    for event in events:
        if ended:
            attempts.append([])
            ended = False
        attempts[-1].append(event)
        ended = event["task"] == JOB and event["status"] in ENDED
    return [_of_the_attempt(attempt, index) for index, attempt in enumerate(attempts)]


def _of_the_attempt(attempt: list[dict[str, Any]], index: int) -> list[dict[str, Any]]:
    """Return an attempt's events from the job's `init` on: what comes before is the clearing of the one before it."""
    starts = [at for at, event in enumerate(attempt) if event["task"] == JOB and event["status"] == "init"]
    return attempt[starts[0] :] if index and starts else attempt


def _check_moves(events: Sequence[dict[str, Any]]) -> None:
    """Pass when each subject's statuses follow each other as the table allows."""
    for subject in {event["task"] for event in events}:
        statuses = [Status(event["status"]) for event in events if event["task"] == subject]
        moves = JOB_MOVES if subject == JOB else TASK_MOVES
        for source, target in pairwise(statuses):
            assert source is target or target in moves[source], (subject, statuses)


def _check_document(job: Any, events: Sequence[dict[str, Any]]) -> None:
    """Pass when a job is what the last events of it and of its tasks say."""
    last = {event["task"]: event for event in events}
    assert (job.status, job.progress) == (last[JOB]["status"], events[-1]["progress"])
    assert (job.progress == 100) == (job.status == "success")
    assert [task.index for task in job.tasks] == list(range(1, len(job.tasks) + 1))
    told = [(task.index, task.status, task.detail) for task in job.tasks if task.index in last]
    assert told == [(index, last[index]["status"], last[index]["detail"]) for index, _, _ in told]
    assert all(task.status == "init" for task in job.tasks if task.index not in last)
    assert all(task.detail for task in job.tasks if task.status in ("failed", "timeout", "terminated"))
