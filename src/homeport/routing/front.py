"""The front: answers on one stable address a component and passes everything on to the instances of its route."""

from __future__ import annotations

import asyncio
import contextlib
import socket

import aiohttp

from homeport.model.causes import Cause, failed
from homeport.routing.base import Route
from homeport.routing.front_client import SetRoute
from homeport.routing.front_entrances import EntrancePort, close_listener
from homeport.routing.front_http import Forwarder, make_session
from homeport.routing.front_listener import Listener
from homeport.routing.front_targets import Readiness, Target, Targets
from homeport.routing.front_tcp import TcpListener
from homeport.routing.ports import Ports
from homeport.routing.sockets import Handed, copy_of, give_back, listening, refusal


class _Site:
    """One component's address and what is behind it."""

    def __init__(self, route: Route, host: str, port: int, targets: Targets, listener: Listener | TcpListener) -> None:
        self.route = route
        self.host = host
        self.port = port
        self.targets = targets
        self.listener = listener


class Front:
    """All addresses of one supervisor. Addresses come and go; a resting one costs nothing."""

    def __init__(self, readiness: Readiness, handed: Handed | None = None) -> None:
        """`handed` are sockets of the front before this one; those that are still in it are nobody's."""
        self._handed = {} if handed is None else handed
        self._readiness = readiness
        self._session: aiohttp.ClientSession | None = None
        self._sites: dict[str, _Site] = {}
        self._entrances = Ports(self._entrance, self._listening)
        self._changing = asyncio.Lock()

    def routes(self) -> list[Route]:
        """Return the routes as they are, each with the port of its address."""
        return [site.route for site in self._sites.values()]

    def sockets(self) -> Handed:
        """Return copies of all sockets that are listened on, for another front."""
        stable = {(site.host, site.port): copy_of(site.listener.descriptor) for site in self._sites.values()}
        return stable | self._entrances.sockets()

    async def set(self, asked: SetRoute) -> tuple[int, list[Target]]:
        """Make a route so; return its port, and the instances that left it (for `front_targets.drain`).

        An address that is to be another one stays open until the other one is.

        Raises:
            TaskFailed: a port is taken (`port-taken`), none is free (`start-failed`), or a certificate cannot be used
                (`certificate-unusable`); the route is then as it was.
        """
        # One at a time: what one may open depends on what another has.
        async with self._changing:
            return await self._set(asked)

    async def _set(self, asked: SetRoute) -> tuple[int, list[Target]]:
        route = asked.route
        made = await self._entrances.bind(asked, self._holder)
        try:
            site = self._sites.get(route.component_id)
            if site is None or not _can_stay(site, asked):
                site = await self._moved(site, asked)
        except BaseException:
            give_back(made.values())
            raise
        site.route = route
        left = site.targets.change(route.backends)
        await self._entrances.change(asked, made)
        return site.port, left

    async def check(self, asked: SetRoute) -> None:
        """Pass when a route's entrances can be opened; raises as `set` (`port-taken`, `certificate-unusable`)."""
        async with self._changing:
            await self._entrances.check(asked, self._holder)

    async def remove(self, component_id: str) -> None:
        """Close a component's addresses."""
        async with self._changing:
            await self._entrances.remove(component_id)
            site = self._sites.pop(component_id, None)
            if site is not None:
                await close_listener(site.listener)

    async def look(self) -> None:
        """Nothing is to be done when an instance is ready, or no longer: that is looked up for each request."""

    async def settle(self) -> None:
        """Nothing of an earlier supervisor's front lives on without it."""

    async def close(self) -> None:
        """Close all addresses."""
        async with self._changing:
            sites = list(self._sites.values())
            self._sites.clear()
            await asyncio.gather(self._entrances.close(), *(close_listener(site.listener) for site in sites))
        if self._session is not None:
            await self._session.close()

    async def _moved(self, before: _Site | None, asked: SetRoute) -> _Site:
        if before is not None and asked.route.port == before.port:
            self._sites.pop(asked.route.component_id)
            await close_listener(before.listener)
            before = None
        site = await self._open(asked, before)
        if before is not None:
            await close_listener(before.listener)
        return site

    async def _open(self, asked: SetRoute, before: _Site | None) -> _Site:
        route = asked.route
        made = await self._bind(asked)
        # Whoever is under way at an address that is left is under way at the same instances.
        targets = before.targets if before is not None else Targets(self._readiness)
        if before is None:
            # Connections may wait in the socket already.
            targets.change(route.backends)
        listener = self._listener(route, targets)
        await listener.open(made)
        site = self._sites[route.component_id] = _Site(route, asked.host, made.getsockname()[1], targets, listener)
        return site

    def _listener(self, route: Route, targets: Targets) -> Listener | TcpListener:
        if route.protocol == "tcp":
            return TcpListener(route.component_name, targets)
        return Listener(Forwarder(route.component_name, targets, self._forwarding()))

    def _entrance(self, listening_: socket.socket) -> EntrancePort:
        return EntrancePort(listening_, targets=lambda id_: self._sites[id_].targets, session=self._forwarding)

    async def _listening(self, host: str, port: int) -> socket.socket:
        return self._handed.pop((host, port), None) or listening(host, port)

    def _forwarding(self) -> aiohttp.ClientSession:
        self._session = self._session or make_session()
        return self._session

    def _holder(self, port: int) -> str | None:
        names = [site.route.component_name for site in self._sites.values() if site.port == port]
        return f"the stable address of component {names[0]}" if names else None

    async def _bind(self, asked: SetRoute) -> socket.socket:
        port = asked.route.port
        if port:
            try:
                return await self._listening(asked.host, port)
            except OSError as error:
                holder = self._holder(port) or self._entrances.holder(asked.host, port)
                raise await refusal(asked.host, port, asked.route.component_name, error, holder) from error
        taken = {site.port for site in self._sites.values()}
        for port in range(asked.first_port, asked.last_port + 1):
            if port not in taken:
                with contextlib.suppress(OSError):
                    return listening(asked.host, port)
        what = f"no port from {asked.first_port} to {asked.last_port} is free on {asked.host}"
        raise failed(Cause.START_FAILED, what, advice="Give the front more ports (setting front_ports), or free some.")


def _can_stay(site: _Site, asked: SetRoute) -> bool:
    same = site.route.protocol == asked.route.protocol and site.host == asked.host
    return same and asked.route.port in (0, site.port)
