"""The one lane of commits of a process: what arises in one pass of the event loop goes as one transaction.

One batch is in flight, as one pipelined round trip. A guard that misses takes its own change out and the rest is done
again; a row that another process was faster with makes the whole batch start over.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, NamedTuple

import psycopg
import structlog

from homeport.model.changes import Change
from homeport.model.clock import Clock
from homeport.store.base import Contradiction, Missed, StoreError
from homeport.store.postgres.connecting import Connection, connect, patiently, sqlstate_of
from homeport.store.postgres.listener import announcements
from homeport.store.postgres.shapes import MISSED_LATER, Shapes, missed_first, missed_later

_log = structlog.get_logger()

LARGEST_BATCH: Final = 256
"""Changes that go as one transaction at most."""
_STARTS_OVER: Final = frozenset({"40001", "40P01", "55P03"})
"""Another transaction was faster, the two stood in each other's way, or a row was held for too long."""
_MOST_STARTS: Final = 30
_FIRST_MISSED: Final = 1
_TRUSTED_FOR: Final = 1.0
"""Seconds after which a connection that lay idle is tried before a batch depends on it."""


class Entry(NamedTuple):
    """A change that waits to be written, and who waits for it."""

    change: Change
    answer: asyncio.Future[None]


class Lane:
    """Writes changes in batches; `on_written` is called with each change that was, before its caller goes on."""

    def __init__(
        self, address: str, clock: Clock, statements: dict[str, str], on_written: Callable[[Change], object]
    ) -> None:
        self._address = address
        self._clock = clock
        self._statements = statements
        self._on_written = on_written
        self._pending: list[Entry] = []
        self._work: asyncio.Task[None] | None = None
        self._connection: Connection | None = None
        self._shapes = Shapes(statements)
        self._used_at = 0.0

    @property
    def process_id(self) -> int:
        """Of the server's process behind the connection: its announcements are this process's own. 0 without one."""
        return self._connection.info.backend_pid if self._connection is not None else 0

    async def commit(self, change: Change) -> None:
        """Write a change together with the others of this pass of the loop; see `Store.commit`."""
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._pending.append(Entry(change, answer))
        if self._work is None:
            self._work = asyncio.create_task(self._write_all())
        # Whoever stops waiting must not take the change out of the batch: others are written with it.
        await asyncio.shield(answer)

    async def close(self) -> None:
        """Write what was handed in, then close the connection."""
        if self._work is not None:
            await asyncio.wait([self._work])
        await self._drop()

    async def _write_all(self) -> None:
        try:
            while self._pending:
                batch, self._pending = self._pending[:LARGEST_BATCH], self._pending[LARGEST_BATCH:]
                # In one order everywhere, so that two processes seldom stand in each other's way.
                batch.sort(key=_row_of)
                await self._write(batch)
        finally:
            self._work = None

    async def _write(self, batch: list[Entry]) -> None:
        try:
            outcomes = await self._outcomes([entry.change for entry in batch])
        except (psycopg.Error, StoreError, OSError) as error:
            await self._drop()
            outcomes = [_failure(error)] * len(batch)
        except BaseException:
            # A defect must not leave callers waiting for ever; it is told by whoever looks at the task.
            for entry in batch:
                entry.answer.cancel()
            raise
        for entry, outcome in zip(batch, outcomes, strict=True):
            if outcome is None:
                self._on_written(entry.change)
            _settle(entry.answer, outcome)

    async def _outcomes(self, changes: list[Change]) -> list[Exception | None]:
        connection = await self._ready()
        outcomes: list[Exception | None] = [None] * len(changes)
        places = list(range(len(changes)))
        starts = 0
        while places:
            try:
                await self._shapes.prepare(connection, [changes[place] for place in places])
                answers = await self._together(connection, changes, places)
            except psycopg.Error as error:
                state = sqlstate_of(error)
                if state == MISSED_LATER:
                    place, missed = _missed(changes, error)
                    outcomes[place] = missed
                    places.remove(place)
                elif state in _STARTS_OVER and starts < _MOST_STARTS:
                    starts += 1
                    _log.debug("store.starts_over", sqlstate=state, changes=len(places))
                elif connection.closed or isinstance(error, psycopg.OperationalError):
                    raise
                elif len(places) == 1:
                    outcomes[places[0]] = Contradiction(f"the change contradicts what is stored: {_line(error)}")
                    return outcomes
                else:
                    # The server does not say which change it was, so each has to stand for itself.
                    return await self._each_alone(changes, outcomes, places)
            else:
                for place, answer in zip(places, answers, strict=True):
                    outcomes[place] = missed_first(changes[place]) if answer == _FIRST_MISSED else None
                return outcomes
        return outcomes

    async def _each_alone(
        self, changes: list[Change], outcomes: list[Exception | None], places: list[int]
    ) -> list[Exception | None]:
        for place in places:
            (outcomes[place],) = await self._outcomes([changes[place]])
        return outcomes

    async def _together(self, connection: Connection, changes: list[Change], places: list[int]) -> list[object]:
        """Write changes in one transaction and return what their functions answer."""
        cursors = []
        topics: dict[str, None] = {}
        async with connection.pipeline():
            for place in places:
                call = self._shapes.call(changes[place])
                cursors.append(await connection.execute(call.text, (call.values, place), prepare=True))
                topics |= dict.fromkeys(changes[place].topics)
            for payload in announcements(topics):
                await connection.execute(b"SELECT pg_notify('homeport', %s)", (payload,), prepare=True)
        self._used_at = self._clock.monotonic()
        return [row[0] for cursor in cursors if (row := await cursor.fetchone()) is not None]

    async def _ready(self) -> Connection:
        """Return the connection, a new one when the old one is not to be trusted."""
        connection = self._connection
        if connection is not None and self._clock.monotonic() - self._used_at > _TRUSTED_FOR:
            try:
                await connection.execute(b"SELECT 1", prepare=True)
            except psycopg.Error:
                # Nothing was under way: the new connection loses nothing.
                await self._drop()
        if self._connection is None:
            self._connection = await patiently(
                self._clock, self._address, lambda: connect(self._address, isolated=True)
            )
            self._shapes = Shapes(self._statements)
        return self._connection

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


def _row_of(entry: Entry) -> str:
    params = entry.change.statements[0].params
    return str(params.get("id") or params.get("job_id") or "")


def _missed(changes: list[Change], error: psycopg.Error) -> tuple[int, Missed]:
    place, index, touched = (int(word) for word in (error.diag.message_primary or "").split())
    return place, missed_later(changes[place], index, touched)


def _failure(error: Exception) -> StoreError:
    return error if isinstance(error, StoreError) else StoreError(f"the store could not write: {_line(error)}")


def _line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _settle(answer: asyncio.Future[None], outcome: Exception | None) -> None:
    if answer.done():
        return
    if outcome is None:
        answer.set_result(None)
    else:
        answer.set_exception(outcome)
        # A caller that was cancelled meanwhile never asks for the outcome; that is no defect to be logged.
        answer.exception()
