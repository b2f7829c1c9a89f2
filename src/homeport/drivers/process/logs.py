"""Reading log files while others write them: their last lines, and what comes after."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from homeport.model.causes import LOG_LINES_IN_DETAIL
from homeport.model.clock import Clock

PIECE: Final = 64 * 1024
"""Most bytes that are read at once."""

FOLLOW_SECONDS: Final = 0.25
"""How often a followed file is looked at: only inotify could wait for its growth, and a user has few of those."""


async def read_log(path: Path, *, tail: int | None, follow: bool, clock: Clock) -> AsyncIterator[bytes]:
    """Yield a log, the part that was rotated away first, or its last `tail` lines; with `follow` what comes after, too.

    A log that is not there yet is empty.
    """
    start, found = (0, 0) if tail is None else _tail(path, tail)
    if tail is None or found < tail:
        rotated = path.with_name(path.name + ".1")
        for piece in pieces(rotated, 0 if tail is None else _tail(rotated, tail - found)[0]):
            yield piece
    while True:
        for piece in pieces(path, start):
            start += len(piece)
            yield piece
        if not follow:
            return
        await clock.sleep(FOLLOW_SECONDS)
        if _size(path) < start:
            start = 0


def last_lines(path: Path, count: int = LOG_LINES_IN_DETAIL) -> list[str]:
    """Return the last lines of a file, as text; none when it is not there."""
    start, _ = _tail(path, count)
    return b"".join(pieces(path, start)).decode(errors="replace").splitlines()


def pieces(path: Path, start: int) -> Iterator[bytes]:
    """Yield what stands in a file from an offset on, up to its present end; nothing when it is not there."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            left = os.fstat(file.fileno()).st_size - start
            while left > 0 and (piece := file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece
    except FileNotFoundError:
        return


def _tail(path: Path, count: int) -> tuple[int, int]:
    """Return where the last `count` lines of a file begin, and how many there are (fewer in a short file)."""
    size = _size(path)
    if size == 0 or count <= 0:
        return size, 0
    found = 0
    with path.open("rb") as file:
        end = size
        while end > 0:
            begin = max(end - PIECE, 0)
            file.seek(begin)
            block = file.read(end - begin)
            # The newline that ends the file begins no line.
            at = len(block) - 1 if end == size else len(block)
            while (at := block.rfind(b"\n", 0, at)) >= 0:
                found += 1
                if found == count:
                    return begin + at + 1, count
            end = begin
    return 0, found + 1


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
