"""The schema of the database: its migrations, run by whichever process comes first while the others wait.

`pre` migrations leave what older processes need, so every process runs those it misses when it starts. `post` ones take
away what only older processes need, so they run when somebody says that none is left (`homeport migrate --post`).
"""

from __future__ import annotations

import re
from typing import Final

from homeport.store.base import StoreError
from homeport.store.postgres.connecting import Connection
from homeport.store.statements import Migration, migrations, script

_LOCK: Final = 0x686F6D65
"""Of PostgreSQL's advisory locks the one for migrations."""
_TEXT = re.compile(r"\bTEXT\b")


async def migrate(connection: Connection, *, post: bool = False) -> list[Migration]:
    """Bring the schema up to date and return what was run; ten processes may do so at once.

    Raises:
        StoreError: a newer version of Homeport has taken away what this one needs.
    """
    async with connection.transaction():
        await connection.execute(b"SELECT pg_advisory_xact_lock(%s)", (_LOCK,), prepare=False)
        return await _run_missing(connection, post=post)


async def _run_missing(connection: Connection, *, post: bool) -> list[Migration]:
    await connection.execute(
        b"CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, phase TEXT NOT NULL)",
        prepare=False,
    )
    cursor = await connection.execute(b"SELECT number, phase FROM migration", prepare=False)
    done = {int(str(number)): str(phase) for number, phase in await cursor.fetchall()}
    known = migrations()
    _refuse_newer(done, known)
    missing = [one for one in known if one.number not in done and (post or one.phase == "pre")]
    for migration in missing:
        for text in script(migration.text):
            await connection.execute(in_dialect(text).encode(), prepare=False)
        await connection.execute(
            b"INSERT INTO migration (number, name, phase) VALUES (%s, %s, %s)",
            (migration.number, migration.name, migration.phase),
            prepare=False,
        )
    return missing


def in_dialect(text: str) -> str:
    """Return a statement of a migration as PostgreSQL gets it.

    Ids and names are compared byte by byte everywhere, whatever the database's own collation is.
    """
    return _TEXT.sub('TEXT COLLATE "C"', text)


def _refuse_newer(done: dict[int, str], known: tuple[Migration, ...]) -> None:
    numbers = {migration.number for migration in known}
    for number, phase in done.items():
        if number not in numbers and phase == "post":
            raise StoreError(f"the data is of a newer version of Homeport (schema {number}); use that version")
