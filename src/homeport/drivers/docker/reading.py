"""The log of an instance for whoever reads it: what it printed and what was read of its log files, as one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final

from homeport.drivers.changes import Changes
from homeport.drivers.docker.ending import Ending
from homeport.drivers.docker.engine import DockerEngine
from homeport.drivers.docker.layout import DockerLayout
from homeport.drivers.docker.logs import Stamp, added_lines, followed_log, merged_log, whole_log
from homeport.drivers.process.logs import read_log
from homeport.model.clock import Clock

_POLL: Final = 5.0
"""Seconds after which a container is looked for though no event told of it."""
_WAITING: Final = 100
"""Pieces that wait for a slow reader at most."""


class Reading:
    """The logs of one data folder's instances."""

    def __init__(
        self,
        engine: DockerEngine,
        ending: Ending,
        layout: DockerLayout,
        clock: Clock,
        *,
        changes: Changes,
        listen: Callable[[], None],
    ) -> None:
        """`listen` lets events of the Engine be told to `changes`."""
        self._engine = engine
        self._ending = ending
        self._layout = layout
        self._clock = clock
        self._changes = changes
        self._listen = listen

    async def read(self, component_id: str, name: str, tail: int | None) -> AsyncIterator[bytes]:
        """Yield what there is: of the container, or of the file that is left of it."""
        pieces = self._left(component_id, name, tail)
        if await self._ending.is_of(component_id, name):
            pieces = whole_log(self._engine, name, self._layout.files(component_id, name), tail=tail)
        async for piece in pieces:
            yield piece

    async def follow(self, component_id: str, name: str, tail: int | None) -> AsyncIterator[bytes]:
        """Yield what there is and then what comes, across restarts and before the first start, for ever."""
        files, stamp, end = self._layout.files(component_id, name), Stamp(), 0
        begun = files.read.exists() and await self._ending.is_of(component_id, name)
        if begun:
            lines, end = await merged_log(self._engine, name, files, tail=tail, stamp=stamp)
            for line in lines:
                yield line
        printed = self._printed(component_id, name, stamp, tail, first=not begun)
        async for piece in _both(printed, added_lines(files.read, end, self._clock)):
            yield piece

    def _left(self, component_id: str, name: str, tail: int | None) -> AsyncIterator[bytes]:
        return read_log(self._layout.log(component_id, name), tail=tail, follow=False, clock=self._clock)

    async def _printed(
        self, component_id: str, name: str, stamp: Stamp, tail: int | None, *, first: bool
    ) -> AsyncIterator[bytes]:
        while True:
            seen = {name: self._changes.revision(name)}
            if await self._ending.is_of(component_id, name):
                async for piece in followed_log(self._engine, name, stamp, tail if first else None):
                    yield piece
                first = False
            elif first and self._layout.log(component_id, name).exists():
                async for piece in self._left(component_id, name, tail):
                    yield piece
                first = False
            self._listen()
            await self._changes.wait(seen, _POLL)


async def _both(*sources: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield what comes from either of endless sources, as it comes; the failure of one ends both."""
    queue: asyncio.Queue[bytes] = asyncio.Queue(_WAITING)

    async def pour(source: AsyncIterator[bytes]) -> None:
        async for piece in source:
            await queue.put(piece)

    async def all_of_them() -> None:
        async with asyncio.TaskGroup() as group:
            for source in sources:
                group.create_task(pour(source))

    pouring = asyncio.create_task(all_of_them())
    getting = asyncio.ensure_future(queue.get())
    try:
        while not pouring.done():
            await asyncio.wait((getting, pouring), return_when=asyncio.FIRST_COMPLETED)
            if getting.done():
                yield getting.result()
                getting = asyncio.ensure_future(queue.get())
        _raise_what_ended(pouring)
    finally:
        for task in (getting, pouring):
            task.cancel()
        await asyncio.wait((getting, pouring))


def _raise_what_ended(pouring: asyncio.Task[None]) -> None:
    """Raise what ended the sources as it was raised, without the group around it."""
    failure = pouring.exception()
    if isinstance(failure, ExceptionGroup) and len(failure.exceptions) == 1:
        raise failure.exceptions[0]
    if failure is not None:
        raise failure
