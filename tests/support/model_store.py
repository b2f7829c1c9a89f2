"""The store under the model tests: the one place that says which it is, and how it is opened and emptied."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, Protocol

from homeport.model.clock import Clock
from homeport.store.base import Store
from homeport.store.sqlite import SqliteStore
from support.model_postgres import postgres_under_test
from support.model_watches import OrderedWatches

_MEMORY: Final = Path("/dev/shm")
"""Where there is one, the files of these tests never reach a disk."""


class StoreUnderTest(Protocol):
    """A store that can be emptied, so that sequences need not wait for new ones."""

    store: Store

    async def wipe(self) -> None:
        """Make the store as a new one is."""


class InlineSqliteStore(SqliteStore):
    """The SQLite store, whose writer answers within the loop: with a thread no run would be like the one before.

    Batches, guards and answers are its own. What is durable when the machine fails is not asked here.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        super().__init__(path, clock)
        self._watches = OrderedWatches()
        # Nothing is read while a batch is written, so one connection sees what a reader of its own would.
        self._reader.close()
        self._reader = self._writer
        for pragma in ("synchronous = OFF", "locking_mode = EXCLUSIVE"):
            self._writer.execute(f"PRAGMA {pragma}")

    def _send(self) -> None:
        if self._in_flight or not self._pending:
            return
        batch, self._pending = self._pending, []
        self._in_flight = True
        asyncio.get_running_loop().call_soon(self._answered, batch, self._write(batch))

    def shut(self) -> None:
        """Close the store; nothing may be in flight."""
        self._batches.put(None)
        self._thread.join()
        self._writer.close()
        os.close(self._lock)


class _Sqlite:
    def __init__(self, path: Path, clock: Clock) -> None:
        self.store = InlineSqliteStore(path, clock)
        found = self.store._writer.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'migration'"
        )
        self._tables = [name for (name,) in found.fetchall()]

    async def wipe(self) -> None:
        writer = self.store._writer
        writer.execute("PRAGMA foreign_keys = OFF")
        writer.execute("BEGIN IMMEDIATE")
        for name in self._tables:
            writer.execute(f"DELETE FROM {name}")
        writer.execute("COMMIT")
        writer.execute("PRAGMA foreign_keys = ON")
        self.store._documents.clear()


@asynccontextmanager
async def store_under_test(clock: Clock, address: str | None = None) -> AsyncIterator[StoreUnderTest]:
    """Yield the store that the model tests run over: SQLite, or PostgreSQL where the address of a database is given."""
    if address is not None:
        async with postgres_under_test(address, clock) as shared:
            yield shared
        return
    where = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="homeport-model-", dir=where) as folder:
        opened = _Sqlite(Path(folder) / "homeport.db", clock)
        try:
            yield opened
        finally:
            opened.store.shut()
