"""The stores that the suite runs over, each behind the same way to open it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from homeport.model.clock import SystemClock
from homeport.store.base import Store
from homeport.store.sqlite import SqliteStore

T = TypeVar("T")

Scenario = Callable[[Store], Awaitable[T]]


class Stores:
    """Opens the same data again and again, as processes that follow each other do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> Store:
        """Open the store; within a running loop."""
        return SqliteStore(self.folder / "homeport.db", SystemClock())

    def run(self, scenario: Scenario[T]) -> T:
        """Run a scenario in a store that is opened for it and closed behind it."""

        async def whole() -> T:
            store = self.open()
            try:
                return await scenario(store)
            finally:
                await store.close()

        return asyncio.run(whole())


@pytest.fixture(params=["sqlite"])
def stores(tmp_path: Path) -> Stores:
    """The store under test."""
    return Stores(tmp_path)
