"""The front by haproxy: every address, the stable one too, is a port with a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import shutil
import signal
import socket
from pathlib import Path
from typing import Final

import msgspec

from homeport.model.access import Entrance, Rule
from homeport.model.causes import Cause, failed
from homeport.routing.base import Route
from homeport.routing.front_client import SetRoute
from homeport.routing.front_targets import Leaving, Readiness
from homeport.routing.haproxy.port import RECORD, HaproxyPort, Record, Where
from homeport.routing.haproxy.programs import Programs, Running
from homeport.routing.ports import Ports
from homeport.routing.sockets import Handed, give_back, listening

_TAKE_OVER_SECONDS: Final = 5.0
_LOOK_SECONDS: Final = 0.01

_log = logging.getLogger(__name__)


class HaproxyFront:
    """All addresses of one supervisor, as `Front` (front.py) promises them."""

    def __init__(
        self, readiness: Readiness, program: str, root: Path, programs: Programs, handed: Handed | None = None
    ) -> None:
        """Run `program` with folders below `root`, which is its user's alone.

        `handed` are sockets of the front before this one; those that are still in it are nobody's.
        What an earlier supervisor left running serves on until its port is asked for, or `settle` is called.
        """
        self._where = Where(program, root, programs)
        self._readiness = readiness
        self._handed = {} if handed is None else handed
        self._ports = Ports(self._serve, self._bind)
        self._routes: dict[str, tuple[SetRoute, Route]] = {}
        """By component: what was asked, and the route with the port of its address."""
        self._changing = asyncio.Lock()
        self._chosen: Handed = {}
        """The socket of a stable address whose port was just chosen."""
        self._left_over = _left_over(root, programs)

    def routes(self) -> list[Route]:
        """Return the routes as they are, each with the port of its address."""
        return [route for _, route in self._routes.values()]

    def sockets(self) -> Handed:
        """Return copies of all sockets that are listened on, for another front."""
        return self._ports.sockets()

    async def set(self, asked: SetRoute) -> tuple[int, list[Leaving]]:
        """Make a route so; return its port, and the instances that left it (for `front_targets.drain`).

        Raises:
            TaskFailed: a port is taken (`port-taken`), none is free or haproxy does not start (`start-failed`), or a
                certificate cannot be used (`certificate-unusable`).
        """
        async with self._changing:
            try:
                return await self._set(asked)
            finally:
                give_back(self._chosen.values())
                self._chosen.clear()

    async def _set(self, asked: SetRoute) -> tuple[int, list[Leaving]]:
        route = asked.route
        known = self._routes.get(route.component_id)
        port = route.port or (known[1].port if known is not None and known[0].host == asked.host else 0)
        port = port or self._free(asked)
        _refuse_own(asked, port)
        route = msgspec.structs.replace(route, port=port)
        whole = msgspec.structs.replace(asked, route=_with_stable(route))
        made = await self._ports.bind(whole, lambda _: None)
        self._routes[route.component_id] = (asked, route)
        return port, await self._ports.change(whole, made)

    async def check(self, asked: SetRoute) -> None:
        """Pass when a route's entrances can be opened; raises as `set` (`port-taken`, `certificate-unusable`)."""
        async with self._changing:
            _refuse_own(asked, asked.route.port)
            await self._ports.check(asked, lambda _: None, self._left_over)

    async def look(self) -> None:
        """Lead every port by what instances are ready now."""
        async with self._changing:
            await self._ports.lead_again()

    async def remove(self, component_id: str) -> None:
        """Close a component's addresses."""
        async with self._changing:
            self._routes.pop(component_id, None)
            await self._ports.remove(component_id)

    async def settle(self) -> None:
        """End what an earlier supervisor left running and nobody has asked for."""
        for port in list(self._left_over):
            self._end_left_over(port)

    async def close(self) -> None:
        """Close all addresses."""
        await self.settle()
        async with self._changing:
            self._routes.clear()
            await self._ports.close()

    def _serve(self, listener: socket.socket) -> HaproxyPort:
        return HaproxyPort(listener, self._where, self._readiness)

    def _free(self, asked: SetRoute) -> int:
        """Return a port for a stable address, and keep its socket for `_bind`."""
        for port in range(asked.first_port, asked.last_port + 1):
            if self._ports.holder(asked.host, port) is None and port not in self._left_over:
                with contextlib.suppress(OSError):
                    self._chosen[asked.host, port] = listening(asked.host, port)
                    return port
        what = f"no port from {asked.first_port} to {asked.last_port} is free on {asked.host}"
        raise failed(Cause.START_FAILED, what, advice="Give the front more ports (setting front_ports), or free some.")

    async def _bind(self, host: str, port: int) -> socket.socket:
        for known in (self._handed, self._chosen):
            if (host, port) in known:
                return known.pop((host, port))
        if port not in self._left_over:
            return listening(host, port)
        self._end_left_over(port)
        # It closes its socket at once and lives on for its requests.
        end = asyncio.get_running_loop().time() + _TAKE_OVER_SECONDS
        while True:
            try:
                return listening(host, port)
            except OSError as error:
                if error.errno != errno.EADDRINUSE or asyncio.get_running_loop().time() > end:
                    raise
            await asyncio.sleep(_LOOK_SECONDS)

    def _end_left_over(self, port: int) -> None:
        for running, folder in self._left_over.pop(port):
            shutil.rmtree(folder, ignore_errors=True)
            _log.info("the haproxy %d of port %d, which an earlier supervisor started, is followed", running.pid, port)
            running.signal(signal.SIGUSR1)


def _refuse_own(asked: SetRoute, port: int) -> None:
    """Raise `TaskFailed` where a route wants the port of its own stable address once more."""
    if any(entrance.port == port for entrance in asked.route.entrances):
        name = asked.route.component_name
        what = f"port {port} on {asked.host} is taken: it is the stable address of component {name}"
        raise failed(Cause.PORT_TAKEN, what)


def _with_stable(route: Route) -> Route:
    """Return a route whose stable address is one of its entrances."""
    rules = () if route.protocol == "tcp" else (Rule(),)
    stable = Entrance(type="LoadBalancer", port=route.port, protocol=route.protocol, rules=rules)
    return msgspec.structs.replace(route, entrances=(stable, *route.entrances))


def _left_over(root: Path, programs: Programs) -> dict[int, list[tuple[Running, Path]]]:
    """Return by port the processes that run still and their folders; what is left of others is removed."""
    found: dict[int, list[tuple[Running, Path]]] = {}
    for file in root.glob(f"*/*/{RECORD}"):
        with contextlib.suppress(OSError, msgspec.DecodeError):
            record = msgspec.json.decode(file.read_bytes(), type=Record)
            running = programs.known(record.process)
            if running is not None:
                found.setdefault(record.port, []).append((running, file.parent))
                continue
        shutil.rmtree(file.parent, ignore_errors=True)
    return found
