"""The log files of one instance, followed in the background: what its program writes to them goes to its log."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from homeport.drivers.tailing import Tail
from homeport.log_setup import get_logger
from homeport.model.clock import Clock

LOOK_SECONDS: Final = 0.5
"""How often the files are looked at: only inotify could wait for their growth, and a user has few of those."""

_log = get_logger()


class FileLogs:
    """Follows files from `begin` until `end` or `close`."""

    def __init__(self, name: str, tail: Tail, keep: Callable[[bytes], None], clock: Clock) -> None:
        """`keep` adds lines to the log of the instance `name`; it may block."""
        self._name = name
        self._tail = tail
        self._keep = keep
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Follow from here on. Called before the program starts: what is in its folders by then is not its own."""
        if self._task is None:
            await self._tolerant(self._begin)
            self._task = asyncio.create_task(self._follow(), name=f"log files of {self._name}")

    async def end(self) -> None:
        """Take what is left, once the program has ended."""
        await self._stop()
        await self._tolerant(self._take_last)

    async def close(self) -> None:
        """Let go of the files; whoever follows them next goes on from here."""
        await self._stop()
        self._tail.close()

    async def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))
            self._task = None

    async def _follow(self) -> None:
        goes_on = True
        while goes_on:
            await self._clock.sleep(LOOK_SECONDS)
            # Seen through when it is cancelled: two threads must not be at the files at once.
            look = asyncio.ensure_future(self._tolerant(self._take))
            try:
                goes_on = await asyncio.shield(look)
            except asyncio.CancelledError:
                await asyncio.wait((look,))
                raise

    async def _tolerant(self, work: Callable[[], bool]) -> bool:
        try:
            return await asyncio.to_thread(work)
        except OSError as error:
            _log.warning("instance.log_files_not_read", instance=self._name, error=str(error))
            return True

    def _begin(self) -> bool:
        self._tail.begin()
        return True

    def _take(self) -> bool:
        if lines := self._tail.read():
            self._keep(lines)
        return self._tail.remember()

    def _take_last(self) -> bool:
        if lines := self._tail.finish():
            self._keep(lines)
        return self._tail.remember()
