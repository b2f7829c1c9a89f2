"""The ASGI application: one function that finds the operation, checks who calls it and how, and sends its answer.

Checks run in one order: route, caller, project, headers; then the handler: resource, body, state (DESIGN.md,
section 3).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Final

from homeport.api import headers
from homeport.api.asgi import Receive, Scope, Send
from homeport.api.bodies import LARGEST
from homeport.api.calls import Answer, Authenticator, Call, Handler, LateAnswer, StreamingAnswer
from homeport.api.codes import MALFORMED_REQUEST
from homeport.api.errors import ApiError, cae_body, error_of, iam_body, internal_error
from homeport.api.operations import OPERATIONS, Operation
from homeport.api.routes import Route, Routes
from homeport.api.streams import late, stream
from homeport.log_setup import get_logger
from homeport.model.caller import Role
from homeport.model.errors import InvalidParameter, ProjectForbidden, Refused, RoleMissing
from homeport.model.ids import Ids

_log = get_logger(__name__)
_BODILESS: Final = frozenset({204, 304})
_PLACEHOLDER: Final = "{project_id}"


class ClientGone(Exception):  # noqa: N818 - no error: there is nobody left to tell
    """The client closed the connection before it was answered."""


def request_ids(ids: Ids) -> Callable[[], str]:
    """Return a function that gives every request an id: 32 hex digits, unique, cheap to make, no secret."""
    prefix = ids.secret(8).hex()
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers):016x}"


class Edge:
    """The ASGI application over handlers by operation id.

    Raises `UnmatchedTable` when the handlers are not exactly those of the operations that are built.
    """

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        authenticator: Authenticator,
        request_id: Callable[[], str],
        *,
        operations: Iterable[Operation] = OPERATIONS,
    ) -> None:
        self._routes = Routes(operations, handlers)
        self._authenticator = authenticator
        self._request_id = request_id
        self._stopping = asyncio.Event()

    def stop_streams(self) -> None:
        """End every answer that is still streaming, cleanly, and each later one at once: the server is going down."""
        self._stopping.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or go through the lifespan of the server."""
        if scope["type"] != "http":
            await _other(scope, receive, send)
            return
        request_id = self._request_id()
        answer: Answer | StreamingAnswer
        route: Route | None = None
        call: Call | None = None
        try:
            route, params = self._routes.find(scope)
            call = Call(route.operation, params, dict(scope["headers"]), scope, request_id)
            answer = await self._answer(route, call, receive)
        except ClientGone:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets an answer and the log the cause
            answer = _failure(error, route, scope, request_id)
        if isinstance(answer, StreamingAnswer):
            await stream(answer, scope, request_id, self._stopping, receive, send)
        else:
            status, lines = _head(answer, call, request_id)
            bare = status in _BODILESS or scope["method"] == "HEAD"
            await send({"type": "http.response.start", "status": status, "headers": lines})
            await send({"type": "http.response.body", "body": b"" if bare else answer.body})

    async def _answer(self, route: Route, call: Call, receive: Receive) -> Answer | StreamingAnswer:
        """Find the caller, check project, role and headers, read the body, and let the handler answer."""
        has_body = b"content-length" in call.headers or b"transfer-encoding" in call.headers
        if not route.anybody:
            caller = self._authenticator.cached(call)
            if caller is None:
                _refuse_placeholder(route, call)
                if has_body:
                    call.body = await _read_body(call.headers, receive)
                    has_body = False
                caller = await self._authenticator.authenticate(call)
            call.caller = caller
            if route.in_project and (role := caller.role_in(call.project_id)) not in route.roles:
                _refuse_placeholder(route, call)
                raise _no_right(route, call, role)
        if route.wants_headers:
            _check_headers(route, call)
        if has_body:
            call.body = await _read_body(call.headers, receive)
        answer = await route.handler(call)
        return await self._late(answer, receive) if isinstance(answer, LateAnswer) else answer

    async def _late(self, answer: LateAnswer, receive: Receive) -> Answer:
        made = await late(answer, self._stopping, receive)
        if made is None:
            raise ClientGone
        return made


def _refuse_placeholder(route: Route, call: Call) -> None:
    """Tell the user of an SDK that was given no project id, before a signature that could not match is looked at."""
    if route.in_project and call.project_id == _PLACEHOLDER:
        raise InvalidParameter(
            "project_id",
            "in the path is the placeholder {project_id}: the client was given no project id",
            allowed="the id of a project; with an SDK: BasicCredentials(ak, sk, project_id)",
        )


def _no_right(route: Route, call: Call, role: Role | None) -> Refused:
    if role is None:
        return ProjectForbidden(call.project_id)
    return RoleMissing(route.operation.action, has=str(role), needs=str(route.operation.role))


def _check_headers(route: Route, call: Call) -> None:
    call.environment_id = headers.environment_id(call.headers.get(b"x-environment-id"), route.environment)
    call.enterprise_project_id = headers.enterprise_project_id(call.headers.get(b"x-enterprise-project-id"))


async def _read_body(request: Mapping[bytes, bytes], receive: Receive) -> bytes:
    length = request.get(b"content-length", b"0")
    if length.isdigit() and len(length) <= 18 and int(length) > LARGEST:
        raise _too_large()
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST:
            raise _too_large()
        parts.append(part)
        more = message.get("more_body", False)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _too_large() -> ApiError:
    return ApiError(MALFORMED_REQUEST, f"The body is too large. Allowed: {LARGEST} bytes.", status=413)


def _failure(error: Exception, route: Route | None, scope: Scope, request_id: str) -> Answer:
    operation_id = route.operation.id if route else ""
    known = _known_failure(error, operation_id)
    if known is None:
        _log.error("request failed", operation=operation_id, request_id=request_id, exc_info=error)
        known = internal_error(request_id)
    iam = route.operation.iam if route else scope["path"].startswith("/v3/")
    answer = Answer(iam_body(known) if iam else cae_body(known), status=known.status)
    if known.retry_after is not None:
        answer.headers = (*answer.headers, (b"retry-after", str(known.retry_after).encode()))
    return answer


def _known_failure(error: Exception, operation_id: str) -> ApiError | None:
    if isinstance(error, ApiError):
        return error
    return error_of(error, operation_id) if isinstance(error, Refused) else None


def _head(answer: Answer, call: Call | None, request_id: str) -> tuple[int, list[tuple[bytes, bytes]]]:
    """Return the status and headers to send: 304 to a client that has the answer already."""
    status = answer.status
    if status is None:
        status = call.operation.status if call else 200
    lines = [*answer.headers, (b"x-request-id", request_id.encode())]
    if answer.etag is not None:
        tag = f'"{answer.etag}"'.encode()
        lines.append((b"etag", tag))
        if call and headers.names_tag(call.headers.get(b"if-none-match"), tag):
            status = 304
    if status not in _BODILESS:
        lines.append((b"content-length", b"%d" % len(answer.body)))
    return status, lines


async def _other(scope: Scope, receive: Receive, send: Send) -> None:
    """Go along with the server's start and stop; close a WebSocket, since there are none."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1000})
        return
    for step in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{step}.complete"})
