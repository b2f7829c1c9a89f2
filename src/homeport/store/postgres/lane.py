"""The one lane of commits of a process: what arises in one pass of the event loop goes as one transaction.

One batch is in flight, as one round trip. A change that misses or contradicts the schema is taken out and the rest is
done again; a row that another process was faster with makes the whole batch start over.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, NamedTuple

import psycopg

from homeport.log_setup import get_logger
from homeport.model.changes import Change
from homeport.model.clock import Clock
from homeport.store.base import Contradiction, StoreError
from homeport.store.postgres.connecting import patiently
from homeport.store.postgres.listener import announcements
from homeport.store.postgres.shapes import FIRST_MISSED, MISSED_LATER, Shapes, missed_first, missed_later
from homeport.store.postgres.wire import Call, Refused, Wire

_log = get_logger()

LARGEST_BATCH: Final = 256
"""Changes that go as one transaction at most."""
_STARTS_OVER: Final = frozenset({"40001", "40P01", "55P03"})
"""Another transaction was faster, the two stood in each other's way, or a row was held for too long."""
_CONTRADICTS: Final = ("22", "23")
"""Classes of SQLSTATE that say that the change itself cannot be: its data, or a constraint."""
_MOST_STARTS: Final = 30
_TRUSTED_FOR: Final = 1.0
"""Seconds after which a connection that lay idle is tried before a batch depends on it."""
_TRY: Final = Call(b"SELECT 1")
_ANNOUNCE: Final = b"SELECT pg_notify('homeport', $1)"


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
        self._wire: Wire | None = None
        self._shapes = Shapes(statements)
        self._used_at = 0.0

    @property
    def process_id(self) -> int:
        """Of the server's process behind the connection: its announcements are this process's own. 0 without one."""
        return self._wire.process_id if self._wire is not None else 0

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
        except (psycopg.Error, Refused, StoreError, OSError) as error:
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
        wire = await self._ready()
        outcomes: list[Exception | None] = [None] * len(changes)
        places = list(range(len(changes)))
        starts = 0
        while places:
            await self._shapes.prepare(wire, [changes[place] for place in places])
            try:
                missed = await self._together(wire, [changes[place] for place in places])
            except Refused as error:
                if error.sqlstate in _STARTS_OVER and starts < _MOST_STARTS:
                    starts += 1
                    _log.debug("store.starts_over", sqlstate=error.sqlstate, changes=len(places))
                    continue
                if error.index >= len(places):
                    raise
                place = places.pop(error.index)
                outcomes[place] = _refusal(changes[place], error)
            else:
                for index in missed:
                    outcomes[places[index]] = missed_first(changes[places[index]])
                break
        return outcomes

    async def _together(self, wire: Wire, changes: list[Change]) -> list[int]:
        """Write changes in one transaction and return the places of those whose first guard missed."""
        calls = [self._shapes.call(change) for change in changes]
        topics = dict.fromkeys(topic for change in changes for topic in change.topics)
        calls += [Call(_ANNOUNCE, (payload.encode(),)) for payload in announcements(topics)]
        results = await wire.run(calls)
        self._used_at = self._clock.monotonic()
        return [index for index in range(len(changes)) if results[index].get_value(0, 0) == FIRST_MISSED]

    async def _ready(self) -> Wire:
        """Return the connection, a new one when the old one is not to be trusted."""
        if self._wire is not None and self._clock.monotonic() - self._used_at > _TRUSTED_FOR:
            try:
                await self._wire.run([_TRY])
            except (psycopg.Error, Refused, OSError):
                # Nothing was under way: a new connection loses nothing.
                await self._drop()
        if self._wire is None:
            self._wire = Wire(await patiently(self._clock, self._address, isolated=True))
            self._shapes = Shapes(self._statements)
        return self._wire

    async def _drop(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            await wire.close()


def _row_of(entry: Entry) -> str:
    params = entry.change.statements[0].params
    return str(params.get("id") or params.get("job_id") or "")


def _refusal(change: Change, error: Refused) -> Exception:
    if error.sqlstate == MISSED_LATER:
        return missed_later(change, error.text)
    if error.sqlstate.startswith(_CONTRADICTS):
        return Contradiction(f"the change contradicts what is stored: {error.text}")
    raise error


def _failure(error: Exception) -> StoreError:
    if isinstance(error, StoreError):
        return error
    return StoreError(f"the store could not write: {str(error).partition(chr(10))[0]}")


def _settle(answer: asyncio.Future[None], outcome: Exception | None) -> None:
    if answer.done():
        return
    if outcome is None:
        answer.set_result(None)
    else:
        answer.set_exception(outcome)
        # A caller that was cancelled meanwhile never asks for the outcome; that is no defect to be logged.
        answer.exception()
