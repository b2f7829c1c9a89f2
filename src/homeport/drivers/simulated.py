"""Driver `simulated`: no real work, so that clients can be tested against every course a job may take.

What it observes is a pure function of what was asked, since when, the script, now, and how often the job was read where
the script counts reads; so it survives a restart, and two processes see the same. Without a script everything succeeds
at once.

The script is that of `model/scripts.py`, in annotation `homeport/script`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Final, Protocol

from homeport.drivers.base import InstanceState, Known, LogSink, Observed, Usage
from homeport.model.causes import Cause, failed
from homeport.model.clock import SECOND, Clock
from homeport.model.environments import SIMULATED
from homeport.model.scripts import Script, Step, counts_reads, parse_script
from homeport.model.workloads import Artifact, BuildOrder, InstanceOrder

NODE: Final = "simulated"
"""There is one node, wherever the worker is: nothing is bound to a machine."""

_CRASH_PERIOD: Final = SECOND // 5
_CLOCKS_DIFFER: Final = 60 * SECOND
"""How far an order may lie ahead of now because two machines' clocks differ; further, and the clock was set back."""
_ENDS_AT_ONCE: Final = 2
"""How often a program has crashed once the reads it waited for have come: nobody noted when that was."""
_STUCK_POLL_SECONDS: Final = 3_600.0


class Reads(Protocol):
    """How often jobs are read; `app` hands it to the driver, which knows no job."""

    async def of(self, job_id: str) -> int:
        """Return how often a job was read since it was accepted or retried; more than enough once it has ended."""
        ...

    async def beyond(self, counts: Mapping[str, int], seconds: float) -> None:
        """Return as soon as one of the jobs was read more often than said, at the latest after `seconds`.

        It may return earlier: ask again.
        """
        ...


class SimulatedDriver:
    """A `Driver` that only pretends."""

    name = SIMULATED
    watched = False

    def __init__(self, clock: Clock, reads: Reads) -> None:
        self._clock = clock
        self._reads = reads
        self._asked: dict[str, InstanceOrder] = {}
        """Orders seen in this process: how long to wait in `changed`, and how their instances stop."""
        self._seen_at: dict[str, int] = {}
        """When each was looked at last: what changes between that and `changed` must not be missed."""
        self._read_then: dict[str, int] = {}
        """How often the job of each had been read then, for those whose script counts reads."""

    @property
    def apart(self) -> bool:
        """False: there is no host."""
        return False

    async def node(self) -> str:
        """Return the one node there is."""
        return NODE

    async def close(self) -> None:
        """Forget what was only remembered for speed."""
        self._asked.clear()
        self._seen_at.clear()
        self._read_then.clear()

    async def check(self, order: BuildOrder) -> None:
        """Pass: whatever is asked for can be pretended."""

    def needs_build(self, order: BuildOrder) -> bool:
        """Tell whether the source is code or a package."""
        return order.source.type != "image"

    def needs_pull(self, order: BuildOrder) -> bool:
        """Tell whether the source is an image."""
        return order.source.type == "image"

    async def build(self, order: BuildOrder, log: LogSink) -> Artifact:
        """Take the time that the script says, then succeed or fail as it says."""
        await log(f"simulated build of {order.source.url}\n".encode())
        await self._play(parse_script(order.script).get("build", Step()), order, "the build")
        return Artifact(driver=self.name, reference=order.id, image_url=f"simulated/{order.owner.component_name}")

    async def pull(self, order: BuildOrder, artifact: Artifact | None, log: LogSink) -> Artifact:
        """Take the time that the script says, then succeed or fail as it says."""
        await log(f"simulated pull of {order.source.url}\n".encode())
        await self._play(parse_script(order.script).get("pull", Step()), order, "the pull")
        return artifact or Artifact(driver=self.name, reference=order.source.url, image_url=order.source.url)

    async def stop_build(self, build_id: str) -> None:
        """Return at once: nothing runs."""

    async def stands(self, artifact: Artifact) -> bool:
        """Tell that it does: what was pretended cannot be lost."""
        return artifact.driver == self.name

    async def start(self, order: InstanceOrder) -> None:
        """Return at once: whether it is there follows from when it was asked for."""
        self._asked[order.name] = order

    async def observe(self, orders: Sequence[InstanceOrder]) -> dict[str, Observed]:
        """Return by name what there is of each now."""
        reads = {job_id: await self._reads.of(job_id) for job_id in _counting(orders)}
        now = self._clock.now()
        for order in orders:
            self._asked[order.name] = order
            self._seen_at[order.name] = now
            if order.job_id in reads:
                self._read_then[order.name] = reads[order.job_id]
        return {order.name: observation(order, now, reads.get(order.job_id, 0)) for order in orders}

    async def usage(self, orders: Sequence[InstanceOrder]) -> dict[str, Usage]:
        """Return what the script says that each has used."""
        now = self._clock.now()
        return {order.name: used for order in orders if (used := used_by(order, now)) is not None}

    async def changed(self, names: Sequence[str], within: float) -> None:
        """Wait until the script next changes one of the instances, or a read was counted, at most `within` seconds."""
        now = self._clock.now()
        moments = [
            moment
            for name in names
            if name in self._asked
            for moment in _changes(self._asked[name], self._seen_at.get(name, now))
        ]
        soonest = min(moments, default=now + int(within * SECOND))
        seconds = min(within, max(soonest - now, 0) / SECOND)
        read_then = {self._asked[name].job_id: self._read_then[name] for name in names if name in self._read_then}
        if read_then:
            await self._reads.beyond(read_then, seconds)
        else:
            await self._clock.sleep(seconds)

    async def stop(self, names: Sequence[str], fence: int) -> list[str]:  # noqa: ARG002 - nothing can be late here
        """Take the time that the script says; return those that it calls stuck."""
        orders = [self._asked[name] for name in names if name in self._asked]
        steps = {order.name: parse_script(order.script).get("stop", Step()) for order in orders}
        longest = max((step.after for step in steps.values()), default=0)
        if longest:
            await self._clock.sleep(longest / SECOND)
        for order in orders:
            await self._read(order.job_id, steps[order.name].reads)
        for name in names:
            self._asked.pop(name, None)
            self._seen_at.pop(name, None)
            self._read_then.pop(name, None)
        return [name for name, step in steps.items() if step.word == "stuck"]

    async def known(self) -> list[Known]:
        """Return nothing: there is nothing that could be left over."""
        return []

    async def logs(
        self,
        component_id: str,  # noqa: ARG002 - a name is enough here
        name: str,
        *,
        tail: int | None,  # noqa: ARG002 - there is one line
        follow: bool,  # noqa: ARG002 - no other comes after it
    ) -> AsyncIterator[bytes]:
        """Yield the one line that a pretended program writes; nothing for one that there is not, or not any more."""
        if name in self._asked:
            yield f"{name}: simulated, so there is nothing to read\n".encode()

    async def forget(self, component_id: str) -> None:
        """Return at once: nothing was kept."""

    async def forget_ended(self, before: int) -> None:
        """Return at once: nothing was kept."""

    async def keep_artifacts(self, component_id: str, references: Sequence[str]) -> None:
        """Return at once: nothing was kept."""

    async def _play(self, step: Step, order: BuildOrder, what: str) -> None:
        # At most the whole of it, also when the clock was set back since.
        rest = min(order.asked_at + step.after - self._clock.now(), step.after)
        if step.after:
            await self._clock.sleep(rest / SECOND)
        await self._read(order.job_id, step.reads)
        if step.word == "stuck":
            while True:
                await self._clock.sleep(_STUCK_POLL_SECONDS)
        if step.word == "fail":
            raise failed(step.cause or Cause.SCRIPTED, f"{what} of {order.source.url} was scripted to fail")

    async def _read(self, job_id: str, often: int) -> None:
        """Wait until a job was read so often."""
        while often and (reads := await self._reads.of(job_id)) < often:
            await self._reads.beyond({job_id: reads}, _STUCK_POLL_SECONDS)


def observation(order: InstanceOrder, now: int, reads: int = 0) -> Observed:
    """Return what there is of an instance at a time and after so many reads of its job, by its script.

    One whose order lies ahead of its time was asked for before the clock was set back. How long ago, nobody can say any
    more; so that it is not on its way until that time comes again, it counts as through with its script's times.
    """
    script = parse_script(order.script)
    start = script.get("start", Step())
    if order.asked_at > now + _CLOCKS_DIFFER:
        now = order.asked_at + start.after + script.get("ready", Step()).after
    running_at = order.asked_at + start.after
    if now < running_at or reads < start.reads or start.word == "stuck":
        return Observed(name=order.name, state=InstanceState.CREATING)
    if start.word == "fail":
        return Observed(name=order.name, state=InstanceState.ENDED, fault="its start was scripted to fail")
    return _running(order, script, now, reads)


def _running(order: InstanceOrder, script: Script, now: int, reads: int) -> Observed:
    start, ready = script.get("start", Step()), script.get("ready", Step())
    running_at = order.asked_at + start.after
    ready_at = running_at + ready.after
    is_through = now >= ready_at and reads >= ready.reads
    if ready.word in ("crash", "oom") and is_through:
        restarts = _ENDS_AT_ONCE if start.reads or ready.reads else 1 + (now - ready_at) // _CRASH_PERIOD
        oom = ready.word == "oom"
        return Observed(
            name=order.name,
            state=InstanceState.BACKOFF,
            started_at=running_at,
            restarts=restarts,
            exit_code=-9 if oom else 1,
            out_of_memory=oom,
        )
    is_ready = not ready.word and is_through
    return Observed(
        name=order.name,
        state=InstanceState.RUNNING,
        ready=is_ready,
        started_at=running_at,
        ready_since=ready_at if is_ready else None,
    )


def used_by(order: InstanceOrder, now: int) -> Usage | None:
    """Return what an instance has used since its program runs, by its script; None before that."""
    script = parse_script(order.script)
    seconds = (now - order.asked_at - script.get("start", Step()).after) / SECOND
    if seconds < 0:
        return None
    cpu, memory = script.get("cpu"), script.get("memory")
    return Usage(
        at=now,
        cpu_seconds=None if cpu is None else seconds * order.limit.cores * cpu.percent / 100,
        memory_bytes=None if memory is None else order.limit.memory_bytes * memory.percent // 100,
    )


def _counting(orders: Sequence[InstanceOrder]) -> frozenset[str]:
    """Return the jobs whose reads are asked for by the scripts of their instances."""
    return frozenset(order.job_id for order in orders if counts_reads(order.script))


def _changes(order: InstanceOrder, since: int) -> list[int]:
    """Return the next moments after `since` at which an instance may look different."""
    script = parse_script(order.script)
    running_at = order.asked_at + script.get("start", Step()).after
    ready = script.get("ready", Step())
    ready_at = running_at + ready.after
    moments = [running_at, ready_at]
    if ready.word in ("crash", "oom") and since >= ready_at:
        moments.append(since - (since - ready_at) % _CRASH_PERIOD + _CRASH_PERIOD)
    return [moment for moment in moments if moment > since]
