"""A call and its answer, as handlers know them: no ASGI, no framework."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, Final, Protocol, TypeVar

import msgspec

from homeport.api import bodies, queries
from homeport.api.operations.base import Operation
from homeport.model.caller import Caller
from homeport.services.asking import Ask

T = TypeVar("T")

Headers = Sequence[tuple[bytes, bytes]]
"""Header lines as they go over the wire; names in lower case."""

JSON: Final[Headers] = ((b"content-type", b"application/json"),)
TEXT: Final[Headers] = ((b"content-type", b"text/plain; charset=utf-8"),)


class Call:
    """One request to one operation.

    `project_id`, `environment_id` and `caller` were checked by the edge before a handler sees them: the caller has the
    operation's role in the project, and the header is well formed wherever the operation requires it. Whether the
    environment exists is for the service to say.
    """

    __slots__ = (
        "_caller",
        "_query",
        "_scope",
        "ask",
        "body",
        "enterprise_project_id",
        "environment_id",
        "headers",
        "operation",
        "params",
        "project_id",
        "request_id",
    )

    def __init__(
        self,
        operation: Operation,
        params: Sequence[str],
        headers: Mapping[bytes, bytes],
        scope: Mapping[str, Any],
        request_id: str,
    ) -> None:
        self.operation = operation
        self.params = params
        """The values of the path's parameters, in the order of the path."""
        self.headers = headers
        """Names in lower case; of a header sent twice the last line counts."""
        self.request_id = request_id
        self.project_id = params[0] if operation.in_project else ""
        self.environment_id: str | None = None
        """X-Environment-ID; None where it was not sent, which only some operations allow, or plays no part."""
        self.enterprise_project_id: str | None = None
        """X-Enterprise-Project-ID, `0` for the default one; None where it was not sent."""
        self.body = b""
        """The request's body, byte for byte."""
        self.ask: Ask | None = None
        """The request that it is, when it is one to be carried out only once."""
        self._scope = scope
        self._caller: Caller | None = None
        self._query: Mapping[str, str] | None = None

    @property
    def caller(self) -> Caller:
        """Who is calling; raises `LookupError` in an operation that anybody may call."""
        if self._caller is None:
            raise LookupError(f"{self.operation.id} asks nobody who they are")
        return self._caller

    @caller.setter
    def caller(self, caller: Caller) -> None:
        self._caller = caller

    def param(self, name: str) -> str:
        """Return the value of a path parameter, percent-decoded; raise `ValueError` for a name the path has not."""
        return self.params[self.operation.params.index(name)]

    def header(self, name: str) -> str | None:
        """Return a request header, whatever the case of its name; None when it was not sent."""
        value = self.headers.get(name.lower().encode("latin-1"))
        return None if value is None else value.decode("latin-1").strip()

    @property
    def query(self) -> Mapping[str, str]:
        """The query parameters, decoded; of one sent twice the first counts. Raises `InvalidParameter`."""
        if self._query is None:
            self._query = queries.parse(self._scope["query_string"])
        return self._query

    async def decode(self, type_: type[T]) -> T:
        """Return the body as `type_`. Raises `InvalidParameter`, which names the field and what is allowed in it."""
        return await bodies.decode(self.body, type_)

    # For authenticators

    @property
    def method(self) -> str:
        """The request's method, in upper case."""
        return str(self._scope["method"]).upper()

    @property
    def raw_path(self) -> bytes:
        """The path as it was sent, percent signs and all, without the query."""
        raw = self._scope.get("raw_path")
        return raw if isinstance(raw, bytes) else str(self._scope["path"]).encode()

    @property
    def query_string(self) -> bytes:
        """The query as it was sent, without the question mark."""
        return bytes(self._scope["query_string"])

    @property
    def header_lines(self) -> Headers:
        """Every header line in the order it was sent, those with a name in common too."""
        lines: Headers = self._scope["headers"]
        return lines

    @property
    def client(self) -> str:
        """The address the request came from, without its port; empty over a Unix socket."""
        client = self._scope.get("client")
        return str(client[0]) if client else ""


class Answer:
    """What a handler answers.

    Without a status it is the operation's own. `etag` is the strong entity tag without its quotes: a request whose
    If-None-Match names it is answered 304.
    """

    __slots__ = ("body", "etag", "headers", "status")

    def __init__(
        self, body: bytes = b"", *, status: int | None = None, headers: Headers = JSON, etag: str | None = None
    ) -> None:
        self.body = body
        self.status = status
        self.headers = headers
        self.etag = etag


class StreamingAnswer:
    """An answer whose body arrives over time (following a log). Closing the connection closes the iterator."""

    __slots__ = ("chunks", "headers", "status")

    def __init__(self, chunks: AsyncGenerator[bytes, None], *, status: int = 200, headers: Headers = TEXT) -> None:
        self.chunks = chunks
        self.status = status
        self.headers = headers


class LateAnswer:
    """An answer that waits for something first: `wait` is done, or the server stops, then `answer` is made.

    A client that leaves ends the wait and is answered nothing.
    """

    __slots__ = ("answer", "wait")

    def __init__(self, wait: Coroutine[Any, Any, None], answer: Callable[[], Awaitable[Answer]]) -> None:
        self.wait = wait
        self.answer = answer


Handler = Callable[[Call], Awaitable[Answer | StreamingAnswer | LateAnswer]]
"""What carries out one operation. It may raise any `Refused` or `ApiError`; anything else is a defect (500)."""


class Authenticator(Protocol):
    """Finds out who is calling."""

    def cached(self, call: Call) -> Caller | None:
        """Return the caller if that is known without waiting (a token seen before); None when it is not.

        It is called before the body was read, on every request: it must be quick and must not raise.
        """
        ...

    async def authenticate(self, call: Call) -> Caller:
        """Return the caller. Raises `Unauthenticated`, `TokenExpired` or `TooManyAttempts`. The body has been read."""
        ...


def json_answer(value: Any, *, status: int | None = None) -> Answer:
    """Return `value` (a Struct, or anything msgspec encodes) as JSON."""
    return Answer(msgspec.json.encode(value), status=status)


def empty_answer(*, status: int | None = None) -> Answer:
    """Return an answer without a body."""
    return Answer(b"", status=status, headers=())


def text_answer(body: bytes) -> Answer:
    """Return plain text, UTF-8."""
    return Answer(body, headers=TEXT)
