"""The `Store` over PostgreSQL, put together from its lane of commits, its reads and its listener."""

from __future__ import annotations

from typing import Final

import psycopg

from homeport.model.changes import Change, Value
from homeport.model.clock import SECOND, Clock
from homeport.model.plans import ENVIRONMENT_ACTIONS
from homeport.model.records import Job, JobDocument
from homeport.model.states import Status
from homeport.store.base import Query, Row, StoreError
from homeport.store.postgres.connecting import STORE_NOW, checked_address, patiently
from homeport.store.postgres.lane import Lane
from homeport.store.postgres.listener import Listener
from homeport.store.postgres.reads import Reads
from homeport.store.postgres.schema import migrate
from homeport.store.statements import Migration, statements, with_store_now
from homeport.store.watches import LocalWatch, Watches

_DIALECT: Final = "postgres"


class PostgresStore:
    """A `Store` that many processes share. Its reads see what every process has committed."""

    def __init__(self, address: str, clock: Clock, *, store_now: str = STORE_NOW) -> None:
        """Take the parts together; `open_postgres` returns one that is ready.

        `store_now` is the SQL expression of the store's time, in microseconds since 1970.
        """
        texts = {name: with_store_now(text, store_now) for name, text in statements(_DIALECT).items()}
        self._clock = clock
        self._address = address
        self._watches = Watches()
        self._lane = Lane(address, clock, texts, self._written)
        self._reads = Reads(address, clock, texts)
        self._listener = Listener(address, clock, self._watches, lambda: self._lane.process_id)
        self._ahead = 0.0
        """Microseconds by which the store's time is ahead of the process's monotonic clock."""
        self._closing = False

    async def open(self) -> None:
        """Bring the schema up to date and begin to listen.

        Raises:
            StoreError: the database cannot be reached or used.
        """
        await migrated(self._clock, self._address)
        await self._listener.start()
        row = (await self._reads.rows(Query("store_time", {})))[0]
        self._ahead = float(row["now"] or 0) - self._clock.monotonic() * SECOND

    def now(self) -> int:
        """Return the store's time in microseconds since 1970, as the database told it when the store was opened."""
        return round(self._ahead + self._clock.monotonic() * SECOND)

    async def rows(self, query: str, /, **params: Value) -> list[Row]:
        """Return the rows of a named query."""
        return await self._reads.rows(Query(query, params))

    async def results(self, *queries: Query) -> list[list[Row]]:
        """Return the rows of each of several queries, asked in one round trip."""
        return await self._reads.results(queries)

    async def row(self, query: str, /, **params: Value) -> Row | None:
        """Return the first row of a named query, None without one."""
        found = await self._reads.rows(Query(query, params))
        return found[0] if found else None

    async def document(self, job_id: str) -> JobDocument | None:
        """Return a job's document as its last move left it, whichever process made it; None for an unknown job."""
        found = await self.row("job_document", id=job_id)
        if found is None:
            return None
        return JobDocument(
            job_id,
            str(found["project_id"]),
            str(found["environment_id"]),
            found["action"] not in ENVIRONMENT_ACTIONS,
            int(found["seq"] or 0),
            Status(str(found["status"])),
            str(found["document"]).encode(),
            bool(found["counts_reads"]),
        )

    def remembered(self, job_id: str) -> Job | None:  # noqa: ARG002 - any job may have been moved by another process
        """Return None: what another process may have moved has to be read."""
        return None

    async def commit(self, change: Change) -> None:
        """Write a change whole, together with the others of this pass of the loop, then signal its topics."""
        if self._closing:
            raise StoreError("the store is closed")
        await self._lane.commit(change)

    def watch(self, *topics: str) -> LocalWatch:
        """Return a watch on topics, to be entered."""
        return self._watches.watch(topics)

    async def close(self) -> None:
        """Write what was handed in and let go of the database."""
        self._closing = True
        await self._lane.close()
        await self._listener.close()
        await self._reads.close()

    def _written(self, change: Change) -> None:
        self._watches.signal(change.topics)


async def open_postgres(address: str, clock: Clock) -> PostgresStore:
    """Return a store over the database of an address (`postgresql://…`), its schema up to date.

    Raises:
        StoreError: it is no such address, or the database cannot be reached or used.
    """
    store = PostgresStore(checked_address(address), clock)
    try:
        await store.open()
    except BaseException:
        await store.close()
        raise
    return store


async def migrated(clock: Clock, address: str, *, post: bool = False) -> list[Migration]:
    """Bring the schema of a database up to date and return which migrations that took.

    Raises:
        StoreError: the database cannot be reached or used, or is of a newer version of Homeport.
    """
    address = checked_address(address)
    connection = await patiently(clock, address, isolated=False)
    try:
        return await migrate(connection, post=post)
    except psycopg.Error as error:
        raise StoreError(f"cannot bring the schema up to date: {str(error).partition(chr(10))[0]}") from error
    finally:
        await connection.close()
