"""haproxy for tests: a front of its own in the test's process."""

import contextlib
import fcntl
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from homeport.routing.front_targets import Readiness
from homeport.routing.haproxy.front import HaproxyFront
from homeport.supervisor.processes import gone
from support.haproxy import PROGRAM


class Started:
    """A program that was started here."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.pid = process.pid
        self.record = process.pid

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal; nothing happens when it has ended."""
        self.process.send_signal(number)

    async def wait(self) -> int | None:
        """Return its exit code once it has ended."""
        await gone(self.pid)
        return self.process.wait()


class TestPrograms:
    """Starts programs as the supervisor does."""

    __test__ = False

    def __init__(self) -> None:
        self.started: list[Started] = []

    def start(self, argv: Sequence[str], *, folder: Path, log: int, descriptors: Sequence[int]) -> Started:
        """Start a program; see `Programs`."""
        high = [fcntl.fcntl(one, fcntl.F_DUPFD, 100) for one in descriptors]
        placing = "; ".join(f"exec {number}<&{one}" for number, one in enumerate(high, start=3))
        try:
            process = subprocess.Popen(
                ["/bin/bash", "-c", f'{placing}; exec "$@"', "haproxy", *argv],
                cwd=folder,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                pass_fds=high,
                start_new_session=True,
            )
        finally:
            for one in high:
                os.close(one)
        self.started.append(Started(process))
        return self.started[-1]

    def known(self, record: Any) -> Started | None:
        """Return a program by its record."""
        return next((one for one in self.started if one.record == record and one.process.poll() is None), None)


@asynccontextmanager
async def haproxy_front(ready: Readiness, root: Path) -> AsyncIterator[HaproxyFront]:
    """Yield a front by haproxy; every process of it is ended."""
    programs = TestPrograms()
    front = HaproxyFront(ready, PROGRAM, root, programs)
    try:
        yield front
    finally:
        await front.close()
        for one in programs.started:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one.pid, signal.SIGKILL)
            one.process.wait()
