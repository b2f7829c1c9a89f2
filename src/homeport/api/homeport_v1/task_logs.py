"""Logs of tasks: whole, their last lines, as they grow, and by ranges of bytes."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from typing import Final

from homeport.api import queries
from homeport.api.calls import JSON, TEXT, Answer, Call, Handler, Headers, StreamingAnswer
from homeport.api.errors import cae_body, error_of
from homeport.model.changes import job_topic, log_topic
from homeport.model.errors import InvalidParameter, RangeOutside
from homeport.model.records import Job
from homeport.model.states import FINISHED
from homeport.services.context import Context
from homeport.services.jobs import find_job
from homeport.services.task_logs import Span, check_task, joined, read_log, read_part

_POLL_SECONDS: Final = 5.0
_RANGE: Final = re.compile(r"bytes\s*=\s*([0-9]{0,18})\s*-\s*([0-9]{0,18})")
_RANGES: Final[Headers] = ((b"accept-ranges", b"bytes"),)


def handlers(context: Context) -> dict[str, Handler]:
    """Return the handlers by operation id."""

    async def log(call: Call) -> Answer | StreamingAnswer:
        job = await find_job(context, call.project_id, call.param("job_id"))
        index = _index(call.param("index"))
        check_task(job, index)
        lines = queries.whole_number(call.query, "tail", -1, least=0, most=10_000)
        start = queries.whole_number(call.query, "start", 0, least=0, most=2**53)
        if queries.flag(call.query, "follow"):
            return StreamingAnswer(_follow(context, job, index, lines, start))
        span = span_of(call.header("Range"))
        if span is not None and lines < 0 and not start:
            return await _part(context, job, index, span)
        text = _tail(joined(await read_log(context, job, index, start)), lines)
        return Answer(text, headers=(*TEXT, *_RANGES))

    return {"ShowTaskLog": log}


def span_of(value: str | None) -> Span | None:
    """Return the bytes that a header Range asks for; None without one, and for what counts as none.

    What cannot be understood, other units and several ranges at once are passed over (RFC 9110, section 14.2).
    """
    match = _RANGE.fullmatch(value or "")
    if match is None:
        return None
    first, last = match.groups()
    if first:
        return Span(int(first), int(last) if last else None) if not last or int(first) <= int(last) else None
    return Span(suffix=int(last)) if last else None


async def _part(context: Context, job: Job, index: int, span: Span) -> Answer:
    try:
        part = await read_part(context, job, index, span)
    except RangeOutside as error:
        return _outside(error)
    piece = part.piece
    place = b"bytes %d-%d/%d" % (piece.position, piece.end - 1, part.written)
    return Answer(piece.text, status=206, headers=(*TEXT, *_RANGES, (b"content-range", place)))


def _outside(error: RangeOutside) -> Answer:
    """Return the refusal with the header that tells how long the log is."""
    known = error_of(error, "ShowTaskLog")
    body = b"" if known is None else cae_body(known)
    return Answer(body, status=416, headers=(*JSON, *_RANGES, (b"content-range", b"bytes */%d" % error.written)))


def _index(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise InvalidParameter("index", f"is {text!r}", allowed="the index of a task, from 1")
    return int(text)


def _tail(text: bytes, lines: int) -> bytes:
    if lines < 0:
        return text
    return b"".join(text.splitlines(keepends=True)[-lines:]) if lines else b""


async def _follow(context: Context, job: Job, index: int, lines: int, position: int) -> AsyncGenerator[bytes, None]:
    """Yield a task's log from a byte on and what is added to it, until the job is finished."""
    with context.store.watch(log_topic(job.id, index), job_topic(job.id)) as watch:
        first = True
        while True:
            document = await context.store.document(job.id)
            pieces = await read_log(context, job, index, position)
            if pieces:
                yield _tail(joined(pieces), lines) if first else joined(pieces)
                position = pieces[-1].end
            first = False
            if document is None or document.status in FINISHED:
                return
            await watch.wait(_POLL_SECONDS)
