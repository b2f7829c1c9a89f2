"""The supervisor as a process: one a data folder, from its lock to its last word."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from homeport import __version__
from homeport.drivers.process.layout import Layout, Whereabouts, write_whole
from homeport.model.clock import SystemClock
from homeport.routing.front_listener import Listener
from homeport.supervisor.api import make_api
from homeport.supervisor.cgroups import Hierarchies, known_hierarchies
from homeport.supervisor.supervisor import Supervisor

IDLE_SECONDS: Final = 10.0
"""How long a supervisor stays that looks after nothing and to which nobody is connected."""

_ANSWER_SECONDS: Final = 5.0
_LOCK_SECONDS: Final = 0.05
_ENGINE_REST_SECONDS: Final = 24 * 60 * 60
"""A connection of the engine says that it is there, and may rest long."""

_log = logging.getLogger(__name__)


class AlreadyRuns(Exception):  # noqa: N818 - no error for whoever only wants one to run
    """Another supervisor holds the data folder."""


def run(
    data_dir: Path,
    *,
    idle_seconds: float = IDLE_SECONDS,
    cgroups: bool = True,
    ready: Callable[[], None] = lambda: None,
    wait_seconds: float = 0,
) -> None:
    """Be the supervisor of a data folder until it is told to end, or has had nothing to do for `idle_seconds`.

    `ready` is called when the socket answers; `cgroups` false does without control groups even where they are writable.
    One that is just ending is waited for, `wait_seconds` at most. SIGTERM and SIGINT end all instances and builds
    first, as `homeport down` does.

    Raises:
        AlreadyRuns: another supervisor holds the data folder.
    """
    layout = Layout(data_dir)
    layout.prepare()
    with _held(layout.lock, wait_seconds):
        hierarchies = known_hierarchies(layout.cgroups, f"homeport-{layout.key}") if cgroups else Hierarchies()
        asyncio.run(_serve(layout, hierarchies, idle_seconds=idle_seconds, ready=ready))


async def _serve(layout: Layout, hierarchies: Hierarchies, *, idle_seconds: float, ready: Callable[[], None]) -> None:
    supervisor = Supervisor(layout, hierarchies=hierarchies, clock=SystemClock(), idle_seconds=idle_seconds)
    await supervisor.begin()
    listener = Listener(
        make_api(supervisor),
        websockets=False,
        keep_alive_seconds=_ENGINE_REST_SECONDS,
        on_change=supervisor.connected,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, supervisor.begin_down)
    socket = layout.socket()
    await listener.open_unix(socket)
    where = Whereabouts(pid=os.getpid(), socket=str(socket), version=__version__)
    write_whole(layout.whereabouts, msgspec.json.encode(where))
    _log.info("supervisor %d of %s listens on %s", os.getpid(), layout.data_dir, socket)
    ready()
    await supervisor.ended.wait()
    layout.whereabouts.unlink(missing_ok=True)
    socket.unlink(missing_ok=True)
    listener.close()
    await listener.finish(_ANSWER_SECONDS)
    await supervisor.close()
    layout.cgroups.unlink(missing_ok=True)
    _log.info("supervisor %d of %s ends", os.getpid(), layout.data_dir)


@contextlib.contextmanager
def _held(path: Path, wait_seconds: float) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        end = time.monotonic() + wait_seconds  # own time: no loop and no clock yet
        while not _locked(descriptor):
            if time.monotonic() >= end:  # own time: as above
                raise AlreadyRuns(f"another supervisor runs for {path.parent}")
            # flock(2) waits for ever or not at all.
            time.sleep(_LOCK_SECONDS)  # own time: as above
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
