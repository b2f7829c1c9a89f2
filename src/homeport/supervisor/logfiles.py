"""Log files that programs write to themselves: opened for them, and kept from growing without end."""

from __future__ import annotations

import os
from pathlib import Path


def open_log(path: Path) -> int:
    """Return a descriptor that appends to a log file; whoever writes to it needs no supervisor."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)


def append(path: Path, lines: bytes) -> None:
    """Add whole lines to a log file beside what its program writes to it; blocks."""
    log = open_log(path)
    try:
        os.write(log, lines)
    finally:
        os.close(log)


def is_over(path: Path, limit: int) -> bool:
    """Tell whether a log file has reached `limit` bytes."""
    try:
        return path.stat().st_size >= limit
    except FileNotFoundError:
        return False


def rotate(path: Path, limit: int) -> None:
    """Copy the last `limit` bytes of a log file to a file beside it (`.1`), and empty it.

    The program goes on writing to the same file. Lines that it writes between the copy's end and the emptying are lost:
    the price of letting programs write for themselves.
    """
    beside = path.with_name(f".{path.name}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with path.open("r+b") as source, os.fdopen(descriptor, "wb") as target:
        source.seek(max(source.seek(0, os.SEEK_END) - limit, 0))
        while piece := source.read(1 << 20):
            target.write(piece)
        source.truncate(0)
    beside.rename(path.with_name(path.name + ".1"))
