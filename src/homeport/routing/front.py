"""The front: answers on one stable address a component and passes everything on to the instances of its route."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Final

import aiohttp

from homeport.model.causes import Cause, failed
from homeport.routing.base import Route
from homeport.routing.front_client import SetRoute
from homeport.routing.front_http import Forwarder, make_session
from homeport.routing.front_listener import Listener
from homeport.routing.front_targets import Readiness, Target, Targets
from homeport.routing.front_tcp import TcpListener

CLOSE_SECONDS: Final = 1.0
"""How long requests may still take when their address is closed."""


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

    def __init__(self, readiness: Readiness) -> None:
        self._readiness = readiness
        self._session: aiohttp.ClientSession | None = None
        self._sites: dict[str, _Site] = {}

    def routes(self) -> list[Route]:
        """Return the routes as they are, each with the port of its address."""
        return [site.route for site in self._sites.values()]

    async def set(self, asked: SetRoute) -> tuple[int, list[Target]]:
        """Make a route so; return its port, and the instances that left it (for `front_targets.drain`).

        An address that is to be another one stays open until the other one is.

        Raises:
            TaskFailed: the port is taken by somebody else, or none is free (`start-failed`).
        """
        route = asked.route
        site = self._sites.get(route.component_id)
        if site is None or not _can_stay(site, asked):
            site = await self._moved(site, asked)
        site.route = route
        return site.port, site.targets.change(route.backends)

    async def remove(self, component_id: str) -> None:
        """Close a component's address."""
        site = self._sites.pop(component_id, None)
        if site is not None:
            await _close(site)

    async def close(self) -> None:
        """Close all addresses."""
        await asyncio.gather(*(self.remove(component_id) for component_id in list(self._sites)))
        if self._session is not None:
            await self._session.close()

    async def _moved(self, before: _Site | None, asked: SetRoute) -> _Site:
        if before is not None and asked.route.port == before.port:
            await self.remove(asked.route.component_id)
            before = None
        site = await self._open(asked)
        if before is not None:
            await _close(before)
        return site

    async def _open(self, asked: SetRoute) -> _Site:
        route = asked.route
        listening = self._bind(asked)
        targets = Targets(self._readiness)
        listener = self._listener(route, targets)
        await listener.open(listening)
        site = self._sites[route.component_id] = _Site(route, asked.host, listening.getsockname()[1], targets, listener)
        return site

    def _listener(self, route: Route, targets: Targets) -> Listener | TcpListener:
        if route.protocol == "tcp":
            return TcpListener(route.component_name, targets)
        self._session = self._session or make_session()
        return Listener(Forwarder(route.component_name, targets, self._session))

    def _bind(self, asked: SetRoute) -> socket.socket:
        if asked.route.port:
            return _bound(asked.host, asked.route.port, asked.route.component_name)
        taken = {site.port for site in self._sites.values()}
        for port in range(asked.first_port, asked.last_port + 1):
            if port not in taken:
                with contextlib.suppress(OSError):
                    return _try_bind(asked.host, port)
        what = f"no port from {asked.first_port} to {asked.last_port} is free on {asked.host}"
        raise failed(Cause.START_FAILED, what, advice="Give the front more ports (setting front_ports), or free some.")


def _can_stay(site: _Site, asked: SetRoute) -> bool:
    same = site.route.protocol == asked.route.protocol and site.host == asked.host
    return same and asked.route.port in (0, site.port)


async def _close(site: _Site) -> None:
    site.listener.close()
    await site.listener.finish(CLOSE_SECONDS)


def _bound(host: str, port: int, component_name: str) -> socket.socket:
    try:
        return _try_bind(host, port)
    except OSError as error:
        what = f"port {port} on {host}, the address of component {component_name}, is taken: {error.strerror}"
        advice = "End the program that listens there, then retry the job."
        raise failed(Cause.START_FAILED, what, advice=advice) from error


def _try_bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it, small answers wait for 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(1)
    except OSError:
        listening.close()
        raise
    return listening
