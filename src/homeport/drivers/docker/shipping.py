"""Log files of containers: their folders are on this machine, and what is written there is read by one process.

The lines wait in a file of their own until the container goes, for nobody but a container can write to its log.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from functools import partial
from pathlib import Path
from typing import Final

from homeport.drivers.docker.layout import DockerLayout, LogFolders
from homeport.drivers.docker.mounts import log_folders
from homeport.drivers.filelogs import FileLogs
from homeport.drivers.tailing import Root, Tail, Watched, read_bookmarks, watched_in
from homeport.drivers.volumes import root_of
from homeport.model.clock import Clock, rfc3339
from homeport.model.workloads import InstanceOrder

_OPEN: Final = 0o777
_PARTS: Final = 2


class Shipping:
    """The log files of one data folder's instances, each followed until its container has ended."""

    def __init__(self, layout: DockerLayout, volumes: Path, clock: Clock, *, log_bytes: int, is_here: bool) -> None:
        """`log_bytes` is how much is kept of the files of one instance.

        Unless the Engine `is_here`, on this machine, its containers find no folder of it, and nothing is followed.
        """
        self._is_here = is_here
        self._layout = layout
        self._volumes = volumes
        self._clock = clock
        self._log_bytes = log_bytes
        self._logs: dict[str, FileLogs] = {}
        self._locks: dict[str, int] = {}

    async def prepare(self, order: InstanceOrder) -> None:
        """Make the folders of an instance that is going to be created, and take for read what is in its volumes."""
        if (earlier := self._logs.pop(order.name, None)) is not None:
            await earlier.close()
            self._unlock(order.name)
        if order.log_paths and self._is_here:
            await asyncio.to_thread(self._prepare, order)

    def notes(self, order: InstanceOrder) -> tuple[str, ...]:
        """Return in a sentence that the files of an instance are not followed, where they are not."""
        if not order.log_paths or self._is_here:
            return ()
        return ("Log files are not followed: the Docker Engine is not behind a Unix socket of this machine.",)

    async def follow(self, component_id: str, name: str) -> None:
        """Follow the files of an instance that runs, unless that is done already, here or by another process."""
        files = self._layout.files(component_id, name)
        if name in self._logs or not files.folder.exists() or not self._locked(name, files):
            return
        self._logs[name] = self._file_logs(name, files)
        await self._logs[name].begin()

    async def finish(self, component_id: str, name: str) -> None:
        """Take what is left in the files of an instance whose program has ended, whoever has followed them."""
        files = self._layout.files(component_id, name)
        if files.folder.exists():
            logs = self._logs.pop(name, None) or self._file_logs(name, files)
            await logs.end()
        self._unlock(name)

    async def close(self) -> None:
        """Follow nothing any more; whoever looks after the instances next goes on from here."""
        for name, logs in list(self._logs.items()):
            await logs.close()
            self._unlock(name)
        self._logs.clear()

    def _prepare(self, order: InstanceOrder) -> None:
        owner = order.owner
        files = self._layout.files(owner.component_id, order.name)
        files.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folders = {at: Root(files.folder / str(n)) for n, at in enumerate(log_folders(order.log_paths, order.mounts))}
        for root in folders.values():
            root.folder.mkdir(exist_ok=True)
            # Whoever the program runs as writes there; the folder around it is closed to others.
            root.folder.chmod(_OPEN)
        roots = folders | {one.path: root_of(self._volumes, owner.project_id, one) for one in order.mounts}
        watched = [found for path in order.log_paths if (found := watched_in(path, roots)) is not None]
        self._tail(files, watched).begin()

    def _tail(self, files: LogFolders, watched: list[Watched]) -> Tail:
        return Tail(watched, files.bookmarks, most_behind=self._log_bytes)

    def _file_logs(self, name: str, files: LogFolders) -> FileLogs:
        tail = self._tail(files, list(read_bookmarks(files.bookmarks).watched))
        return FileLogs(name, tail, partial(self._keep, files), self._clock)

    def _keep(self, files: LogFolders, lines: bytes) -> None:
        if files.read.exists() and files.read.stat().st_size >= self._log_bytes // _PARTS:
            files.read.replace(files.read_before)
        stamp = rfc3339(self._clock.now()).encode()
        descriptor = os.open(files.read, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.writelines(b"%s %s\n" % (stamp, line) for line in lines.removesuffix(b"\n").split(b"\n"))

    def _locked(self, name: str, files: LogFolders) -> bool:
        """Tell whether this process is the one that reads the files of an instance, from now on if it can be."""
        lock = os.open(files.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return False
        self._locks[name] = lock
        return True

    def _unlock(self, name: str) -> None:
        if (lock := self._locks.pop(name, None)) is not None:
            os.close(lock)
