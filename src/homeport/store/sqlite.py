"""The embedded store: one SQLite file, one process that owns it, one thread that writes.

Changes that arise in one pass of the event loop are one batch; one batch is in flight, and one wake-up of the loop
answers all of it. A batch is one transaction, so a sync to disk is shared by all who wait for it. Point reads run
inline on the loop, some microseconds each: on a connection of their own while a batch is in flight, else on the
writer's. Either sees what is committed and nothing else.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from queue import SimpleQueue
from typing import Final, NamedTuple

from homeport.model.changes import Change, Value
from homeport.model.clock import Clock
from homeport.model.plans import ENVIRONMENT_ACTIONS
from homeport.model.records import Job, JobDocument
from homeport.model.states import Status
from homeport.store.base import Contradiction, Missed, Query, Row, StoreError
from homeport.store.sqlite_lock import take_lock
from homeport.store.sqlite_schema import migrate
from homeport.store.statements import positional, statements
from homeport.store.watches import LocalWatch, Watches

DOCUMENTS_IN_MEMORY: Final = 4_096
"""How many of the jobs that moved last keep their document in memory."""

_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -8000",
)


class _Sql:
    """A named statement. Its parameters are given by position: by name SQLite looks each of them up at every call."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text, parameters = positional(text)
        self._pick = _picker(parameters)
        self._timed = "store_now" in parameters
        self._columns: tuple[str, ...] | None = None

    def values(self, params: dict[str, Value], clock: Clock) -> tuple[Value, ...]:
        """Return the parameters in their order; the store's time is one where the statement asks for it."""
        if self._timed:
            params = params | {"store_now": clock.now()}
        try:
            return self._pick(params)
        except KeyError as missing:
            raise sqlite3.ProgrammingError(f"{self.name} was sent without {missing}") from missing

    def row(self, cursor: sqlite3.Cursor, values: tuple[Value, ...]) -> Row:
        """Return a row of this query by its columns' names."""
        if self._columns is None:
            self._columns = tuple(column[0] for column in cursor.description)
        return dict(zip(self._columns, values, strict=True))


def _picker(names: tuple[str, ...]) -> Callable[[dict[str, Value]], tuple[Value, ...]]:
    if len(names) > 1:
        return itemgetter(*names)
    # Of one name itemgetter gives the bare value, and of none there is none.
    return (lambda params: (params[names[0]],)) if names else (lambda _: ())


class _Entry(NamedTuple):
    change: Change
    answer: asyncio.Future[None]


class SqliteStore:
    """A `Store` in one file. Only the process that holds its lock may open it."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """Open the file, bring its schema up to date, and void the leases of processes that are gone.

        Raises:
            StoreBusy: another process owns the file.
            StoreError: the file cannot be opened or is of a newer version of Homeport.
        """
        self._clock = clock
        self._lock = take_lock(path)
        self._sql = {name: _Sql(name, text) for name, text in statements("sqlite").items()}
        self._watches = Watches()
        self._documents: OrderedDict[str, JobDocument] = OrderedDict()
        self._pending: list[_Entry] = []
        self._in_flight = False
        self._idle = asyncio.Event()
        self._idle.set()
        self._closing = False
        try:
            self._writer = _connect(path)
            migrate(self._writer)
            self._writing = self._writer.cursor()
            self._reader = _connect(path)
        except sqlite3.Error as error:
            os.close(self._lock)
            raise StoreError(f"cannot open {path}: {error}") from error
        self._batches: SimpleQueue[tuple[list[_Entry], asyncio.AbstractEventLoop] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._write_batches, name="homeport-store", daemon=True)
        self._void_leases()
        self._thread.start()

    def now(self) -> int:
        """Return the store's time in microseconds since 1970; for this store, the process's clock."""
        return self._clock.now()

    async def rows(self, query: str, /, **params: Value) -> list[Row]:
        """Return the rows of a named query."""
        return self._rows(query, params)

    async def row(self, query: str, /, **params: Value) -> Row | None:
        """Return the first row of a named query, None without one."""
        cursor = self._read(query, params)
        values = cursor.fetchone()
        if values is None:
            return None
        found = self._sql[query].row(cursor, values)
        # Rows that were not fetched would keep the reader at what it has seen.
        cursor.close()
        return found

    async def results(self, *queries: Query) -> list[list[Row]]:
        """Return the rows of each of several queries."""
        return [self._rows(query.name, query.params) for query in queries]

    async def document(self, job_id: str) -> JobDocument | None:
        """Return a job's document, from memory when the job moved lately."""
        known = self._documents.get(job_id)
        if known is not None:
            return known
        row = self._read("job_document", {"id": job_id}).fetchone()
        if row is None:
            return None
        project_id, environment_id, action, seq, status, text, counts = row
        inside = action not in ENVIRONMENT_ACTIONS
        return JobDocument(job_id, project_id, environment_id, inside, seq, Status(status), text.encode(), bool(counts))

    def remembered(self, job_id: str) -> Job | None:
        """Return an active job as its last move left it, when it moved lately: nobody else moves it in this file."""
        known = self._documents.get(job_id)
        return None if known is None else known.job

    async def commit(self, change: Change) -> None:
        """Write a change whole, together with the others of this pass of the loop, then signal its topics."""
        if self._closing:
            raise StoreError("the store is closed")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[None] = loop.create_future()
        self._pending.append(_Entry(change, answer))
        if not self._in_flight and len(self._pending) == 1:
            loop.call_soon(self._send)
        # Whoever stops waiting does not take the change out of the batch: others are written with it.
        await answer

    def watch(self, *topics: str) -> LocalWatch:
        """Return a watch on topics, to be entered."""
        return self._watches.watch(topics)

    async def close(self) -> None:
        """Write what was handed in, then close the file and give up its lock."""
        self._closing = True
        await self._idle.wait()
        self._batches.put(None)
        await asyncio.to_thread(self._thread.join)
        self._reader.close()
        self._writer.close()
        os.close(self._lock)

    def _rows(self, query: str, params: dict[str, Value]) -> list[Row]:
        cursor = self._read(query, params)
        sql = self._sql[query]
        return [sql.row(cursor, values) for values in cursor.fetchall()]

    def _read(self, query: str, params: dict[str, Value]) -> sqlite3.Cursor:
        sql = self._sql[query]
        # Every commit empties the page cache of the reader; the writer's holds what was just written.
        connection = self._reader if self._in_flight else self._writer
        try:
            return connection.execute(sql.text, sql.values(params, self._clock))
        except sqlite3.Error as error:
            raise StoreError(f"{query}: {error}") from error

    def _void_leases(self) -> None:
        # This process owns the file alone, so every lease in it belongs to a process that is gone.
        with self._writer:
            self._writer.execute("BEGIN IMMEDIATE")
            self._writer.execute(self._sql["void_leases"].text)
            self._writer.execute(self._sql["void_controllers"].text)

    # On the event loop: handing batches over and taking answers back.

    def _send(self) -> None:
        if self._in_flight or not self._pending:
            return
        batch, self._pending = self._pending, []
        self._in_flight = True
        self._idle.clear()
        self._batches.put((batch, asyncio.get_running_loop()))

    def _answered(self, batch: list[_Entry], outcomes: list[Exception | None]) -> None:
        self._in_flight = False
        for entry, outcome in zip(batch, outcomes, strict=True):
            if outcome is None:
                self._remember(entry.change)
            elif not isinstance(outcome, Missed):
                # It may have been written all the same: it is read again.
                self._forget(entry.change)
        for entry, outcome in zip(batch, outcomes, strict=True):
            _settle(entry.answer, outcome)
            if outcome is None:
                self._watches.signal(entry.change.topics)
        if self._pending:
            self._send()
        else:
            self._idle.set()

    def _remember(self, change: Change) -> None:
        for document in change.documents:
            self._documents[document.job_id] = document
            self._documents.move_to_end(document.job_id)
        while len(self._documents) > DOCUMENTS_IN_MEMORY:
            self._documents.popitem(last=False)

    def _forget(self, change: Change) -> None:
        for document in change.documents:
            self._documents.pop(document.job_id, None)

    # On the writer's thread.

    def _write_batches(self) -> None:
        while (handed := self._batches.get()) is not None:
            batch, loop = handed
            outcomes = self._write(batch)
            try:
                loop.call_soon_threadsafe(self._answered, batch, outcomes)
            except RuntimeError:
                # The loop was closed without closing the store: nobody is left who could be answered.
                return

    def _write(self, batch: list[_Entry]) -> list[Exception | None]:
        try:
            outcomes = self._try_whole(batch)
            return outcomes if outcomes is not None else self._one_by_one(batch)
        except sqlite3.Error as error:
            self._abandon()
            failure = StoreError(f"the store could not write: {error}")
            return [failure] * len(batch)

    def _try_whole(self, batch: list[_Entry]) -> list[Exception | None] | None:
        """Write a batch in one transaction; None, and nothing written, when a change missed behind its guard."""
        outcomes: list[Exception | None] = []
        self._writer.execute("BEGIN IMMEDIATE")
        for entry in batch:
            try:
                missed = self._apply(entry.change)
            except sqlite3.IntegrityError:
                self._writer.execute("ROLLBACK")
                return None
            if missed is not None and not missed.first:
                self._writer.execute("ROLLBACK")
                return None
            outcomes.append(missed.error if missed else None)
        self._writer.execute("COMMIT")
        return outcomes

    def _one_by_one(self, batch: list[_Entry]) -> list[Exception | None]:
        """Write a batch in one transaction with a savepoint a change, so that one that misses is taken back alone."""
        outcomes: list[Exception | None] = []
        self._writer.execute("BEGIN IMMEDIATE")
        for entry in batch:
            self._writer.execute("SAVEPOINT change")
            outcome: Exception | None
            try:
                missed = self._apply(entry.change)
                outcome = missed.error if missed else None
            except sqlite3.IntegrityError as error:
                outcome = Contradiction(f"the change contradicts what is stored: {error}")
            if outcome is not None:
                self._writer.execute("ROLLBACK TO change")
            self._writer.execute("RELEASE change")
            outcomes.append(outcome)
        self._writer.execute("COMMIT")
        return outcomes

    def _apply(self, change: Change) -> _Miss | None:
        execute, named, clock = self._writing.execute, self._sql, self._clock
        for position, statement in enumerate(change.statements):
            sql, expected = named[statement.name], statement.rows
            touched = execute(sql.text, sql.values(statement.params, clock)).rowcount
            if touched != expected and expected is not None:
                return _Miss(position == 0, Missed(statement.name, expected, touched))
        return None

    def _abandon(self) -> None:
        if self._writer.in_transaction:
            try:
                self._writer.execute("ROLLBACK")
            except sqlite3.Error as error:
                raise SystemExit(f"the store can neither write nor take back: {error}") from error


class _Miss(NamedTuple):
    first: bool
    """Whether the change's first statement missed, so that nothing of it was written."""
    error: Missed


def _settle(answer: asyncio.Future[None], outcome: Exception | None) -> None:
    if answer.done():
        return
    if outcome is None:
        answer.set_result(None)
    else:
        answer.set_exception(outcome)
        # A caller that was cancelled meanwhile never asks for the outcome; that is no defect to be logged.
        answer.exception()


def _connect(path: Path) -> sqlite3.Connection:
    # SQLite gives the files beside it (the log, the shared memory) the mode of the database itself.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection
