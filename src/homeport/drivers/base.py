"""The protocol of a driver: desired state in, observed state out.

The engine asks; a driver never calls back, knows no job and no route, and keeps no truth of its own: what it observes
is what there is. Every call may be made twice with the same words (a crash lies between them) and does the work once.
Whatever cannot be done is raised as `TaskFailed` with a cause; anything else that escapes is a defect.

Cancelling a call only stops waiting for it. What was begun goes on until the matching `stop_build` or `stop` has
returned.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from enum import StrEnum
from typing import Final, Protocol

import msgspec

from homeport.model.causes import Cause
from homeport.model.workloads import Artifact, BuildOrder, InstanceOrder

LogSink = Callable[[bytes], Awaitable[None]]
"""Takes a piece of a task's log, whole lines where the source has lines."""


ENDED_KEPT: Final = 20
"""How many ended instances of a component are remembered at most, with their logs."""


class InstanceState(StrEnum):
    """What a driver sees of an instance."""

    ABSENT = "absent"
    """Nothing of it exists: never started, or removed."""
    CREATING = "creating"
    """Its start was asked for and has not come through (a postStart hook belongs to it)."""
    RUNNING = "running"
    """Its program runs."""
    BACKOFF = "backoff"
    """Its program ended and will be started again."""
    ENDED = "ended"
    """Its program ended and will not be started again (it could not be started at all, or was stopped)."""
    STOPPING = "stopping"
    """Its end was asked for."""


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """One instance as it is. Times are microseconds since 1970."""

    name: str
    state: InstanceState
    ready: bool = False
    """Whether it may be given traffic: its readiness probe passes, or without one its port accepts."""
    address: str | None = None
    """`host:port` where it listens, stable for its life."""
    started_at: int | None = None
    """When its program was started last."""
    ready_since: int | None = None
    restarts: int = 0
    """How often its program ended by itself."""
    exit_code: int | None = None
    """Of the last end; negative is a signal's number."""
    out_of_memory: bool = False
    """Whether the last end was the kernel's answer to its memory limit."""
    probe_failure: str = ""
    """The last failure of the probe that keeps it from being ready or alive, in words; empty without one."""
    fault: str = ""
    """Why it could not be started, in words; empty when it could."""
    fault_cause: Cause = Cause.START_FAILED
    """What kind of fault that is."""
    notes: tuple[str, ...] = ()
    """What could not be held as asked for (a limit without a writable cgroup), in sentences."""


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """What an instance has used up to a time; None where the driver cannot know."""

    at: int
    """When it was read, in microseconds since 1970."""
    cpu_seconds: float | None = None
    """Processor time of its program and all its processes so far; it only grows, until the program starts anew."""
    memory_bytes: int | None = None
    """Memory that could not be had back without harm: what counts against its limit, without cached files."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """An instance that a driver knows of, whoever asked for it; for finding orphans."""

    name: str
    component_id: str
    job_id: str
    fence: int


class Driver(Protocol):
    """Where instances run."""

    @property
    def name(self) -> str:
        """The word by which settings and environments name it: `process`."""
        ...

    @property
    def watched(self) -> bool:
        """Whether an instance that is ready may still fall over, so that it is watched before it gets traffic."""
        ...

    @property
    def apart(self) -> bool:
        """Whether an instance has a host of its own: volumes are mounted in it, and any port of it is its own."""
        ...

    async def node(self) -> str:
        """Return the id of the node it acts on; environments are pinned to it."""
        ...

    async def close(self) -> None:
        """Let go of connections; nothing that runs is touched."""
        ...

    async def check(self, order: BuildOrder) -> None:
        """Pass when this driver can run such a source and runtime at all; raise `TaskFailed` at once otherwise."""
        ...

    def needs_build(self, order: BuildOrder) -> bool:
        """Tell whether the source has to be built; otherwise `pull` makes the artifact."""
        ...

    def needs_pull(self, order: BuildOrder) -> bool:
        """Tell whether there is an image to bring here before instances can start."""
        ...

    async def build(self, order: BuildOrder, log: LogSink) -> Artifact:
        """Build, or take up the build of this id again, and return what it made; its whole log goes to `log`.

        A build that stands already is returned at once, with nothing logged.
        """
        ...

    async def pull(self, order: BuildOrder, artifact: Artifact | None, log: LogSink) -> Artifact:
        """Bring the image here and return the artifact to start from."""
        ...

    async def stop_build(self, build_id: str) -> None:
        """End a build and remove what it has made so far; return when all its processes are gone."""
        ...

    async def stands(self, artifact: Artifact) -> bool:
        """Tell whether instances can still be started from this artifact."""
        ...

    async def start(self, order: InstanceOrder) -> None:
        """Make the instance be there. Returns when its start is under way; `observe` tells what became of it."""
        ...

    async def observe(self, orders: Sequence[InstanceOrder]) -> dict[str, Observed]:
        """Return by name what there is of each; one that does not exist is `ABSENT`, never left out."""
        ...

    async def usage(self, orders: Sequence[InstanceOrder]) -> dict[str, Usage]:
        """Return by name what each has used so far; one that does not run is left out."""
        ...

    async def changed(self, names: Sequence[str], within: float) -> None:
        """Return when something about one of the instances may have changed, at the latest after `within` seconds."""
        ...

    async def stop(self, names: Sequence[str], fence: int) -> list[str]:
        """End these instances: preStop, SIGTERM, and SIGKILL when their `stop_seconds` have passed.

        Returns when all their processes were seen gone, or the names of those that are still alive. Their logs stay.
        An instance whose fence is higher than `fence` is refused with `TaskFailed`.
        """
        ...

    async def known(self) -> list[Known]:
        """Return every instance there is on this node, for finding orphans."""
        ...

    def logs(self, component_id: str, name: str, *, tail: int | None, follow: bool) -> AsyncIterator[bytes]:
        """Yield the log of a component's instance: its last `tail` lines (all when None); with `follow` all after."""
        ...

    async def forget(self, component_id: str) -> None:
        """Remove everything kept of a component that is deleted: artifacts, logs, working folders."""
        ...

    async def forget_ended(self, before: int) -> None:
        """Remove what is kept of instances that ended before a time, in microseconds since 1970, their logs above all.

        Of those that ended later each component keeps the `ENDED_KEPT` latest.
        """
        ...

    async def keep_artifacts(self, component_id: str, references: Sequence[str]) -> None:
        """Remove the artifacts of a component that are not named here."""
        ...
