"""Who listens on a port of this machine, as far as Linux tells."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

_LISTENING: Final = "0A"
_LONGEST_COMMAND: Final = 120


class Holder(NamedTuple):
    """A process that listens, or nobody known (another user's process)."""

    pid: int | None
    command: str

    def __str__(self) -> str:
        """Return it in words."""
        if self.pid is None:
            return "a process of another user"
        return f"process {self.pid} ({self.command})"


def is_free(host: str, port: int) -> bool:
    """Tell whether this process could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError:
            return False
    return True


def holder_of(port: int) -> Holder | None:
    """Return who listens on a port; None when nobody does, or where the system does not say."""
    inodes = set(_listening(port))
    if not inodes:
        return None
    wanted = {f"socket:[{inode}]" for inode in inodes}
    for folder in Path("/proc").glob("[0-9]*/fd"):
        if not wanted.isdisjoint(_links(folder)):
            return Holder(int(folder.parent.name), _command(folder.parent))
    return Holder(None, "")


def _listening(port: int) -> Iterator[str]:
    """Yield the inodes of sockets that listen on a port (proc(5), /proc/net/tcp)."""
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in map(str.split, lines):
            if fields[3] == _LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                yield fields[9]


def _links(folder: Path) -> Iterator[str]:
    """Yield what a process has open; nothing of another user's, or of one that has just ended."""
    try:
        entries = list(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        # Closed meanwhile, as the folder that is being listed is.
        with contextlib.suppress(OSError):
            yield str(entry.readlink())


def _command(process: Path) -> str:
    try:
        words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return "ended"
    return words if len(words) <= _LONGEST_COMMAND else f"{words[:_LONGEST_COMMAND]}…"
