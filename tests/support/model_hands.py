"""A worker in hand: it can be killed, and made to stand still, at any moment and without its knowledge.

All that a worker does to the world goes through a gate: its commits and reads, its calls of the driver, its timers.
What is dead never passes it again. What stands still waits there, and wakes with a head full of yesterday's truth.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from homeport.drivers.base import InstanceState, Known, LogSink, Observed
from homeport.drivers.simulated import SimulatedDriver
from homeport.jobs.worker import Worker
from homeport.model.causes import Cause, failed
from homeport.model.changes import Change, Value
from homeport.model.clock import Timer
from homeport.model.records import Job, JobDocument
from homeport.model.workloads import Artifact, BuildOrder, InstanceOrder
from homeport.services.context import Context
from homeport.services.reads import StoredReads
from homeport.store.base import Query, Row, Store, StoreError, Watch
from support.model_time import VirtualClock


class Killed(BaseException):
    """The worker died at this point; nothing of it may go on."""


class Gate:
    """What somebody has to pass to do anything."""

    def __init__(self) -> None:
        self.dead = False
        self.closed = False
        self.was_paused = False
        self._opening: asyncio.Future[None] | None = None
        self._held: list[Callable[[], object]] = []

    async def passing(self) -> None:
        """Wait while the gate is closed; for ever behind somebody who died."""
        while self.closed:
            if self.dead:
                await asyncio.get_running_loop().create_future()
            assert self._opening is not None
            await asyncio.shield(self._opening)

    def hold(self, callback: Callable[[], object]) -> None:
        """Call back when the gate opens."""
        self._held.append(callback)

    def close(self) -> None:
        """Make whoever comes wait."""
        if self.closed:
            return
        self.closed = self.was_paused = True
        self._opening = asyncio.get_running_loop().create_future()

    def open(self) -> None:
        """Let all pass who wait."""
        if self.dead or not self.closed or self._opening is None:
            return
        self.closed = False
        self._opening.set_result(None)
        held, self._held = self._held, []
        for callback in held:
            asyncio.get_running_loop().call_soon(callback)

    def kill(self) -> None:
        """Let nobody pass any more."""
        self.dead = self.closed = True


class GatedClock:
    """The clock of somebody behind a gate: while it is closed no timer of theirs rings."""

    def __init__(self, clock: VirtualClock, gate: Gate) -> None:
        self._clock = clock
        self._gate = gate
        self.now = clock.now
        self.monotonic = clock.monotonic

    async def sleep(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        if self._gate.closed:
            await self._gate.passing()

    def call_later(self, seconds: float, callback: Callable[[], object]) -> Timer:
        def ring() -> None:
            if self._gate.closed:
                self._gate.hold(callback)
            else:
                callback()

        return self._clock.call_later(seconds, ring)


class Watcher(Protocol):
    """Looks at every commit of the sequence, and may make it fail."""

    def fault(self, who: Hand | None) -> str:
        """Return how the next commit of somebody shall fail: `before`, `after`, or not at all."""
        ...

    async def committed(self, who: Hand | None, change: Change) -> None:
        """Look at what somebody has just written."""
        ...


class GatedStore:
    """The store as somebody behind a gate has it; `who` is None for users and controllers."""

    def __init__(self, store: Store, gate: Gate, watcher: Watcher, who: Hand | None) -> None:
        self._store = store
        self._gate = gate
        self._watcher = watcher
        self._who = who
        self.now = store.now

    async def rows(self, query: str, /, **params: Value) -> list[Row]:
        if self._gate.closed:
            await self._gate.passing()
        return await self._store.rows(query, **params)

    async def row(self, query: str, /, **params: Value) -> Row | None:
        if self._gate.closed:
            await self._gate.passing()
        return await self._store.row(query, **params)

    async def results(self, *queries: Query) -> list[list[Row]]:
        if self._gate.closed:
            await self._gate.passing()
        return await self._store.results(*queries)

    async def document(self, job_id: str) -> JobDocument | None:
        if self._gate.closed:
            await self._gate.passing()
        return await self._store.document(job_id)

    def remembered(self, job_id: str) -> Job | None:
        return self._store.remembered(job_id)

    async def commit(self, change: Change) -> None:
        if self._gate.closed:
            await self._gate.passing()
        fault = self._watcher.fault(self._who)
        if fault == "before":
            raise StoreError("the store has lost its connection (on purpose)")
        await self._store.commit(change)
        await self._watcher.committed(self._who, change)
        if self._gate.closed:
            await self._gate.passing()
        if fault == "after":
            raise StoreError("the store has lost its connection (on purpose), after the commit")

    def watch(self, *topics: str) -> Watch:
        return self._store.watch(*topics)


class World:
    """The one node there is: the instances that live on it, and the highest fence it has seen of each component."""

    def __init__(self) -> None:
        self.alive: dict[str, InstanceOrder] = {}
        self.asked: dict[str, InstanceOrder] = {}
        self.seen_at: dict[str, int] = {}
        self.fences: dict[str, int] = {}
        self.committed: dict[str, int] = {}
        """The highest fence of each component that was committed."""
        self.late: set[str] = set()
        """The instances that were started under a fence that had been overtaken: they never serve, and are ended."""
        self.failing: dict[str, int] = {}
        """How often calls of a kind fail from now on."""
        self.failures = 0
        self.healed = False
        """Whether what is stuck can be ended after all."""

    def admit(self, component_id: str, fence: int) -> None:
        """Refuse who comes with a fence that was overtaken, as the supervisor does."""
        if fence < self.fences.get(component_id, 0):
            raise failed(Cause.INTERNAL, f"a call of fence {fence} for component {component_id} comes too late")
        self.fences[component_id] = fence

    def answer(self, call: str) -> None:
        """Fail when this call shall fail."""
        left = self.failing.get(call, 0)
        if left:
            self.failing[call] = left - 1
            self.failures += 1
            raise failed(Cause.DRIVER_UNREACHABLE, f"the node does not answer {call} (on purpose)")


class ModelDriver(SimulatedDriver):
    """The driver `simulated` over a world in which what was never started is not there, and what is late is refused."""

    def __init__(self, context: Context, world: World, gate: Gate, tell: Callable[[str, str], Awaitable[None]]) -> None:
        super().__init__(context.clock, StoredReads(context.store))
        self._asked = world.asked
        self._seen_at = world.seen_at
        self._world = world
        self._gate = gate
        self._tell = tell
        """Told of each call that does work: which, and of which build or instance."""

    async def _called(self, call: str) -> None:
        if self._gate.closed:
            await self._gate.passing()
        self._world.answer(call)

    async def node(self) -> str:
        await self._called("node")
        return await super().node()

    async def build(self, order: BuildOrder, log: LogSink) -> Artifact:
        await self._called("build")
        await self._tell("build", order.id)
        return await super().build(order, log)

    async def pull(self, order: BuildOrder, artifact: Artifact | None, log: LogSink) -> Artifact:
        await self._called("pull")
        await self._tell("pull", order.id)
        return await super().pull(order, artifact, log)

    async def start(self, order: InstanceOrder) -> None:
        await self._called("start")
        self._world.admit(order.owner.component_id, order.fence)
        await self._tell("start", order.name)
        self._world.alive[order.name] = order
        if order.fence < self._world.committed.get(order.owner.component_id, 0):
            self._world.late.add(order.name)
        await super().start(order)

    async def observe(self, orders: Sequence[InstanceOrder]) -> dict[str, Observed]:
        await self._called("observe")
        seen = await super().observe(orders)
        return {name: one if name in self._world.alive else _absent(name) for name, one in seen.items()}

    async def stop(self, names: Sequence[str], fence: int) -> list[str]:
        await self._called("stop")
        for name in names:
            order = self._world.alive.get(name)
            if order is not None:
                self._world.admit(order.owner.component_id, fence)
                self._asked[name] = order
        left = await super().stop(names, fence)
        if self._gate.closed:
            await self._gate.passing()
        stuck = [] if self._world.healed else [name for name in left if name in self._world.alive]
        for name in names:
            if name not in stuck:
                self._world.alive.pop(name, None)
        return stuck

    async def known(self) -> list[Known]:
        await self._called("known")
        return [
            Known(name=name, component_id=order.owner.component_id, job_id=order.job_id, fence=order.fence)
            for name, order in self._world.alive.items()
        ]


def _absent(name: str) -> Observed:
    return Observed(name=name, state=InstanceState.ABSENT)


class Hand:
    """A worker, its gate, and the task that runs it."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.gate = Gate()
        self.worker: Worker | None = None
        self.task: asyncio.Task[None] | None = None
        self.stopping = False
        self.lease_end = 0
        """When its lease ends by what it has committed, in microseconds since 1970."""

    def __repr__(self) -> str:
        return f"worker {self.number}"

    @property
    def lives(self) -> bool:
        """Whether anything of it may still go on."""
        return not self.gate.dead and self.task is not None and not self.task.done()

    @property
    def healthy(self) -> bool:
        """Whether it works as a worker should: it goes on, and may claim jobs of the node."""
        return self.lives and not self.gate.closed and not self.stopping and bool(self.worker and self.worker._nodes)
