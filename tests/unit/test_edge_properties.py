"""Whatever comes over the wire, the edge answers it, and never with a failure of its own (promise P11)."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeport.api.calls import Answer, Call, Handler, json_answer
from homeport.api.operations import OPERATIONS
from support.edge import ENVIRONMENT, PROJECT, edge_of, request

pytestmark = pytest.mark.unmeasured


async def decoding(call: Call) -> Answer:
    """Look at everything a request may hold."""
    call.query.get("limit")
    call.header("Idempotency-Key")
    if call.operation.request is not None:
        await call.decode(call.operation.request)
    return json_answer({})


HANDLERS: dict[str, Handler] = {operation.id: decoding for operation in OPERATIONS if operation.built}
SEGMENTS = st.sampled_from(
    ["", "v1", "v3", "homeport", "cae", "jobs", "environments", "auth", "tokens", PROJECT, "%2e"]
)
PATHS = st.lists(SEGMENTS | st.text(max_size=5) | st.binary(max_size=4).map(lambda raw: raw.hex("%")), max_size=8).map(
    "/".join
)
TARGETS = (
    st.sampled_from([operation.path.replace("{project_id}", PROJECT) for operation in OPERATIONS]) | PATHS
).flatmap(lambda path: st.sampled_from(["", "?", "?a=%", "?limit=x&offset=%00", "/", "//"]).map(lambda end: path + end))
NAMES = st.sampled_from(
    [
        b"x-auth-token",
        b"x-environment-id",
        b"x-enterprise-project-id",
        b"if-none-match",
        b"idempotency-key",
        b"content-type",
        b"content-length",
    ]
)
VALUES = st.sampled_from([b"good", ENVIRONMENT.encode(), b"0", b"", b"*"]) | st.binary(max_size=12)
BODIES = st.sampled_from([b"", b"{}", b"[]", b"{", b'{"metadata":{"name":"a"}}', b'{"a":"\\u0000"}']) | st.binary()


@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "post", "", "X"]),
    target=TARGETS,
    headers=st.lists(st.tuples(NAMES, VALUES), max_size=6),
    known=st.booleans(),
    body=BODIES,
)
def test_no_request_makes_the_edge_fail(method: str, target: str, headers: list[Any], known: bool, body: bytes) -> None:
    lines = [*headers, (b"x-auth-token", b"good")] if known else headers
    reply = asyncio.run(request(edge_of(HANDLERS), method, target.encode(), lines, [body]))
    assert reply.status < 500 or reply.status == 501
    assert "x-request-id" in reply.headers
