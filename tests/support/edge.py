"""An edge in this process, called as a server would call it, with nothing between that could tidy up a request."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from homeport.api.calls import Answer, Call, Handler, json_answer
from homeport.api.edge import Edge, request_ids
from homeport.api.operations import OPERATIONS
from homeport.model.caller import Caller, Role
from homeport.model.clock import SystemClock
from homeport.model.errors import Unauthenticated
from homeport.model.ids import SeededIds

PROJECT = "0123456789abcdef0123456789abcdef"
ENVIRONMENT = "11111111-2222-3333-4444-555555555555"
TOKEN = {"X-Auth-Token": "good"}
IN_ENVIRONMENT = {**TOKEN, "X-Environment-ID": ENVIRONMENT}


class Reply(NamedTuple):
    """What came back: status, headers by lower-case name, body, and whether the answer was ended in good order."""

    status: int
    headers: dict[str, str]
    body: bytes
    whole: bool

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The error code of CAE's shape."""
        return str(self.json["error_code"])

    @property
    def message(self) -> str:
        """The error message of CAE's shape."""
        return str(self.json["error_msg"])


class Tokens:
    """An authenticator that knows one token, `good`, and remembers what it was asked."""

    def __init__(self, role: Role = Role.ADMIN, *, remembers: bool = True, scope: str | None = None) -> None:
        self.caller = Caller(
            user_id="u",
            user_name="ada",
            domain_id="d",
            domain_name="home",
            roles={PROJECT: role},
            scope_project_id=scope,
        )
        self.remembers = remembers
        self.asked: list[Call] = []
        self.bodies: list[bytes] = []

    def cached(self, call: Call) -> Caller | None:
        """Return the caller of the token, where this one remembers."""
        return self.caller if self.remembers and call.header("X-Auth-Token") == "good" else None

    async def authenticate(self, call: Call) -> Caller:
        """Return the caller of the token; raise `Unauthenticated` for any other."""
        self.asked.append(call)
        self.bodies.append(call.body)
        if call.header("X-Auth-Token") != "good":
            raise Unauthenticated("decrypt token fail")
        return self.caller


async def tell(call: Call) -> Answer:
    """Answer what the handler was given."""
    return json_answer(
        {
            "operation": call.operation.id,
            "params": list(call.params),
            "query": dict(call.query),
            "body": call.body.decode("latin-1"),
            "environment": call.environment_id,
            "enterprise": call.enterprise_project_id,
        }
    )


def edge_of(handlers: Mapping[str, Handler] | None = None, authenticator: Tokens | None = None) -> Edge:
    """Return an edge over the whole table: the handlers given, and `tell` for every other operation."""
    built = {operation.id: tell for operation in OPERATIONS if operation.built}
    return Edge({**built, **(handlers or {})}, authenticator or Tokens(), request_ids(SeededIds(SystemClock(), 1)))


def scope_of(method: str, target: bytes, headers: Iterable[tuple[bytes, bytes]]) -> dict[str, Any]:
    """Return the ASGI scope uvicorn would make of a request line and its headers."""
    raw, _, query = target.partition(b"?")
    return {
        "type": "http",
        "method": method,
        "path": unquote(raw.decode("latin-1")),
        "raw_path": raw,
        "query_string": query,
        "headers": [(name.lower(), value) for name, value in headers],
        "client": ("127.0.0.1", 50000),
    }


async def request(
    edge: Callable[..., Awaitable[None]],
    method: str,
    target: str | bytes,
    headers: Mapping[str, str] | Iterable[tuple[bytes, bytes]] = (),
    body: bytes | Iterable[bytes] = b"",
) -> Reply:
    """Send one request, its body in one piece or in several, and return what came back."""
    lines = (
        [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        if isinstance(headers, Mapping)
        else list(headers)
    )
    pieces = [body] if isinstance(body, bytes) else list(body)
    if isinstance(body, bytes) and body:
        lines.append((b"content-length", str(len(body)).encode()))
    elif not isinstance(body, bytes):
        lines.append((b"transfer-encoding", b"chunked"))
    messages = iter(
        {"type": "http.request", "body": piece, "more_body": index + 1 < len(pieces)}
        for index, piece in enumerate(pieces)
    )
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        message = next(messages, None)
        if message is None:
            await asyncio.Event().wait()  # a client that stays, and says no more
        assert message is not None
        return message

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await edge(scope_of(method, target.encode() if isinstance(target, str) else target, lines), receive, send)
    return reply_of(sent)


def reply_of(sent: list[dict[str, Any]]) -> Reply:
    """Return what the ASGI messages of one answer say."""
    start, *rest = sent
    assert start["type"] == "http.response.start"
    return Reply(
        status=start["status"],
        headers={name.decode(): value.decode() for name, value in start["headers"]},
        body=b"".join(message.get("body", b"") for message in rest),
        whole=bool(rest) and not rest[-1].get("more_body", False),
    )


def call_edge(
    method: str,
    target: str | bytes,
    headers: Mapping[str, str] | Iterable[tuple[bytes, bytes]] = (),
    body: bytes | Iterable[bytes] = b"",
    *,
    handlers: Mapping[str, Handler] | None = None,
    authenticator: Tokens | None = None,
) -> Reply:
    """Send one request to a new edge and return what came back."""
    return asyncio.run(request(edge_of(handlers, authenticator), method, target, headers, body))
