"""The schema of the embedded store: the migrations that its file misses, run when it is opened."""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from homeport.store.base import StoreError
from homeport.store.statements import migrations, script

_ONE_OF: Final = re.compile(r"CHECK \((\w+) IN\s*\(([^()]*)\)\)")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema up to date, one transaction a migration.

    Raises:
        StoreError: the file was written by a newer version.
    """
    connection.execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    done = {number for (number,) in connection.execute("SELECT number FROM migration")}
    known = migrations()
    unknown = done - {migration.number for migration in known}
    if unknown:
        raise StoreError(f"the data is of a newer version of Homeport (schema {max(unknown)}); use that version")
    for migration in known:
        if migration.number not in done:
            _run(connection, list(script(migration.text)), migration.number, migration.name)


def in_dialect(text: str) -> str:
    """Return a statement of a migration as SQLite gets it.

    A list of words behind IN becomes comparisons: SQLite makes a table of such a list at every write of a row, which
    cost as much as the write itself (8 and 15 µs without and with a list, measured with 3.40).
    """
    return _ONE_OF.sub(_comparisons, text)


def _comparisons(found: re.Match[str]) -> str:
    column, words = found.groups()
    return f"CHECK ({' OR '.join(f'{column} = {word.strip()}' for word in words.split(','))})"


def _run(connection: sqlite3.Connection, texts: list[str], number: int, name: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for text in texts:
        connection.execute(in_dialect(text))
    connection.execute("INSERT INTO migration (number, name) VALUES (?, ?)", (number, name))
    connection.execute("COMMIT")
