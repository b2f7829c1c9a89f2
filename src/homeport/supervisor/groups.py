"""All processes of one instance or build, wherever they have gone: to count, to signal, and to see gone."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Final, NamedTuple

from homeport.supervisor.cgroups import Cgroup
from homeport.supervisor.processes import Identity, gone, identity_of, is_zombie, signal_one

MARKER: Final = "HOMEPORT_INSTANCE"
"""Variable that names the instance in the environment of its processes: how they are found without a cgroup."""


KILL_SECONDS: Final = 10.0
"""How long killed processes may take to be gone before they are named as still alive."""


class Group:
    """The processes of an instance or build: those in its cgroup, or where there is none those that can be told by
    their session, their parents or the mark in their environment.
    """

    def __init__(self, cgroup: Cgroup, mark: str) -> None:
        self.cgroup = cgroup
        self._mark = f"{MARKER}={mark}".encode()
        self._leader: Identity | None = None
        self._seen: set[tuple[int, int]] = set()

    def led_by(self, leader: Identity) -> None:
        """Say which process leads the session that was started for it."""
        self._leader = leader
        self._seen = {(leader.pid, leader.start)}

    def pids(self) -> set[int]:
        """Return the living processes; zombies are not among them."""
        found = self.cgroup.pids() if self.cgroup.holds else self._search()
        # The leader may be on its way into the cgroup yet.
        if self._leader is not None and identity_of(self._leader.pid) == self._leader:
            found.add(self._leader.pid)
        return {pid for pid in found if not is_zombie(pid)}

    def terminate(self) -> None:
        """Ask all of them to end (SIGTERM)."""
        for pid in self.pids():
            signal_one(pid, signal.SIGTERM)

    def kill(self) -> None:
        """Kill all of them (SIGKILL)."""
        self.cgroup.kill()
        for pid in self.pids():
            signal_one(pid, signal.SIGKILL)

    async def empty(self) -> None:
        """Return when all of them were seen gone."""
        while pids := self.pids():
            await gone(pids.pop())

    async def killed(self, within: float = KILL_SECONDS) -> bool:
        """Kill all, those too that are forked meanwhile; tell whether all were seen gone in `within` seconds."""
        try:
            async with asyncio.timeout(within):
                while pids := self.pids():
                    self.kill()
                    await gone(pids.pop())
        except TimeoutError:
            return not self.pids()
        return True

    def _search(self) -> set[int]:
        everyone = _everyone()
        found = {pid for pid, one in everyone.items() if self._ours(pid, one, everyone)}
        grew = True
        while grew:
            children = {pid for pid, one in everyone.items() if one.parent in found and pid not in found}
            found |= children
            grew = bool(children)
        self._seen = {(pid, everyone[pid].start) for pid in found}
        return found

    def _ours(self, pid: int, one: _One, everyone: dict[int, _One]) -> bool:
        return (pid, one.start) in self._seen or self._in_session(one, everyone) or _carries(pid, self._mark)

    def _in_session(self, one: _One, everyone: dict[int, _One]) -> bool:
        """A session keeps its number while anybody is in it, so another start time of its leader means another one."""
        if self._leader is None or one.session != self._leader.pid:
            return False
        leader = everyone.get(self._leader.pid)
        return leader is None or leader.start == self._leader.start


class _One(NamedTuple):
    parent: int
    session: int
    start: int


def _everyone() -> dict[int, _One]:
    everyone: dict[int, _One] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                fields = Path(entry.path, "stat").read_text(errors="replace").rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            everyone[int(entry.name)] = _One(int(fields[1]), int(fields[3]), int(fields[19]))
    return everyone


def _carries(pid: int, mark: bytes) -> bool:
    try:
        return mark in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False
