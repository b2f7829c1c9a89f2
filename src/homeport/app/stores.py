"""Opens the store that the settings name, and keeps the data folder one engine's own."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from types import ModuleType
from typing import Final

from homeport.app.results import Migrated, StartError
from homeport.model.clock import Clock
from homeport.settings import Settings
from homeport.store.base import Store
from homeport.store.sqlite import SqliteStore
from homeport.store.sqlite_lock import take_lock

DATABASE_FILE: Final = "homeport.db"
"""In the data folder: everything but keys, packages and logs, unless they are in PostgreSQL."""


@asynccontextmanager
async def opened_store(settings: Settings, clock: Clock, *, engine: bool) -> AsyncIterator[Store]:
    """Yield the store; an `engine` owns its data folder meanwhile, whatever the store is.

    Raises:
        StoreError: the store cannot be opened, or another engine has the data folder.
        StartError: PostgreSQL is asked for and what speaks to it is not installed.
    """
    if not settings.store:
        store: Store = SqliteStore(settings.data_dir / DATABASE_FILE, clock)
        try:
            yield store
        finally:
            await store.close()
        return
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = take_lock(settings.data_dir / DATABASE_FILE) if engine else None
    try:
        store = await _postgres().open_postgres(settings.store, clock)
        try:
            yield store
        finally:
            await store.close()
    finally:
        if lock is not None:
            os.close(lock)


async def migrate_store(settings: Settings, clock: Clock, *, post: bool) -> Migrated:
    """Bring the schema of the database up to date, without starting anything.

    Raises:
        StoreError: the database cannot be reached or used.
        StartError: what speaks to PostgreSQL is not installed.
    """
    run = await _postgres().migrated(clock, settings.store, post=post)
    return Migrated(tuple(f"{one.number:04} {one.phase} {one.name}" for one in run))


def _postgres() -> ModuleType:
    """Return the module of the store over PostgreSQL: whoever stays with SQLite needs neither it nor its library."""
    try:
        return import_module("homeport.store.postgres.store")
    except ImportError as error:
        advice = "install it with: pip install 'homeport[postgres]'"
        raise StartError(f"PostgreSQL needs psycopg ({error}); {advice}") from error
