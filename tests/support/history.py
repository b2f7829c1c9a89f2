"""What the record of a job must be, whatever happened to the engine: one story, told in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from homeport.model.states import JOB_MOVES, TASK_MOVES, Status
from support.shop import ENDED, Jobs

JOB: Final = 0
"""The index under which events tell of the job itself."""

UNDONE: Final = "undone: "
"""What the detail of a task says whose effect was put back."""

Event = Mapping[str, Any]
"""One of a job's events as the API tells it."""


def check_history(jobs: Jobs, job_id: str) -> None:
    """Pass when a job has ended, its events tell one story in order, and it is what they say."""
    events = jobs.own("GET", f"/jobs/{job_id}/events")["items"]
    job = jobs.job(job_id)
    assert job.status in ENDED
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)
    assert list(faults(events)) == []
    _check_document(job, events)


def faults(events: Sequence[Event]) -> Iterator[str]:
    """Yield what is wrong with the story that a job's events tell, each with the promise that it breaks."""
    numbers = [event["sequence"] for event in events]
    if numbers != list(range(1, len(events) + 1)):
        yield f"P8: sequence numbers are {numbers}"
    yield from _faults_of_moves(events)
    yield from _faults_of_progress(events)
    yield from _faults_of_repeats(events)
    yield from _faults_of_ends(events)


def attempts_of(events: Sequence[Event]) -> list[list[Event]]:
    """Return the events by attempt; a retry begins with the job's move to `init`, after those of its tasks."""
    attempts: list[list[Event]] = [[]]
    ended = False
    for event in events:
        if ended:
            attempts.append([])
            ended = False
        attempts[-1].append(event)
        ended = event["task"] == JOB and event["status"] in ENDED
    return [_of_the_attempt(attempt, index) for index, attempt in enumerate(attempts)]


def _of_the_attempt(attempt: list[Event], index: int) -> list[Event]:
    """Return an attempt's events from the job's `init` on: what comes before is the clearing of the one before it."""
    starts = [at for at, event in enumerate(attempt) if event["task"] == JOB and event["status"] == "init"]
    return attempt[starts[0] :] if index and starts else attempt


def _faults_of_moves(events: Sequence[Event]) -> Iterator[str]:
    """Yield moves that the table does not have."""
    for subject in sorted({event["task"] for event in events}):
        statuses = [Status(event["status"]) for event in events if event["task"] == subject]
        moves = JOB_MOVES if subject == JOB else TASK_MOVES
        for source, target in pairwise(statuses):
            if source is not target and target not in moves[source]:
                yield f"P2: {_named(subject)} went from {source} to {target}"


def _faults_of_progress(events: Sequence[Event]) -> Iterator[str]:
    for number, attempt in enumerate(attempts_of(events), start=1):
        progress = [event["progress"] for event in attempt]
        if progress != sorted(progress):
            yield f"P3: progress of attempt {number} was {progress}"
        done = [event["task"] == JOB and event["status"] == "success" for event in attempt]
        if [step == 100 for step in progress] != done:
            yield f"P3: progress of attempt {number} is 100 where the job is no success, or the other way round"


def _faults_of_repeats(events: Sequence[Event]) -> Iterator[str]:
    """Yield tasks that ran again though they had succeeded and were not undone, or twice in one attempt."""
    for subject in sorted({event["task"] for event in events} - {JOB}):
        stands = False
        for event in (one for one in events if one["task"] == subject):
            if event["status"] == "success":
                stands = UNDONE not in event["detail"]
            elif stands:
                yield f"P9: {_named(subject)} went to {event['status']} though it had succeeded and stood"
                break


def _faults_of_ends(events: Sequence[Event]) -> Iterator[str]:
    """Yield what was said of a job behind its end, but for a retry, which is one move of the job and its tasks."""
    ended = False
    for event in events:
        if ended and event["status"] != "init":
            yield f"P2: event {event['sequence']}, {_named(event['task'])} {event['status']}, follows the job's end"
        if event["task"] == JOB:
            ended = event["status"] in ENDED


def _named(subject: int) -> str:
    return f"task {subject}" if subject else "the job"


def _check_document(job: Any, events: Sequence[Event]) -> None:
    """Pass when a job is what the last events of it and of its tasks say."""
    last = {event["task"]: event for event in events}
    assert (job.status, job.progress) == (last[JOB]["status"], events[-1]["progress"])
    assert (job.progress == 100) == (job.status == "success")
    assert [task.index for task in job.tasks] == list(range(1, len(job.tasks) + 1))
    told = [(task.index, task.status, task.detail) for task in job.tasks if task.index in last]
    assert told == [(index, last[index]["status"], last[index]["detail"]) for index, _, _ in told]
    assert all(task.status == "init" for task in job.tasks if task.index not in last)
    assert all(task.detail for task in job.tasks if task.status in ("failed", "timeout", "terminated"))
