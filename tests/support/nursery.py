"""Engines and supervisors forked from one process that has imported everything: each up in a tenth of the time.

For suites that start them again and again. What runs in them is the same as everywhere; the supervisors of forked
engines are forked, too, and so are the builds of forked supervisors.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

from homeport.drivers.process.link import SupervisorLink
from homeport.jobs.crashing import VARIABLE
from support.machine import is_alive, is_stopped
from support.server import Server, ServerDied, end_everything, usually
from support.supervisors import DOOR, for_link

_SECONDS: Final = 60.0

_PROGRAM: Final = "import gc; gc.disable(); from support.cradle import main; main()"

_ROOM: Final = 32_768
"""Bytes that a child's arguments may have, and its variables: both are written over those of the nursery."""


class Nursery:
    """The process that forks engines."""

    def __init__(self) -> None:
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._ordering = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="nursery-")
        self._door = f"{self._folder.name}/door"
        tests = str(Path(__file__).parent.parent)
        with theirs, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
            door.bind(self._door)
            command = [sys.executable, "-c", _PROGRAM, str(theirs.fileno()), str(door.fileno()), "x" * _ROOM]
            # What the tests run on, which is another package than the installed one where a defect was put into it.
            places = (tests, os.environ.get("PYTHONPATH", ""))
            environ = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, places)), "ROOM": "x" * _ROOM}
            descriptors = [theirs.fileno(), door.fileno()]
            self._process = subprocess.Popen(command, pass_fds=descriptors, env=environ)

    def fork(self, environ: dict[str, str], log: int) -> Child:
        """Start an engine with these variables; `log` is the descriptor of what it writes its log to.

        `PART` among them is what runs: `serve`, `serve_api` or `work`; see `support.crash_child` for others. With
        `SUPERVISOR` it is a supervisor, which gets the arguments that stand there as JSON.
        """
        reading, writing = os.pipe()
        try:
            with self._ordering:
                order = json.dumps({DOOR: self._door, **environ}).encode()
                socket.send_fds(self._orders, [order], [writing, log])
                pid = int(self._orders.recv(100))
        finally:
            os.close(writing)
        return Child(self, pid, os.fdopen(reading))

    def code(self, pid: int) -> int:
        """Return the exit code of an engine that has ended: once, for it is forgotten then."""
        with self._ordering:
            self._orders.send(str(pid).encode())
            return int(self._orders.recv(100))

    def close(self) -> None:
        """Fork no more; engines that run go on."""
        self._orders.close()
        self._process.wait(_SECONDS)
        self._folder.cleanup()


class Child:
    """A forked engine, with as much of `subprocess.Popen` as a `Server` needs."""

    def __init__(self, nursery: Nursery, pid: int, stdout: IO[str]) -> None:
        self._nursery = nursery
        self.pid = pid
        self._code = 0
        self.stdout = stdout
        try:
            self._descriptor: int | None = os.pidfd_open(pid)
        except ProcessLookupError:
            self._descriptor = None
            self._code = nursery.code(pid)

    def send_signal(self, number: int) -> None:
        """Send a signal; one that has ended gets none."""
        if self._descriptor is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._descriptor, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def wait(self, seconds: float) -> int:
        """Wait for its end and return its exit code, negative for a signal; raise `TimeoutExpired` as Popen does."""
        if self._descriptor is not None:
            if not select.select([self._descriptor], [], [], seconds)[0]:
                raise subprocess.TimeoutExpired(f"engine {self.pid}", seconds)
            os.close(self._descriptor)
            self._descriptor = None
            self._code = self._nursery.code(self.pid)
        return self._code


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
        self.begin(**environ)
        return self.ready()

    def begin(self, **environ: str) -> None:
        """Start the engine without waiting for it: `ready` does."""
        with self.log.open("ab") as log:
            variables = self.environ(**environ) | {"PART": self.part}
            self._process = self._nursery.fork(variables, log.fileno())  # type: ignore[assignment]
        self._doomed = VARIABLE in environ

    def ready(self) -> ForkedServer:
        """Return when the engine answers; raise `ServerDied` when it ends before."""
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline().split()
        if line[:1] != ["ready"]:
            self._close()
            raise ServerDied(self.log.read_text()[-4000:])
        if self.part != "work":
            self.answers_at(line[1])
        return self

    @property
    def runs(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and is_alive(self._process.pid)

    @property
    def stands_still(self) -> bool:
        """Whether it was stopped by a signal, or has ended."""
        return not self.runs or is_stopped(self.pid)

    def has_pid(self, pid: int) -> bool:
        """Tell whether a process id is that of its latest run."""
        return self._process is not None and self._process.pid == pid

    def bury(self) -> None:
        """Forget a run that has ended by itself; harmless without one."""
        if self._process is not None:
            self.wait_for_death()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process."""
        assert self._process is not None
        self._process.send_signal(number)


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Yield a nursery; it is closed at the end."""
    made = Nursery()
    try:
        yield made
    finally:
        made.close()


@contextmanager
def all_forked(nursery: Nursery) -> Iterator[None]:
    """Let `support.server.running` fork its engines from a nursery until the end of the block."""
    with usually(partial(ForkedServer, nursery)):
        yield


async def supervisor(nursery: Nursery, link: SupervisorLink) -> str:
    """Start a supervisor as a link does, wait until it or another one answers, and return what it said of failing."""

    def start() -> str:
        reading, writing = os.pipe()
        with os.fdopen(reading) as words:
            try:
                child = nursery.fork(for_link(link), writing)
            finally:
                os.close(writing)
            with child.stdout:
                said = words.read().strip()
            code = child.wait(_SECONDS)
        return said or f"it ended with exit code {code}"

    return await asyncio.to_thread(start)


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
