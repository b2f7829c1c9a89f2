"""What a client waits on instead of polling: a job's next move or its end, and the stream of its moves."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Final

import msgspec

from homeport.api import queries
from homeport.api.calls import Answer, Call, Handler, Headers, LateAnswer, StreamingAnswer, empty_answer, json_answer
from homeport.api.homeport_v1.jobs import event_of, show_record
from homeport.api.homeport_v1.schemas import StreamEnd
from homeport.model.clock import SECOND
from homeport.model.errors import InvalidParameter
from homeport.model.records import JobDocument, JobEvent
from homeport.model.states import FINISHED
from homeport.services.context import Context
from homeport.services.watching import Seen, document_of, wait_beyond, watch_moves

LONGEST_WAIT: Final = 60
"""Seconds; proxies cut longer silences."""
USUAL_WAIT: Final = 30

EVENT_STREAM: Final[Headers] = (
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # proxies of the kind of nginx would hold it back
)
_RECONNECT: Final = b"retry: 1000\n\n"
_ALIVE: Final = b": nothing has moved\n\n"
_encode = msgspec.json.Encoder().encode


def handlers(context: Context) -> dict[str, Handler]:
    """Return the handlers by operation id."""

    async def wait(call: Call) -> LateAnswer:
        document = await document_of(context, call.project_id, call.param("job_id"))
        after = queries.whole_number(call.query, "after_seq", -1, least=0, most=2**53)
        seconds = queries.whole_number(call.query, "timeout", USUAL_WAIT, least=0, most=LONGEST_WAIT)

        async def answer() -> Answer:
            return json_answer(await show_record(context, call.project_id, document.job_id))

        return LateAnswer(wait_beyond(context, document.job_id, None if after < 0 else after, seconds), answer)

    async def stream(call: Call) -> Answer | StreamingAnswer:
        document = await document_of(context, call.project_id, call.param("job_id"))
        after = _position(call, document)
        if document.status in FINISHED and after == document.seq:
            # A browser's EventSource comes back after the end, too; this is how it learns that there is no more.
            return empty_answer(status=204)
        seen = watch_moves(context, document.job_id, after, silence=context.rules.keep_alive / SECOND)
        return StreamingAnswer(_events(seen), headers=EVENT_STREAM)

    return {"WaitForJob": wait, "StreamJobEvents": stream}


def _position(call: Call, document: JobDocument) -> int:
    """Return the sequence number that a reader has seen last: header Last-Event-ID counts before the query."""
    given = call.header("Last-Event-ID")
    name, query = ("after", call.query) if given is None else ("Last-Event-ID", {"Last-Event-ID": given})
    after = queries.whole_number(query, name, 0, least=0, most=2**53)
    if after > document.seq:
        raise InvalidParameter(name, f"is {after}", allowed=f"0 to {document.seq}, the job's last move")
    return after


async def _events(seen: AsyncGenerator[Seen, None]) -> AsyncGenerator[bytes, None]:
    yield _RECONNECT
    last = 0
    async with aclosing(seen):
        async for news in seen:
            last = news.moves[-1].seq if news.moves else last
            yield b"".join([*map(_event, news.moves), *_end(news, last)]) or _ALIVE


def _event(move: JobEvent) -> bytes:
    return b"id: %d\ndata: %b\n\n" % (move.seq, _encode(event_of(move)))


def _end(news: Seen, last: int) -> Iterator[bytes]:
    if news.end is not None:
        yield b"event: end\ndata: %b\n\n" % _encode(StreamEnd(status=news.end.value, sequence=last))
