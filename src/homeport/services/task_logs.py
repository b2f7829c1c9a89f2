"""The logs of tasks: whole, from a byte on, or a range of bytes. Positions count everything that was ever written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from homeport.model.errors import RangeOutside, TaskNotFound
from homeport.model.records import Job
from homeport.services.context import Context
from homeport.store.base import Row


class LogPiece(msgspec.Struct, frozen=True):
    """A piece of a task's log: where it begins in the whole log, in bytes, and its text."""

    position: int
    text: bytes

    @property
    def end(self) -> int:
        """Where the byte behind it stands."""
        return self.position + len(self.text)


class Span(msgspec.Struct, frozen=True):
    """Bytes that are asked for: from `first` to `last`, both included (None: to the end); or the last ones alone."""

    first: int = 0
    last: int | None = None
    suffix: int | None = None
    """How many of the last bytes; None where `first` and `last` count."""

    def within(self, written: int) -> tuple[int, int]:
        """Return where it begins in a log of so many bytes, and the byte behind it."""
        if self.suffix is not None:
            return max(written - self.suffix, 0), written
        return self.first, written if self.last is None else min(self.last + 1, written)


class LogPart(msgspec.Struct, frozen=True):
    """A part of a log without gaps, and how many bytes were written of the whole log."""

    piece: LogPiece
    written: int


async def read_log(context: Context, job: Job, index: int, start: int = 0) -> list[LogPiece]:
    """Return what is kept of a task's log from byte `start` on; a gap between two pieces was dropped.

    Raises:
        TaskNotFound: the job has no such task.
    """
    check_task(job, index)
    rows = await context.store.rows("task_log", job_id=job.id, task=index, start=start)
    return [_clipped(row, start, None) for row in rows]


async def read_part(context: Context, job: Job, index: int, span: Span) -> LogPart:
    """Return the bytes that are asked for, as far as they are kept and stand together.

    Where bytes were dropped a part ends before the gap, or begins behind it: of the last bytes it is the end, of others
    the beginning.

    Raises:
        TaskNotFound: the job has no such task.
        RangeOutside: nothing was written there yet, or nothing is kept.
    """
    check_task(job, index)
    size = await context.store.row("task_log_size", job_id=job.id, task=index)
    written = int((size or {}).get("written") or 0)
    start, end = span.within(written)
    rows = await context.store.rows("task_log_between", job_id=job.id, task=index, start=start, before=end)
    runs = list(_runs([_clipped(row, start, end) for row in rows]))
    if not runs:
        raise RangeOutside(start, written)
    return LogPart(runs[0 if span.suffix is None else -1], written)


def _clipped(row: Row, start: int, end: int | None) -> LogPiece:
    position, text = int(row["position"] or 0), str(row["text"]).encode()
    skipped = max(start - position, 0)
    return LogPiece(position + skipped, text[skipped : None if end is None else max(end - position, 0)])


def _runs(pieces: Sequence[LogPiece]) -> Iterator[LogPiece]:
    """Yield the pieces joined, where one begins where the one before ends."""
    run: list[LogPiece] = []
    for piece in pieces:
        if run and run[-1].end != piece.position:
            yield LogPiece(run[0].position, b"".join(one.text for one in run))
            run = []
        run.append(piece)
    if run:
        yield LogPiece(run[0].position, b"".join(one.text for one in run))


def check_task(job: Job, index: int) -> None:
    """Pass when the job has a task of this index; raise `TaskNotFound` otherwise."""
    if not 1 <= index <= len(job.tasks):
        raise TaskNotFound(job.id, index, last=len(job.tasks))


def joined(pieces: Sequence[LogPiece]) -> bytes:
    """Return pieces of a log as one text, with a line where the middle was dropped."""
    out: list[bytes] = []
    at: int | None = None
    for piece in pieces:
        if at is not None and piece.position > at:
            out.append(f"\n… {piece.position - at} bytes dropped …\n".encode())
        out.append(piece.text)
        at = piece.end
    return b"".join(out)
