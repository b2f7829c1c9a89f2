"""What is said of the embedded store alone."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from homeport.model.changes import Change, Move, Statement, submit
from homeport.model.clock import SystemClock
from homeport.model.states import Status
from homeport.store.base import StoreBusy, StoreError
from homeport.store.loading import load_job
from homeport.store.sqlite import SqliteStore
from homeport.store.statements import parameters, statements
from support.jobs import NOW, a_job


def test_a_second_process_is_refused_and_told_who_owns_the_file(tmp_path: Path) -> None:
    async def scenario() -> str:
        store = SqliteStore(tmp_path / "homeport.db", SystemClock())
        try:
            with pytest.raises(StoreBusy) as busy:
                SqliteStore(tmp_path / "homeport.db", SystemClock())
            return str(busy.value)
        finally:
            await store.close()

    text = asyncio.run(scenario())
    assert f"process {os.getpid()}" in text
    assert "homeport down" in text


def test_the_lock_is_given_up_when_the_store_is_closed(tmp_path: Path) -> None:
    async def scenario() -> None:
        for _ in range(2):
            await SqliteStore(tmp_path / "homeport.db", SystemClock()).close()

    asyncio.run(scenario())


class StoreThatSaysItFailed(SqliteStore):
    """Writes, and says that it could not, as a disk does whose answer is lost."""

    failing = False

    def _try_whole(self, batch):
        outcomes = super()._try_whole(batch)
        if self.failing:
            raise sqlite3.OperationalError("disk I/O error")
        return outcomes


def test_what_was_written_though_it_was_called_a_failure_is_read_from_the_file(tmp_path: Path) -> None:
    async def scenario() -> tuple[object, object]:
        store = StoreThatSaysItFailed(tmp_path / "homeport.db", SystemClock())
        job = a_job()
        await store.commit(submit(job, (), ()))
        store.failing = True
        with pytest.raises(StoreError):
            await store.commit(Move(job, NOW + 1).set(owner="worker-1").job(Status.RUNNING).build().change)
        document, read = await store.document(job.id), await load_job(store, job.id)
        await store.close()
        return document.status, read.owner

    assert asyncio.run(scenario()) == (Status.RUNNING, "worker-1")


def modes_in(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = SqliteStore(tmp_path / "homeport.db", SystemClock())
        await store.commit(submit(a_job(), (), ()))
        assert set(modes_in(tmp_path).values()) == {0o600}
        await store.close()

    asyncio.run(scenario())


def test_data_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    async def scenario() -> None:
        await SqliteStore(tmp_path / "homeport.db", SystemClock()).close()
        with sqlite3.connect(tmp_path / "homeport.db") as connection:
            connection.execute("INSERT INTO migration (number, name) VALUES (9999, 'future')")
        connection.close()
        with pytest.raises(StoreError, match="newer version of Homeport"):
            SqliteStore(tmp_path / "homeport.db", SystemClock())

    asyncio.run(scenario())


def test_no_check_of_the_schema_makes_a_table_of_its_words_at_every_write(tmp_path: Path) -> None:
    asyncio.run(SqliteStore(tmp_path / "homeport.db", SystemClock()).close())
    with sqlite3.connect(tmp_path / "homeport.db") as connection:
        tables = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"))
    connection.close()
    assert [name for name, sql in tables.items() if " IN " in sql.replace("\n", " ")] == []
    assert "CHECK (type = 'Normal' OR type = 'Warning')" in tables["component_event"]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "homeport.db").write_bytes(b"something else" * 500)

    async def scenario() -> None:
        with pytest.raises(StoreError, match="cannot open"):
            SqliteStore(tmp_path / "homeport.db", SystemClock())

    asyncio.run(scenario())


def test_leases_are_void_once_the_file_is_opened_anew(tmp_path: Path) -> None:
    async def scenario() -> list[object]:
        store = SqliteStore(tmp_path / "homeport.db", SystemClock())
        await store.commit(Change((Statement("add_worker", {"id": "worker-1", "lease": 10**9}),)))
        await store.close()
        store = SqliteStore(tmp_path / "homeport.db", SystemClock())
        await store.close()
        with sqlite3.connect(tmp_path / "homeport.db") as connection:
            rows = connection.execute("SELECT expires_at FROM worker").fetchall()
        connection.close()
        return rows

    assert asyncio.run(scenario()) == [(0,)]


def test_every_statement_can_be_prepared(tmp_path: Path) -> None:
    async def scenario() -> None:
        await SqliteStore(tmp_path / "homeport.db", SystemClock()).close()

    asyncio.run(scenario())
    connection = sqlite3.connect(tmp_path / "homeport.db")
    for text in statements("sqlite").values():
        connection.execute(f"EXPLAIN {text}", dict.fromkeys(parameters(text), 1))
    connection.close()


def test_a_read_does_not_see_what_is_being_written(tmp_path: Path) -> None:
    written, may_commit = threading.Event(), threading.Event()

    async def scenario() -> tuple[bool, bool]:
        store = SqliteStore(tmp_path / "homeport.db", SystemClock())
        apply = store._apply

        def apply_and_wait(change: Change) -> object:
            missed = apply(change)
            written.set()
            may_commit.wait()
            return missed

        store._apply = apply_and_wait  # type: ignore[method-assign, assignment]
        try:
            commit = asyncio.create_task(store.commit(submit(a_job(), (), ())))
            await asyncio.to_thread(written.wait)
            early = await store.row("job", id="job-1")
            may_commit.set()
            await commit
            return early is None, await store.row("job", id="job-1") is not None
        finally:
            may_commit.set()
            await store.close()

    assert asyncio.run(scenario()) == (True, True)


def test_a_statement_without_one_of_its_parameters_is_refused_and_the_next_is_written(tmp_path: Path) -> None:
    async def scenario() -> object:
        store = SqliteStore(tmp_path / "homeport.db", SystemClock())
        with pytest.raises(StoreError, match="end_worker was sent without 'id'"):
            await store.commit(Change((Statement("end_worker", {}, rows=None),)))
        await store.commit(submit(a_job(), (), ()))
        found = await store.row("job", id="job-1")
        await store.close()
        return found

    assert asyncio.run(scenario()) is not None
