"""The HTTP server around the edge: where it listens, how it begins and how it ends."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import uvicorn

from homeport.api.edge import Edge

_BACKLOG: Final = 2_048
_GOODBYE_SECONDS: Final = 5
_KEEP_ALIVE_SECONDS: Final = 75


class ListenError(Exception):
    """The server cannot listen where it was told to, or not with this certificate; the text says what to do."""


class Tls(NamedTuple):
    """A certificate chain and its key, both PEM files."""

    certificate: Path
    key: Path


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 lets the system choose one. Raises `ListenError`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except socket.gaierror as error:
        raise ListenError(f"{host} is no address of this machine: {error.strerror}") from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise ListenError(_why_not(host, port, error)) from error
    listener.listen(_BACKLOG)
    listener.setblocking(False)
    return listener


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is taken by another program; stop it, or choose another with --port"
    return f"cannot listen on {host}:{port}: {error.strerror}"


def url_of(listener: socket.socket, tls: Tls | None) -> str:
    """Return the URL under which a listener is reached from this machine."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - nothing is bound here
        host = "127.0.0.1" if host == "0.0.0.0" else "::1"  # noqa: S104
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if tls else 'http'}://{shown}:{port}"


async def run_server(edge: Edge, listener: socket.socket, tls: Tls | None, on_started: Callable[[], None]) -> None:
    """Answer requests until SIGINT or SIGTERM; requests under way are finished, streams are ended cleanly.

    Raises:
        ListenError: the certificate or its key cannot be used.
    """
    server = _Server(_config(edge, tls), on_started)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        server.should_exit = True
        edge.stop_streams()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    try:
        await server.serve(sockets=[listener])
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def _config(edge: Edge, tls: Tls | None) -> uvicorn.Config:
    config = uvicorn.Config(
        edge,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GOODBYE_SECONDS,
        ssl_certfile=str(tls.certificate) if tls else None,
        ssl_keyfile=str(tls.key) if tls else None,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise ListenError(f"the certificate cannot be used: {error}; check --tls-cert and --tls-key") from error
    return config


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_started()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # Signals are handled by run_server: uvicorn's own way raises them again after the server's end, which would
        # kill the process before the engine has handed its jobs back.
        yield
