"""Listening sockets that come and go, each served by uvicorn's HTTP protocol without a server's loop of its own.

uvicorn's `Server` serves one set of sockets and looks ten times a second whether it shall end; a listener here costs
nothing while nobody talks to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

KEEP_ALIVE_SECONDS: Final = 75
"""How long a client's connection may rest between two requests; the usual value of proxies."""

BACKLOG: Final = 2048


class Listener:
    """Serves an ASGI application on one socket, from `open` until `close`."""

    def __init__(
        self,
        app: Any,
        *,
        websockets: bool = True,
        keep_alive_seconds: int = KEEP_ALIVE_SECONDS,
        on_change: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Serve `app`; `on_change` is told the number of open HTTP connections whenever one opens or closes."""
        self._config = Config(
            app,
            http=HttpToolsProtocol,
            ws="websockets-sansio" if websockets else "none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            timeout_keep_alive=keep_alive_seconds,
            ws_ping_interval=None,
            ws_per_message_deflate=False,
        )
        self._config.load()
        self._state = ServerState()
        self._on_change = on_change
        self._count = 0
        self._changed = asyncio.Event()
        self._server: asyncio.Server | None = None

    async def open(self, listening: socket.socket, *, tls: ssl.SSLContext | None = None) -> None:
        """Serve a socket that is bound already, over TLS where `tls` is given; it is closed with the listener."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, sock=listening, backlog=BACKLOG, ssl=tls)

    @property
    def descriptor(self) -> int:
        """Of the socket that is served; -1 while there is none."""
        sockets = () if self._server is None else self._server.sockets
        return sockets[0].fileno() if sockets else -1

    async def open_unix(self, path: Path) -> None:
        """Serve a Unix socket of mode 0600 at `path`, replacing what an earlier process left there."""
        await self.open(_bind_unix(path))

    def close(self) -> None:
        """Listen no more; requests under way are answered, resting connections are closed at once.

        One on which nothing was asked yet may still be asked on once, until `finish` breaks it off.
        """
        if self._server is not None:
            self._server.close()
        for connection in self._connections():
            connection.shutdown()

    async def finish(self, within: float) -> None:
        """Wait for the requests under way, at most `within` seconds; then break them off."""
        end = asyncio.get_running_loop().time() + within
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(end):
                while any(connection.is_new for connection in self._connections()):
                    self._changed.clear()
                    await self._changed.wait()
        if self._state.tasks:
            await asyncio.wait(self._state.tasks, timeout=end - asyncio.get_running_loop().time())
        for task in list(self._state.tasks):
            task.cancel()
        for connection in self._connections():
            connection.transport.close()

    def _connections(self) -> list[_Counted]:
        return [one for one in self._state.connections if isinstance(one, _Counted)]

    def _protocol(self) -> _Counted:
        return _Counted(self._config, self._state, self._counted)

    def _counted(self, step: int) -> None:
        self._count += step
        self._changed.set()
        self._on_change(self._count)


def _bind_unix(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX)
    mask = os.umask(0o177)
    try:
        listening.bind(str(path))
    finally:
        os.umask(mask)
    return listening


class _Counted(HttpToolsProtocol):
    """uvicorn's protocol, telling when its connection opens and closes."""

    def __init__(self, config: Config, state: ServerState, counted: Callable[[int], None]) -> None:
        super().__init__(config, state, {})
        self._counted = counted
        self._last = False

    @property
    def is_new(self) -> bool:
        """Whether nothing was asked on it yet."""
        return self.cycle is None

    def shutdown(self) -> None:
        """End once what was asked is answered, and what is asked first on a connection that is new."""
        if self.is_new:
            self._last = True
        else:
            super().shutdown()

    def on_headers_complete(self) -> None:
        """Begin a request: the last one of a connection that is to end."""
        super().on_headers_complete()
        if self._last and self.cycle is not None:
            self.cycle.keep_alive = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._counted(1)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._counted(-1)
