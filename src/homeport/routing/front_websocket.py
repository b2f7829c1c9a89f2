"""WebSockets passed on: a second one to an instance, and every message from each to the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import aiohttp

from homeport.routing.front_answers import Answer, broken, unavailable
from homeport.routing.front_headers import forwarded_url, to_client, to_instance
from homeport.routing.front_targets import Target, Targets

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Socket = aiohttp.ClientWebSocketResponse[bool]

_NEVER_SENT: Final = frozenset({1005, 1006, 1015})
"""Close codes that only stand for how a connection ended (RFC 6455, section 7.4.1)."""

_CLOSE_SECONDS: Final = 2.0
"""How long an instance may take to answer a close."""

_GOING_AWAY: Final = 1001
_SERVICE_RESTART: Final = 1012


class WebSocketForwarder:
    """Passes the WebSockets of one address on."""

    def __init__(self, component_name: str, targets: Targets, session: aiohttp.ClientSession, *, port: int = 0) -> None:
        """Pass on to `targets`, at a port of theirs that is not their own where `port` is not 0."""
        self._port = port
        self._component_name = component_name
        self._targets = targets
        self._session = session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Open a WebSocket at an instance, answer the client as the instance did, and pass on until one side ends."""
        await receive()
        refused: list[Target] = []
        while (target := self._targets.choose(refused)) is not None:
            with target.used():
                try:
                    socket = await self._open(scope, target)
                except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
                    refused.append(target)
                    continue
                except aiohttp.WSServerHandshakeError as error:
                    await reject(send, Answer(error.status, to_client(_raw(error), error.status), b""))
                except (aiohttp.ClientError, OSError) as error:
                    await reject(send, broken(target, error, scope))
                else:
                    await _join(socket, receive, send)
                return
        await reject(send, unavailable(self._component_name, self._targets, refused, scope))

    async def _open(self, scope: Scope, target: Target) -> Socket:
        return await self._session.ws_connect(
            forwarded_url(target.at(self._port), scope),
            protocols=scope["subprotocols"],
            headers=to_instance(scope),
            timeout=aiohttp.ClientWSTimeout(ws_close=_CLOSE_SECONDS),
            autoclose=False,
            max_msg_size=0,
        )


async def _join(socket: Socket, receive: Receive, send: Send) -> None:
    async with socket:
        headers = to_client(socket._response.raw_headers, 101)  # noqa: SLF001 - it has no public name
        await send({"type": "websocket.accept", "subprotocol": socket.protocol, "headers": headers})
        ways = [asyncio.ensure_future(way) for way in (_to_instance(socket, receive), _to_client(socket, send))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            # Whatever breaks one way is the end of both, and no more than that: each side is told by the closing.
            await asyncio.gather(*ways, return_exceptions=True)


async def _to_instance(socket: Socket, receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            code, reason = message.get("code", 1000), message.get("reason") or ""
            await socket.close(code=_GOING_AWAY if code in _NEVER_SENT else code, message=reason.encode())
            return
        if message.get("text") is not None:
            await socket.send_str(message["text"])
        else:
            await socket.send_bytes(message["bytes"])


async def _to_client(socket: Socket, send: Send) -> None:
    while True:
        message = await socket.receive()
        if message.type is aiohttp.WSMsgType.TEXT:
            await send({"type": "websocket.send", "text": message.data})
        elif message.type is aiohttp.WSMsgType.BINARY:
            await send({"type": "websocket.send", "bytes": message.data})
        else:
            return await send(_close_of(message))


def _close_of(message: Any) -> dict[str, Any]:
    """Return the close that the client gets: the instance's own, or `service restart` when it was just lost."""
    if message.type is aiohttp.WSMsgType.CLOSE and message.data not in _NEVER_SENT:
        return {"type": "websocket.close", "code": message.data, "reason": message.extra or ""}
    return {"type": "websocket.close", "code": _SERVICE_RESTART, "reason": "the instance has ended"}


async def reject(send: Send, answer: Answer) -> None:
    """Answer a WebSocket that is not opened, as HTTP."""
    kept = [(name, value) for name, value in answer.headers if name != b"content-length"]
    await send({"type": "websocket.http.response.start", "status": answer.status, "headers": kept})
    await send({"type": "websocket.http.response.body", "body": answer.body})


def _raw(error: aiohttp.WSServerHandshakeError) -> list[tuple[bytes, bytes]]:
    pairs = error.headers.items() if error.headers else ()
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs]
