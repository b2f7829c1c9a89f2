"""Plain TCP passed on: each connection is placed once, and bytes go both ways until both sides have ended."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from typing import Final

from homeport.routing.front_targets import Target, Targets
from homeport.routing.gate import EVERYBODY, Gate

_PIECE: Final = 64 * 1024
_CONNECT_SECONDS: Final = 5.0

_log = logging.getLogger(__name__)


class TcpListener:
    """Listens on one socket and passes its connections on, from `open` until `close`."""

    def __init__(self, component_name: str, targets: Targets) -> None:
        self._component_name = component_name
        self._targets = targets
        self._gate = EVERYBODY
        self._port = 0
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def open(self, listening: socket.socket) -> None:
        """Serve a socket that is bound already; it is closed with the listener."""
        self._server = await asyncio.start_server(self._accepted, sock=listening)

    @property
    def descriptor(self) -> int:
        """Of the socket that is served; -1 while there is none."""
        sockets = () if self._server is None else self._server.sockets
        return sockets[0].fileno() if sockets else -1

    def lead(self, gate: Gate, port: int) -> None:
        """Let in by this gate from now on, to this port of the instances (0: their own); connections go on."""
        self._gate = gate
        self._port = port

    def close(self) -> None:
        """Listen no more; connections go on."""
        if self._server is not None:
            self._server.close()

    async def finish(self, within: float) -> None:
        """Wait for the connections to end, at most `within` seconds; then break them off."""
        if self._connections:
            await asyncio.wait(self._connections, timeout=within)
        for connection in list(self._connections):
            connection.cancel()

    def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        refused: list[Target] = []
        try:
            if not self._gate.lets_in(writer.get_extra_info("peername", ("",))[0]):
                return None
            while (target := self._targets.choose(refused)) is not None:
                with target.used():
                    try:
                        there = await asyncio.wait_for(
                            asyncio.open_connection(target.host, self._port or target.port), _CONNECT_SECONDS
                        )
                    except (OSError, TimeoutError):
                        refused.append(target)
                        continue
                    return await _both_ways((reader, writer), there)
            _log.warning("%s: no instance takes the connection", self._component_name)
        finally:
            writer.close()


Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _both_ways(here: Ends, there: Ends) -> None:
    ways = [asyncio.ensure_future(_copy(here[0], there[1])), asyncio.ensure_future(_copy(there[0], here[1]))]
    try:
        await asyncio.gather(*ways)
    except OSError:
        # Either side broke the connection off; the other learns it by the closing below.
        return
    finally:
        for way in ways:
            way.cancel()
        there[1].close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on what comes, and the end of it too: the other direction may go on (a half-closed connection)."""
    while piece := await reader.read(_PIECE):
        writer.write(piece)
        await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()
