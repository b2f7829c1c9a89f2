"""What the front itself says, when there is no instance to say it."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, Final, NamedTuple

from homeport.routing.front_headers import Headers
from homeport.routing.front_targets import Target, Targets

RETRY_AFTER_SECONDS: Final = 1


class Answer(NamedTuple):
    """A status, its headers and its body."""

    status: int
    headers: Headers
    body: bytes


def unavailable(component_name: str, targets: Targets, refused: Collection[Target], scope: dict[str, Any]) -> Answer:
    """Return 503 and why: there is no instance, none is ready, or those that are take no connection."""
    names = targets.names()
    if not names:
        what = f"component {component_name} runs no instance at the moment"
    elif refused:
        what = f"no instance of component {component_name} takes connections: {', '.join(one.name for one in refused)}"
    else:
        what = f"no instance of component {component_name} is ready: {', '.join(names)}"
    return _answer(503, what, scope, (b"retry-after", str(RETRY_AFTER_SECONDS).encode()))


def broken(target: Target, error: Exception, scope: dict[str, Any]) -> Answer:
    """Return 502 and why: the instance has ended the connection before it answered, or answered what is no HTTP."""
    return _answer(502, f"instance {target.name} broke off: {str(error) or type(error).__name__}", scope)


def not_forwarded(scope: dict[str, Any]) -> Answer:
    """Return 501 for a request that is for no instance: the front is no forward proxy."""
    return _answer(501, "CONNECT is for forward proxies; this is an application's address", scope)


def nobody(scope: dict[str, Any]) -> Answer:
    """Return 404 for a request that no component's hosts and paths are for."""
    return _answer(404, "no component answers here for this host and path", scope)


def not_let_in(component_name: str, scope: dict[str, Any]) -> Answer:
    """Return 403 for a client that a component's `access_control` keeps out."""
    return _answer(403, f"component {component_name} is closed to your address", scope)


def ambiguous(scope: dict[str, Any]) -> Answer:
    """Return 400 for a path that an instance may take for another than the one it is placed by."""
    return _answer(400, "a path with . or .. in it is not passed on here; send the path that is meant", scope)


def _answer(status: int, what: str, scope: dict[str, Any], *more: tuple[bytes, bytes]) -> Answer:
    """Say it as JSON or as text, whichever the request's `Accept` names."""
    if any(name == b"accept" and b"json" in value for name, value in scope["headers"]):
        body, kind = json.dumps({"error": what}).encode(), b"application/json"
    else:
        body, kind = f"Homeport: {what}.\n".encode(), b"text/plain; charset=utf-8"
    return Answer(status, [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *more], body)
