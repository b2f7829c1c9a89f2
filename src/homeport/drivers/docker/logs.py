"""Logs of instances: from the Engine as long as there is a container, and from a file afterwards.

Lines of log files (shipping.py) are put between those that a program printed by the times before both. The file is
written when a container is removed. Containers are not kept for their logs' sake: they would hold disk, names and
addresses, and whoever looks at the machine could not tell them from what runs.
"""

from __future__ import annotations

import asyncio
import heapq
import os
from collections import deque
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Final

from homeport.drivers.docker.containers import microseconds
from homeport.drivers.docker.engine import DockerEngine, EngineRefused
from homeport.drivers.docker.layout import LogFolders
from homeport.drivers.process.logs import FOLLOW_SECONDS, PIECE
from homeport.model.clock import SECOND, Clock

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


async def engine_log(
    engine: DockerEngine, name: str, *, tail: int | None, stamped: bool = False
) -> AsyncIterator[bytes]:
    """Yield the log of a container that there is; nothing when there is none (any more).

    With `stamped` each line begins with its time and a space.
    """
    params = {"stdout": "1", "stderr": "1", "timestamps": "1" if stamped else "0"}
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


async def merged_log(
    engine: DockerEngine, name: str, files: LogFolders, *, tail: int | None, stamp: Stamp
) -> tuple[list[bytes], int]:
    """Return what a container has printed and what was read of its files, in the order of their times.

    With it goes where the file of the latter ended then. `stamp` has the time of the last line that was printed.
    """
    printed = [line async for line in engine_log(engine, name, tail=tail, stamped=True)]
    if printed:
        stamp.off(printed[-1])
    return await asyncio.to_thread(_merged, printed, files, tail)


async def whole_log(
    engine: DockerEngine, name: str, files: LogFolders, *, tail: int | None = None
) -> AsyncIterator[bytes]:
    """Yield what a container has printed and what was read of its files, or the last lines of both."""
    if files.read.exists():
        lines, _ = await merged_log(engine, name, files, tail=tail, stamp=Stamp())
        for line in lines:
            yield line
    else:
        async for piece in engine_log(engine, name, tail=tail):
            yield piece


async def added_lines(file: Path, start: int, clock: Clock) -> AsyncIterator[bytes]:
    """Yield the lines of log files that are added to their file after a place in it, for ever, without their times."""
    rest = b""
    opened: int | None = None
    try:
        while True:
            ends = opened is not None and _is_another(opened, file)
            opened = _opened(file) if opened is None else opened
            if opened is not None:
                piece = os.pread(opened, PIECE, start)
                start += len(piece)
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    yield line.partition(b" ")[2] + b"\n"
                if piece:
                    continue
            if opened is not None and ends:
                os.close(opened)
                opened, start = None, 0
            else:
                await clock.sleep(FOLLOW_SECONDS)
    finally:
        if opened is not None:
            os.close(opened)


def _opened(file: Path) -> int | None:
    try:
        return os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None


def _is_another(opened: int, file: Path) -> bool:
    """Tell whether a file that is open is no longer the one of its name."""
    try:
        return not os.path.samestat(os.fstat(opened), file.stat())
    except FileNotFoundError:
        return True


def _merged(printed: list[bytes], files: LogFolders, tail: int | None) -> tuple[list[bytes], int]:
    before, now = _written(files)
    lines = deque(heapq.merge(printed, before + now, key=_stamp_of), maxlen=tail)
    return [line.partition(b" ")[2] for line in lines], sum(map(len, now))


def _written(files: LogFolders) -> tuple[list[bytes], list[bytes]]:
    """Return the lines of log files that were read: those before the last rotation, and those since."""
    found = []
    for file in (files.read_before, files.read):
        try:
            found.append(_lines(file.read_bytes()))
        except FileNotFoundError:
            found.append([])
    return found[0], found[1]


def _lines(text: bytes) -> list[bytes]:
    return [line + b"\n" for line in text.split(b"\n")[:-1]]


def _stamp_of(line: bytes) -> bytes:
    return line.partition(b" ")[0]


async def keep_log(log: AsyncIterator[bytes], file: Path, limit: int) -> None:
    """Write the last `limit` bytes of a log to a file; an empty log makes an empty file."""
    kept: deque[bytes] = deque()
    size = 0
    async for piece in log:
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
