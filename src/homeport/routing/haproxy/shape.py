"""What a haproxy that serves one port is started with, and what it can be told while it runs.

Servers, maps and lists change at runtime; whatever else differs takes another process (`Shape`). Backends cannot be
added at runtime, so a port that is shared has some in store.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from urllib.parse import quote, unquote

import msgspec

from homeport.model.access import Entrance, Rule
from homeport.routing.base import Backend
from homeport.routing.ports import Tenant

EXACT: Final = "exact.map"
BEGINNINGS: Final = "beginnings.map"
NAMES: Final = "names.map"
INSTANCES: Final = "instances.map"
READY: Final = "ready.map"
CERTIFICATES: Final = "certificates.list"

_EVERYBODY: Final = ("0.0.0.0/0", "::/0")
_IN_STORE: Final = 8
"""Backends that a port that may be shared has at least."""

Table = dict[str, str]
"""A map: value by key; a list: entries with empty values."""
Place = tuple[str, int]
"""A component's id, and which of its entrances at the port."""
ServerName = tuple[str, str]
"""A backend's name and a server's in it."""


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """What only another process can have otherwise."""

    protocol: str
    strict_tls: bool
    told_apart: bool
    shown: tuple[tuple[str, tuple[str, ...]], ...]
    """Certificates as PEM, each with the hosts it is for. Secret."""
    slots: int
    """Backends at least; a process may have more."""

    def fits(self, running: Shape) -> bool:
        """Tell whether a process that was started with another shape will do."""
        return msgspec.structs.replace(self, slots=0) == msgspec.structs.replace(running, slots=0) and (
            self.slots <= running.slots
        )

    @property
    def with_some_in_store(self) -> Shape:
        """The same, with backends for components that may come."""
        return msgspec.structs.replace(self, slots=max(2 * self.slots, _IN_STORE)) if self.told_apart else self


class Server(msgspec.Struct, frozen=True):
    """An instance as a server of haproxy."""

    address: str
    ready: bool


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """All that a process shall be like."""

    shape: Shape
    tables: dict[str, Table]
    """Maps and lists by their files."""
    servers: dict[ServerName, Server]


class Slots:
    """Which backend each entrance has; one that was given up is given out again only when nothing is left in it."""

    def __init__(self) -> None:
        self._given: dict[Place, int] = {}

    def give(self, places: list[Place], taken: frozenset[int]) -> dict[Place, int]:
        """Return a backend for each place, as before where it had one; `taken` are not to be given anew."""
        kept = {place: number for place, number in self._given.items() if place in places}
        for place in places:
            if place not in kept:
                used = {*kept.values(), *taken}
                kept[place] = next(number for number in range(len(used) + 1) if number not in used)
        self._given = kept
        return kept


def wanted(
    tenants: Mapping[str, Tenant], slots: Slots, ready: Callable[[str], bool | None], taken: frozenset[int]
) -> Wanted:
    """Return what a process shall be like for these components."""
    places = [((id_, index), entrance, tenant) for id_, tenant in tenants.items() for index, entrance in _of(tenant)]
    given = slots.give([place for place, _, _ in places], taken)
    tables: dict[str, Table] = {EXACT: {}, BEGINNINGS: {}, NAMES: {}, INSTANCES: {}, READY: {}}
    servers: dict[ServerName, Server] = {}
    for place, entrance, tenant in places:
        slot = f"s{given[place]}"
        tables[NAMES][slot] = tenant.route.component_name
        if tenant.route.backends:
            tables[INSTANCES][slot] = ", ".join(backend.name for backend in tenant.route.backends)
        tables[f"{slot}.allow"] = dict.fromkeys(entrance.allowed or _EVERYBODY, "")
        tables[f"{slot}.deny"] = dict.fromkeys(entrance.denied, "")
        for rule in entrance.rules:
            tables[EXACT if rule.exact else BEGINNINGS][key_of(rule)] = slot
        for backend in tenant.route.backends:
            address = _address(backend, entrance)
            server = servers[slot, _name(backend, address)] = Server(address, ready(backend.name) is not False)
            if server.ready:
                tables[READY][slot] = "1"
    return Wanted(shape=_shape(tenants, max(given.values()) + 1), tables=tables, servers=servers)


def key_of(rule: Rule) -> str:
    """Return what a request's host and path are looked up as: the path percent-encoded, its slashes too."""
    path = unquote(rule.path, "latin-1").encode("latin-1")
    return rule.host + quote(path, safe="")


def _of(tenant: Tenant) -> Iterator[tuple[int, Entrance]]:
    return iter(enumerate(tenant.entrances))


def _address(backend: Backend, entrance: Entrance) -> str:
    host, _, port = backend.address.rpartition(":")
    return f"{host}:{entrance.target_port or port}"


def _name(backend: Backend, address: str) -> str:
    """Return a server's name: an instance that comes back elsewhere is another server."""
    return f"{backend.name}-{zlib.crc32(address.encode()):08x}"


def _shape(tenants: Mapping[str, Tenant], slots: int) -> Shape:
    entrances = [(tenant, entrance) for tenant in tenants.values() for entrance in tenant.entrances]
    first = entrances[0][1]
    shown: dict[str, dict[str, None]] = {}
    claimed: set[str] = set()
    for tenant, entrance in entrances if first.protocol == "https" else ():
        hosts = [rule.host for rule in entrance.rules if rule.host not in claimed]
        claimed.update(hosts)
        shown.setdefault(tenant.pem(entrance), {}).update(dict.fromkeys(filter(None, hosts)))
    return Shape(
        protocol=first.protocol,
        strict_tls=first.strict_tls,
        told_apart=any(entrance.told_apart for _, entrance in entrances),
        shown=tuple((pem, tuple(hosts)) for pem, hosts in shown.items()),
        slots=slots,
    )
