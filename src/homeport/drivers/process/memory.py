"""What runtimes with a heap of their own are told of an instance's memory limit.

Without it they would size their heap by the machine's memory and be ended at the limit instead of collecting garbage.
"""

from __future__ import annotations

from typing import Final

from homeport.model.workloads import MEBIBYTE, ResourceLimit

HEAP_PERCENT: Final = 75
"""Share of the memory limit that the heap may take; the rest is for threads, code and buffers."""


def memory_variables(runtime: str, limit: ResourceLimit) -> dict[str, str]:
    """Return the variables by which a runtime (`Java17`) learns of a limit; none for one that has no such heap.

    A JVM is told how much memory there is, since it would see a limit only where a cgroup holds it.
    """
    if runtime.startswith("Java"):
        return {"JAVA_TOOL_OPTIONS": f"-XX:MaxRAM={limit.memory_bytes} -XX:MaxRAMPercentage={HEAP_PERCENT}"}
    if runtime.startswith("Nodejs"):
        return {"NODE_OPTIONS": f"--max-old-space-size={limit.memory_bytes * HEAP_PERCENT // 100 // MEBIBYTE}"}
    return {}
