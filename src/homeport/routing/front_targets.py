"""The instances behind one address: which of them gets the next request, and when those that left have none left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from homeport.routing.base import Backend

Readiness = Callable[[str], bool | None]
"""Tells whether an instance may be given traffic; None when nobody here knows, which counts as yes."""


class Leaving(Protocol):
    """An instance that has left a route, perhaps with something under way at it."""

    @property
    def under_way(self) -> int:
        """How much is under way at it."""
        ...

    async def quiet(self) -> None:
        """Return when nothing is under way at it."""
        ...


class Target:
    """An instance on the list, with what is under way at it: requests and connections."""

    def __init__(self, backend: Backend) -> None:
        self.name = backend.name
        self.address = backend.address
        self._under_way = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    @property
    def host(self) -> str:
        """Host part of its address."""
        return self.address.rpartition(":")[0]

    @property
    def port(self) -> int:
        """Port of its address."""
        return int(self.address.rpartition(":")[2])

    def at(self, port: int) -> str:
        """Return its address with another port; with its own for 0."""
        return f"{self.host}:{port}" if port else self.address

    @property
    def under_way(self) -> int:
        """How many requests and connections are under way at it."""
        return self._under_way

    @contextmanager
    def used(self) -> Iterator[None]:
        """Count a request or connection as under way."""
        self._under_way += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._quiet.set()

    async def quiet(self) -> None:
        """Return when nothing is under way at it."""
        await self._quiet.wait()


class Targets:
    """The list, which may change between any two requests."""

    def __init__(self, readiness: Readiness) -> None:
        self._readiness = readiness
        self._targets: list[Target] = []
        self._leaving: list[Target] = []
        """Those that have left and had something under way when that was looked at last."""
        self._turn = 0

    def names(self) -> list[str]:
        """Return the names of the instances on the list."""
        return [target.name for target in self._targets]

    def change(self, backends: Iterable[Backend]) -> list[Target]:
        """Put these instances on the list and return those that left it, now or before, and have something under way.

        That goes on. Asked for the same list twice, as after a crash of whoever asked, it returns the same ones.
        """
        known = {(target.name, target.address): target for target in (*self._leaving, *self._targets)}
        self._targets = [known.get((new.name, new.address)) or Target(new) for new in backends]
        self._leaving = [one for one in known.values() if one.under_way and one not in self._targets]
        return list(self._leaving)

    def choose(self, refused: Collection[Target] = ()) -> Target | None:
        """Return the ready instance with the least under way, in turn among equals; none of those that refused."""
        ready = [one for one in self._targets if one not in refused and self._readiness(one.name) is not False]
        if not ready:
            return None
        self._turn += 1
        first = self._turn % len(ready)
        return min(ready[first:] + ready[:first], key=lambda one: one.under_way)


async def drain(targets: Iterable[Leaving], within: float) -> None:
    """Return when nothing is under way at `targets`, at the latest after `within` seconds."""
    waits = [asyncio.ensure_future(target.quiet()) for target in targets if target.under_way]
    if not waits:
        return
    try:
        await asyncio.wait(waits, timeout=within)
    finally:
        for wait in waits:
            wait.cancel()
