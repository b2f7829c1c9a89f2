"""Requests and answers passed on, both streamed, none kept: the ASGI application behind one address.

Forwarding is aiohttp's work; measured here against httpx2 on one core (50 connections, 1 kB answers) it passes on
9,000 requests a second and httpx2 1,500.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final

import aiohttp

from homeport.routing.front_answers import Answer, broken, not_forwarded, unavailable
from homeport.routing.front_headers import forwarded_url, has_body, to_client, to_instance
from homeport.routing.front_targets import Target, Targets
from homeport.routing.front_websocket import WebSocketForwarder

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_REST_SECONDS: Final = 1.0
"""How long a connection to an instance may rest before it is used again: less than any server's own patience (the
shortest, gunicorn's, is 2 s), so that no request is sent on a connection that the instance is closing."""

_CONNECT_SECONDS: Final = 5.0
_WATCH_AFTER_SECONDS: Final = 0.05
_LARGEST_HEADER: Final = 64 * 1024

_log = logging.getLogger(__name__)


def make_session() -> aiohttp.ClientSession:
    """Return the client that forwards: it adds nothing to a request, keeps no cookie and unpacks no answer."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_REST_SECONDS),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
        max_line_size=_LARGEST_HEADER,
        max_field_size=_LARGEST_HEADER,
        read_bufsize=256 * 1024,
    )


class Forwarder:
    """The ASGI application of one component's address."""

    def __init__(self, component_name: str, targets: Targets, session: aiohttp.ClientSession, *, port: int = 0) -> None:
        """Pass on to `targets`, at a port of theirs that is not their own where `port` is not 0."""
        self.component_name = component_name
        self.targets = targets
        self.session = session
        self.port = port
        self._websockets = WebSocketForwarder(component_name, targets, session, port=port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request or a WebSocket on to an instance."""
        if scope["type"] == "websocket":
            await self._websockets(scope, receive, send)
        else:
            await _Exchange(self, scope, receive, send).run()


class _Exchange:
    """One request and its answer."""

    def __init__(self, forwarder: Forwarder, scope: Scope, receive: Receive, send: Send) -> None:
        self._forwarder = forwarder
        self._scope = scope
        self._receive = receive
        self._send = send
        self._answering = False
        self._gone = False
        self._body_read = not has_body(scope)
        self._task = asyncio.current_task()
        self._slow = False
        self._watch: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Place the request; on another instance only when the one chosen has not taken the connection."""
        if self._scope["method"] == "CONNECT":
            return await self._say(not_forwarded(self._scope))
        timer = asyncio.get_running_loop().call_later(_WATCH_AFTER_SECONDS, self._turned_slow)
        try:
            await self._place()
        except asyncio.CancelledError:
            if not self._gone:
                raise
            if self._task is not None:
                self._task.uncancel()
        finally:
            timer.cancel()
            if self._watch is not None:
                self._watch.cancel()
        return None

    async def _place(self) -> None:
        refused: list[Target] = []
        while (target := self._forwarder.targets.choose(refused)) is not None:
            with target.used():
                try:
                    await self._pass_on(target)
                except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
                    # No connection, so nothing of the request has reached it: another one may have it.
                    refused.append(target)
                    continue
                except (aiohttp.ClientError, OSError) as error:
                    await self._broken(target, error)
                return
        forwarder = self._forwarder
        await self._say(unavailable(forwarder.component_name, forwarder.targets, refused, self._scope))

    async def _pass_on(self, target: Target) -> None:
        headers = to_instance(self._scope)
        data = None if self._body_read else self._body()
        url = forwarded_url(target.at(self._forwarder.port), self._scope)
        async with self._forwarder.session.request(
            self._scope["method"], url, headers=headers, data=data, allow_redirects=False
        ) as answer:
            await self._start(answer.status, to_client(answer.raw_headers, answer.status))
            async for piece in answer.content.iter_any():
                await self._send({"type": "http.response.body", "body": piece, "more_body": True})
            await self._send({"type": "http.response.body", "body": b""})

    async def _body(self) -> AsyncIterator[bytes]:
        while not self._body_read:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                self._client_gone()
                return
            self._body_read = not message.get("more_body", False)
            yield message.get("body", b"")
        if self._slow:
            self._begin_watch()

    def _turned_slow(self) -> None:
        """Begin to look whether the client is still there; most exchanges are over before that."""
        self._slow = True
        if self._body_read:
            self._begin_watch()

    def _begin_watch(self) -> None:
        if self._watch is None:
            self._watch = asyncio.get_running_loop().create_task(self._watch_client())

    async def _watch_client(self) -> None:
        """Break off when the client goes away; while its body is being read, the reader sees that."""
        if (await self._receive())["type"] == "http.disconnect":
            self._client_gone()

    def _client_gone(self) -> None:
        self._gone = True
        if self._task is not None:
            self._task.cancel()

    async def _start(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        self._answering = True
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    async def _broken(self, target: Target, error: Exception) -> None:
        _log.warning("%s: instance %s broke off: %r", self._forwarder.component_name, target.name, error)
        # When part of the answer is on its way, ending without the rest is how the client learns that it is not whole.
        if not self._answering:
            await self._say(broken(target, error, self._scope))

    async def _say(self, answer: Answer) -> None:
        await self._start(answer.status, answer.headers)
        await self._send({"type": "http.response.body", "body": answer.body})
