"""Listening sockets, and who has a port that cannot be had."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from collections.abc import Iterable
from pathlib import Path

from homeport.model.causes import Cause, TaskFailed, failed

Handed = dict[tuple[str, int], socket.socket]
"""Sockets that listen already, by host and port: one front's for another. Connections wait in them meanwhile."""


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address. Raises `OSError` when it cannot be had."""
    made = _bound(host, port)
    try:
        made.listen(1)
    except OSError:
        made.close()
        raise
    return made


def copy_of(made: socket.socket | int) -> socket.socket:
    """Return another descriptor of a socket, or of the socket that a descriptor is of."""
    return socket.socket(fileno=os.dup(made if isinstance(made, int) else made.fileno()))


def give_back(made: Iterable[socket.socket]) -> None:
    """Close sockets that are not wanted after all."""
    for one in made:
        one.close()


def check_free(host: str, port: int) -> None:
    """Pass when an address could be listened on; nobody can connect meanwhile. Raises `OSError` otherwise."""
    _bound(host, port).close()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it, small answers wait for 40 ms.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except OSError:
        made.close()
        raise
    return made


async def refusal(host: str, port: int, component_name: str, error: OSError, holder: str | None = None) -> TaskFailed:
    """Return the failure to raise where a component's port cannot be had; it names who has it.

    `holder` is the name of the component that does, where one does.
    """
    what = f"port {port} on {host}, wanted by component {component_name}, "
    if error.errno == errno.EADDRINUSE:
        return failed(Cause.PORT_TAKEN, f"{what}is taken by {holder or await asyncio.to_thread(holder_of, port)}")
    if error.errno == errno.EACCES:
        advice = "Choose a port above 1023, or let Homeport's user open lower ones (CAP_NET_BIND_SERVICE)."
        return failed(Cause.PORT_TAKEN, f"{what}is kept for privileged users", advice=advice)
    advice = "Check the setting front_host: it names the address that ports are opened on."
    return failed(Cause.PORT_TAKEN, f"{what}cannot be opened: {error.strerror}", advice=advice)


def holder_of(port: int) -> str:
    """Return who listens on a port of this machine, as far as it may be known: `nginx (process 812)`."""
    sockets = {f"socket:[{inode}]" for inode in _listeners(port)}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(file.readlink()) in sockets for file in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
        except OSError:
            continue
    return "another program"


def _listeners(port: int) -> set[str]:
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in map(str.split, lines):
            # proc(5): the local address, the state (0A is LISTEN) and the inode.
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(fields[9])
    return inodes
