"""The stores that the suite runs over, each behind the same way to open it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol, TypeVar

import pytest

from homeport.model.clock import SystemClock
from homeport.store.base import Store
from homeport.store.postgres.store import open_postgres
from homeport.store.sqlite import SqliteStore
from support.postgres import cluster

__all__ = ["cluster"]

T = TypeVar("T")

Scenario = Callable[[Store], Awaitable[T]]


class Stores:
    """Opens the same data again and again, as processes that follow each other do."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    async def open(self) -> Store:
        """Open the store."""
        return await self._opened()

    def run(self, scenario: Scenario[T]) -> T:
        """Run a scenario in a store that is opened for it and closed behind it."""

        async def whole() -> T:
            store = await self.open()
            try:
                return await scenario(store)
            finally:
                await store.close()

        return asyncio.run(whole())


class Opened(Protocol):
    """Opens a store."""

    async def __call__(self) -> Store:
        """Return the opened store."""
        ...


KINDS = ("sqlite", "postgres")


def stores_of(kind: str, folder: Path, request: pytest.FixtureRequest) -> Stores:
    """Return a new store of a kind, with its file in a folder where it has one."""
    if kind == "postgres":
        address = request.getfixturevalue("cluster").new_database()

        async def opened() -> Store:
            return await open_postgres(address, SystemClock())
    else:

        async def opened() -> Store:
            return SqliteStore(folder / "homeport.db", SystemClock())

    return Stores(opened)


@pytest.fixture(params=KINDS)
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Stores:
    """The store under test."""
    return stores_of(request.param, tmp_path, request)


@pytest.fixture(scope="module", params=KINDS)
def kept_stores(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stores:
    """The store under test, one for all tests of a module: it takes long to fill."""
    return stores_of(request.param, tmp_path_factory.mktemp("kept"), request)
