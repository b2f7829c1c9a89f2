"""Time as commands need it: how long something takes, and a pause between two looks at it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from homeport.model.clock import SystemClock

T = TypeVar("T")


class Waiter(Protocol):
    """A clock that a command waits by; tests have their own."""

    def now(self) -> float:
        """Return seconds on a clock that never jumps."""
        ...

    def pause(self, seconds: float) -> None:
        """Return after so many seconds."""
        ...


class SystemWaiter:
    """The machine's time."""

    def __init__(self) -> None:
        self._clock = SystemClock()

    def now(self) -> float:
        """Return seconds on the machine's monotonic clock."""
        return self._clock.monotonic()

    def pause(self, seconds: float) -> None:
        """Sleep: the command's one thread has nothing else to do, and the engine is asked over HTTP."""
        time.sleep(max(seconds, 0))  # own time: the pause between two looks, with no event loop to wait on


def wait_until(look: Callable[[], T | None], waiter: Waiter, *, seconds: float, every: float = 0.05) -> T | None:
    """Return the first thing that `look` returns, looking again and again; None when it is not there in time."""
    end = waiter.now() + seconds
    while True:
        found = look()
        if found is not None or waiter.now() >= end:
            return found
        waiter.pause(every)
