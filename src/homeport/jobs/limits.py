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
        self._inner: asyncio.Task[Any] | None = None
        self._reason: Reason | None = None
        self._timers: list[Timer] = []

    def at(self, moment: int, reason: Reason) -> None:
        """Cut the step short at a moment, in microseconds since 1970."""
        seconds = (moment - self._clock.now()) / SECOND
        self._timers.append(self._clock.call_later(seconds, lambda: self.cut(reason)))

    def cut(self, reason: Reason) -> None:
        """Cut the step short now."""
        if self._reason is None:
            self._reason = reason
            if self._inner is not None:
                self._inner.cancel()

    async def run(self, step: Coroutine[Any, Any, T]) -> T:
        """Return what `step` returns.

        Raises:
            CutShort: the step was cancelled by these limits, and has ended.
        """
        if self._reason is not None:
            step.close()
            raise CutShort(self._reason)
        self._inner = asyncio.ensure_future(step)
        try:
            await asyncio.wait({self._inner})
        except asyncio.CancelledError:
            self._inner.cancel()
            await asyncio.wait({self._inner})
            raise
        finally:
            for timer in self._timers:
                timer.cancel()
        if self._inner.cancelled() and self._reason is not None:
            raise CutShort(self._reason)
        result: T = self._inner.result()
        return result
