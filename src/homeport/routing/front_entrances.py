"""The further addresses of components on the embedded front: ports that one component has, or that several share."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import aiohttp

from homeport.model.access import Entrance, Rule
from homeport.model.causes import Cause, failed
from homeport.routing.base import Route
from homeport.routing.front_client import SetRoute
from homeport.routing.front_http import Forwarder
from homeport.routing.front_listener import Listener
from homeport.routing.front_switch import Place, Switch
from homeport.routing.front_targets import Targets
from homeport.routing.front_tcp import TcpListener
from homeport.routing.front_tls import Shown, context_of
from homeport.routing.gate import Gate
from homeport.routing.sharing import clash_with
from homeport.routing.sockets import listening, refusal

CLOSE_SECONDS: Final = 1.0
"""How long requests may still take when their address is closed."""


class _Tenant(NamedTuple):
    """A component at a port."""

    route: Route
    entrances: tuple[Entrance, ...]
    targets: Targets


class _Port:
    """An open port and the components behind it, the one that came first before others."""

    def __init__(self, socket_: socket.socket) -> None:
        self.tenants: dict[str, _Tenant] = {}
        self._socket = socket_
        self._switch = Switch()
        self._shown: Shown | None = None
        self._manner: tuple[str, bool] | None = None
        self._listener: Listener | TcpListener | None = None

    async def lead(self, session: Callable[[], aiohttp.ClientSession]) -> None:
        """Lead to the tenants as they are now."""
        first = next(iter(self.tenants.values()))
        manner = (first.entrances[0].protocol, first.entrances[0].strict_tls)
        places = [pair for tenant in self.tenants.values() for pair in _places(tenant, session)]
        self._switch.lead(places)
        if manner != self._manner:
            await self._listen_anew(first)
            self._manner = manner
        if isinstance(self._listener, TcpListener):
            entrance = first.entrances[0]
            self._listener.lead(Gate(entrance.allowed, entrance.denied), entrance.target_port)
        if self._shown is not None:
            self._shown.show(pair for tenant in self.tenants.values() for pair in _certificates(tenant))

    async def close(self) -> None:
        """Listen no more; return when requests under way have ended, or have had their time."""
        self._socket.close()
        await close_listener(self._listener)

    async def _listen_anew(self, first: _Tenant) -> None:
        """Serve the port in another manner; connections that come meanwhile wait in the socket, which stays."""
        before, entrance = self._listener, first.entrances[0]
        self._shown = Shown(strict=entrance.strict_tls) if entrance.protocol == "https" else None
        if entrance.protocol == "tcp":
            tcp = TcpListener(first.route.component_name, first.targets)
            await tcp.open(self._socket.dup())
            self._listener = tcp
        else:
            http = Listener(self._switch)
            await http.open(self._socket.dup(), tls=self._shown.context if self._shown else None)
            self._listener = http
        await close_listener(before)


class Entrances:
    """All further addresses of one front."""

    def __init__(self, session: Callable[[], aiohttp.ClientSession]) -> None:
        """`session` returns the client that forwards."""
        self._session = session
        self._ports: dict[tuple[str, int], _Port] = {}

    def holder(self, host: str, port: int) -> str | None:
        """Return the name of a component that has opened a port; None when none has."""
        at = self._ports.get((host, port))
        return next(iter(at.tenants.values())).route.component_name if at is not None else None

    async def bind(self, asked: SetRoute, holder: Callable[[int], str | None]) -> dict[int, socket.socket]:
        """Return sockets for the ports that are not open yet, once it is sure that the route can have all it wants.

        `holder` names the component whose stable address a port is.

        Raises:
            TaskFailed: a port is taken (`port-taken`), or a certificate cannot be used (`certificate-unusable`).
        """
        route = asked.route
        for entrance in route.entrances:
            if entrance.protocol == "https":
                context_of(_pem(route, entrance), entrance.certificate)
            if (open_ := self._ports.get((asked.host, entrance.port))) is not None:
                others = [one for key, one in open_.tenants.items() if key != route.component_id]
                for other in others:
                    if clash := clash_with(entrance, other.entrances, other.route.component_name):
                        raise failed(Cause.PORT_TAKEN, f"port {entrance.port} on {asked.host} is taken: {clash}")
        made: dict[int, socket.socket] = {}
        try:
            for port in {one.port for one in route.entrances if (asked.host, one.port) not in self._ports}:
                made[port] = await _bound(asked, port, holder(port))
        except BaseException:
            give_back(made)
            raise
        return made

    async def change(self, asked: SetRoute, targets: Targets, made: dict[int, socket.socket]) -> None:
        """Open what a route wants, on the sockets that `bind` returned, and close what it wants no more."""
        route = asked.route
        wanted = {(asked.host, entrance.port) for entrance in route.entrances}
        for port, listener in made.items():
            self._ports[asked.host, port] = _Port(listener)
        for key in wanted:
            entrances = tuple(one for one in route.entrances if one.port == key[1])
            self._ports[key].tenants[route.component_id] = _Tenant(route, entrances, targets)
            await self._ports[key].lead(self._session)
        await self._leave(route.component_id, wanted)

    async def remove(self, component_id: str) -> None:
        """Close the further addresses of a component."""
        await self._leave(component_id, set())

    async def _leave(self, component_id: str, staying: set[tuple[str, int]]) -> None:
        for key, port in list(self._ports.items()):
            if key not in staying and port.tenants.pop(component_id, None) is not None:
                if port.tenants:
                    await port.lead(self._session)
                else:
                    await self._ports.pop(key).close()


def give_back(made: dict[int, socket.socket]) -> None:
    """Close sockets that are not wanted after all."""
    for one in made.values():
        one.close()


async def _bound(asked: SetRoute, port: int, holder: str | None) -> socket.socket:
    try:
        return listening(asked.host, port)
    except OSError as error:
        raise await refusal(asked.host, port, asked.route.component_name, error, holder) from error


def _places(tenant: _Tenant, session: Callable[[], aiohttp.ClientSession]) -> list[tuple[Rule, Place]]:
    places = []
    for entrance in tenant.entrances:
        if entrance.protocol != "tcp":
            name = tenant.route.component_name
            forwarder = Forwarder(name, tenant.targets, session(), port=entrance.target_port)
            place = Place(Gate(entrance.allowed, entrance.denied), forwarder)
            places += [(rule, place) for rule in entrance.rules]
    return places


def _certificates(tenant: _Tenant) -> Iterator[tuple[str, ssl.SSLContext]]:
    for entrance in tenant.entrances:
        context = context_of(_pem(tenant.route, entrance), entrance.certificate)
        for rule in entrance.rules:
            yield rule.host, context


def _pem(route: Route, entrance: Entrance) -> str:
    return route.certificates.get(entrance.certificate, "")


async def close_listener(listener: Listener | TcpListener | None) -> None:
    """Listen no more, and return when what is under way has ended, at the latest after `CLOSE_SECONDS`."""
    if listener is not None:
        listener.close()
        await listener.finish(CLOSE_SECONDS)
