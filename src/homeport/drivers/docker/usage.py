"""What a container has used, from the Engine's statistics."""

from __future__ import annotations

from typing import Final

import msgspec

from homeport.drivers.base import Usage

_NANO: Final = 1_000_000_000


class _CpuUsage(msgspec.Struct):
    total_usage: int = 0


class _CpuStats(msgspec.Struct):
    cpu_usage: _CpuUsage = msgspec.field(default_factory=_CpuUsage)


class _MemoryStats(msgspec.Struct):
    usage: int | None = None
    stats: dict[str, int] = msgspec.field(default_factory=dict)


class Stats(msgspec.Struct):
    """One reading of a container; one that does not run has no memory in it."""

    cpu_stats: _CpuStats = msgspec.field(default_factory=_CpuStats)
    memory_stats: _MemoryStats = msgspec.field(default_factory=_MemoryStats)


def usage_of(stats: Stats, now: int) -> Usage | None:
    """Return what a container has used up to now; None for one that does not run.

    Files that were not used lately are left out of its memory, under the name of either version of cgroups.
    """
    memory = stats.memory_stats
    if memory.usage is None:
        return None
    idle = memory.stats.get("total_inactive_file", memory.stats.get("inactive_file", 0))
    cpu = stats.cpu_stats.cpu_usage.total_usage / _NANO
    return Usage(at=now, cpu_seconds=cpu, memory_bytes=max(memory.usage - idle, 0))
