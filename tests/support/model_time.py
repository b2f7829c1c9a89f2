"""Virtual time: an event loop that never waits, whose clock stands still as long as anything can go on.

Time is what the loop's timers say. When nothing is left to do it jumps to the next timer, so a sequence of hours takes
milliseconds, and the same sequence always takes the same course.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Mapping
from typing import Any, Final

from homeport.model.clock import SECOND, Timer

EPOCH: Final = 1_790_000_000 * SECOND
"""When every sequence begins, in microseconds since 1970."""

DRAIN: Final = 1 / SECOND
"""Seconds of virtual time after which everything that could go on has gone on."""


RESOLUTION: Final = 1e-7
"""Seconds before which a timer counts as due. asyncio's nanosecond is lost in the times of half a year and more."""


class _Patient(selectors.BaseSelector):
    """Tells of ready descriptors; where there are none it lets time jump instead of waiting for it to pass."""

    def __init__(self) -> None:
        self._real = selectors.SelectSelector()
        self.elapsed = 0.0
        self.outside = 0
        """How many calls are under way of which the loop hears through a descriptor (a server's answer, a thread's)."""

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if self.outside:
            return self._real.select(timeout if timeout == 0 else None)
        if timeout is None:
            raise RuntimeError("nothing is left that could ever go on: the test waits for what nobody will do")
        self.elapsed += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on virtual time."""

    def __init__(self) -> None:
        self._patient = _Patient()
        super().__init__(self._patient)
        self._clock_resolution = RESOLUTION

    def time(self) -> float:
        """Return the seconds of virtual time since the loop began."""
        return self._patient.elapsed

    async def outside(self, call: Any) -> Any:
        """Await something that others have to answer; time stands still meanwhile."""
        self._patient.outside += 1
        try:
            return await call
        finally:
            self._patient.outside -= 1


class VirtualClock:
    """A `Clock` on the time of the running virtual loop; it starts at `EPOCH`."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._began = loop.time()

    def restart(self) -> None:
        """Let it be `EPOCH` again."""
        self._began = self._loop.time()

    def now(self) -> int:
        """Return the virtual time in microseconds since 1970."""
        return EPOCH + round((self._loop.time() - self._began) * SECOND)

    def monotonic(self) -> float:
        """Return seconds of virtual time."""
        return self._loop.time() - self._began

    async def sleep(self, seconds: float) -> None:
        """Wait so many seconds of virtual time."""
        await asyncio.sleep(max(seconds, 0))  # waits: nobody, for virtual time jumps

    def call_later(self, seconds: float, callback: Callable[[], object]) -> Timer:
        """Call `callback` after so many seconds of virtual time."""
        return self._loop.call_later(max(seconds, 0), callback)

    async def drain(self) -> None:
        """Let everything go on that can without time passing."""
        await asyncio.sleep(DRAIN)  # waits: nobody, for virtual time jumps
