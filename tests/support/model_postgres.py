"""The PostgreSQL store under the model tests: real connections, and yet every run takes the same course.

The store lives on an event loop of its own. The virtual loop stands still while that one runs, so that nothing depends
on how long the database takes to answer; what is committed in one pass of the loop is one batch, as it is elsewhere.
The store's time is a row that follows the virtual clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

import psycopg
from psycopg.pq import ExecStatus

from homeport.model.changes import Change, Value
from homeport.model.clock import Clock, SystemClock
from homeport.model.records import Job, JobDocument
from homeport.store.base import Query, Row, Watch
from homeport.store.postgres.store import PostgresStore
from homeport.store.postgres.wire import rows_of, text_of
from homeport.store.statements import bind, statements, with_store_now
from support.model_watches import OrderedWatches

T = TypeVar("T")

_PATIENCE: Final = 60.0
"""Seconds after which a database that does not answer has broken the test."""

_NOW: Final = "(SELECT micros FROM model.time)"


class StillPostgresStore:
    """A `Store` over PostgreSQL during whose calls the virtual loop stands still."""

    def __init__(self, address: str, clock: Clock) -> None:
        self._clock = clock
        self._time = psycopg.connect(address, autocommit=True)
        self._time.execute("CREATE SCHEMA model")
        self._time.execute("CREATE UNLOGGED TABLE model.time (micros bigint)")
        self._time.execute("INSERT INTO model.time VALUES (0)")
        self._told = 0
        self._loop = asyncio.new_event_loop()
        self._reader = psycopg.connect(address, autocommit=True)
        self._texts = {name: bind(with_store_now(text, _NOW)) for name, text in statements("postgres").items()}
        self._prepared: set[str] = set()
        self._watches = OrderedWatches()
        self._pending: list[tuple[Change, asyncio.Future[None]]] = []
        self._store = self._call(self._opened(address))
        found = self._time.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration'"
        )
        self._wipe = "; ".join(f'DELETE FROM "{name}"' for (name,) in found.fetchall())

    async def _opened(self, address: str) -> PostgresStore:
        store = PostgresStore(address, SystemClock(), store_now=_NOW)
        await store.open()
        return store

    def now(self) -> int:
        """Return the virtual time."""
        return self._clock.now()

    async def rows(self, query: str, /, **params: Value) -> list[Row]:
        """Return the rows of a named query."""
        return self._read(query, params)

    async def row(self, query: str, /, **params: Value) -> Row | None:
        """Return the first row of a named query."""
        found = self._read(query, params)
        return found[0] if found else None

    async def results(self, *queries: Query) -> list[list[Row]]:
        """Return the rows of each of several queries."""
        return [self._read(query.name, query.params) for query in queries]

    async def document(self, job_id: str) -> JobDocument | None:
        """Return a job's document."""
        return self._in_time(self._store.document(job_id))

    def remembered(self, job_id: str) -> Job | None:
        """Return None: it is read."""
        return self._store.remembered(job_id)

    async def commit(self, change: Change) -> None:
        """Write a change with the others of this pass."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[None] = loop.create_future()
        self._pending.append((change, answer))
        if len(self._pending) == 1:
            loop.call_soon(self._write)
        await asyncio.shield(answer)

    def watch(self, *topics: str) -> Watch:
        """Return a watch on topics."""
        return self._watches.watch(topics)

    async def close(self) -> None:
        """Let go of the database."""
        self._call(self._store.close())
        self._loop.close()
        self._time.close()
        self._reader.close()

    async def wipe(self) -> None:
        """Make the store as a new one is."""
        self._time.execute(f"SET session_replication_role = replica; {self._wipe}".encode())

    def _write(self) -> None:
        batch, self._pending = self._pending, []
        outcomes = self._in_time(self._together([change for change, _ in batch]))
        for (change, answer), outcome in zip(batch, outcomes, strict=True):
            if outcome is None:
                self._watches.signal(change.topics)
            if answer.done():
                continue
            if outcome is None:
                answer.set_result(None)
            else:
                answer.set_exception(outcome)
                answer.exception()

    async def _together(self, changes: list[Change]) -> list[BaseException | None]:
        return await asyncio.gather(*(self._store.commit(change) for change in changes), return_exceptions=True)

    def _read(self, query: str, params: dict[str, Value]) -> list[Row]:
        """Read over a plain connection: the checks read a hundred times what is written, and reads have a suite."""
        self._tell_time()
        bound = self._texts[query]
        libpq = self._reader.pgconn
        if query not in self._prepared:
            self._prepared.add(query)
            text = bound.text([f"${number + 1}" for number in range(len(bound.names))])
            libpq.prepare(query.encode(), text.encode())
        result = libpq.exec_prepared(query.encode(), [text_of(params[name]) for name in bound.names])
        if result.status != ExecStatus.TUPLES_OK:
            raise AssertionError(f"{query} was refused: {result.error_message.decode()}")
        return rows_of(result)

    def _in_time(self, call: Coroutine[Any, Any, T]) -> T:
        self._tell_time()
        return self._call(call)

    def _tell_time(self) -> None:
        now = self._clock.now()
        if now != self._told:
            self._time.execute(b"UPDATE model.time SET micros = %b", [now])
            self._told = now

    def _call(self, call: Coroutine[Any, Any, T]) -> T:
        outer = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        try:
            return self._loop.run_until_complete(asyncio.wait_for(call, _PATIENCE))
        finally:
            asyncio._set_running_loop(outer)


class _Postgres:
    def __init__(self, store: StillPostgresStore) -> None:
        self.store = store

    async def wipe(self) -> None:
        await self.store.wipe()


@asynccontextmanager
async def postgres_under_test(address: str, clock: Clock) -> AsyncIterator[_Postgres]:
    """Yield the store over the database of an address, which is empty yet."""
    store = StillPostgresStore(address, clock)
    try:
        yield _Postgres(store)
    finally:
        await store.close()
