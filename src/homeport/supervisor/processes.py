"""Processes: started, known again after a restart of the supervisor, and seen ending.

A process is known by its id, the time it started and the boot it belongs to: an id alone comes to mean somebody else.
"""

from __future__ import annotations

import asyncio
import ctypes
import fcntl
import os
import resource
import signal
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

PR_SET_CHILD_SUBREAPER: Final = 36
"""prctl(2): processes whose parent died become children of this one instead of init's."""

_ENTER: Final = (
    'ulimit -S -n "$1"; cd "$2" || exit 125; shift 2; '
    'while [ "$1" != -- ]; do echo 0 > "$1" || exit 125; shift; done; shift; exec "$@"'
)
"""Goes into a folder and into cgroups, then becomes the program: so nothing it starts is ever outside of them."""


_OUT_OF_THE_WAY: Final = 100


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Which process: its id, its start in clock ticks after boot (proc(5), field 22 of stat), and the boot."""

    pid: int
    start: int
    boot: str


class Process:
    """A process that was started or taken over; `ended` becomes its exit code.

    The code is negative for a signal, and None where it cannot be known: of a process that is no child.
    """

    def __init__(self, identity: Identity, ended: asyncio.Future[int | None]) -> None:
        self.identity = identity
        self.ended = ended

    @property
    def pid(self) -> int:
        """Its id, and that of its session and process group."""
        return self.identity.pid

    async def wait(self) -> int | None:
        """Return its exit code once it has ended."""
        return await asyncio.shield(self.ended)


class Processes:
    """Starts processes and tells when they end; there is one in a supervisor, and nobody else waits for children."""

    def __init__(self) -> None:
        self._children: dict[int, asyncio.Future[int | None]] = {}
        self._files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)

    def begin(self) -> None:
        """Take charge of all children, also of those whose own parents die, and of as many files as there may be.

        Programs get the number of files that was usual before: those that use select(2) could not bear more.
        """
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        asyncio.get_running_loop().add_signal_handler(signal.SIGCHLD, self._reap)

    def spawn(
        self,
        argv: Sequence[str],
        *,
        environ: Mapping[str, str],
        folder: Path,
        log: int,
        groups: Sequence[Path] = (),
        descriptors: Sequence[int] = (),
    ) -> Process:
        """Start a program in a session of its own, its output going to the file descriptor `log`.

        It finds `descriptors` as its own 3, 4, …
        `groups` are `cgroup.procs` files it enters before it begins. A folder or group that is not there shows as exit
        code 125, with words in the log.
        """
        # Out of the way of the numbers they get, so that none is overwritten before it is moved.
        moving = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY) for one in (log, *descriptors)]
        try:
            pid = self._spawn(argv, environ, (str(folder), *map(str, groups)), moving)
        finally:
            for one in moving:
                os.close(one)
        ended = self._children[pid] = asyncio.get_running_loop().create_future()
        return Process(identity_of(pid) or Identity(pid=pid, start=0, boot=boot_id()), ended)

    def _spawn(
        self, argv: Sequence[str], environ: Mapping[str, str], places: Sequence[str], descriptors: Sequence[int]
    ) -> int:
        log, *others = descriptors
        return os.posix_spawn(
            "/bin/sh",
            ["sh", "-c", _ENTER, "homeport", str(self._files), *places, "--", *argv],
            environ,
            setsid=True,
            setsigmask=(),
            setsigdef=(signal.SIGPIPE, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, log, 1),
                (os.POSIX_SPAWN_DUP2, log, 2),
                *((os.POSIX_SPAWN_DUP2, one, number) for number, one in enumerate(others, start=3)),
            ],
        )

    def adopt(self, identity: Identity) -> Process | None:
        """Return the process that an earlier supervisor started, or None when it is gone."""
        try:
            descriptor = os.pidfd_open(identity.pid)
        except ProcessLookupError:
            return None
        if identity_of(identity.pid) != identity or is_zombie(identity.pid):
            os.close(descriptor)
            return None
        ended: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().add_reader(descriptor, _adopted_ended, descriptor, ended)
        return Process(identity, ended)

    def _reap(self) -> None:
        while (status := _one_ended_child()) is not None:
            pid, code = status
            ended = self._children.pop(pid, None)
            if ended is not None and not ended.done():
                ended.set_result(code)


async def gone(pid: int) -> None:
    """Return when a process, anybody's, has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[None] = loop.create_future()
    loop.add_reader(descriptor, _settle, ended)
    try:
        await ended
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


def identity_of(pid: int) -> Identity | None:
    """Return who has this id now, or None when nobody has."""
    fields = _stat(pid)
    return Identity(pid=pid, start=int(fields[19]), boot=boot_id()) if fields else None


def is_zombie(pid: int) -> bool:
    """Tell whether a process has ended and only waits to be reaped, or is gone."""
    fields = _stat(pid)
    return not fields or fields[0] in ("Z", "X")


def signal_one(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process; nothing happens when it is gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def signal_session(leader: int, number: signal.Signals) -> None:
    """Send a signal to the process group of a child that was started here; nothing happens when it is gone."""
    try:
        os.killpg(leader, number)
    except ProcessLookupError:
        return


@cache
def boot_id() -> str:
    """Return the id of this boot of the machine (random(4))."""
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat from the third (the state) on; the second may hold spaces and brackets."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _one_ended_child() -> tuple[int, int] | None:
    try:
        found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG)
    except ChildProcessError:
        return None
    if found is None:
        return None
    return found.si_pid, found.si_status if found.si_code == os.CLD_EXITED else -found.si_status


def _settle(ended: asyncio.Future[None]) -> None:
    if not ended.done():
        ended.set_result(None)


def _adopted_ended(descriptor: int, ended: asyncio.Future[int | None]) -> None:
    asyncio.get_running_loop().remove_reader(descriptor)
    os.close(descriptor)
    if not ended.done():
        ended.set_result(None)
