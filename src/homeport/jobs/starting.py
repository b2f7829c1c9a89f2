"""Which task of a job comes next: those that are not needed are passed over, the first that is gets its start."""

from __future__ import annotations

from typing import Protocol

import msgspec

from homeport.jobs.defects import told_of
from homeport.jobs.preparing import check_entrances, check_secrets
from homeport.jobs.tasks import TASK_KINDS
from homeport.jobs.work import Work
from homeport.model.causes import Failure, TaskFailed
from homeport.model.changes import Statement
from homeport.model.records import Job
from homeport.model.states import Status


class Starting(msgspec.Struct, frozen=True, kw_only=True):
    """The next step of a job: tasks that are skipped with a reason, and the one that starts (0: none is left)."""

    index: int
    skipped: tuple[tuple[int, str], ...] = ()
    statements: tuple[Statement, ...] = ()
    refused: Failure | None = None
    """Why the task cannot be done, when that is known before it starts: it starts and fails in the same commit."""


class MakeWork(Protocol):
    """Makes a task's view of a job."""

    def __call__(self, job: Job, index: int) -> Work:
        """Return the view of task `index`."""
        ...


async def following(job: Job, after: int, make_work: MakeWork) -> Starting:
    """Return the next step of a job behind task `after` (0: its first one); changes nothing."""
    skipped: list[tuple[int, str]] = []
    for task in job.tasks[after:]:
        if task.status is not Status.INIT:
            continue
        work = make_work(job, task.idx)
        try:
            entry = await TASK_KINDS[task.name].enter(work)
            if entry.skip is None and not after:
                await check_secrets(work)
                await check_entrances(work)
        except Exception as error:
            told = told_of(error, job.id, task.idx)
            if not isinstance(told, TaskFailed):
                raise
            return Starting(index=task.idx, skipped=tuple(skipped), refused=told.failure)
        if entry.skip is None:
            return Starting(index=task.idx, skipped=tuple(skipped), statements=entry.statements)
        skipped.append((task.idx, entry.skip))
    return Starting(index=0, skipped=tuple(skipped))
