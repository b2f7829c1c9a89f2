"""Whether two components may be behind the same port."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from homeport.model.access import Entrance
from homeport.model.errors import PortClash


class Neighbour(msgspec.Struct, frozen=True, kw_only=True):
    """A component, and which ports of a front it has."""

    name: str
    stable_port: int
    """Of its stable address; 0 for none."""
    entrances: tuple[Entrance, ...] = ()


def clash_with(entrance: Entrance, others: Sequence[Entrance], component_name: str) -> str | None:
    """Return why an entrance cannot share its port with another component's, naming that one; None if it can."""
    other = others[0]
    if not (entrance.shared and other.shared):
        return f"component {component_name} has it, and only items of type Ingress share a port"
    if entrance.protocol != other.protocol:
        return f"component {component_name} has it for {other.protocol.upper()}"
    if entrance.strict_tls != other.strict_tls:
        return f"component {component_name} has it with another policy for TLS"
    taken = {rule for one in others for rule in one.rules}
    for rule in entrance.rules:
        if rule in taken:
            return f"component {component_name} has it for host {rule.host or '*'} and path {rule.path}"
    return None


def check_free(wanted: Sequence[tuple[str, Entrance]], neighbours: Sequence[Neighbour]) -> None:
    """Pass when entrances, each with its path in the request, can be had beside what others have.

    Raises:
        PortClash: one cannot; it names who has the port.
    """
    for at, entrance in wanted:
        for neighbour in neighbours:
            if neighbour.stable_port == entrance.port:
                why = f"it is the stable address of component {neighbour.name}"
                raise PortClash(f"{at}.port", entrance.port, why=why)
            others = [one for one in neighbour.entrances if one.port == entrance.port]
            clash = clash_with(entrance, others, neighbour.name) if others else None
            if clash is not None:
                raise PortClash(f"{at}.port", entrance.port, why=clash)
