"""Data that earlier versions wrote (`scripts/record_schema.py`), put into either store as they left it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any, Final, NamedTuple

import psycopg
from psycopg import sql

from homeport.store.postgres.schema import in_dialect
from homeport.store.statements import migrations, script

MASTER_KEY: Final = "11" * 32
"""By which the secrets in the records are sealed."""
_JOB: Final = "-- job "
_DATA: Final = Path(__file__).resolve().parent.parent / "contract" / "data"


class Told(NamedTuple):
    """What an earlier version answered last of a job."""

    id: str
    environment: str
    answer: dict[str, Any]


class Record(NamedTuple):
    """What an engine of an earlier version left behind."""

    file: Path

    @property
    def schema(self) -> int:
        """Number of the newest migration it had."""
        return int(self.file.stem.rpartition("-")[2])

    def jobs(self) -> list[Told]:
        """Return what it had answered of its jobs."""
        lines = self.file.read_text().splitlines()
        return [Told(**json.loads(line.removeprefix(_JOB))) for line in lines if line.startswith(_JOB)]

    def into_sqlite(self, database: Path) -> None:
        """Write the data as the file it was."""
        database.parent.mkdir(mode=0o700, parents=True)
        connection = sqlite3.connect(database)
        connection.executescript(self.file.read_text())
        connection.close()

    def into_postgres(self, address: str) -> None:
        """Write the data into an empty database, under the schema of its time."""
        source = sqlite3.connect(":memory:")
        source.executescript(self.file.read_text())
        with psycopg.connect(address) as target:
            target.execute(
                "CREATE TABLE migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, phase TEXT NOT NULL)"
            )
            for migration in migrations():
                if migration.number <= self.schema:
                    for text in script(migration.text):
                        target.execute(in_dialect(text).encode())
                    row = (migration.number, migration.name, migration.phase)
                    target.execute("INSERT INTO migration VALUES (%s, %s, %s)", row)
            # Rows come in the order of the file, not in the order that references ask for.
            target.execute("SET session_replication_role = replica")
            for (table,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if table != "migration":
                    _copy(source, target, table)
        source.close()


def _copy(source: sqlite3.Connection, target: psycopg.Connection[tuple[Any, ...]], table: str) -> None:
    cursor = source.execute(f'SELECT * FROM "{table}"')
    columns = [sql.Identifier(column[0]) for column in cursor.description]
    insert = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table), sql.SQL(", ").join(columns), sql.SQL(", ").join([sql.Placeholder()] * len(columns))
    )
    for row in cursor:
        target.execute(insert, row)


def records() -> list[Record]:
    """Return the records of every earlier schema."""
    return [Record(file) for file in sorted(_DATA.glob("schema-*.sql"))]


def with_migrations(folder: Path, **texts: str) -> Path:
    """Return a copy of Homeport's source with further migrations, by file name without its ending."""
    source = Path(__file__).resolve().parent.parent.parent / "src"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in texts.items():
        (folder / "homeport" / "store" / "migrations" / f"{name}.sql").write_text(text)
    return folder
