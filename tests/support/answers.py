"""Every answer that the clients of `support.server` get, shown as well to whoever listens."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx2
from huaweicloudsdkcore.http.http_handler import HttpHandler


class Heard(NamedTuple):
    """One answer: what was asked, and what came back."""

    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes


Listener = Callable[[Heard], None]

_listeners: list[Listener] = []


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Show `listener` every answer that a client gets until the end of the block."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def tell(heard: Heard) -> None:
    """Show an answer to all that listen."""
    for listener in _listeners:
        listener(heard)


def sdk_handler() -> HttpHandler:
    """Return what lets the official client tell its answers."""
    return HttpHandler().add_response_handler(_tell_of_the_sdk)


def http_hooks() -> dict[str, list[Any]]:
    """Return the event hooks that let a client of httpx2 tell its answers."""
    return {"response": [_tell_of_http]}


@cache
def no_authorities() -> ssl.SSLContext:
    """Return a context that trusts nobody, for clients without TLS: to read the known authorities takes time."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def async_http_hooks() -> dict[str, list[Any]]:
    """Return the same for an asynchronous client."""
    return {"response": [_tell_of_async_http]}


def _tell_of_the_sdk(**parts: Any) -> None:
    response = parts["response"]
    path = urlsplit(response.request.url).path
    tell(Heard(response.request.method, path, response.status_code, response.headers, response.content))


def _tell_of_http(response: httpx2.Response) -> None:
    if "content-length" in response.headers or response.status_code in (204, 304):
        # Without a length it is a stream, which whoever asked for it reads piece by piece.
        tell(_heard(response, response.read()))


async def _tell_of_async_http(response: httpx2.Response) -> None:
    tell(_heard(response, await response.aread()))


def _heard(response: httpx2.Response, body: bytes) -> Heard:
    request = response.request
    path = request.url.raw_path.decode("ascii").partition("?")[0]
    return Heard(request.method, path, response.status_code, response.headers, body)
