"""Engines forked from one process that has imported everything: each a process of its own, up in a tenth of the time.

For suites that start an engine again and again. What runs in it is the same `serve` as everywhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from homeport.jobs.crashing import VARIABLE
from support.server import Server, ServerDied, end_everything

_SECONDS: Final = 60.0

_PROGRAM: Final = """
import json, os, signal, socket, sys
import homeport.app, homeport.api.server, homeport.drivers.process.driver, homeport.routing.front_client
import httptools, uvicorn.protocols.http.httptools_impl, uvicorn.lifespan.off
from homeport.settings import load_settings

orders = socket.socket(fileno=int(sys.argv[1]))
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    message, descriptors, _, _ = socket.recv_fds(orders, 1 << 20, 2)
    if not message:
        break
    pid = os.fork()
    if pid == 0:
        orders.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number, descriptor in enumerate(descriptors, start=1):
            os.dup2(descriptor, number)
            os.close(descriptor)
        os.environ.clear()
        os.environ.update(json.loads(message))
        homeport.app.serve(
            load_settings({}, os.environ, None), lambda ready: print("ready", ready.url, flush=True)
        )
        sys.exit(0)
    for descriptor in descriptors:
        os.close(descriptor)
    orders.send(str(pid).encode())
"""


class Nursery:
    """The process that forks engines."""

    def __init__(self) -> None:
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-c", _PROGRAM, str(theirs.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()])

    def fork(self, environ: dict[str, str], log: int) -> Child:
        """Start an engine with these variables; `log` is the descriptor of what it writes its log to."""
        reading, writing = os.pipe()
        try:
            socket.send_fds(self._orders, [json.dumps(environ).encode()], [writing, log])
        finally:
            os.close(writing)
        return Child(int(self._orders.recv(100)), os.fdopen(reading))

    def close(self) -> None:
        """Fork no more; engines that run go on."""
        self._orders.close()
        self._process.wait(_SECONDS)


class Child:
    """A forked engine, with as much of `subprocess.Popen` as a `Server` needs."""

    def __init__(self, pid: int, stdout: IO[str]) -> None:
        self.pid = pid
        self.stdout = stdout
        try:
            self._descriptor: int | None = os.pidfd_open(pid)
        except ProcessLookupError:
            self._descriptor = None

    def send_signal(self, number: int) -> None:
        """Send a signal; one that has ended gets none."""
        if self._descriptor is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._descriptor, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def wait(self, seconds: float) -> int:
        """Wait for its end; its exit code is the nursery's alone to know, so 0 stands for any."""
        if self._descriptor is not None:
            if not select.select([self._descriptor], [], [], seconds)[0]:
                raise TimeoutError(f"engine {self.pid} did not end within {seconds} s")
            os.close(self._descriptor)
            self._descriptor = None
        return 0


class ForkedServer(Server):
    """A `Server` whose engines come from a nursery."""

    def __init__(self, nursery: Nursery, data_dir: Path, **settings: Any) -> None:
        super().__init__(data_dir, **settings)
        self._nursery = nursery
        self._doomed = False

    def revive(self) -> None:
        """Make sure that it runs and is not going to die: the test before this one may have failed."""
        if self._process is not None and self._doomed:
            self.kill()
        if self._process is None:
            self.start()

    def start(self, **environ: str) -> ForkedServer:
        """Start the engine and return when it answers; further variables are given to this run alone."""
        with self.log.open("ab") as log:
            child = self._nursery.fork(self.environ(**environ), log.fileno())
        self._process = child  # type: ignore[assignment]
        self._doomed = VARIABLE in environ
        line = child.stdout.readline().split()
        if line[:1] != ["ready"]:
            self._close()
            raise ServerDied(self.log.read_text()[-4000:])
        self.answers_at(line[1])
        return self


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Yield a nursery; it is closed at the end."""
    made = Nursery()
    try:
        yield made
    finally:
        made.close()


@contextmanager
def forked(nursery: Nursery, data_dir: Path, **settings: Any) -> Iterator[ForkedServer]:
    """Yield a started engine; at the end it is stopped, and everything it ran is ended."""
    server = ForkedServer(nursery, data_dir, **settings)
    try:
        yield server.start()
    finally:
        try:
            server.stop()
        finally:
            end_everything(data_dir)
