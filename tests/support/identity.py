"""Accounts over a real store in this process, a clock that a test moves, and calls through an edge."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx2

from homeport.api.edge import Edge
from homeport.identity import passwords
from homeport.identity.parts import Identity, open_identity
from homeport.identity.vault import KEY_BYTES, MasterKey, Vault
from homeport.model.clock import SECOND, SystemClock
from homeport.model.ids import SystemIds
from homeport.store.sqlite import SqliteStore

ELSEWHERE = "192.0.2.1"
"""An address that is not this machine."""


def quick_passwords(put: Callable[[object, str, int], None] = setattr) -> None:
    """Let this process hash passwords in no time: what guards them at rest is not under test (unit tests see to it).

    `put` sets an attribute, perhaps for a while.
    """
    put(passwords, "MEMORY_KIB", 64)
    put(passwords, "PASSES", 1)


class ManualClock(SystemClock):
    """Time that begins now and stands still until a test moves it."""

    def __init__(self) -> None:
        self.micros = SystemClock().now()

    def now(self) -> int:
        """Return the time the test has set."""
        return self.micros

    def monotonic(self) -> float:
        """Return the same time in seconds."""
        return self.micros / SECOND


class IdentityHouse:
    """A store in a folder of its own and identity over it. Subclasses furnish it."""

    def __init__(self, folder: Path, *, key: bytes = bytes(KEY_BYTES)) -> None:
        self.folder = folder
        self.clock = ManualClock()
        self.ids = SystemIds(self.clock)
        self.store = SqliteStore(folder / "homeport.db", self.clock)
        self.vault = Vault(MasterKey(key), self.ids)
        self.identity = self.opened()

    def opened(self) -> Identity:
        """Return identity over this store, as another process would have it."""
        return open_identity(self.store, self.vault, self.clock, self.ids)

    async def fill(self) -> None:
        """Put in what every scenario needs."""


H = TypeVar("H", bound=IdentityHouse)


def run_in(make: Callable[[], H], scenario: Callable[[H], Awaitable[Any]]) -> Any:
    """Make a house, fill it, run a scenario in it, close it, and return what the scenario returned."""

    async def whole() -> Any:
        house = make()
        try:
            await house.fill()
            return await scenario(house)
        finally:
            house.identity.close()
            await house.store.close()

    return asyncio.run(whole())


async def call(edge: Edge, method: str, path: str, *, client: str = ELSEWHERE, **request: Any) -> httpx2.Response:
    """Send a request to an edge as if it came from the address `client`."""
    transport = httpx2.ASGITransport(edge, client=(client, 4711))
    async with httpx2.AsyncClient(transport=transport, base_url="http://homeport.test") as http:
        return await http.request(method, path, **request)
