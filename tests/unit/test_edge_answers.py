"""How the edge sends answers, whole and over time."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from homeport.api.calls import (
    Answer,
    Call,
    Handler,
    LateAnswer,
    StreamingAnswer,
    empty_answer,
    json_answer,
    text_answer,
)
from support.edge import PROJECT, TOKEN, Reply, call_edge, edge_of, reply_of, scope_of

JOB = f"/v1/{PROJECT}/cae/jobs/j"
LOG = f"/homeport/v1/{PROJECT}/jobs/j/tasks/1/log"


def answering(answer: Answer) -> Handler:
    async def handler(call: Call) -> Answer:
        return answer

    return handler


def test_json_is_answered_with_its_type_and_length() -> None:
    reply = call_edge("GET", JOB, TOKEN, handlers={"ShowJob": answering(json_answer({"a": 1}))})
    assert (reply.body, reply.headers["content-type"], reply.headers["content-length"]) == (
        b'{"a":1}',
        "application/json",
        "7",
    )


def test_an_answer_has_the_status_of_its_operation() -> None:
    handlers = {"DeleteToken": answering(empty_answer()), "CreateToken": answering(json_answer({}))}
    statuses = [call_edge(method, "/v3/auth/tokens", TOKEN, handlers=handlers).status for method in ("DELETE", "POST")]
    assert statuses == [204, 201]


def test_a_status_given_by_the_handler_counts() -> None:
    assert call_edge("GET", JOB, TOKEN, handlers={"ShowJob": answering(Answer(b"", status=202))}).status == 202


def test_a_204_has_no_length() -> None:
    reply = call_edge("DELETE", "/v3/auth/tokens", TOKEN, handlers={"DeleteToken": answering(empty_answer())})
    assert (reply.body, "content-length" in reply.headers) == (b"", False)


def test_an_empty_200_says_that_it_is_empty_and_has_no_type() -> None:
    reply = call_edge("POST", JOB, TOKEN, handlers={"RetryJob": answering(empty_answer())})
    assert (reply.headers["content-length"], "content-type" in reply.headers) == ("0", False)


def test_text_is_answered_as_utf8() -> None:
    reply = call_edge("GET", LOG, TOKEN, handlers={"ShowTaskLog": answering(text_answer("é".encode()))})
    assert (reply.headers["content-type"], reply.body) == ("text/plain; charset=utf-8", "é".encode())


def tagged() -> dict[str, Handler]:
    return {"ShowJob": answering(Answer(b"{}", etag="17"))}


def test_an_entity_tag_is_sent_in_quotes() -> None:
    assert call_edge("GET", JOB, TOKEN, handlers=tagged()).headers["etag"] == '"17"'


@pytest.mark.parametrize("known", ['"17"', '"16", "17"', 'W/"17"', "*"])
def test_who_has_the_answer_already_is_told_so_without_the_body(known: str) -> None:
    reply = call_edge("GET", JOB, {**TOKEN, "If-None-Match": known}, handlers=tagged())
    assert (reply.status, reply.body, reply.headers["etag"], "content-length" in reply.headers) == (
        304,
        b"",
        '"17"',
        False,
    )


@pytest.mark.parametrize("known", ['"16"', '"170"', "17", '"1"7"', ""])
def test_who_has_another_answer_is_sent_this_one(known: str) -> None:
    reply = call_edge("GET", JOB, {**TOKEN, "If-None-Match": known}, handlers=tagged())
    assert (reply.status, reply.body) == (200, b"{}")


# Streams


class Log:
    """A log that gives what is put into it, and remembers whether it was closed."""

    def __init__(self, *chunks: bytes, fails: bool = False, ends: bool = True) -> None:
        self.chunks = chunks
        self.fails = fails
        self.ends = ends
        self.begun = False
        self.ended = False
        self.closed = False
        """Whether it had ended by the time the answer had; the end of the loop would close it in any case."""

    async def read(self) -> AsyncGenerator[bytes, None]:
        self.begun = True
        try:
            for chunk in self.chunks:
                yield chunk
            if self.fails:
                raise OSError("the disk is gone")
            if not self.ends:
                await asyncio.Event().wait()
        finally:
            self.ended = True

    async def handler(self, call: Call) -> StreamingAnswer:
        return StreamingAnswer(self.read())


async def follow(
    log: Log, *, method: str = "GET", leaves_after: int | None = None, stops_after: int = 0, reads: bool = True
) -> list[Any]:
    """Return what is sent to one who follows the log; the client leaves, or the server stops, after so many pieces.

    One who does not read lets the pieces pile up, so that the second waits to be sent.
    """
    edge = edge_of({"ShowTaskLog": log.handler})
    sent: list[Any] = []
    left = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if len(sent) - 1 == leaves_after:
            left.set()
        if stops_after and len(sent) - 1 == stops_after:
            edge.stop_streams()
        if not reads and len(sent) > 1:
            await asyncio.Event().wait()

    async with asyncio.timeout(10):  # a stream that nobody ends shows as a failure
        await edge(scope_of(method, LOG.encode(), [(b"x-auth-token", b"good")]), receive, send)
    log.closed = log.ended
    return sent


def followed(log: Log, **course: Any) -> Reply:
    return reply_of(asyncio.run(follow(log, **course)))


def test_a_stream_sends_each_piece_as_it_comes_and_ends_in_good_order() -> None:
    sent = asyncio.run(follow(Log(b"one\n", b"two\n")))
    assert [message.get("body") for message in sent[1:]] == [b"one\n", b"two\n", b""]
    assert [message.get("more_body", False) for message in sent[1:]] == [True, True, False]


def test_a_stream_has_a_request_id_and_a_type_and_no_length() -> None:
    headers = followed(Log(b"x")).headers
    assert (headers["content-type"], "x-request-id" in headers, "content-length" in headers) == (
        "text/plain; charset=utf-8",
        True,
        False,
    )


def test_a_stream_whose_reader_leaves_is_closed() -> None:
    log = Log(b"one\n", ends=False)
    followed(log, leaves_after=1)
    assert log.closed


def test_a_stream_whose_reader_leaves_without_reading_is_closed() -> None:
    log = Log(b"one\n", b"two\n", ends=False)
    followed(log, leaves_after=1, reads=False)
    assert log.closed


def test_a_stream_whose_reader_leaves_is_told_no_end() -> None:
    assert not followed(Log(b"one\n", ends=False), leaves_after=1).whole


def test_a_stream_is_ended_in_good_order_when_the_server_stops() -> None:
    log = Log(b"one\n", ends=False)
    reply = followed(log, stops_after=1)
    assert (reply.body, reply.whole, log.closed) == (b"one\n", True, True)


def test_a_stream_that_breaks_off_is_not_ended_so_that_its_reader_notices(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    reply = followed(Log(b"one\n", fails=True))
    assert (reply.body, reply.whole) == (b"one\n", False)
    assert "the disk is gone" in capsys.readouterr().out + caplog.text


def test_head_of_a_stream_reads_nothing() -> None:
    log = Log(b"one\n", ends=False)
    reply = followed(log, method="HEAD")
    assert (reply.status, reply.body, reply.whole, log.begun) == (200, b"", True, False)


# Answers that wait


class Wait:
    """Something to wait for, and an answer after it."""

    def __init__(self, *, comes: bool) -> None:
        self.comes = comes
        self.cancelled = False

    async def wait(self) -> None:
        try:
            if not self.comes:
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise

    async def answer(self) -> Answer:
        return json_answer({"waited": True})

    async def handler(self, call: Call) -> LateAnswer:
        return LateAnswer(self.wait(), self.answer)


async def waited(wait: Wait, *, leaves: bool = False, stops: bool = False) -> list[Any]:
    """Return what is sent to one who waits, and leaves, or whose server stops."""
    edge = edge_of({"WaitForJob": wait.handler})
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        if stops:
            edge.stop_streams()
        if not leaves:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    async with asyncio.timeout(10):
        target = f"/homeport/v1/{PROJECT}/jobs/j/wait".encode()
        await edge(scope_of("GET", target, [(b"x-auth-token", b"good")]), receive, send)
    return sent


def test_an_answer_that_waits_is_sent_once_what_it_waits_for_has_come() -> None:
    reply = reply_of(asyncio.run(waited(Wait(comes=True))))
    assert (reply.status, reply.json) == (200, {"waited": True})


def test_a_client_that_leaves_ends_its_wait_and_is_sent_nothing() -> None:
    wait = Wait(comes=False)
    assert asyncio.run(waited(wait, leaves=True)) == []
    assert wait.cancelled


def test_a_server_that_stops_ends_a_wait_and_answers_what_there_is() -> None:
    wait = Wait(comes=False)
    assert reply_of(asyncio.run(waited(wait, stops=True))).json == {"waited": True}
    assert wait.cancelled


# What is no request


def test_the_edge_goes_along_with_the_servers_start_and_stop() -> None:
    sent: list[str] = []
    messages = iter(["lifespan.startup", "lifespan.shutdown"])

    async def receive() -> dict[str, str]:
        return {"type": next(messages)}

    async def send(message: Any) -> None:
        sent.append(message["type"])

    asyncio.run(edge_of()({"type": "lifespan"}, receive, send))
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_a_websocket_is_turned_away() -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message["type"])

    asyncio.run(edge_of()({"type": "websocket", "path": "/"}, receive, send))
    assert sent == ["websocket.close"]
