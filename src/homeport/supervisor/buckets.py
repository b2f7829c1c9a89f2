"""Mounted buckets: each by a process of its own, for as long as an instance uses it, and not longer.

A bucket is mounted below a folder that does not outlive the machine's run (`Layout.mounts`), and a link in the place of
its volume's folder leads there. The process outlives the supervisor, as instances do; one that ends while its bucket is
used is started again.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import signal
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Final

import msgspec

from homeport.drivers.process.layout import Layout, safe, write_whole
from homeport.drivers.process.logs import last_lines
from homeport.drivers.process.wire import BucketMount, BucketUse
from homeport.drivers.s3fs import arguments, find_s3fs
from homeport.model.causes import Cause, failed
from homeport.model.clock import SECOND, Clock
from homeport.supervisor.logfiles import open_log
from homeport.supervisor.processes import Identity, Process, Processes, signal_one

_MOUNT_SECONDS: Final = 30.0
"""How long a mount may take."""
_END_SECONDS: Final = 10.0
"""How long s3fs may take to end before it is killed."""
_LOOK_SECONDS: Final = 0.02
_LONGEST_PAUSE: Final = 60.0
_SETTLED: Final = 600 * SECOND
"""How old a use has to be to be taken for one that nobody has ended: its instance may be on its way before."""

_ENDED: Final = "s3fs has ended"
_RECORD, _LOG, _KEYS = "record.json", "log", "keys"
_ENVIRON: Final = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}

_log = logging.getLogger(__name__)


class MountFailed(Exception):  # noqa: N818 - said of the mount, not of the program
    """A bucket cannot be mounted; `log` is what s3fs said last."""

    def __init__(self, what: str, log: Iterable[str] = ()) -> None:
        self.log = tuple(log)
        super().__init__("; ".join((what, *self.log)))


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A mounted bucket, written down so that a supervisor that was killed can be followed by another."""

    project_id: str
    mount: BucketMount
    folder: str
    """Where it is mounted."""
    link: str
    """What leads there: the place of the volume's folder."""
    users: dict[str, int]
    """The instances that use it, and since when, in microseconds since 1970."""
    process: Identity | None = None


class Buckets:
    """The mounted buckets of one data folder."""

    def __init__(self, layout: Layout, processes: Processes, clock: Clock, *, settled: Callable[[], None]) -> None:
        """`settled` is called whenever one is no longer mounted."""
        self._layout = layout
        self._processes = processes
        self._clock = clock
        self._settled = settled
        self._known: dict[tuple[str, str], Record] = {}
        self._running: dict[tuple[str, str], Process] = {}
        self._watches: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._locks: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)
        self._open = True

    def load(self) -> None:
        """Take over what an earlier supervisor left mounted; what is used and no longer mounted is mounted again."""
        for file in self._layout.buckets.glob(f"*/*/{_RECORD}"):
            try:
                record = msgspec.json.decode(file.read_bytes(), type=Record)
            except msgspec.DecodeError as error:
                _log.warning("a bucket is lost: %s cannot be read: %s", file, error)
                continue
            key = (record.project_id, record.mount.bucket.name)
            self._known[key] = record
            # Its start may have been cut short; s3fs reads them at once.
            (file.parent / _KEYS).unlink(missing_ok=True)
            process = self._processes.adopt(record.process) if record.process is not None else None
            self._watch(key, process)

    def mounted(self) -> int:
        """Return how many buckets there are that are mounted, or should be."""
        return len(self._known)

    async def use(self, use: BucketUse) -> None:
        """Return once all buckets that an instance uses are mounted; until `leave` they are kept so.

        Raises:
            MountFailed: one cannot be mounted; those that were mounted for it alone are no longer.
        """
        try:
            for mount in use.mounts:
                await self._use(use, mount)
        except BaseException:
            await asyncio.shield(self.leave([use.instance]))
            raise

    async def leave(self, instances: Collection[str]) -> None:
        """Note that instances have ended; what nobody uses any more is no longer mounted when this returns."""
        used = [key for key, record in self._known.items() if not record.users.keys().isdisjoint(instances)]
        await asyncio.gather(*(self._leave(key, instances) for key in used))

    async def keep(self, living: Collection[str]) -> None:
        """Let go of what only instances use that are long gone: all but `living`, and those that are just beginning."""
        before = self._clock.now() - _SETTLED
        users = {name: since for record in self._known.values() for name, since in record.users.items()}
        await self.leave([name for name, since in users.items() if name not in living and since < before])

    async def end_all(self) -> None:
        """Unmount everything, whoever uses it, and mount nothing any more."""
        self._open = False
        await self.leave({name for record in self._known.values() for name in record.users})

    async def _use(self, use: BucketUse, mount: BucketMount) -> None:
        key = (use.project_id, mount.bucket.name)
        async with self._locks[key]:
            if not self._open:
                raise failed(Cause.DRIVER_UNREACHABLE, "the supervisor is ending: `homeport down` was asked for")
            record = self._known.get(key) or self._new(use, mount)
            users = record.users | {use.instance: self._clock.now()}
            if self._is_up(key):
                self._keep(key, msgspec.structs.replace(record, users=users))
                return
            # It is mounted for nobody: keys that were stored since are used from now on.
            self._keep(key, msgspec.structs.replace(record, mount=mount, users=users))
            await self._look_away(key)
            await self._unmount(key)
            self._watch(key, await self._mount(key))

    async def _leave(self, key: tuple[str, str], instances: Collection[str]) -> None:
        async with self._locks[key]:
            record = self._known.get(key)
            if record is None:
                return
            users = {name: since for name, since in record.users.items() if name not in instances}
            if users:
                self._keep(key, msgspec.structs.replace(record, users=users))
                return
            await self._look_away(key)
            await self._unmount(key)
            self._forget(key)
        self._settled()

    def _new(self, use: BucketUse, mount: BucketMount) -> Record:
        name = mount.bucket.name
        folder = self._layout.mounts() / safe(use.project_id) / safe(name)
        link = Path(use.volumes_dir) / use.project_id / name
        return Record(project_id=use.project_id, mount=mount, folder=str(folder), link=str(link), users={})

    def _watch(self, key: tuple[str, str], process: Process | None) -> None:
        if process is not None:
            self._running[key] = process
        self._watches[key] = asyncio.create_task(self._see_to(key), name=f"bucket {key[1]}")

    async def _look_away(self, key: tuple[str, str]) -> None:
        if (watch := self._watches.pop(key, None)) is not None:
            watch.cancel()
            await asyncio.wait((watch,))

    def _is_up(self, key: tuple[str, str]) -> bool:
        process = self._running.get(key)
        return process is not None and not process.ended.done()

    async def _see_to(self, key: tuple[str, str]) -> None:
        """Mount a bucket again whenever its process has ended; ended for good by being cancelled."""
        pause = 1.0
        while True:
            if (process := self._running.get(key)) is not None:
                code = await process.wait()
                _log.warning("s3fs of bucket %s ended with exit code %s; it is started again", key[1], code)
                pause = 1.0
            await self._unmount(key)
            try:
                self._running[key] = await self._mount(key)
            except (MountFailed, OSError) as error:
                _log.warning("bucket %s is not mounted: %s", key[1], error)
                await self._clock.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def _mount(self, key: tuple[str, str]) -> Process:
        record, folder = self._known[key], self._folder(key)
        found = find_s3fs()
        if found.shortcoming:
            raise MountFailed(f"bucket {key[1]} cannot be mounted: {found.shortcoming}")
        bucket = record.mount.bucket
        keys, log = folder / _KEYS, folder / _LOG
        place = Path(record.folder)
        self._lead(record)
        log.unlink(missing_ok=True)
        write_whole(keys, f"{bucket.access_key}:{bucket.secret_key}\n".encode())
        argv = arguments(
            found.program,
            bucket.name,
            record.folder,
            endpoint=bucket.endpoint,
            keys=str(keys),
            umask=record.mount.umask,
        )
        output = open_log(log)
        try:
            process = self._processes.spawn(argv, environ=_ENVIRON, folder=folder, log=output)
        finally:
            os.close(output)
        self._keep(key, msgspec.structs.replace(record, process=process.identity))
        try:
            refusal = await self._refusal(process, place)
        except BaseException:
            await asyncio.shield(self._end(process, place))
            raise
        finally:
            keys.unlink(missing_ok=True)
        if refusal:
            await asyncio.shield(self._end(process, place))
            raise MountFailed(f"bucket {bucket.name} cannot be mounted: {refusal}", _words(log))
        return process

    async def _refusal(self, process: Process, place: Path) -> str:
        """Return why a bucket does not answer, in words; empty once it does.

        Whether its store lets us in is known with the first answer alone.
        """
        asking = asyncio.ensure_future(self._answer(place))
        try:
            await asyncio.wait((asking, process.ended), timeout=_MOUNT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if process.ended.done() or (asking.done() and asking.result() == _ENDED):
                # Not hurried: it writes its last words when it ends by itself.
                await asyncio.wait((process.ended,), timeout=_END_SECONDS)
                return _ENDED
            return asking.result() if asking.done() else f"its store did not answer in {_MOUNT_SECONDS:g} s"
        finally:
            asking.cancel()

    async def _answer(self, place: Path) -> str:
        while not is_mounted(place):
            # Nobody tells of a mount but poll(2) on mountinfo, which asyncio has no way to.
            await self._clock.sleep(_LOOK_SECONDS)
        return await asyncio.to_thread(_refusal_of, place)

    async def _unmount(self, key: tuple[str, str]) -> None:
        record = self._known[key]
        process = self._running.pop(key, None)
        await self._end(process, Path(record.folder))

    async def _end(self, process: Process | None, place: Path) -> None:
        """Let s3fs end, which unmounts; what is then still mounted is taken from the tree, whoever has it open."""
        if process is not None and not process.ended.done():
            signal_one(process.pid, signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _END_SECONDS)
            if not process.ended.done():
                signal_one(process.pid, signal.SIGKILL)
                await process.wait()
        if is_mounted(place):
            argv = ("fusermount", "-u", "-z", str(place)) if os.geteuid() else ("umount", "-l", str(place))
            output = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
            try:
                code = await self._processes.spawn(argv, environ=_ENVIRON, folder=Path("/"), log=output).wait()
            finally:
                os.close(output)
            if code:
                _log.error("%s is still mounted: `%s` ended with exit code %s", place, " ".join(argv), code)

    def _lead(self, record: Record) -> None:
        """Let the place of the volume's folder lead to where the bucket is mounted."""
        link = Path(record.link)
        Path(record.folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        link.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if link.is_symlink() and str(link.readlink()) == record.folder:
            return
        try:
            if link.is_dir() and not link.is_symlink():
                link.rmdir()
            link.symlink_to(record.folder)
        except OSError as error:
            what = f"{link} is in the way of bucket {record.mount.bucket.name} ({error.strerror}); move it elsewhere"
            raise MountFailed(what) from error

    def _forget(self, key: tuple[str, str]) -> None:
        record, folder = self._known.pop(key), self._folder(key)
        link, place = Path(record.link), Path(record.folder)
        for name in (_RECORD, _LOG, _KEYS):
            (folder / name).unlink(missing_ok=True)
        if link.is_symlink() and str(link.readlink()) == record.folder:
            link.unlink()
        for empty in (folder, folder.parent, place, place.parent, place.parent.parent):
            with contextlib.suppress(OSError):
                empty.rmdir()

    def _keep(self, key: tuple[str, str], record: Record) -> None:
        self._known[key] = record
        folder = self._folder(key)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / _RECORD, msgspec.json.encode(record))

    def _folder(self, key: tuple[str, str]) -> Path:
        return self._layout.buckets / safe(key[0]) / safe(key[1])


def is_mounted(place: Path) -> bool:
    """Tell whether something is mounted at a folder; asks the kernel alone, so no store is waited for."""
    wanted = os.fsencode(place).replace(b" ", rb"\040")
    with Path("/proc/self/mountinfo").open("rb") as lines:
        return any(line.split(b" ", 5)[4] == wanted for line in lines)


def _refusal_of(place: Path) -> str:
    """Return why nothing can be had of what is mounted, by asking for something that will not be there; blocks."""
    try:
        (place / ".homeport-asks").stat()
    except FileNotFoundError:
        return "" if is_mounted(place) else _ENDED
    except OSError as error:
        if error.errno in (errno.ENOTCONN, errno.ECONNABORTED):
            return _ENDED
        return f"its store lets nobody in ({error.strerror})"
    return ""


def _words(log: Path) -> list[str]:
    """Return what s3fs said last that is more than how it began."""
    lines = [line.partition("] ")[2] or line for line in last_lines(log) if "[INF]" not in line]
    return lines[-3:]
