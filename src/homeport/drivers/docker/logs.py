"""Logs of instances: from the Engine as long as there is a container, and from a file afterwards.

The file is written when a container is removed. Containers are not kept for their logs' sake: they would hold disk,
names and addresses, and whoever looks at the machine could not tell them from what runs.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Final

from homeport.drivers.docker.containers import microseconds
from homeport.drivers.docker.engine import DockerEngine, EngineRefused
from homeport.model.clock import SECOND

_HEADER: Final = 8
_GONE: Final = (404, 409)


async def unframed(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield what a container has written; the Engine puts 8 bytes before each piece: the stream, and how long it is."""
    rest = bytearray()
    async for piece in pieces:
        rest += piece
        while len(rest) >= _HEADER:
            end = _HEADER + int.from_bytes(rest[4:_HEADER], "big")
            if len(rest) < end:
                break
            yield bytes(rest[_HEADER:end])
            del rest[:end]


class Stamp:
    """Takes the time off each line, and remembers the last: from there a broken stream is taken up again."""

    def __init__(self) -> None:
        self.last = ""

    def off(self, line: bytes) -> bytes:
        """Return a line without the time that stands before it."""
        stamp, _, text = line.partition(b" ")
        self.last = stamp.decode(errors="replace")
        return text


async def engine_log(engine: DockerEngine, name: str, *, tail: int | None, follow: bool) -> AsyncIterator[bytes]:
    """Yield the log of a container that there is; nothing when there is none (any more)."""
    params = {"stdout": "1", "stderr": "1", "follow": "1" if follow else "0"}
    if tail is not None:
        params["tail"] = str(tail)
    try:
        async with engine.stream("GET", f"/containers/{name}/logs", params=params) as pieces:
            async for piece in unframed(pieces):
                yield piece
    except EngineRefused as refusal:
        if refusal.status not in _GONE:
            raise


async def followed_log(engine: DockerEngine, name: str, stamp: Stamp, tail: int | None) -> AsyncIterator[bytes]:
    """Yield the last `tail` lines of what a container has written after `stamp`, and what comes until it ends."""
    params = {"stdout": "1", "stderr": "1", "follow": "1", "timestamps": "1"}
    if tail is not None:
        params["tail"] = str(tail)
    if stamp.last:
        params["since"] = _unix_time(stamp.last)
    seen = stamp.last
    try:
        async with engine.stream("GET", f"/containers/{name}/logs", params=params) as pieces:
            async for line in unframed(pieces):
                text = stamp.off(line)
                # `since` includes the moment it names.
                if stamp.last > seen:
                    yield text
    except EngineRefused as refusal:
        if refusal.status not in _GONE:
            raise


def _unix_time(text: str) -> str:
    """Return a time of the Engine's as it wants to hear it: seconds since 1970, a point, and nine digits."""
    whole, _, rest = text.rstrip("Z").partition(".")
    return f"{(microseconds(f'{whole}Z') or 0) // SECOND}.{rest:0<9}"


async def keep_log(engine: DockerEngine, name: str, file: Path, limit: int) -> None:
    """Write the last `limit` bytes of a container's log to a file; an empty log makes an empty file."""
    kept: deque[bytes] = deque()
    size = 0
    async for piece in engine_log(engine, name, tail=None, follow=False):
        kept.append(piece)
        size += len(piece)
        while size > limit and len(kept) > 1:
            size -= len(kept.popleft())
    await asyncio.to_thread(_write, file, kept)


def _write(file: Path, kept: Iterable[bytes]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.writelines(kept)
    beside.rename(file)
