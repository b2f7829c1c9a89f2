"""A unit of change as a value, and the one builder of a job's move.

A `Change` is committed whole or not at all. Its first statement is the guard: when it touches other rows than it must,
nothing of the change has been written, and whoever sent it reads again and decides anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypedDict, Unpack

import msgspec

from homeport.model.documents import document_of
from homeport.model.records import Ending, Job, JobDocument, Task
from homeport.model.states import FINISHED, Status, check_job_move, check_task_move
from homeport.model.workloads import Artifact

Value = str | int | float | None
"""What a column holds."""

JOBS_TOPIC: Final = "jobs"
"""Signalled when a job may be claimed."""


def job_topic(job_id: str) -> str:
    """Return the topic that is signalled at each move of a job."""
    return f"job:{job_id}"


def log_topic(job_id: str, task: int) -> str:
    """Return the topic that is signalled when a task's log has grown."""
    return f"log:{job_id}:{task}"


def reads_topic(job_id: str) -> str:
    """Return the topic that is signalled when a job was read whose script counts reads."""
    return f"reads:{job_id}"


def log_asked_topic(driver: str, node: str) -> str:
    """Return the topic that is signalled when the log of an instance of a node is asked for."""
    return f"log-asked:{driver}:{node}"


def log_read_topic(reading_id: str) -> str:
    """Return the topic that is signalled when more of a log was read that was asked for."""
    return f"log-read:{reading_id}"


def log_taken_topic(reading_id: str) -> str:
    """Return the topic that is signalled when what was read of a log was taken."""
    return f"log-taken:{reading_id}"


class Statement(msgspec.Struct, frozen=True, gc=False):
    """A named statement of `store/sql`, its parameters, and how many rows it must touch (None: any number)."""

    name: str
    params: dict[str, Value]
    rows: int | None = 1


class Change(msgspec.Struct, frozen=True, gc=False):
    """Statements that are committed together, the topics to signal after, and the job documents they wrote."""

    statements: tuple[Statement, ...]
    topics: tuple[str, ...] = ()
    documents: tuple[JobDocument, ...] = ()

    def also(self, *statements: Statement, topics: tuple[str, ...] = ()) -> Change:
        """Return this change with more statements behind its own."""
        return Change(self.statements + statements, self.topics + topics, self.documents)


class Moved(msgspec.Struct, frozen=True, gc=False):
    """A job as it will be, and the change that makes it so."""

    job: Job
    change: Change


class JobFields(TypedDict, total=False):
    """Columns of a job that have no moves of their own."""

    owner: str | None
    node: str | None
    fence: int
    attempt: int
    deaths: int
    artifact: Artifact | None
    ending: Ending | None
    deadline_at: int
    started_at: int | None
    finished_at: int | None


_DONE: Final = {Status.INIT: 0, Status.RUNNING: 0, Status.SUCCESS: 100}
"""Percent of a task that is done once it has moved to a status; in others it stays."""


class Move:
    """Builds one move of a job: every step gets its event and sequence number, and the document is written once.

    Statuses are checked against the table; a step that it does not have raises `ForbiddenMove`.
    """

    def __init__(self, job: Job, now: int) -> None:
        self._was = job
        self._now = now
        self._status = job.status
        self._tasks = list(job.tasks)
        self._seq = job.seq
        self._progress = job.progress
        self._fields: dict[str, Any] = {}
        self._steps: list[tuple[int, int, Status, str, int]] = []
        self._changed: dict[int, None] = {}
        self._also: list[Statement] = []
        self._topics: list[str] = [job_topic(job.id)]

    @property
    def now(self) -> int:
        """When the move is made, in microseconds since 1970."""
        return self._now

    def job(self, status: Status, detail: str = "") -> Move:
        """Move the job itself."""
        check_job_move(self._status, status)
        self._status = status
        if status is Status.INIT:
            self._progress = 0
        if status in FINISHED:
            self._fields |= {"finished_at": self._now, "owner": None}
        self._note(0, status, detail)
        return self

    def task(self, idx: int, status: Status, *, detail: str | None = None, stands: bool | None = None) -> Move:
        """Move task `idx`; `detail` and `stands` stay as they are unless given, `done` follows from the status.

        A task that is skipped counts as done when it stands (it was not needed), not when it was never run.
        """
        task = self._tasks[idx - 1]
        check_task_move(task.status, status)
        done = 100 if status is Status.SKIP and stands else _DONE.get(status, task.done)
        self._put(
            task,
            status=status,
            detail=task.detail if detail is None else detail,
            stands=task.stands if stands is None else stands,
            done=done,
            started_at=self._now if status is Status.RUNNING else task.started_at,
        )
        self._note(idx, status, task.detail if detail is None else detail)
        return self

    def mark(self, idx: int, *, detail: str | None = None, done: int | None = None, stands: bool | None = None) -> Move:
        """Change what is said of task `idx` without moving it."""
        task = self._tasks[idx - 1]
        self._put(
            task,
            detail=task.detail if detail is None else detail,
            done=task.done if done is None else max(task.done, min(done, 99)),
            stands=task.stands if stands is None else stands,
        )
        self._note(idx, task.status, task.detail if detail is None else detail)
        return self

    def set(self, **fields: Unpack[JobFields]) -> Move:
        """Set columns of the job that have no moves of their own."""
        self._fields.update(fields)
        return self

    def also(self, *statements: Statement) -> Move:
        """Add statements that are committed with the move, behind the job's own."""
        self._also.extend(statements)
        return self

    def signal(self, *topics: str) -> Move:
        """Add topics to signal once the move is committed."""
        self._topics.extend(topics)
        return self

    def build(self) -> Moved:
        """Return the job as it will be and the change to it, guarded by sequence number, status, fence and owner."""
        fields = self._fields | {
            "status": self._status,
            "progress": self._progress,
            "seq": self._seq,
            "tasks": tuple(self._tasks),
        }
        job = msgspec.structs.replace(self._was, **fields)
        document = document_of(job)
        statements = [
            Statement(self._statement(), _job_params(job, document, self._now) | self._guard()),
            *(Statement("move_task", _task_params(self._tasks[idx - 1])) for idx in self._changed),
            *(Statement("add_job_event", self._event(step)) for step in self._steps),
            *self._also,
        ]
        return Moved(job, Change(tuple(statements), tuple(self._topics), (document,)))

    def _statement(self) -> str:
        return "turn_job" if (self._was.status in FINISHED) != (self._status in FINISHED) else "move_job"

    def _guard(self) -> dict[str, Value]:
        # A hand-back changes the owner alone: who read the job before must not give it back to the worker that left.
        return {
            "was_seq": self._was.seq,
            "was_status": str(self._was.status),
            "was_fence": self._was.fence,
            "was_owner": self._was.owner or "",
        }

    def _event(self, step: tuple[int, int, Status, str, int]) -> dict[str, Value]:
        seq, task, status, detail, progress = step
        return {
            "job_id": self._was.id,
            "seq": seq,
            "at": self._now,
            "task": task,
            "status": str(status),
            "progress": progress,
            "detail": detail,
        }

    def _put(self, task: Task, **fields: Any) -> None:
        self._tasks[task.idx - 1] = msgspec.structs.replace(task, updated_at=self._now, **fields)
        self._changed[task.idx] = None

    def _note(self, task: int, status: Status, detail: str) -> None:
        self._seq += 1
        self._progress = max(self._progress, progress_of(self._status, self._tasks))
        self._steps.append((self._seq, task, status, detail, self._progress))


def progress_of(status: Status, tasks: Iterable[Task]) -> int:
    """Return the progress of a job in percent, weighted over its tasks: 100 exactly when it is `success`."""
    if status is Status.SUCCESS:
        return 100
    total = 0
    done = 0
    for task in tasks:
        total += task.weight
        done += task.weight * task.done
    return min(done // total, 99) if total else 0


def submit(job: Job, guards: tuple[Statement, ...], effects: tuple[Statement, ...]) -> Change:
    """Return the change that makes a new job: `guards` stand first and may refuse it, `effects` follow.

    That at most one job of a target is active is the store's own rule; a job too many misses at `add_job`.
    """
    document = document_of(job)
    event: dict[str, Value] = {
        "job_id": job.id,
        "seq": job.seq,
        "at": job.accepted_at,
        "task": 0,
        "status": str(job.status),
        "progress": job.progress,
        "detail": "",
    }
    statements = (
        *guards,
        Statement("add_job", _new_job_params(job, document)),
        *(Statement("add_task", _task_params(task) | {"created_at": task.created_at}) for task in job.tasks),
        Statement("add_job_event", event),
        *effects,
    )
    return Change(statements, (JOBS_TOPIC, job_topic(job.id)), (document,))


def _task_params(task: Task) -> dict[str, Value]:
    return {
        "job_id": task.job_id,
        "idx": task.idx,
        "name": task.name,
        "status": str(task.status),
        "detail": task.detail,
        "weight": task.weight,
        "time_limit": task.time_limit,
        "done": task.done,
        "stands": int(task.stands),
        "started_at": task.started_at,
        "updated_at": task.updated_at,
    }


def _job_params(job: Job, document: JobDocument, now: int) -> dict[str, Value]:
    active = job.status not in FINISHED
    return {
        "id": job.id,
        "status": str(job.status),
        "progress": job.progress,
        "seq": job.seq,
        "fence": job.fence,
        "owner": job.owner,
        "node": job.node,
        "attempt": job.attempt,
        "deaths": job.deaths,
        "artifact": _json(job.artifact),
        "ending": _json(job.ending),
        "deadline_at": job.deadline_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
        "active_target": job.target_id if active else None,
        "waiting_since": job.accepted_at if active else None,
        "updated_at": now,
        "document": document.body.decode(),
    }


def _new_job_params(job: Job, document: JobDocument) -> dict[str, Value]:
    return _job_params(job, document, job.accepted_at) | {
        "project_id": job.project_id,
        "environment_id": job.environment_id,
        "application_id": job.application_id,
        "component_id": job.component_id,
        "action": str(job.action),
        "driver": job.driver,
        "goal": _json(job.goal),
        "hard_deadline": int(job.hard_deadline),
        "accepted_at": job.accepted_at,
        "requested_by": job.requested_by,
        "counts_reads": int(document.counts_reads),
    }


def _json(value: msgspec.Struct | None) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()
