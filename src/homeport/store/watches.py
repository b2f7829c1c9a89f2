"""Who waits for which topic within this process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self


class Watches:
    """Hands the signals of topics to the watches that are open on them."""

    def __init__(self) -> None:
        self._open: dict[str, set[LocalWatch]] = {}

    def watch(self, topics: tuple[str, ...]) -> LocalWatch:
        """Return a watch on topics, to be entered."""
        return LocalWatch(self, topics)

    def signal(self, topics: Iterable[str]) -> None:
        """Wake every watch that is open on one of the topics."""
        for topic in topics:
            for watch in tuple(self._open.get(topic, ())):
                watch.wake()

    def signal_all(self) -> None:
        """Wake every watch: something may have happened that nobody heard of."""
        self.signal(tuple(self._open))

    def add(self, watch: LocalWatch, topics: tuple[str, ...]) -> None:
        """Let a watch hear topics."""
        for topic in topics:
            self._open.setdefault(topic, set()).add(watch)

    def remove(self, watch: LocalWatch, topics: tuple[str, ...]) -> None:
        """Let a watch hear topics no more."""
        for topic in topics:
            others = self._open[topic]
            others.discard(watch)
            if not others:
                del self._open[topic]


class LocalWatch:
    """A `Watch` on topics that are signalled within this process."""

    def __init__(self, watches: Watches, topics: tuple[str, ...]) -> None:
        self._watches = watches
        self._topics = topics
        self._signalled = False
        self._waiter: asyncio.Future[None] | None = None
        self._callback: Callable[[], object] | None = None

    async def wait(self, seconds: float | None) -> bool:
        """Return True once a topic has been signalled since the last wait, False after `seconds` without."""
        if not self._signalled:
            await self._wait(seconds)
        signalled, self._signalled = self._signalled, False
        return signalled

    async def _wait(self, seconds: float | None) -> None:
        loop = asyncio.get_running_loop()
        waiter = self._waiter = loop.create_future()
        timer = None if seconds is None else loop.call_later(seconds, _end, waiter)
        try:
            await waiter
        finally:
            self._waiter = None
            if timer is not None:
                timer.cancel()

    def on_signal(self, callback: Callable[[], object]) -> None:
        """Call `callback` on the event loop at each signal."""
        self._callback = callback

    def wake(self) -> None:
        """Note a signal and wake whoever waits."""
        self._signalled = True
        if self._waiter is not None:
            _end(self._waiter)
        if self._callback is not None:
            self._callback()

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._watches.add(self, self._topics)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening."""
        self._watches.remove(self, self._topics)


def _end(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
