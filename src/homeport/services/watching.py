"""Waiting for what a job becomes: until it has moved, or move by move. It costs nothing while nothing happens."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Final

import msgspec

from homeport.model.changes import job_topic
from homeport.model.errors import JobNotFound
from homeport.model.records import JobDocument, JobEvent
from homeport.model.states import FINISHED, Status
from homeport.services.context import Context
from homeport.services.jobs import list_events

LOOK_SECONDS: Final = 5.0
"""Between two looks at a job that no signal told of."""
MOVES_AT_ONCE: Final = 100
"""How many moves are held for a reader at most, however slow it is."""


async def document_of(context: Context, project_id: str, job_id: str) -> JobDocument:
    """Return the document of a job of a project; raise `JobNotFound` without one."""
    document = await context.store.document(job_id)
    if document is None or document.project_id != project_id:
        raise JobNotFound(job_id)
    return document


def is_beyond(document: JobDocument, after: int | None) -> bool:
    """Tell whether a job is finished, or has moved beyond sequence number `after`; None waits for its end alone."""
    return document.status in FINISHED or (after is not None and document.seq > after)


async def wait_beyond(context: Context, job_id: str, after: int | None, seconds: float) -> None:
    """Return as soon as `is_beyond` holds for a job, when it is gone, and after `seconds` in any case."""
    end = context.clock.monotonic() + seconds
    with context.store.watch(job_topic(job_id)) as watch:
        while (document := await context.store.document(job_id)) is not None and not is_beyond(document, after):
            left = end - context.clock.monotonic()
            if left <= 0:
                return
            await watch.wait(min(left, LOOK_SECONDS))


class Seen(msgspec.Struct, frozen=True):
    """What a reader of a job's moves is told at a time: some moves, and how the job ended once there are no more."""

    moves: list[JobEvent]
    end: Status | None = None


async def watch_moves(context: Context, job_id: str, after: int, *, silence: float) -> AsyncGenerator[Seen, None]:
    """Yield the moves of a job behind sequence number `after` as they are committed, each once, in order.

    Nothing is yielded instead when there was none for `silence` seconds. It ends once the job is finished and all its
    moves were yielded; a retry continues with the next number.
    """
    with context.store.watch(job_topic(job_id)) as watch:
        while (document := await context.store.document(job_id)) is not None:
            moves = await list_events(context, job_id, after, MOVES_AT_ONCE)
            after = moves[-1].seq if moves else after
            # Moves are read after the document: those beyond it may be the beginning of the next attempt.
            if document.status in FINISHED and after == document.seq:
                yield Seen(moves, document.status)
                return
            if moves:
                yield Seen(moves)
            if len(moves) < MOVES_AT_ONCE and not await watch.wait(silence):
                yield Seen([])
