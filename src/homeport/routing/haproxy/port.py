"""One port served by a haproxy of its own: started, told what changes, watched, and brought back when it dies.

The listening socket is the supervisor's and inherited by the process. While one process takes the place of another,
or is being brought back, connections wait in the socket: none is refused.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import resource
import shutil
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from homeport.model.causes import Cause, failed
from homeport.routing.front_targets import Leaving
from homeport.routing.haproxy.admin import Admin, Refusal, changes, put_in
from homeport.routing.haproxy.config import files_of
from homeport.routing.haproxy.programs import Programs, Running
from homeport.routing.haproxy.shape import Server, ServerName, Shape, Slots, Table, Wanted, wanted
from homeport.routing.ports import Tenant

RECORD: Final = "process.json"
"""In a process's folder: what it is known by after a restart of the supervisor, and its port."""

_MOST_CONNECTIONS: Final = 10_000
_FILES_A_CONNECTION: Final = 2
_OTHER_FILES: Final = 100
_LOOK_SECONDS: Final = 0.05
"""Between two looks at whether a server has nothing under way; haproxy 2.6 cannot be waited for."""
_CLOSE_SECONDS: Final = 1.0
"""How long requests may still take when their address is closed."""
_REPLACED_SECONDS: Final = 10.0
"""The same where another process has taken the place."""
_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 5.0
_LOG_BYTES: Final = 2_000

_log = logging.getLogger(__name__)


class Record(msgspec.Struct, frozen=True):
    """What is written down of a process."""

    port: int
    process: Any


class Where(NamedTuple):
    """What runs, and where its folders are."""

    program: str
    root: Path
    programs: Programs


class _Process:
    """A haproxy, and what it was told."""

    def __init__(
        self,
        running: Running,
        folder: Path,
        shape: Shape,
        tables: dict[str, Table],
        servers: dict[ServerName, Server],
    ) -> None:
        self.running = running
        self.folder = folder
        self.admin = Admin(folder)
        self.shape = shape
        self.tables = tables
        self.servers = servers
        self.leaving: dict[ServerName, _Leaver] = {}
        self.seeing_off = False


class _Leaver:
    """A server, or a whole process, that takes nothing new (`Leaving` in front_targets.py)."""

    under_way = 1

    def __init__(self) -> None:
        self.gone = asyncio.Event()

    async def quiet(self) -> None:
        """Return when nothing is under way at it."""
        await self.gone.wait()


class HaproxyPort:
    """Serves one port (`PortServer` in ports.py)."""

    def __init__(self, socket_: socket.socket, where: Where, ready: Callable[[str], bool | None]) -> None:
        """`ready` tells whether an instance may be given traffic."""
        self.socket = socket_
        self._where = where
        self._ready = ready
        self._number = socket_.getsockname()[1]
        self._slots = Slots()
        self._tenants: Mapping[str, Tenant] = {}
        self._process: _Process | None = None
        self._generation = 0
        self._telling = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    async def lead(self, tenants: Mapping[str, Tenant]) -> Sequence[Leaving]:
        """Lead to these components; return the instances that left and may have something under way.

        Raises:
            TaskFailed: haproxy does not start (`start-failed`), with its own words.
        """
        self._tenants = dict(tenants)
        async with self._telling:
            return await self._lead()

    async def close(self) -> None:
        """Listen no more; return when requests under way have ended, or have had their time."""
        self._closing = True
        self.socket.close()
        async with self._telling:
            process, self._process = self._process, None
        if process is not None:
            await self._end(process)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _lead(self) -> Sequence[Leaving]:
        process = self._process
        taken = {int(slot[1:]) for slot, _ in process.leaving} if process is not None else set[int]()
        now = wanted(self._tenants, self._slots, self._ready, frozenset(taken))
        if process is None or not now.shape.fits(process.shape):
            return await self._replace(now)
        try:
            return await self._adjust(process, now)
        except (OSError, Refusal) as error:
            # Whatever it is like now, another one is made as it shall be; while one dies, this is how it is noticed.
            _log.warning("the haproxy of port %d is replaced: %s", self._number, error)
            return await self._replace(now)

    async def _adjust(self, process: _Process, now: Wanted) -> list[Leaving]:
        adding, taking = changes(process.tables, process.tables | now.tables | _emptied(process, now))
        for command in adding:
            await process.admin.tell(command)
        for name, server in now.servers.items():
            await self._put(process, name, server)
        for name in [name for name in process.servers if name not in now.servers]:
            await process.admin.tell(f"set server {'/'.join(name)} state drain")
            del process.servers[name]
            process.leaving[name] = _Leaver()
        for command in taking:
            await process.admin.tell(command)
        process.tables |= now.tables | _emptied(process, now)
        if process.leaving and not process.seeing_off:
            process.seeing_off = True
            self._begin(self._see_off(process))
        return list(process.leaving.values())

    async def _put(self, process: _Process, name: ServerName, server: Server) -> None:
        known = process.servers.get(name)
        if known == server:
            return
        if known is None and (back := process.leaving.pop(name, None)) is None:
            for command in put_in(name, server):
                await process.admin.tell(command)
        else:
            await process.admin.tell(f"set server {'/'.join(name)} state {'ready' if server.ready else 'maint'}")
            if known is None and back is not None:
                back.gone.set()
        process.servers[name] = server

    async def _see_off(self, process: _Process) -> None:
        """Remove the servers that left, each when nothing is under way at it any more."""
        while process.leaving and process is self._process:
            async with self._telling:
                with contextlib.suppress(OSError, Refusal):
                    under_way = await process.admin.sessions()
                    for name in [name for name in process.leaving if not under_way.get(name)]:
                        await self._remove(process, name)
            await asyncio.sleep(_LOOK_SECONDS)
        process.seeing_off = False
        for server in process.leaving.values():
            server.gone.set()

    async def _remove(self, process: _Process, name: ServerName) -> None:
        process.leaving[name].gone.set()
        await process.admin.tell(f"set server {'/'.join(name)} state maint")
        await process.admin.tell(f"del server {'/'.join(name)}")
        del process.leaving[name]

    async def _replace(self, now: Wanted) -> list[Leaving]:
        """Start a process as it shall be, and only then let the one before it go, which is what leaves."""
        before, self._process = self._process, await self._started(now)
        self._begin(self._watch(self._process))
        if before is None:
            return []
        # Both take connections from the one socket; from here on only the new one may. A dead one takes none.
        with contextlib.suppress(OSError, Refusal):
            await before.admin.tell("shutdown frontend port")
        left = _Leaver()
        self._begin(self._let_go(before, left))
        return [left]

    async def _let_go(self, process: _Process, left: _Leaver) -> None:
        try:
            await self._end(process, _REPLACED_SECONDS)
        finally:
            left.gone.set()

    async def _started(self, now: Wanted) -> _Process:
        shape = now.shape.with_some_in_store
        now = msgspec.structs.replace(now, shape=shape)
        try:
            folder = self._folder()
            for name, text in files_of(now, _connections()).items():
                _write(folder / name, text)
            running = self._run(folder)
        except OSError as error:
            cause = Cause.DISK_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else Cause.START_FAILED
            what = f"haproxy cannot be started for port {self._number}: {error}"
            raise failed(cause, what, advice="Mend that, then retry the job.") from error
        tables: dict[str, Table] = {
            name: {} for number in range(shape.slots) for name in (f"s{number}.allow", f"s{number}.deny")
        }
        process = _Process(running, folder, shape, tables | now.tables, now.servers)
        try:
            _write(folder / RECORD, msgspec.json.encode(Record(self._number, running.record)).decode())
            await process.admin.ready()
        except OSError as error:
            await self._end(process)
            words = (await asyncio.to_thread((folder.parent / "haproxy.log").read_text, errors="replace"))[-_LOG_BYTES:]
            what = f"haproxy does not serve port {self._number}: {error}"
            advice = "See its words; homeport serve --router embedded does without it."
            raise failed(Cause.START_FAILED, what, advice=advice, log=tuple(words.splitlines())) from error
        return process

    def _run(self, folder: Path) -> Running:
        log = os.open(folder.parent / "haproxy.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        argv = [self._where.program, "-db", "-f", "haproxy.cfg"]
        try:
            # Only the process has the other socket: when it dies, whoever asks it something learns that at once.
            with Admin(folder).listen() as admin:
                descriptors = (self.socket.fileno(), admin.fileno())
                return self._where.programs.start(argv, folder=folder, log=log, descriptors=descriptors)
        finally:
            os.close(log)

    def _folder(self) -> Path:
        self._generation += 1
        folder = self._where.root / str(self._number) / str(self._generation)
        shutil.rmtree(folder, ignore_errors=True)
        for one in (self._where.root, folder.parent, folder):
            one.mkdir(mode=0o700, exist_ok=True)
        return folder

    async def _watch(self, process: _Process) -> None:
        """Bring the process back when it dies; connections wait meanwhile."""
        code = await process.running.wait()
        pause = _FIRST_PAUSE
        while process is self._process and not self._closing:
            _log.warning("the haproxy of port %d has ended (%s) and is brought back", self._number, code)
            async with self._telling:
                try:
                    await self._replace(wanted(self._tenants, self._slots, self._ready, frozenset()))
                except Exception as error:  # noqa: BLE001 - tried again, whatever it was
                    _log.warning("the haproxy of port %d does not come back: %s", self._number, error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _end(self, process: _Process, seconds: float = _CLOSE_SECONDS) -> None:
        """Let a process end its requests within so many seconds, then end it."""
        for server in process.leaving.values():
            server.gone.set()
        process.running.signal(signal.SIGUSR1)
        try:
            await asyncio.wait_for(process.running.wait(), seconds)
        except TimeoutError:
            process.running.signal(signal.SIGKILL)
            await process.running.wait()
        await asyncio.to_thread(shutil.rmtree, process.folder, ignore_errors=True)

    def _begin(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _emptied(process: _Process, now: Wanted) -> dict[str, Table]:
    """Return the lists of backends that no entrance has any more."""
    return {file: {} for file, table in process.tables.items() if table and file not in now.tables}


def _connections() -> int:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(_MOST_CONNECTIONS, (most - _OTHER_FILES) // _FILES_A_CONNECTION)


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
