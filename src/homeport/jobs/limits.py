"""Running a step of a job until it is done, its deadline passes, or somebody asks for its end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from enum import Enum
from typing import Any, TypeVar

from homeport.model.clock import SECOND, Clock, Timer

T = TypeVar("T")


class Reason(Enum):
    """Why a step was cut short."""

    TASK_DEADLINE = "task deadline"
    JOB_DEADLINE = "job deadline"
    TERMINATE = "terminate"
    LOST = "lost"
    """The worker may not or shall not go on."""


class CutShort(Exception):  # noqa: N818 - an answer, not a defect
    """The step did not end by itself."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Limits:
    """Cuts a step short: at a time, or when told to. The first reason counts."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._runs_in: asyncio.Task[Any] | None = None
        self._reason: Reason | None = None
        self._end: tuple[int, Reason] | None = None

    def at(self, moment: int, reason: Reason) -> None:
        """Cut the step short at a moment, in microseconds since 1970; of several the earliest counts."""
        if self._end is None or moment < self._end[0]:
            self._end = moment, reason

    def cut(self, reason: Reason) -> None:
        """Cut the step short now."""
        if self._reason is None:
            self._reason = reason
            if self._runs_in is not None:
                self._runs_in.cancel()

    async def run(self, step: Coroutine[Any, Any, T]) -> T:
        """Return what `step` returns; it runs within the caller's own task.

        Raises:
            CutShort: the step was cancelled by these limits, and has ended.
        """
        self._refuse(step)
        task = self._runs_in = asyncio.current_task()
        assert task is not None  # noqa: S101 - for the type checker: coroutines run in tasks
        asked_before = task.cancelling()
        timer = self._timer()
        try:
            return await step
        except asyncio.CancelledError:
            # As asyncio.timeout does: somebody else who wants the task to end must not be taken for these limits.
            if self._reason is None or task.cancelling() > asked_before + 1:
                raise
            raise CutShort(self._reason) from None
        finally:
            self._runs_in = None
            if timer is not None:
                timer.cancel()
            if self._reason is not None:
                task.uncancel()

    def _refuse(self, step: Coroutine[Any, Any, T]) -> None:
        if self._reason is not None:
            step.close()
            raise CutShort(self._reason)

    def _timer(self) -> Timer | None:
        if self._end is None:
            return None
        moment, reason = self._end
        return self._clock.call_later((moment - self._clock.now()) / SECOND, lambda: self.cut(reason))
