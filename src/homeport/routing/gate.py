"""Who is let in: lists of networks, as an `access_control` has them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final

_REMEMBERED: Final = 1_024


class Gate:
    """Lets in by address: what is denied never, and where some are allowed, no others."""

    def __init__(self, allowed: Iterable[str] = (), denied: Iterable[str] = ()) -> None:
        """Take networks as text: `10.0.0.0/8`, `2001:db8::/32`."""
        self._allowed = [ip_network(text) for text in allowed]
        self._denied = [ip_network(text) for text in denied]
        self._open = not self._allowed and not self._denied
        self._looked_up = lru_cache(_REMEMBERED)(self._look_up)

    def lets_in(self, client: str) -> bool:
        """Tell whether a client's address is let in; one that cannot be known only where everybody is."""
        return self._open or self._looked_up(client)

    def _look_up(self, client: str) -> bool:
        try:
            address = ip_address(client.partition("%")[0])
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address
        if any(_holds(network, address) for network in self._denied):
            return False
        return not self._allowed or any(_holds(network, address) for network in self._allowed)


def _holds(network: IPv4Network | IPv6Network, address: object) -> bool:
    return address in network


EVERYBODY: Final = Gate()
