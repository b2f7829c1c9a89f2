"""Control groups: which are writable here, and one in each hierarchy for every instance and build.

Version 2 holds the processes together and kills them for certain (cgroup.kill). Limits go through whichever hierarchy
has the controller: version 2 where it may be handed down, else version 1 (Documentation/admin-guide/cgroup-v2.rst and
cgroup-v1/ of the kernel). Where none is writable that is said and not pretended.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from pathlib import Path
from typing import Final

import msgspec

from homeport.drivers.process.layout import write_whole
from homeport.model.workloads import ResourceLimit

_LIMITING: Final = frozenset({"memory", "cpu"})
"""The controllers that limits need."""

_PERIOD: Final = 100_000
"""Microseconds over which processor time is counted; the kernel's default."""


class Hierarchies(msgspec.Struct, frozen=True, kw_only=True):
    """The folders in which cgroups can be made here, each None where it cannot."""

    unified: Path | None = None
    """Version 2: holds processes together."""
    memory: Path | None = None
    """Has the memory controller, in either version."""
    cpu: Path | None = None
    """Has the cpu controller, in either version."""

    def folders(self) -> tuple[Path, ...]:
        """Return each of them once."""
        return tuple(dict.fromkeys(folder for folder in (self.unified, self.memory, self.cpu) if folder))

    def notes(self) -> tuple[str, ...]:
        """Return in sentences what cannot be held here."""
        missing = [name for name, folder in (("memory", self.memory), ("cpu", self.cpu)) if folder is None]
        notes = [f"The {name} limit is not held: no {name} cgroup is writable here." for name in missing]
        if self.unified is None:
            notes.append("No version 2 cgroup is writable here: processes are held together by session and marker.")
        return tuple(notes)

    def remove(self) -> None:
        """Remove the folders and what is empty in them; cgroups that still hold a process stay."""
        for folder in self.folders():
            for inside in [*(one for one in folder.iterdir() if one.is_dir()), folder]:
                with contextlib.suppress(OSError):
                    inside.rmdir()


def find_hierarchies(name: str) -> Hierarchies:
    """Make a folder `name` in every hierarchy where this process may, and return them."""
    mounts = Path("/proc/self/mountinfo").read_text()
    own = Path("/proc/self/cgroup").read_text()
    unified, handed_down = _make_unified(places(mounts, own, ""), name)
    return Hierarchies(
        unified=unified,
        memory=unified if "memory" in handed_down else _make(places(mounts, own, "memory"), name),
        cpu=unified if "cpu" in handed_down else _make(places(mounts, own, "cpu"), name),
    )


def known_hierarchies(file: Path, name: str) -> Hierarchies:
    """Return the hierarchies that `file` remembers, so that an earlier supervisor's cgroups are found; else find them.

    A supervisor may be started from another place in the hierarchies than the one before it.
    """
    try:
        known = msgspec.json.decode(file.read_bytes(), type=Hierarchies, dec_hook=lambda _, text: Path(text))
    except (FileNotFoundError, msgspec.DecodeError):
        known = None
    if known is None or not all(folder.is_dir() for folder in known.folders()):
        known = find_hierarchies(name)
        write_whole(file, msgspec.json.encode(known, enc_hook=str))
    return known


def places(mounts: str, own: str, controller: str) -> list[Path]:
    """Return where in a hierarchy this process might make folders: its own place, then each one above it.

    `mounts` and `own` are the texts of /proc/self/mountinfo and /proc/self/cgroup (proc(5)); the hierarchy is that of
    version 1 with `controller`, or version 2 when that is empty.
    """
    found: list[Path] = []
    for line in mounts.splitlines():
        fields = line.split()
        kind, _, options = fields[fields.index("-") + 1 :][:3]
        if kind == ("cgroup" if controller else "cgroup2") and (not controller or controller in options.split(",")):
            mounted, top = Path(fields[4]), fields[3]
            inside = os.path.relpath(_own_place(own, controller), top)
            place = mounted if inside.startswith("..") else mounted / inside
            found += [place, *(above for above in place.parents if above.is_relative_to(mounted))]
    return list(dict.fromkeys(found))


class Cgroup:
    """The cgroups of one instance or build, one in each hierarchy. They are there from `make` until `remove`."""

    def __init__(self, hierarchies: Hierarchies, name: str) -> None:
        self._hierarchies = hierarchies
        self._folders = tuple(folder / name for folder in hierarchies.folders())
        self._unified = hierarchies.unified / name if hierarchies.unified else None
        self._memory = hierarchies.memory / name if hierarchies.memory else None
        self._cpu = hierarchies.cpu / name if hierarchies.cpu else None

    @property
    def holds(self) -> bool:
        """Whether there is any cgroup that knows the processes."""
        return bool(self._folders)

    def make(self) -> None:
        """Make them; those that are there stay."""
        for folder in self._folders:
            folder.mkdir(exist_ok=True)

    def limit(self, limit: ResourceLimit) -> None:
        """Hold the processes to a limit, where there is a controller for it."""
        if self._cpu is not None:
            _write_first(
                (self._cpu / "cpu.max", f"{int(limit.cores * _PERIOD)} {_PERIOD}"),
                (self._cpu / "cpu.cfs_quota_us", str(int(limit.cores * _PERIOD))),
            )
        if self._memory is not None:
            self.limit_memory(limit.memory_bytes)

    def limit_memory(self, size: int) -> None:
        """Hold the processes to `size` bytes of memory, with no swap beside it."""
        if self._memory is None:
            return
        _write_first((self._memory / "memory.max", str(size)), (self._memory / "memory.limit_in_bytes", str(size)))
        _write_first((self._memory / "memory.swap.max", "0"), (self._memory / "memory.memsw.limit_in_bytes", str(size)))
        _write_first((self._memory / "memory.oom.group", "1"))

    @property
    def cpu_folders(self) -> tuple[Path, ...]:
        """Where its processor time may be counted."""
        return tuple(folder for folder in (self._unified, self._cpu) if folder is not None)

    @property
    def memory_folder(self) -> Path | None:
        """Where its memory is counted; None where it is not."""
        return self._memory

    def entrances(self) -> tuple[Path, ...]:
        """Return the files through which a process enters."""
        return tuple(folder / "cgroup.procs" for folder in self._folders)

    def pids(self) -> set[int]:
        """Return the processes in it, zombies too."""
        found: set[int] = set()
        for entrance in self.entrances():
            with contextlib.suppress(OSError):
                found.update(map(int, entrance.read_text().split()))
        return found

    def kill(self) -> None:
        """Kill all in it at once, also what is being forked; nothing where the kernel has no such call."""
        if self._unified is not None:
            with contextlib.suppress(OSError):
                (self._unified / "cgroup.kill").write_text("1")

    def oom_kills(self) -> int:
        """Return how many of its processes the kernel has ended for want of memory."""
        if self._memory is None:
            return 0
        for file in ("memory.events", "memory.oom_control"):
            with contextlib.suppress(OSError):
                words = (self._memory / file).read_text().split()
                return int(words[words.index("oom_kill") + 1])
        return 0

    def remove(self) -> None:
        """Remove them; one that still holds a process stays."""
        for folder in self._folders:
            with contextlib.suppress(OSError):
                folder.rmdir()


def _own_place(own: str, controller: str) -> str:
    """Return this process's place in the hierarchy of a controller (version 2 for none)."""
    for line in own.splitlines():
        _, controllers, place = line.split(":", 2)
        if controller in controllers.split(","):
            return place
    return "/"


def _make_unified(choices: list[Path], name: str) -> tuple[Path | None, frozenset[str]]:
    """Make the folder where limits can be set, or else in the first place; return it and its controllers."""
    first: Path | None = None
    for place in choices:
        folder = _make([place], name)
        if folder is None:
            continue
        controllers = _hand_down(folder)
        if controllers >= _LIMITING:
            if first is not None:
                first.rmdir()
            return folder, controllers
        if first is None:
            first = folder
        else:
            folder.rmdir()
    return first, frozenset() if first is None else _hand_down(first)


def _make(choices: list[Path], name: str) -> Path | None:
    for place in choices:
        folder = place / name
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)
            if _can_be_entered(folder):
                return folder
            folder.rmdir()
    return None


def _can_be_entered(folder: Path) -> bool:
    """Try it: who may enter depends on more than the permissions of the file (cgroup-v2.rst, Delegation)."""
    trial = folder / f"trial-{os.getpid()}"
    trial.mkdir()
    enter = ("/bin/sh", "-c", 'echo 0 > "$1"', "sh", str(trial / "cgroup.procs"))
    try:
        return subprocess.run(enter, check=False, capture_output=True).returncode == 0  # noqa: S603 - our own words
    finally:
        trial.rmdir()


def _hand_down(folder: Path) -> frozenset[str]:
    """Let cgroups inside `folder` have the memory and cpu controllers; return which of them they have."""
    for place in (folder.parent, folder):
        for controller in sorted(_LIMITING):
            with contextlib.suppress(OSError):
                (place / "cgroup.subtree_control").write_text(f"+{controller}")
    try:
        return frozenset((folder / "cgroup.subtree_control").read_text().split())
    except OSError:
        return frozenset()


def _write_first(*choices: tuple[Path, str]) -> None:
    """Write the first of the files that is there; none of them is no error."""
    for path, text in choices:
        if path.exists():
            path.write_text(text)
            return
