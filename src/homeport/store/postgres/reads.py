"""Reads: those that arise in one pass of the event loop go together, as one pipelined round trip."""

from __future__ import annotations

import asyncio
from typing import Any, Final, NamedTuple, cast

import psycopg
from psycopg.rows import dict_row

from homeport.model.changes import Value
from homeport.model.clock import Clock
from homeport.store.base import Row, StoreError
from homeport.store.postgres.connecting import STORE_NOW, Connection, connect, patiently
from homeport.store.statements import bind

CONNECTIONS: Final = 2
"""For reads: while the answers of one round trip are awaited, the other may go."""
LARGEST_BATCH: Final = 128
"""Queries that go in one round trip at most."""


class Query(NamedTuple):
    """A query that waits to be answered."""

    name: str
    params: dict[str, Value]
    answer: asyncio.Future[list[Row]]


class Reads:
    """Answers named queries."""

    def __init__(self, address: str, clock: Clock, statements: dict[str, str]) -> None:
        self._address = address
        self._clock = clock
        self._texts = {name: _translated(text) for name, text in statements.items()}
        self._pending: list[Query] = []
        self._sending = False
        self._idle: list[Connection | None] = [None] * CONNECTIONS
        self._under_way: set[asyncio.Task[None]] = set()

    async def rows(self, query: str, params: dict[str, Value]) -> list[Row]:
        """Return the rows of a named query.

        Raises:
            StoreError: the database cannot be reached, or does not take the query.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[Row]] = loop.create_future()
        self._pending.append(Query(query, params, answer))
        if not self._sending:
            self._sending = True
            loop.call_soon(self._send)
        return await answer

    async def close(self) -> None:
        """Wait for the reads that are under way and close the connections."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        for connection in self._idle:
            if connection is not None:
                await connection.close()
        self._idle.clear()

    def _send(self) -> None:
        self._sending = False
        while self._pending and self._idle:
            batch, self._pending = self._pending[:LARGEST_BATCH], self._pending[LARGEST_BATCH:]
            # The last that came back first: it is the likeliest to be alive, and its statements are prepared.
            task = asyncio.create_task(self._answer(batch, self._idle.pop()))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _answer(self, batch: list[Query], connection: Connection | None) -> None:
        try:
            connection = await self._answer_with(batch, connection)
        finally:
            self._idle.append(connection)
            self._send()

    async def _answer_with(self, batch: list[Query], connection: Connection | None) -> Connection | None:
        """Answer every query of a batch; return the connection that did, None when it broke."""
        try:
            return await patiently(self._clock, self._address, lambda: self._attempt(batch, connection))
        except StoreError as error:
            _refuse(batch, error)
        except psycopg.Error:
            return await self._each_alone(batch)
        except BaseException:
            # A defect must not leave callers waiting for ever; it is told by whoever looks at the task.
            for query in batch:
                query.answer.cancel()
            raise
        return None

    async def _attempt(self, batch: list[Query], connection: Connection | None) -> Connection:
        if connection is None or connection.closed:
            connection = await connect(self._address, isolated=False)
        try:
            found = await self._together(connection, batch)
        except psycopg.Error:
            await connection.close()
            raise
        for query, rows in zip(batch, found, strict=True):
            if not query.answer.done():
                query.answer.set_result(rows)
        return connection

    async def _each_alone(self, batch: list[Query]) -> Connection | None:
        """Answer queries one by one, because the database has refused one of them."""
        if len(batch) > 1:
            connection: Connection | None = None
            for query in batch:
                connection = await self._answer_with([query], connection)
            return connection
        try:
            connection = await self._attempt(batch, None)
        except psycopg.Error as error:
            _refuse(batch, StoreError(f"{batch[0].name}: {str(error).partition(chr(10))[0]}"))
            return None
        return connection

    async def _together(self, connection: Connection, batch: list[Query]) -> list[list[Row]]:
        cursors: list[psycopg.AsyncCursor[dict[str, Any]]] = []
        async with connection.pipeline():
            for query in batch:
                cursor = connection.cursor(row_factory=dict_row)
                cursors.append(await cursor.execute(self._texts[query.name], query.params, prepare=True))
        return [cast("list[Row]", await cursor.fetchall()) for cursor in cursors]


def _refuse(batch: list[Query], error: StoreError) -> None:
    for query in batch:
        if not query.answer.done():
            query.answer.set_exception(error)
            query.answer.exception()


def _translated(text: str) -> bytes:
    bound = bind(text.replace("%", "%%"))
    return bound.text([f"%({name})s" for name in bound.names], STORE_NOW.replace("%", "%%")).encode()
