"""Answers that take their time: until they end, the client goes, or the server stops."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from homeport.api.asgi import Receive, Scope, Send
from homeport.api.calls import Answer, LateAnswer, StreamingAnswer
from homeport.log_setup import get_logger

_log = get_logger(__name__)


async def stream(
    answer: StreamingAnswer, scope: Scope, request_id: str, stopping: asyncio.Event, receive: Receive, send: Send
) -> None:
    """Send the answer piece by piece and close its generator in any case.

    When `stopping` is set the answer ends in good order. When the generator fails, the last piece is not sent, so that
    the client sees that the answer is not whole; the cause goes to the log.
    """
    async with aclosing(answer.chunks):
        lines = [*answer.headers, (b"x-request-id", request_id.encode())]
        await send({"type": "http.response.start", "status": answer.status, "headers": lines})
        whole = scope["method"] == "HEAD" or await _pumped(answer, request_id, stopping, receive, send)
    if whole:
        await send({"type": "http.response.body", "body": b""})


async def late(answer: LateAnswer, stopping: asyncio.Event, receive: Receive) -> Answer | None:
    """Return an answer once what it waits for has come, or the server stops; None when the client has gone.

    Raises what the wait raises.
    """
    waiting = asyncio.ensure_future(answer.wait)
    if not await _stays(waiting, stopping, receive):
        return None
    if not waiting.cancelled():
        waiting.result()
    return await answer.answer()


async def _pumped(
    answer: StreamingAnswer, request_id: str, stopping: asyncio.Event, receive: Receive, send: Send
) -> bool:
    """Return whether the answer may be ended in good order."""
    pump = asyncio.ensure_future(_pump(answer, send))
    if not await _stays(pump, stopping, receive):
        return False
    failure = None if pump.cancelled() else pump.exception()
    if failure is not None:
        _log.error("answer broke off", request_id=request_id, exc_info=failure)
    return failure is None


async def _stays(work: asyncio.Future[None], stopping: asyncio.Event, receive: Receive) -> bool:
    """Let work go on until it is done, the client goes, or the server stops; return whether the client is still there.

    Work that is not done is cancelled.
    """
    gone = asyncio.ensure_future(_client_gone(receive))
    stop = asyncio.ensure_future(stopping.wait())
    tasks = (work, gone, stop)
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return gone.cancelled() or not gone.done()


async def _pump(answer: StreamingAnswer, send: Send) -> None:
    async for chunk in answer.chunks:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})


async def _client_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
