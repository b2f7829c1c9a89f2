"""What a supervisor is ordered with where it is forked, and how an engine that was forked itself orders it."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from typing import Final

from homeport.drivers.process.link import SupervisorLink
from homeport.drivers.sources.environment import for_supervisor

DOOR: Final = "NURSERY_DOOR"
"""Names, among an engine's variables, the socket at which it orders its supervisor."""

SUPERVISOR: Final = "SUPERVISOR"
"""Makes a supervisor of what is forked: its arguments as JSON."""


def for_link(link: SupervisorLink) -> dict[str, str]:
    """Return the variables of a supervisor that is started for a link."""
    arguments = ["--detach", "--data-dir", str(link.layout.data_dir), *link.flags]
    return for_supervisor(os.environ) | {SUPERVISOR: json.dumps(arguments)}


async def supervisor_at(door: str, link: SupervisorLink) -> str:
    """Let the nursery behind a door start a supervisor, wait until one answers, and return what it said of failing."""

    def start() -> str:
        reading, writing = os.pipe()
        null = os.open(os.devnull, os.O_WRONLY)
        with os.fdopen(reading) as words, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as orders:
            try:
                orders.connect(door)
                socket.send_fds(orders, [json.dumps(for_link(link)).encode()], [null, writing])
            finally:
                os.close(null)
                os.close(writing)
            return words.read().strip() or "it said nothing"

    return await asyncio.to_thread(start)
