"""Reads: those that arise in one pass of the event loop go together, as one round trip."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Final, NamedTuple

import psycopg

from homeport.model.clock import Clock
from homeport.store.base import Query, Row, StoreError
from homeport.store.postgres.connecting import patiently
from homeport.store.postgres.wire import Call, Refused, Wire, rows_of, text_of
from homeport.store.statements import bind

CONNECTIONS: Final = 2
"""For reads: while the answers of one round trip are awaited, the other may go."""
LARGEST_BATCH: Final = 128
"""Queries that go in one round trip at most."""
_MOST_BREAKS: Final = 3
"""Connections that may break under a batch before its readers are told."""
_OTHER_COLUMNS: Final = "0A000"
"""SQLSTATE of a prepared query whose table has got columns since; a new connection prepares it anew."""


class Waiting(NamedTuple):
    """A query that waits to be answered."""

    name: str
    call: Call
    answer: asyncio.Future[list[Row]]


class Reads:
    """Answers named queries."""

    def __init__(self, address: str, clock: Clock, statements: dict[str, str]) -> None:
        self._address = address
        self._clock = clock
        self._texts = {name: _numbered(text) for name, text in statements.items()}
        self._pending: list[Waiting] = []
        self._sending = False
        self._idle: list[Wire | None] = [None] * CONNECTIONS
        self._under_way: set[asyncio.Task[None]] = set()

    async def rows(self, query: Query) -> list[Row]:
        """Return the rows of a named query.

        Raises:
            StoreError: the database cannot be reached, or does not take the query.
        """
        return await self._asked(query)

    async def results(self, queries: Iterable[Query]) -> list[list[Row]]:
        """Return the rows of each of several queries, which go in this order, in one round trip but for a large crowd.

        Raises:
            StoreError: the database cannot be reached, or does not take one of the queries.
        """
        answers = [self._asked(query) for query in queries]
        return [await answer for answer in answers]

    async def close(self) -> None:
        """Wait for the reads that are under way and close the connections."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        for wire in self._idle:
            if wire is not None:
                await wire.close()
        self._idle.clear()

    def _asked(self, query: Query) -> asyncio.Future[list[Row]]:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[Row]] = loop.create_future()
        text, names = self._texts[query.name]
        call = Call(text, [text_of(query.params[name]) for name in names])
        self._pending.append(Waiting(query.name, call, answer))
        if not self._sending:
            self._sending = True
            loop.call_soon(self._send)
        return answer

    def _send(self) -> None:
        self._sending = False
        while self._pending and self._idle:
            batch, self._pending = self._pending[:LARGEST_BATCH], self._pending[LARGEST_BATCH:]
            # The one that came back last: it is the likeliest to be alive, and its statements are prepared.
            task = asyncio.create_task(self._answer(batch, self._idle.pop()))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _answer(self, batch: list[Waiting], wire: Wire | None) -> None:
        try:
            wire = await self._answered(batch, wire)
        except StoreError as error:
            wire = None
            for query in batch:
                _refuse(query, error)
        except BaseException:
            # A defect must not leave callers waiting for ever; it is told by whoever looks at the task.
            for query in batch:
                query.answer.cancel()
            raise
        finally:
            self._idle.append(wire)
            self._send()

    async def _answered(self, batch: list[Waiting], wire: Wire | None) -> Wire:
        """Answer every query of a batch, over a new connection where the old one breaks; return the connection."""
        breaks = 0
        waiting = list(batch)
        while True:
            if wire is None:
                wire = Wire(await patiently(self._clock, self._address, isolated=False))
            try:
                results = await wire.run([query.call for query in waiting])
            except (Refused, psycopg.Error, OSError) as error:
                if isinstance(error, Refused) and error.sqlstate != _OTHER_COLUMNS:
                    query = waiting.pop(error.index)
                    _refuse(query, StoreError(f"{query.name}: {error.text}"))
                    continue
                # To read again does no harm.
                await wire.close()
                wire = None
                breaks += 1
                if breaks > _MOST_BREAKS:
                    raise StoreError(f"the database cannot be read: {error}") from error
                continue
            for query, result in zip(waiting, results, strict=True):
                if not query.answer.done():
                    query.answer.set_result(rows_of(result))
            return wire


def _refuse(query: Waiting, error: StoreError) -> None:
    if not query.answer.done():
        query.answer.set_exception(error)
        # A caller that was cancelled meanwhile never asks for the outcome; that is no defect to be logged.
        query.answer.exception()


def _numbered(text: str) -> tuple[bytes, tuple[str, ...]]:
    bound = bind(text)
    return bound.text([f"${index + 1}" for index in range(len(bound.names))]).encode(), bound.names
