"""How the edge takes in a request's body."""

import asyncio
from typing import Any

import pytest

from homeport.api.bodies import LARGEST
from support.edge import PROJECT, TOKEN, call_edge, edge_of, scope_of

ENVIRONMENTS = f"/v1/{PROJECT}/cae/environments"


def test_a_body_reaches_the_handler_byte_for_byte() -> None:
    body = bytes(range(256))
    assert call_edge("POST", ENVIRONMENTS, TOKEN, body).json["body"] == body.decode("latin-1")


def test_a_body_that_comes_in_pieces_is_put_together() -> None:
    assert call_edge("POST", ENVIRONMENTS, TOKEN, [b"ab", b"", b"cd"]).json["body"] == "abcd"


def test_a_request_without_a_body_has_an_empty_one() -> None:
    assert call_edge("POST", ENVIRONMENTS, TOKEN).json["body"] == ""


def test_the_largest_body_is_taken() -> None:
    assert call_edge("POST", ENVIRONMENTS, TOKEN, b"x" * LARGEST).status == 200


@pytest.mark.parametrize("pieces", [b"x" * (LARGEST + 1), [b"x" * LARGEST, b"x"]], ids=["whole", "in pieces"])
def test_a_larger_body_is_413(pieces: Any) -> None:
    reply = call_edge("POST", ENVIRONMENTS, TOKEN, pieces)
    assert (reply.status, reply.code) == (413, "APIGW.0201")


def test_a_body_said_to_be_too_large_is_refused_before_it_is_read() -> None:
    lines = [(b"x-auth-token", b"good"), (b"content-length", b"99999999999")]
    assert call_edge("POST", ENVIRONMENTS, lines, [b""]).status == 413


@pytest.mark.parametrize("length", [b"-1", b"many", b"", b"9" * 5000, "²".encode()])
def test_a_content_length_that_is_none_does_no_harm(length: bytes) -> None:
    lines = [(b"x-auth-token", b"good"), (b"content-length", length)]
    assert call_edge("POST", ENVIRONMENTS, lines, [b"{}"]).status == 200


def test_a_client_that_goes_before_it_has_sent_its_body_is_answered_nothing() -> None:
    sent: list[Any] = []

    async def gone() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    lines = [(b"x-auth-token", b"good"), (b"content-length", b"5")]
    asyncio.run(edge_of()(scope_of("POST", ENVIRONMENTS.encode(), lines), gone, send))
    assert sent == []
