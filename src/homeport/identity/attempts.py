"""How often an address has failed to prove who it is; a limit by address, so that nobody can lock another one out."""

from __future__ import annotations

import math
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final, NamedTuple

import msgspec

from homeport.model.clock import Clock

WINDOW: Final = 60.0
"""Seconds over which failures are counted."""

MOST_ADDRESSES: Final = 4_096
"""How many addresses are remembered; the one whose last failure is oldest makes room for a new one."""


class Limit(msgspec.Struct, frozen=True):
    """How many failures within `WINDOW` are borne from one address, and from this machine itself."""

    elsewhere: int
    loopback: int


PASSWORD_LIMIT: Final = Limit(elsewhere=20, loopback=200)
"""Passwords can be guessed, so few tries are borne."""

CREDENTIAL_LIMIT: Final = Limit(elsewhere=120, loopback=1_200)
"""Tokens and secrets cannot be guessed; this only keeps a client that has gone wrong from keeping us busy."""


class Attempts:
    """Counts failures by address under one limit. An address is text as ASGI gives it; empty for a Unix socket."""

    def __init__(self, clock: Clock, limit: Limit) -> None:
        self._clock = clock
        self._limit = limit
        self._failures: dict[str, tuple[float, int]] = {}

    def wait(self, address: str) -> int:
        """Return for how many seconds nothing more is borne from this address; 0 when it may try."""
        origin = _origin(address)
        began, count = self._failures.get(origin.key, (0.0, 0))
        if count < (self._limit.loopback if origin.loopback else self._limit.elsewhere):
            return 0
        return max(0, math.ceil(began + WINDOW - self._clock.monotonic()))

    def failed(self, address: str) -> None:
        """Count a failure; the first one of an address begins its window."""
        key = _origin(address).key
        now = self._clock.monotonic()
        began, count = self._failures.pop(key, (now, 0))
        if now - began >= WINDOW:
            began, count = now, 0
        while len(self._failures) >= MOST_ADDRESSES:
            del self._failures[next(iter(self._failures))]
        self._failures[key] = (began, count + 1)


class _Origin(NamedTuple):
    key: str
    """What is counted together: an IPv4 address, or the /64 of an IPv6 address, which one machine has whole."""
    loopback: bool


def _origin(address: str) -> _Origin:
    try:
        parsed = ip_address(address)
    except ValueError:
        # A Unix socket has no address; whoever reaches it is on this machine.
        return _Origin(address, loopback=not address)
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if isinstance(parsed, IPv4Address) or parsed.is_loopback:
        return _Origin(str(parsed), parsed.is_loopback)
    return _Origin(str(IPv6Address(int(parsed) >> 64 << 64)), loopback=False)
