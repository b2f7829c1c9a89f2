"""The moves of a job as the engine streams them: server-sent events, in pieces that may be cut anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from homeport.cli.jobview import JobView, Move

_decode = msgspec.json.Decoder(Move).decode


class News(NamedTuple):
    """What a piece of the stream tells: some moves, perhaps none, and whether they are the last of the job."""

    moves: list[Move]
    ended: bool


def news_of(pieces: Iterable[bytes]) -> Iterator[News]:
    """Yield what each piece of a stream tells; a sign of life tells nothing, and is yielded too."""
    rest = b""
    for piece in pieces:
        *blocks, rest = (rest + piece).split(b"\n\n")
        events = [_fields(block) for block in blocks]
        moves = [_decode(event["data"]) for event in events if "data" in event and "event" not in event]
        yield News(moves, any(event.get("event") == "end" for event in events))


def _fields(block: bytes) -> dict[str, str]:
    pairs = (line.partition(": ") for line in block.decode().split("\n"))
    return {name: value for name, _, value in pairs if name}


def moved_by(job: JobView, moves: Iterable[Move]) -> JobView:
    """Return a job as it is after the moves; those that it has made already change nothing."""
    for move in moves:
        if move.sequence > job.sequence:
            job = _moved(job, move)
    return job


def _moved(job: JobView, move: Move) -> JobView:
    tasks = [
        msgspec.structs.replace(task, status=move.status, detail=move.detail, updated_at=move.at)
        if task.index == move.task
        else task
        for task in job.tasks
    ]
    status = job.status if move.task else move.status
    return msgspec.structs.replace(job, status=status, progress=move.progress, sequence=move.sequence, tasks=tasks)
