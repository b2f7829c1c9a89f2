"""Hears what other processes have committed: their topics, as NOTIFY brings them after each of their batches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import psycopg

from homeport.log_setup import get_logger
from homeport.model.clock import Clock
from homeport.store.base import StoreError
from homeport.store.postgres.connecting import Connection, patiently
from homeport.store.watches import Watches

_log = get_logger()

_LONGEST_PAYLOAD: Final = 7_900
"""Bytes of one announcement; PostgreSQL takes fewer than 8,000."""
_SEPARATOR: Final = "\n"


def announcements(topics: Iterable[str]) -> Iterator[str]:
    """Yield topics as few payloads, each short enough for one NOTIFY."""
    words: list[str] = []
    size = 0
    for topic in topics:
        length = len(topic.encode()) + 1
        if words and size + length > _LONGEST_PAYLOAD:
            yield _SEPARATOR.join(words)
            words, size = [], 0
        words.append(topic)
        size += length
    if words:
        yield _SEPARATOR.join(words)


class Listener:
    """Signals the topics of others to this process's watches, for as long as it runs."""

    def __init__(self, address: str, clock: Clock, watches: Watches, own: Callable[[], int]) -> None:
        """`own` returns the server process whose announcements need not be heard: they were signalled already."""
        self._address = address
        self._clock = clock
        self._watches = watches
        self._own = own
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to listen; raise `StoreError` when the database cannot be reached."""
        connection = await self._connected()
        self._task = asyncio.create_task(self._listen(connection))

    async def close(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _listen(self, first: Connection) -> None:
        connection: Connection | None = first
        while True:
            try:
                connection = connection or await self._connected()
                # What was announced while nobody listened is lost: whoever waits has to look.
                self._watches.signal_all()
                await self._hear(connection)
            except (psycopg.Error, StoreError, OSError) as error:
                _log.warning("store.listener_lost", error=str(error).partition("\n")[0])
            finally:
                if connection is not None:
                    await connection.close()
            connection = None

    async def _connected(self) -> Connection:
        connection = await patiently(self._clock, self._address, isolated=False)
        await connection.execute(b"LISTEN homeport", prepare=False)
        return connection

    async def _hear(self, connection: Connection) -> None:
        async for heard in connection.notifies():
            if heard.pid != self._own():
                self._watches.signal(heard.payload.split(_SEPARATOR))
