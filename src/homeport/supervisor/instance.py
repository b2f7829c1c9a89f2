"""The life of one instance: started, watched, started again when it ends by itself, and ended for good when asked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from homeport.drivers.base import InstanceState, Observed, Usage
from homeport.drivers.changes import Changes
from homeport.drivers.filelogs import FileLogs
from homeport.drivers.probes import Health, Place, port_notes
from homeport.drivers.process.layout import Layout
from homeport.drivers.process.memory import memory_variables
from homeport.drivers.process.release import Release, read_release
from homeport.drivers.process.wire import InstanceSpec
from homeport.drivers.tailing import Tail, watched_in
from homeport.drivers.volumes import root_of
from homeport.model.causes import Cause
from homeport.model.clock import Clock
from homeport.model.log_files import HOME
from homeport.model.workloads import Exec
from homeport.supervisor import logfiles
from homeport.supervisor.buckets import Buckets, MountFailed
from homeport.supervisor.cgroups import Cgroup, Hierarchies
from homeport.supervisor.fetching import fetch
from homeport.supervisor.groups import MARKER, Group
from homeport.supervisor.ports import is_free
from homeport.supervisor.processes import Process, Processes, signal_session
from homeport.supervisor.records import Record, Records
from homeport.supervisor.usage import usage_of
from homeport.supervisor.volumes import folders_of, make_volumes

HOST: Final = "127.0.0.1"
"""Where instances listen."""

_LAST_GRACE: Final = 2.0
"""Seconds that SIGTERM gets at least, when a preStop hook has used up the time."""

_log = logging.getLogger(__name__)


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What all instances of a supervisor share."""

    layout: Layout
    records: Records
    processes: Processes
    hierarchies: Hierarchies
    changes: Changes
    buckets: Buckets
    clock: Clock


class ReleaseGone(Exception):  # noqa: N818 - said of the release, not of the program
    """There is nothing to start the program from, and trying again would not help."""


class PortTaken(Exception):  # noqa: N818 - said of the port
    """Another program listens where this one should."""


def pause_after(ends: int, spec: InstanceSpec) -> float:
    """Return the seconds until the next start, when `ends` soon after each other came before this one."""
    return min(spec.restart_seconds * 2.0 ** min(ends, 30), spec.restart_limit_seconds)


class Instance:
    """One instance. `begin` sets it going; from then on it looks after itself until `stop`."""

    def __init__(self, record: Record, around: Surroundings) -> None:
        order = record.spec.order
        self.record = record
        self.name = order.name
        self._around = around
        self._group = Group(Cgroup(around.hierarchies, order.name), order.name)
        if record.process is not None:
            self._group.led_by(record.process)
        self._state = InstanceState.CREATING if record.wanted else InstanceState.ENDED
        self._ready_since: int | None = None
        self._probe_failure = ""
        self._restarted_by = ""
        self._process: Process | None = None
        self._files = self._log_files()
        self._life: asyncio.Task[None] | None = None
        self._end: asyncio.Task[bool] | None = None

    @property
    def spec(self) -> InstanceSpec:
        """How it was asked for."""
        return self.record.spec

    @property
    def ready(self) -> bool:
        """Whether it may be given traffic now."""
        return self._ready_since is not None

    @property
    def lives(self) -> bool:
        """Whether it shall run, or something of it still does."""
        return self._state is not InstanceState.ENDED or self.record.process is not None

    @property
    def ending(self) -> bool:
        """Whether its end was asked for and is not over."""
        return self._end is not None and not self._end.done()

    @property
    def address(self) -> str:
        """`host:port` where it listens."""
        return f"{HOST}:{self.record.port}"

    @property
    def log(self) -> Path:
        """Its log file."""
        return self._around.layout.log(self.spec.order.owner.component_id, self.name)

    def observed(self) -> Observed:
        """Return what there is of it."""
        record = self.record
        return Observed(
            name=self.name,
            state=self._state,
            ready=self.ready,
            address=self.address,
            started_at=record.started_at,
            ready_since=self._ready_since,
            restarts=record.restarts,
            exit_code=record.exit_code,
            out_of_memory=record.out_of_memory,
            probe_failure=self._probe_failure or self._restarted_by,
            fault=record.fault,
            fault_cause=record.fault_cause,
            notes=self._around.hierarchies.notes() + port_notes(self.spec.order.health, record.port),
        )

    def usage(self) -> Usage | None:
        """Return what its processes have used so far; None when none lives."""
        return usage_of(self._group, self._around.clock.now())

    def begin(self) -> None:
        """Set it going: take over the program that an earlier supervisor started, or start it."""
        self._life = asyncio.create_task(self._live(), name=f"instance {self.name}")
        self._life.add_done_callback(self._life_ended)

    async def stop(self) -> bool:
        """End it for good; tell whether all of its processes were seen gone. Asked twice, it is one end.

        It goes on when the caller stops waiting, so that no instance is left half ended.
        """
        if self._end is None or (self._end.done() and self.lives):
            self._end = asyncio.create_task(self._stop(), name=f"end of {self.name}")
        return await asyncio.shield(self._end)

    def log_is_over(self) -> bool:
        """Tell whether its log has grown too large."""
        return logfiles.is_over(self.log, self.spec.log_bytes)

    def rotate_log(self) -> None:
        """Rotate its log; blocks while it copies."""
        logfiles.rotate(self.log, self.spec.log_bytes)

    def _life_ended(self, life: asyncio.Task[None]) -> None:
        if not life.cancelled() and (defect := life.exception()) is not None:
            _log.error("instance %s is no longer looked after", self.name, exc_info=defect)
            self._keep(fault=f"the supervisor failed over it: {defect!r}")
            self._turn(InstanceState.ENDED)

    def _log_files(self) -> FileLogs | None:
        order = self.spec.order
        release = read_release(self._folder)
        where = self._folder / (release.folder if release is not None else "")
        own = {"/": Path("/"), HOME: self._home, "": where}
        volumes = Path(self.spec.volumes_dir)
        roots = {mount.path: root_of(volumes, order.owner.project_id, mount) for mount in order.mounts}
        found = [watched_in(path, roots, own) for path in order.log_paths]
        watched = [one for one in found if one is not None]
        if not watched:
            return None
        tail = Tail(watched, self._home.parent / "files.json", most_behind=self.spec.log_bytes)
        return FileLogs(self.name, tail, partial(logfiles.append, self.log), self._around.clock)

    async def _live(self) -> None:
        clock, ends = self._around.clock, 0
        if self._files is not None:
            await self._files.begin()
        self._process = self._taken_over()
        while self._process or await self._started():
            began = clock.monotonic()
            if self._process is not None:
                await self._run(self._process)
                self._process = None
            if clock.monotonic() - began >= self.spec.restart_limit_seconds:
                ends = 0
            await clock.sleep(pause_after(ends, self.spec))
            ends += 1

    def _taken_over(self) -> Process | None:
        """Return the program that still runs from an earlier supervisor's time; clear up after one that does not."""
        if self.record.process is None:
            return None
        process = self._around.processes.adopt(self.record.process)
        if process is None:
            self._note_end(None)
        return process

    async def _started(self) -> bool:
        """Start the program; false when it never can be. One that could not be started now is in back-off."""
        await self._group.killed()
        self._turn(InstanceState.CREATING)
        try:
            await make_volumes(self.spec, self._around.buckets)
            self._process = self._start()
        except ReleaseGone as error:
            self._keep(fault=str(error))
            self._turn(InstanceState.ENDED)
            return False
        except (MountFailed, PortTaken, OSError, ValueError) as error:
            cause = Cause.MOUNT_FAILED if isinstance(error, MountFailed) else Cause.START_FAILED
            self._keep(fault=str(error), fault_cause=cause)
            self._turn(InstanceState.BACKOFF)
        return True

    def _start(self) -> Process:
        release = self._release()
        if not is_free(self.record.port):
            raise PortTaken(f"port {self.record.port} of this instance is taken by another program")
        for folder in (self._home, self._home / "tmp"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._group.cgroup.make()
        self._group.cgroup.limit(self.spec.order.limit)
        process = self._spawn(("/bin/sh", "-c", release.command), release, self.log)
        self._group.led_by(process.identity)
        now = self._around.clock.now()
        oom_kills = self._group.cgroup.oom_kills()
        self._keep(process=process.identity, settled=False, oom_kills=oom_kills, started_at=now, fault="")
        return process

    def _release(self) -> Release:
        release = read_release(self._folder)
        if release is None:
            raise ReleaseGone(f"the release {self.spec.order.artifact.reference} is gone; deploy or upgrade again")
        return release

    @property
    def _folder(self) -> Path:
        return self._around.layout.reference(self.spec.order.artifact.reference)

    @property
    def _home(self) -> Path:
        return self._around.layout.instance(self.spec.order.owner.component_id, self.name) / "home"

    def _spawn(self, argv: tuple[str, ...], release: Release, output: Path) -> Process:
        log = logfiles.open_log(output)
        try:
            return self._around.processes.spawn(
                argv,
                environ=self._environ(release),
                folder=self._folder / release.folder,
                log=log,
                groups=self._group.cgroup.entrances(),
            )
        finally:
            os.close(log)

    def _environ(self, release: Release) -> dict[str, str]:
        own = {"HOME": str(self._home), "TMPDIR": str(self._home / "tmp"), "HOST": HOST}
        order = self.spec.order
        memory = memory_variables(order.runtime, order.limit)
        volumes = {mount.variable: str(folder) for mount, folder in folders_of(self.spec)}
        asked = self.spec.environ | own | memory | release.environ | volumes | order.env
        path = os.pathsep.join([*(str(self._folder / folder) for folder in release.path), asked["PATH"]])
        return asked | {"PATH": path, "PORT": str(self.record.port), MARKER: self.name}

    async def _run(self, process: Process) -> None:
        """Watch over a program until it has ended, by itself or because its health asks for it."""
        care = asyncio.ensure_future(self._care())
        try:
            await asyncio.wait((care, process.ended), return_when=asyncio.FIRST_COMPLETED)
        finally:
            # Seen to its end, so that it says nothing more of a program that has ended.
            care.cancel()
            await asyncio.wait((care,))
        self._restarted_by = "" if process.ended.done() else care.result()
        self._say(False, "")
        if self._restarted_by:
            await self._end_processes()
        code = await process.wait()
        # What a program leaves behind when it ends must not meet the one that follows.
        await self._group.killed()
        self._note_end(code)

    async def _care(self) -> str:
        """Run the postStart hook, then the probes; return in words why the program has to be restarted."""
        hook = self.spec.order.lifecycle.post_start
        if hook is not None and not self.record.settled and (failure := await self._command(hook, None, self.log)):
            return f"postStart: {failure}"
        self._keep(settled=True)
        self._turn(InstanceState.RUNNING)
        check, clock = self.spec.order.health, self._around.clock
        place = Place(HOST, self.record.port, alone=False)
        health = Health(check, place, command=self._probe_command, fetch=fetch, say=self._say, clock=clock)
        return await health.watch()

    async def _probe_command(self, command: Exec, seconds: float | None) -> str:
        """Run a probe's command; what it prints would drown the program's own log."""
        return await self._command(command, seconds, Path(os.devnull))

    async def _command(self, command: Exec, seconds: float | None, output: Path) -> str:
        """Run a command where the program runs; return what went wrong with it, empty when nothing did."""
        shown = " ".join(command.command)
        try:
            process = self._spawn(command.command, self._release(), output)
        except (ReleaseGone, OSError, ValueError) as error:
            return f"`{shown}` cannot be run: {error}"
        try:
            async with asyncio.timeout(seconds):
                code = await process.wait()
        except TimeoutError:
            return f"`{shown}` did not end within {seconds} s"
        finally:
            if not process.ended.done():
                signal_session(process.pid, signal.SIGKILL)
        return "" if code == 0 else f"`{shown}` ended with exit code {code}"

    def _say(self, ready: bool, failure: str) -> None:
        before = (self.ready, self._probe_failure)
        if ready and self._ready_since is None:
            self._ready_since = self._around.clock.now()
        elif not ready:
            self._ready_since = None
        self._probe_failure = failure
        if (self.ready, failure) != before:
            self._around.changes.note(self.name)

    def _note_end(self, code: int | None) -> None:
        self._ready_since = None
        out_of_memory = self._group.cgroup.oom_kills() > self.record.oom_kills
        self._keep(process=None, exit_code=code, out_of_memory=out_of_memory, restarts=self.record.restarts + 1)
        self._turn(InstanceState.BACKOFF)

    async def _stop(self) -> bool:
        if self._life is not None:
            self._life.cancel()
            await asyncio.wait((self._life,))
        self._ready_since = None
        self._keep(wanted=False)
        self._turn(InstanceState.STOPPING)
        if self.record.process is not None:
            await self._end_processes()
        if not await self._group.killed():
            return False
        if self._files is not None:
            await self._files.end()
        await self._around.buckets.leave([self.name])
        self._group.cgroup.remove()
        code = await self._process.wait() if self._process else self.record.exit_code
        self._keep(process=None, exit_code=code)
        self._turn(InstanceState.ENDED)
        return True

    async def _end_processes(self) -> None:
        """preStop, SIGTERM, and SIGKILL when the order's `stop_seconds` have passed."""
        clock, seconds = self._around.clock, self.spec.order.stop_seconds
        end = clock.monotonic() + seconds
        hook = self.spec.order.lifecycle.pre_stop
        if hook is not None and (failure := await self._command(hook, seconds, self.log)):
            self._say(False, f"preStop: {failure}")
        self._group.terminate()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(end - clock.monotonic(), _LAST_GRACE if hook else 0)):
                await self._group.empty()
                return
        await self._group.killed()

    def _keep(self, **changes: object) -> None:
        self.record = msgspec.structs.replace(self.record, **changes)
        try:
            self._around.records.save(self.record)
        except OSError as error:
            _log.error("the record of %s cannot be written: %s", self.name, error)

    def _turn(self, state: InstanceState) -> None:
        self._state = state
        self._around.changes.note(self.name)
