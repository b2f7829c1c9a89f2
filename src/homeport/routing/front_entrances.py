"""A further address of components on the embedded front: a port that one has, or that several share."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import aiohttp

from homeport.model.access import Rule
from homeport.routing.front_http import Forwarder
from homeport.routing.front_listener import Listener
from homeport.routing.front_switch import Place, Switch
from homeport.routing.front_targets import Leaving, Targets
from homeport.routing.front_tcp import TcpListener
from homeport.routing.front_tls import Shown, context_of
from homeport.routing.gate import Gate
from homeport.routing.ports import Tenant

CLOSE_SECONDS: Final = 1.0
"""How long requests may still take when their address is closed."""


class EntrancePort:
    """Serves one port of the embedded front (`PortServer` in ports.py)."""

    def __init__(
        self,
        socket_: socket.socket,
        *,
        targets: Callable[[str], Targets],
        session: Callable[[], aiohttp.ClientSession],
    ) -> None:
        """`targets` returns the instances behind a component, `session` the client that forwards."""
        self.socket = socket_
        self._targets = targets
        self._session = session
        self._switch = Switch()
        self._shown: Shown | None = None
        self._manner: tuple[str, bool] | None = None
        self._listener: Listener | TcpListener | None = None

    async def lead(self, tenants: Mapping[str, Tenant]) -> Sequence[Leaving]:
        """Lead to these components; the instances that leave are those of the stable address, which tells of them."""
        first_id, first = next(iter(tenants.items()))
        entrance = first.entrances[0]
        manner = (entrance.protocol, entrance.strict_tls)
        self._switch.lead(pair for id_, tenant in tenants.items() for pair in self._places(id_, tenant))
        if manner != self._manner:
            await self._listen_anew(first_id, first)
            self._manner = manner
        if isinstance(self._listener, TcpListener):
            self._listener.lead(Gate(entrance.allowed, entrance.denied), entrance.target_port)
        if self._shown is not None:
            self._shown.show(pair for tenant in tenants.values() for pair in _certificates(tenant))
        return ()

    async def close(self) -> None:
        """Listen no more; return when requests under way have ended, or have had their time."""
        self.socket.close()
        await close_listener(self._listener)

    async def _listen_anew(self, first_id: str, first: Tenant) -> None:
        """Serve the port in another manner; connections that come meanwhile wait in the socket, which stays."""
        before, entrance = self._listener, first.entrances[0]
        self._shown = Shown(strict=entrance.strict_tls) if entrance.protocol == "https" else None
        if entrance.protocol == "tcp":
            tcp = TcpListener(first.route.component_name, self._targets(first_id))
            await tcp.open(self.socket.dup())
            self._listener = tcp
        else:
            http = Listener(self._switch)
            await http.open(self.socket.dup(), tls=self._shown.context if self._shown else None)
            self._listener = http
        await close_listener(before)

    def _places(self, component_id: str, tenant: Tenant) -> Iterator[tuple[Rule, Place]]:
        for entrance in tenant.entrances:
            if entrance.protocol != "tcp":
                name, targets = tenant.route.component_name, self._targets(component_id)
                forwarder = Forwarder(name, targets, self._session(), port=entrance.target_port)
                place = Place(Gate(entrance.allowed, entrance.denied), forwarder, entrance.told_apart)
                yield from ((rule, place) for rule in entrance.rules)


def _certificates(tenant: Tenant) -> Iterator[tuple[str, ssl.SSLContext]]:
    for entrance in tenant.entrances:
        context = context_of(tenant.pem(entrance), entrance.certificate)
        for rule in entrance.rules:
            yield rule.host, context


async def close_listener(listener: Listener | TcpListener | None) -> None:
    """Listen no more, and return when what is under way has ended, at the latest after `CLOSE_SECONDS`."""
    if listener is not None:
        if listener.descriptor >= 0:
            # asyncio drops a connection whose acceptance is under way when its server is closed; it takes two passes.
            asyncio.get_running_loop().remove_reader(listener.descriptor)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        listener.close()
        await listener.finish(CLOSE_SECONDS)
