"""Builds: each a process of its own that outlives the engine that asked for it, and the supervisor too.

Whatever a build made known lies in its folder (layout.py): the order it reads, the log it writes, its `result.json`.
The folder stays until somebody has taken the result, so that an engine that comes back finds the build under its id.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from homeport.drivers.process.layout import Layout, write_whole
from homeport.drivers.process.logs import last_lines
from homeport.drivers.process.release import artifact_of, read_release
from homeport.drivers.process.wire import BuildEnd, BuildSpec
from homeport.model.causes import Cause, Failure, TaskFailed, failed
from homeport.supervisor.cgroups import Cgroup, Hierarchies
from homeport.supervisor.groups import MARKER, Group
from homeport.supervisor.logfiles import open_log
from homeport.supervisor.processes import Identity, Process, Processes

KILL_SECONDS: Final = 10.0
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
        self._running: dict[str, asyncio.Task[None]] = {}
        self._stopping: set[str] = set()

    def load(self) -> None:
        """Take over the builds of an earlier supervisor, those that ended meanwhile too."""
        for folder in self._layout.builds.iterdir():
            spec = _read_order(folder)
            if spec is not None and not (folder / _RESULT).exists():
                self._watch(spec, self._processes.adopt(_read_identity(folder)))

    def running(self) -> list[str]:
        """Return the ids of the builds under way."""
        return list(self._running)

    def start(self, spec: BuildSpec) -> None:
        """Make a build be under way; one that is, or stands, or whose result nobody has taken yet, stays as it is."""
        order = spec.order
        release = self._layout.release(order.owner.component_id, order.id)
        folder = self._layout.build(order.id)
        if read_release(release) is not None or folder.exists():
            return
        folder.mkdir(mode=0o700)
        spec = msgspec.structs.replace(spec, release=str(release))
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
            await asyncio.wait((running,))
        try:
            return msgspec.json.decode((self._layout.build(build_id) / _RESULT).read_bytes(), type=BuildEnd)
        except FileNotFoundError:
            raise TaskFailed(_STOPPED) from None

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
        spec = _read_order(folder)
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

    async def _kill(self, build_id: str, folder: Path) -> None:
        if not await self._group(build_id, folder).killed(KILL_SECONDS):
            raise failed(Cause.STILL_ALIVE, f"build {build_id} does not end")
        running = self._running.get(build_id)
        if running is not None:
            await asyncio.wait((running,))

    async def stop_all(self) -> None:
        """End every build under way."""
        await asyncio.gather(*(self.stop(build_id) for build_id in self.running()))

    def _spawn(self, spec: BuildSpec, folder: Path) -> Process:
        group = self._group(spec.order.id, folder)
        group.cgroup.make()
        log = open_log(folder / _LOG)
        try:
            return self._processes.spawn(
                (sys.executable, "-m", "homeport.drivers.process.build", str(folder)),
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

    async def _see_through(self, spec: BuildSpec, process: Process | None) -> None:
        """Wait for a build's process, clear up after it, and write a result where it could write none itself."""
        code = await process.wait() if process is not None else None
        folder = self._layout.build(spec.order.id)
        group = self._group(spec.order.id, folder)
        await group.killed(KILL_SECONDS)
        group.cgroup.remove()
        if spec.order.id in self._stopping:
            write_whole(folder / _RESULT, msgspec.json.encode(_stopped(spec)))
        elif not (folder / _RESULT).exists():
            write_whole(folder / _RESULT, msgspec.json.encode(_unexplained(spec, code, folder)))

    def _group(self, build_id: str, folder: Path) -> Group:
        group = Group(Cgroup(self._hierarchies, _mark(build_id)), _mark(build_id))
        group.led_by(_read_identity(folder))
        return group


def _mark(build_id: str) -> str:
    return f"build-{build_id}"


def _stopped(spec: BuildSpec) -> BuildEnd:
    stands = read_release(Path(spec.release)) is not None
    return BuildEnd(artifact=artifact_of(spec.order)) if stands else BuildEnd(failure=_STOPPED)


def _unexplained(spec: BuildSpec, code: int | None, folder: Path) -> BuildEnd:
    if read_release(Path(spec.release)) is not None:
        return BuildEnd(artifact=artifact_of(spec.order))
    how = "" if code is None else f" with exit code {code}"
    log = tuple(last_lines(folder / _LOG))
    return BuildEnd(failure=Failure(cause=Cause.BUILD_FAILED, what=f"the build's process ended{how} early", log=log))


def _read_order(folder: Path) -> BuildSpec | None:
    with contextlib.suppress(FileNotFoundError, msgspec.DecodeError):
        return msgspec.json.decode((folder / _ORDER).read_bytes(), type=BuildSpec)
    return None


def _read_identity(folder: Path) -> Identity:
    with contextlib.suppress(FileNotFoundError, msgspec.DecodeError):
        return msgspec.json.decode((folder / _PROCESS).read_bytes(), type=Identity)
    return Identity(pid=0, start=0, boot="")
