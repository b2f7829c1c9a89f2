"""The front that does the work: the embedded one, or haproxy where the engine asks for it. One at a time has it all."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from homeport.model.causes import TaskFailed
from homeport.routing.base import Route
from homeport.routing.front_client import SetRoute
from homeport.routing.front_targets import Leaving
from homeport.routing.sockets import Handed, give_back

_log = logging.getLogger(__name__)


class OneFront(Protocol):
    """Either of them; what the calls promise is said at `front.Front`."""

    def routes(self) -> list[Route]:
        """Return the routes as they are, each with the port of its address."""
        ...

    def sockets(self) -> Handed:
        """Return copies of all sockets that are listened on, for another front."""
        ...

    async def set(self, asked: SetRoute) -> tuple[int, Sequence[Leaving]]:
        """Make a route so; return its port, and the instances that left it."""
        ...

    async def check(self, asked: SetRoute) -> None:
        """Pass when a route's entrances can be opened."""
        ...

    async def look(self) -> None:
        """Go by what instances are ready now."""
        ...

    async def remove(self, component_id: str) -> None:
        """Close a component's addresses."""
        ...

    async def settle(self) -> None:
        """End what an earlier supervisor left running and nobody has asked for."""
        ...

    async def close(self) -> None:
        """Close all addresses."""
        ...


class Fronts:
    """All addresses of one supervisor. When another front is asked for, every route moves to it."""

    def __init__(self, make: Callable[[str, Handed], OneFront]) -> None:
        """`make` returns the front for a program's path, the embedded one for an empty path.

        It is given the sockets of the front before it, and takes those out that it listens on.
        """
        self._make = make
        self._program = ""
        self._front = make("", {})
        self._asked: dict[str, SetRoute] = {}
        self._changing = asyncio.Lock()

    def routes(self) -> list[Route]:
        """Return the routes as they are, each with the port of its address."""
        return self._front.routes()

    async def set(self, asked: SetRoute) -> tuple[int, Sequence[Leaving]]:
        """Make a route so, by the front it asks for; return its port, and the instances that left it.

        Raises:
            TaskFailed: as `front.Front.set` and `haproxy.front.HaproxyFront.set`.
        """
        async with self._changing:
            if asked.haproxy != self._program:
                await self._move(asked.haproxy)
            port, left = await self._front.set(asked)
            route = msgspec.structs.replace(asked.route, port=port)
            self._asked[asked.route.component_id] = msgspec.structs.replace(asked, route=route)
            return port, left

    async def check(self, asked: SetRoute) -> None:
        """Pass when a route's entrances can be opened; while addresses are to move to another front, nobody knows.

        Raises:
            TaskFailed: as `front.Front.check`.
        """
        async with self._changing:
            if asked.haproxy == self._program:
                await self._front.check(asked)
            elif not self._asked:
                await self._make(asked.haproxy, {}).check(asked)

    async def look(self) -> None:
        """Go by what instances are ready now."""
        await self._front.look()

    async def remove(self, component_id: str) -> None:
        """Close a component's addresses."""
        async with self._changing:
            self._asked.pop(component_id, None)
            await self._front.remove(component_id)

    async def settle(self) -> None:
        """End what an earlier supervisor left running and nobody has asked for."""
        await self._front.settle()

    async def close(self) -> None:
        """Close all addresses."""
        await self._front.close()

    async def _move(self, program: str) -> None:
        """Let another front have every address; both serve until it has them all."""
        _log.info("%d addresses move to %s", len(self._asked), program or "the embedded front")
        before, handed = self._front, self._front.sockets()
        share_a_folder = bool(program and self._program)
        if share_a_folder:
            await before.close()
        self._front, self._program = self._make(program, handed), program
        try:
            await self._set_all(program)
        finally:
            # Also of a move that breaks: nobody would tell the front before of changes any more.
            give_back(handed.values())
            handed.clear()
            if not share_a_folder:
                await before.close()

    async def _set_all(self, program: str) -> None:
        for component_id, asked in list(self._asked.items()):
            self._asked[component_id] = msgspec.structs.replace(asked, haproxy=program)
            try:
                await self._front.set(self._asked[component_id])
            except TaskFailed as error:
                # The engine sends its routes again and is told then.
                _log.warning("the route of %s is not open: %s", asked.route.component_name, error)
