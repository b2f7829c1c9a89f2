"""Ports of this machine's loopback address that are free, one for each instance and kept for its life."""

from __future__ import annotations

import os
import socket
from typing import Final

from homeport.model.causes import Cause, failed

INSTANCE_PORTS: Final = range(22_000, 31_000)
"""Below the ports that Linux gives to outgoing connections (ip_local_port_range) and below those of the front."""

_STRIDE: Final = 5_563
"""A prime near the golden section of the range: the places of process ids that follow each other lie far apart."""


class Ports:
    """Gives out ports of a range, never one twice at a time."""

    def __init__(self, ports: range = INSTANCE_PORTS) -> None:
        self._ports = ports
        self._taken: set[int] = set()

    def take(self) -> int:
        """Return a port on which nobody listens and keep it from being given to another.

        Until its program listens there another supervisor could choose it, too. So each begins at a place of its own,
        far from those whose process ids are near.

        Raises:
            TaskFailed: every port of the range is taken (`start-failed`).
        """
        first = os.getpid() * _STRIDE % len(self._ports)
        for step in range(len(self._ports)):
            port = self._ports[(first + step) % len(self._ports)]
            if port not in self._taken and is_free(port):
                self._taken.add(port)
                return port
        raise failed(Cause.START_FAILED, f"no port of {self._ports.start} to {self._ports.stop - 1} is free")

    def keep(self, port: int) -> None:
        """Keep a port that was given out before."""
        self._taken.add(port)

    def give_back(self, port: int) -> None:
        """Let a port be given to another."""
        self._taken.discard(port)


def is_free(port: int) -> bool:
    """Tell whether a program could listen on `port` now."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("0.0.0.0", port))  # noqa: S104 - only tried, never listened on
        except OSError:
            return False
    return True
