"""The ports of a front and the components behind each: opened, shared, changed and closed.

What serves a port is another's business (`PortServer`): the embedded front itself, or a haproxy.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Container, Mapping, Sequence
from typing import NamedTuple, Protocol

from homeport.model.access import Entrance
from homeport.model.causes import Cause, failed
from homeport.model.sharing import clash_with
from homeport.routing.base import Route
from homeport.routing.front_client import SetRoute
from homeport.routing.front_targets import Leaving
from homeport.routing.front_tls import context_of
from homeport.routing.sockets import Handed, check_free, copy_of, give_back, refusal


class Tenant(NamedTuple):
    """A component at a port, and its entrances there."""

    route: Route
    entrances: tuple[Entrance, ...]

    def pem(self, entrance: Entrance) -> str:
        """Return what an entrance for HTTPS shows; empty when there is none."""
        return self.route.certificates.get(entrance.certificate, "")


class PortServer(Protocol):
    """What serves one port."""

    @property
    def socket(self) -> socket.socket:
        """The socket it listens on."""
        ...

    async def lead(self, tenants: Mapping[str, Tenant]) -> Sequence[Leaving]:
        """Lead to these components, by id, the first one before others; return the instances that left."""
        ...

    async def close(self) -> None:
        """Listen no more; return when requests under way have ended, or have had their time."""
        ...


class _Port:
    def __init__(self, server: PortServer) -> None:
        self.server = server
        self.tenants: dict[str, Tenant] = {}


class Ports:
    """All ports of one front."""

    def __init__(
        self,
        serve: Callable[[socket.socket], PortServer],
        bind: Callable[[str, int], Awaitable[socket.socket]],
    ) -> None:
        """`serve` makes what serves a socket that listens; `bind` makes the socket, or raises `OSError`."""
        self._serve = serve
        self._bind = bind
        self._ports: dict[tuple[str, int], _Port] = {}

    def holder(self, host: str, port: int) -> str | None:
        """Return the name of a component that has opened a port; None when none has."""
        at = self._ports.get((host, port))
        return f"component {next(iter(at.tenants.values())).route.component_name}" if at is not None else None

    def sockets(self) -> Handed:
        """Return copies of the sockets of all ports, for another front to listen on."""
        return {key: copy_of(port.server.socket) for key, port in self._ports.items()}

    async def bind(self, asked: SetRoute, holder: Callable[[int], str | None]) -> dict[int, socket.socket]:
        """Return sockets for the ports that are not open yet, once it is sure that the route can have all it wants.

        `holder` names the component whose stable address a port is.

        Raises:
            TaskFailed: a port is taken (`port-taken`), or a certificate cannot be used (`certificate-unusable`).
        """
        for entrance in asked.route.entrances:
            self._check(asked, entrance)
        made: dict[int, socket.socket] = {}
        try:
            for port in {one.port for one in asked.route.entrances if (asked.host, one.port) not in self._ports}:
                made[port] = await self._bound(asked, port, holder(port))
        except BaseException:
            give_back(made.values())
            raise
        return made

    async def check(
        self, asked: SetRoute, holder: Callable[[int], str | None], had: Container[int] = frozenset()
    ) -> None:
        """Pass when a route can have all that it wants; nothing is opened. Raises as `bind`.

        `had` are ports that are free though somebody listens there.
        """
        for entrance in asked.route.entrances:
            self._check(asked, entrance)
        for port in {one.port for one in asked.route.entrances if (asked.host, one.port) not in self._ports}:
            try:
                if port not in had:
                    check_free(asked.host, port)
            except OSError as error:
                raise await refusal(asked.host, port, asked.route.component_name, error, holder(port)) from error

    async def change(self, asked: SetRoute, made: Mapping[int, socket.socket]) -> list[Leaving]:
        """Open what a route wants, on the sockets that `bind` returned, and close what it wants no more.

        Returns the instances that left.
        """
        route = asked.route
        wanted = {(asked.host, entrance.port) for entrance in route.entrances}
        left: list[Leaving] = []
        for number, listener in made.items():
            self._ports[asked.host, number] = _Port(self._serve(listener))
        for key in wanted:
            entrances = tuple(one for one in route.entrances if one.port == key[1])
            port = self._ports[key]
            port.tenants[route.component_id] = Tenant(route, entrances)
            left += await port.server.lead(port.tenants)
        await self._leave(route.component_id, wanted)
        return left

    async def lead_again(self) -> None:
        """Let every port be led as its components want it: something about their instances has changed."""
        for port in list(self._ports.values()):
            await port.server.lead(port.tenants)

    async def remove(self, component_id: str) -> None:
        """Close the ports of a component, but for those that others share."""
        await self._leave(component_id, set())

    async def close(self) -> None:
        """Close every port, all at the same time."""
        ports = list(self._ports.values())
        self._ports.clear()
        await asyncio.gather(*(port.server.close() for port in ports))

    async def _leave(self, component_id: str, staying: set[tuple[str, int]]) -> None:
        closing = []
        for key, port in list(self._ports.items()):
            if key not in staying and port.tenants.pop(component_id, None) is not None:
                if port.tenants:
                    await port.server.lead(port.tenants)
                else:
                    closing.append(self._ports.pop(key).server.close())
        await asyncio.gather(*closing)

    def _check(self, asked: SetRoute, entrance: Entrance) -> None:
        route = asked.route
        if entrance.protocol == "https":
            context_of(Tenant(route, ()).pem(entrance), entrance.certificate)
        at = self._ports.get((asked.host, entrance.port))
        for component_id, other in at.tenants.items() if at is not None else ():
            if component_id != route.component_id:
                clash = clash_with(entrance, other.entrances, other.route.component_name)
                if clash is not None:
                    raise failed(Cause.PORT_TAKEN, f"port {entrance.port} on {asked.host} is taken: {clash}")

    async def _bound(self, asked: SetRoute, port: int, holder: str | None) -> socket.socket:
        try:
            return await self._bind(asked.host, port)
        except OSError as error:
            raise await refusal(asked.host, port, asked.route.component_name, error, holder) from error
