"""Connections to the database: how they are set up, and how long one is waited for that cannot be had."""

from __future__ import annotations

import asyncio
import os
from typing import Final, LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict

from homeport.model.clock import Clock
from homeport.store.base import StoreError

Connection = psycopg.AsyncConnection[tuple[object, ...]]

PATIENCE: Final = 10.0
"""Seconds for which a database that went away is waited for before a call fails."""
STORE_NOW: Final = "(extract(epoch from clock_timestamp()) * 1000000)::bigint"
"""The store's time in microseconds since 1970, as SQL."""

_FIRST_PAUSE: Final = 0.05
_LONGEST_PAUSE: Final = 1.0
_SESSION: Final[tuple[LiteralString, ...]] = (
    # A row that somebody else has changed meanwhile makes the transaction start over, so that what a guard looks up
    # in other tables is as new as the row that it holds.
    "SET default_transaction_isolation = 'repeatable read'",
    # A plan for values that were never seen is as good here: every statement goes by a key.
    "SET plan_cache_mode = force_generic_plan",
    # Compiling a query takes a hundred times as long as running it, and happens where a table was not analysed yet.
    "SET jit = off",
    # Nobody waits for ever behind a process that was stopped in the middle of a transaction.
    "SET idle_in_transaction_session_timeout = '10s'",
    "SET lock_timeout = '5s'",
    "SET client_encoding = 'UTF8'",
)
_KEEP_ALIVE: Final[dict[str, str]] = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}


def checked_address(address: str) -> str:
    """Return the address with what keeps a dead connection from being waited on.

    Raises:
        StoreError: it is no address of a PostgreSQL database.
    """
    try:
        given = conninfo_to_dict(address)
    except psycopg.Error as error:
        raise StoreError(f"the store's address cannot be used: {error}") from error
    defaults = {"application_name": f"homeport {os.getpid()}"} | _KEEP_ALIVE
    return psycopg.conninfo.make_conninfo(address, **{k: v for k, v in defaults.items() if k not in given})


def shown(address: str) -> str:
    """Return the address without its password."""
    parts = conninfo_to_dict(address)
    place = parts.get("host") or parts.get("hostaddr") or "localhost"
    return f"{parts.get('dbname') or ''} on {place}"


async def connect(address: str, *, isolated: bool) -> Connection:
    """Return a new connection in autocommit mode; `isolated` for one that writes.

    Raises:
        psycopg.OperationalError: there is none to be had.
    """
    connection = await psycopg.AsyncConnection.connect(address, autocommit=True)
    async with connection.pipeline():
        for statement in _SESSION if isolated else _SESSION[1:]:
            await connection.execute(statement, prepare=False)
    return connection


async def patiently(clock: Clock, address: str, *, isolated: bool) -> Connection:
    """Return a new connection, trying again for `PATIENCE` seconds while there is none to be had.

    Raises:
        StoreError: there was none for so long.
    """
    until = clock.monotonic() + PATIENCE
    pause = _FIRST_PAUSE
    while True:
        try:
            return await connect(address, isolated=isolated)
        except psycopg.OperationalError as error:
            if clock.monotonic() + pause > until:
                raise StoreError(f"cannot reach the database {shown(address)}: {_first_line(error)}") from error
        await asyncio.sleep(pause)  # own time: the database's, which no virtual clock moves
        pause = min(pause * 2, _LONGEST_PAUSE)


def _first_line(error: psycopg.Error) -> str:
    return str(error).partition("\n")[0]
