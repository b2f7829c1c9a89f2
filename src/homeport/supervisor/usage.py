"""What the processes of an instance have used: from its cgroups, else summed up over its processes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from homeport.drivers.base import Usage
from homeport.supervisor.groups import Group

_MICRO: Final = 1_000_000
_NANO: Final = 1_000_000_000
_CPU_FIELDS: Final = slice(11, 15)
"""utime, stime, cutime and cstime in what follows the name in /proc/PID/stat (proc(5))."""


def usage_of(group: Group, now: int) -> Usage | None:
    """Return what a group has used up to now; None when nothing of it lives."""
    pids = group.pids()
    if not pids:
        return None
    cpu, memory = group.cgroup.cpu_folders, group.cgroup.memory_folder
    seconds = next((seconds for folder in cpu if (seconds := cpu_seconds(folder)) is not None), None)
    size = None if memory is None else memory_bytes(memory)
    return Usage(
        at=now,
        cpu_seconds=_cpu_of(pids) if seconds is None else seconds,
        memory_bytes=_memory_of(pids) if size is None else size,
    )


def cpu_seconds(folder: Path) -> float | None:
    """Return the processor time of a cgroup: version 2 counts it in each, version 1 with the controller cpuacct."""
    counted = _table(folder / "cpu.stat").get("usage_usec")
    if counted is not None:
        return counted / _MICRO
    with contextlib.suppress(OSError, ValueError):
        return int((folder / "cpuacct.usage").read_text()) / _NANO
    return None


def memory_bytes(folder: Path) -> int | None:
    """Return the memory of a cgroup without the files in it that were not used lately, in either version."""
    stat = _table(folder / "memory.stat")
    for file, idle in (("memory.current", "inactive_file"), ("memory.usage_in_bytes", "total_inactive_file")):
        with contextlib.suppress(OSError, ValueError):
            return max(int((folder / file).read_text()) - stat.get(idle, 0), 0)
    return None


def _table(file: Path) -> dict[str, int]:
    try:
        lines = [line.split() for line in file.read_text().splitlines()]
    except OSError:
        return {}
    return {name: int(number) for name, number in (line for line in lines if len(line) == 2)}


def _cpu_of(pids: Iterable[int]) -> float:
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, after_name[_CPU_FIELDS]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory_of(pids: Iterable[int]) -> int:
    pages = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
