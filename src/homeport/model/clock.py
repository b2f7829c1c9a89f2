"""Time, as the rest of Homeport is given it: integer microseconds since 1970, UTC.

Nothing else in the project asks the operating system for the time, so that tests own it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

SECOND = 1_000_000
"""Microseconds in a second."""


class Timer(Protocol):
    """A call that is still to come."""

    def cancel(self) -> None:
        """Let the call never happen; harmless after it has."""
        ...


class Clock(Protocol):
    """What time it is, and how to wait."""

    def now(self) -> int:
        """Return the wall-clock time in microseconds since 1970, UTC; it may jump when the machine's clock is set."""
        ...

    def monotonic(self) -> float:
        """Return seconds on a clock that never jumps; only differences mean anything."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait this many seconds of `monotonic`; zero or less only gives others a turn."""
        ...

    def call_later(self, seconds: float, callback: Callable[[], object]) -> Timer:
        """Call `callback` on the event loop after this many seconds of `monotonic`, unless the timer is cancelled."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> int:
        """Return the wall-clock time in microseconds since 1970, UTC."""
        return time.time_ns() // 1_000

    def monotonic(self) -> float:
        """Return seconds on the machine's monotonic clock."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait this many seconds."""
        await asyncio.sleep(max(seconds, 0))

    def call_later(self, seconds: float, callback: Callable[[], object]) -> Timer:
        """Call `callback` on the running loop after this many seconds."""
        return asyncio.get_running_loop().call_later(max(seconds, 0), callback)


@lru_cache(maxsize=4_096)
def rfc3339(micros: int) -> str:
    """Return `micros` as RFC 3339 in UTC with six digits and `Z`: `2023-02-16T11:24:07.950175Z`."""
    seconds, rest = divmod(micros, SECOND)
    return f"{_whole_second(seconds)}.{rest:06d}Z"


@lru_cache(maxsize=512)
def _whole_second(seconds: int) -> str:
    parts = time.gmtime(seconds)
    return (
        f"{parts.tm_year:04d}-{parts.tm_mon:02d}-{parts.tm_mday:02d}"
        f"T{parts.tm_hour:02d}:{parts.tm_min:02d}:{parts.tm_sec:02d}"
    )


def micros_of(text: str) -> int:
    """Return the microseconds since 1970 of an RFC 3339 time.

    Raises:
        ValueError: `text` is no RFC 3339 time with an offset.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} names no time zone; write Z for UTC")
    delta = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * SECOND + delta.microseconds
