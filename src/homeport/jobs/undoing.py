"""Undoing what a job has begun: its tasks backwards, each in its own way, and the names of what would not end."""

from __future__ import annotations

from typing import Final

from homeport.jobs.defects import is_defect
from homeport.jobs.starting import MakeWork
from homeport.jobs.tasks import TASK_KINDS
from homeport.log_setup import get_logger
from homeport.model.causes import TaskFailed
from homeport.model.records import Job, Task
from homeport.model.states import Status

_log = get_logger()

_UNDER_WAY: Final = frozenset({Status.RUNNING, Status.TERMINATING, Status.FAILED, Status.TIMEOUT, Status.TERMINATED})


class Undo:
    """One undo of a job. What it has reached so far can be read at any time: it may be cut short."""

    def __init__(self, job: Job, make_work: MakeWork) -> None:
        self._job = job
        self._make_work = make_work
        self._undone: set[int] = set()
        self._unknown: frozenset[int] = frozenset()
        self._left: dict[str, None] = {}
        self._serving: tuple[str, ...] = ()

    @property
    def undone(self) -> frozenset[int]:
        """Indices of the tasks whose effect is gone."""
        return frozenset(self._undone)

    @property
    def left(self) -> tuple[str, ...]:
        """Names of what still lives."""
        return tuple(self._left)

    async def run(self) -> None:
        """Undo the tasks backwards; nothing is undone where only the new can serve, and that is named."""
        if not await self._can_go_back():
            self._left.update(dict.fromkeys(await self._own_names()))
            await self._look_what_serves()
            return
        for task in reversed(self._job.tasks):
            if self._stands_or_began(task):
                alive = await self._undo(task)
                self._left.update(dict.fromkeys(alive))
                if TASK_KINDS[task.name].undoable:
                    self._note(task.idx, gone=not alive)
        await self._look_what_serves()

    @property
    def serving(self) -> tuple[str, ...]:
        """Names of what is left because it has the traffic: from this attempt, which cannot go back, or one before."""
        return self._serving

    @property
    def unknown(self) -> frozenset[int]:
        """Indices of the tasks of which nobody can say whether their effect still stands."""
        return self._unknown - self._undone

    async def give_up(self) -> None:
        """Name all that the job has started as what may be left."""
        self._left.update(dict.fromkeys(await self._own_names()))
        self._unknown = not_known(self._job)

    async def _look_what_serves(self) -> None:
        if self._left and self._job.component_id:
            route = await self._make_work(self._job, 1).route()
            self._serving = tuple(name for name in self._left if name in route)

    def _note(self, index: int, *, gone: bool) -> None:
        if gone:
            self._undone.add(index)
        else:
            # Whoever ends later what could not be ended now leaves nothing for the task to stand on.
            self._unknown |= {index}

    def _stands_or_began(self, task: Task) -> bool:
        if task.status in _UNDER_WAY:
            return True
        return task.status is Status.SUCCESS and task.stands and TASK_KINDS[task.name].undoable

    async def _can_go_back(self) -> bool:
        for task in self._job.tasks:
            if task.status in _UNDER_WAY:
                try:
                    return await TASK_KINDS[task.name].can_go_back(self._make_work(self._job, task.idx))
                except Exception as error:
                    if not _unable(error):
                        raise
                    _log.warning("job.undo_unknown", job_id=self._job.id, task=task.name, error=str(error))
                    return False
        return True

    async def _undo(self, task: Task) -> list[str]:
        try:
            return await TASK_KINDS[task.name].undo(self._make_work(self._job, task.idx))
        except Exception as error:
            if not _unable(error):
                raise
            _log.warning("job.undo_failed", job_id=self._job.id, task=task.name, error=str(error))
            return [*await self._own_names()] or [f"what task {task.name} began"]

    async def _own_names(self) -> tuple[str, ...]:
        if not self._job.component_id:
            return ()
        return tuple(instance.name for instance in await self._make_work(self._job, 1).own_instances())


def not_known(job: Job) -> frozenset[int]:
    """Return the indices of the tasks whose effect would have been undone: without a look nobody knows of it."""
    return frozenset(
        task.idx
        for task in job.tasks
        if task.stands and task.status is not Status.SKIP and TASK_KINDS[task.name].undoable
    )


def _unable(error: Exception) -> bool:
    """Tell whether undoing is not possible, be it through a defect; what the store says is for others to look at."""
    return isinstance(error, TaskFailed) or is_defect(error)
