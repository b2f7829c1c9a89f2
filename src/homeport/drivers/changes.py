"""Who changed last, as rising numbers, so that a watcher misses nothing between looking and waiting."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping

from homeport.model.clock import Clock


class Changes:
    """A number for each name that rises with every change of it, also across restarts of whoever keeps it."""

    def __init__(self, clock: Clock) -> None:
        self._base = clock.now()
        self._count = 0
        self._revisions: dict[str, int] = {}
        self._waiting: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)

    def revision(self, name: str) -> int:
        """Return the number at which `name` is now."""
        return self._revisions.get(name, self._base)

    def note(self, name: str) -> None:
        """Say that something about `name` has changed."""
        self._count += 1
        self._revisions[name] = self._base + self._count
        for waiter in self._waiting.pop(name, ()):
            if not waiter.done():
                waiter.set_result(None)

    def forget(self, name: str) -> None:
        """Say that `name` is no more; whoever waits for it is told."""
        self.note(name)
        del self._revisions[name]

    async def wait(self, seen: Mapping[str, int], within: float) -> None:
        """Return when a name is at another number than the one seen, at the latest after `within` seconds."""
        if any(self.revision(name) != number for name, number in seen.items()):
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        for name in seen:
            self._waiting[name].add(waiter)
        try:
            await asyncio.wait([waiter], timeout=within)
        finally:
            for name in seen:
                self._leave(name, waiter)

    def _leave(self, name: str, waiter: asyncio.Future[None]) -> None:
        waiting = self._waiting.get(name)
        if waiting is not None:
            waiting.discard(waiter)
            if not waiting:
                del self._waiting[name]
