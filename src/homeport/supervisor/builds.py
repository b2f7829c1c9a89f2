"""Builds: each a process of its own that outlives the engine that asked for it, and the supervisor too.

Whatever a build made known lies in its folder (layout.py): the order it reads, the log it writes, its `result.json`.
The folder stays until somebody has taken the result, so that an engine that comes back finds the build under its id.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from homeport.drivers.process.layout import Layout, write_whole
from homeport.drivers.process.logs import last_lines
from homeport.drivers.process.release import artifact_of, read_release
from homeport.drivers.process.wire import ACCESS_FILE, BuildSpec
from homeport.drivers.sources.wanted import BuildEnd
from homeport.model.causes import Cause, Failure, TaskFailed, failed
from homeport.supervisor.cgroups import Cgroup, Hierarchies
from homeport.supervisor.groups import MARKER, Group
from homeport.supervisor.logfiles import open_log
from homeport.supervisor.processes import Identity, Process, Processes

_T = TypeVar("_T")

_log = logging.getLogger(__name__)
_STOPPED: Final = Failure(cause=Cause.TERMINATED, what="the build was stopped")
_ORDER, _RESULT, _PROCESS, _LOG = "order.json", "result.json", "process.json", "log"


class Builds:
    """The builds under way, by id."""

    def __init__(
        self, layout: Layout, processes: Processes, hierarchies: Hierarchies, *, settled: Callable[[], None]
    ) -> None:
        """`settled` is called whenever a build has ended."""
        self._layout = layout
        self._processes = processes
        self._hierarchies = hierarchies
        self._settled = settled
        self._running: dict[str, asyncio.Task[BuildEnd]] = {}
        self._stopping: set[str] = set()
        self._open = True

    def load(self) -> None:
        """Take over the builds of an earlier supervisor, those that ended meanwhile too."""
        for folder, spec in self._all():
            if not (folder / _RESULT).exists():
                identity = _read_identity(folder)
                self._watch(spec, self._processes.adopt(identity) if identity else None)

    def running(self) -> list[str]:
        """Return the ids of the builds under way."""
        return list(self._running)

    def start(self, spec: BuildSpec) -> None:
        """Make a build be under way; one that is, or stands, or whose result nobody has taken yet, stays as it is.

        Raises:
            TaskFailed: every build is being ended (`driver-unreachable`).
        """
        if not self._open:
            raise failed(Cause.DRIVER_UNREACHABLE, "the supervisor is ending: `homeport down` was asked for")
        order = spec.order
        release = self._layout.release(order.owner.component_id, order.id)
        folder = self._layout.build(order.id)
        if read_release(release) is not None or (folder / _ORDER).exists():
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        # Apart from the order, which is there for as long as the build is: the source's own commands could read it.
        if order.access is not None:
            write_whole(folder / ACCESS_FILE, msgspec.json.encode(order.access))
        order = msgspec.structs.replace(order, access=None)
        spec = msgspec.structs.replace(spec, release=str(release), order=order)
        write_whole(folder / _ORDER, msgspec.json.encode(spec))
        process = self._spawn(spec, folder)
        write_whole(folder / _PROCESS, msgspec.json.encode(process.identity))
        self._watch(spec, process)

    async def end(self, build_id: str) -> BuildEnd:
        """Wait for a build to end and return how it did.

        Raises:
            TaskFailed: there is no such build, or no longer (`terminated`).
        """
        running = self._running.get(build_id)
        if running is not None:
            return await asyncio.shield(running)
        end = _read(self._layout.build(build_id) / _RESULT, BuildEnd)
        if end is None:
            raise TaskFailed(_STOPPED)
        return end

    async def taken(self, build_id: str) -> None:
        """Forget a build that has ended: its result has reached whoever needs it."""
        if build_id not in self._running:
            await asyncio.to_thread(shutil.rmtree, self._layout.build(build_id), ignore_errors=True)

    async def stop(self, build_id: str) -> None:
        """End a build and remove what it has made; a release that stands stays.

        Raises:
            TaskFailed: some of its processes are still alive (`still-alive`).
        """
        folder = self._layout.build(build_id)
        spec = _read(folder / _ORDER, BuildSpec)
        if spec is None:
            return
        self._stopping.add(build_id)
        try:
            await self._kill(build_id, folder)
        finally:
            self._stopping.discard(build_id)
        if read_release(Path(spec.release)) is None:
            await asyncio.to_thread(shutil.rmtree, spec.release, ignore_errors=True)
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def stop_all(self) -> None:
        """End every build under way and start none any more."""
        self._open = False
        await asyncio.gather(*(self.stop(build_id) for build_id in self.running()))

    async def forget(self, component_id: str) -> None:
        """End the builds of a component and remove what is left of them."""
        for _, spec in list(self._all()):
            if spec.order.owner.component_id == component_id:
                await self.stop(spec.order.id)

    async def _kill(self, build_id: str, folder: Path) -> None:
        if not await self._group(build_id, folder).killed():
            raise failed(Cause.STILL_ALIVE, f"build {build_id} does not end")
        running = self._running.get(build_id)
        if running is not None:
            await asyncio.wait((running,))

    def _all(self) -> Iterator[tuple[Path, BuildSpec]]:
        for folder in self._layout.builds.iterdir():
            spec = _read(folder / _ORDER, BuildSpec)
            if spec is not None:
                yield folder, spec

    def _spawn(self, spec: BuildSpec, folder: Path) -> Process:
        group = self._group(spec.order.id, folder)
        group.cgroup.make()
        log = open_log(folder / _LOG)
        try:
            return self._processes.spawn(
                (sys.executable, "-P", "-m", "homeport.drivers.process.build", str(folder)),
                environ=spec.environ | {MARKER: _mark(spec.order.id), "PYTHONUNBUFFERED": "1"},
                folder=folder,
                log=log,
                groups=group.cgroup.entrances(),
            )
        finally:
            os.close(log)

    def _watch(self, spec: BuildSpec, process: Process | None) -> None:
        build_id = spec.order.id
        task = self._running[build_id] = asyncio.create_task(self._see_through(spec, process), name=f"build {build_id}")
        task.add_done_callback(lambda _: self._ended(build_id))

    def _ended(self, build_id: str) -> None:
        del self._running[build_id]
        self._settled()

    async def _see_through(self, spec: BuildSpec, process: Process | None) -> BuildEnd:
        """Wait for a build's process, clear up after it, and write a result where it could write none itself."""
        code = await process.wait() if process is not None else None
        folder = self._layout.build(spec.order.id)
        group = self._group(spec.order.id, folder)
        await group.killed()
        group.cgroup.remove()
        stopped = spec.order.id in self._stopping
        end = None if stopped else _read(folder / _RESULT, BuildEnd)
        return end or self._explain(spec, folder, _STOPPED if stopped else _cut_short(code, folder))

    def _explain(self, spec: BuildSpec, folder: Path, failure: Failure) -> BuildEnd:
        stands = read_release(Path(spec.release)) is not None
        end = BuildEnd(artifact=artifact_of(spec.order)) if stands else BuildEnd(failure=failure)
        try:
            write_whole(folder / _RESULT, msgspec.json.encode(end))
        except OSError as error:
            _log.error("the result of build %s cannot be written: %s", spec.order.id, error)
        return end

    def _group(self, build_id: str, folder: Path) -> Group:
        group = Group(Cgroup(self._hierarchies, _mark(build_id)), _mark(build_id))
        identity = _read_identity(folder)
        if identity is not None:
            group.led_by(identity)
        return group


def _mark(build_id: str) -> str:
    return f"build-{build_id}"


def _cut_short(code: int | None, folder: Path) -> Failure:
    how = "" if code is None else f" with exit code {code}"
    log = tuple(last_lines(folder / _LOG))
    return Failure(cause=Cause.BUILD_FAILED, what=f"the build's process ended{how} before it was done", log=log)


def _read_identity(folder: Path) -> Identity | None:
    return _read(folder / _PROCESS, Identity)


def _read(file: Path, type_: type[_T]) -> _T | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=type_)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
        return None
