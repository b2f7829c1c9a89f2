"""Care for containers that run: their postStart hooks, their probes, and the restart that a liveness probe asks for.

Docker starts a program again that has ended; whether one may be given traffic, this process finds out while it lives.
What it found out goes to whoever asks, and to the front, so that no traffic reaches an instance that is not ready.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

import msgspec

from homeport.drivers.changes import Changes
from homeport.drivers.docker.containers import Container
from homeport.drivers.docker.fetching import fetch
from homeport.drivers.docker.layout import DockerLayout
from homeport.drivers.probes import Command, Health, Place
from homeport.log_setup import get_logger
from homeport.model.causes import TaskFailed
from homeport.model.clock import SECOND, Clock
from homeport.model.workloads import Exec, InstanceOrder

_FIRST_LOOK: Final = 0.5
"""Seconds for which whoever asks waits for the first probe of a program that was not looked after before."""

_log = get_logger()

Tell = Callable[[str, bool], Awaitable[None]]
"""Takes an instance's name and whether it may be given traffic."""


class Hands(msgspec.Struct, frozen=True):
    """How care reaches a container: running a command in it, and starting its program again."""

    run: Callable[[str, Exec, float | None], Awaitable[str]]
    restart: Callable[[str], Awaitable[None]]


class Run:
    """One run of an instance's program: from its start until it ends."""

    def __init__(self, order: InstanceOrder, container: Container, address: str) -> None:
        self.order = order
        self.container_id = container.id
        self.started_at = container.started_at or 0
        self.address = address
        self.settled = order.lifecycle.post_start is None
        self.ready_since: int | None = None
        self.failure = ""
        self.looked = asyncio.Event()
        self.task: asyncio.Task[None] | None = None


class Ends(msgspec.Struct):
    """How an instance's program ended last, and how often this process had it restarted."""

    exit_code: int | None = None
    out_of_memory: bool = False
    restarted: int = 0
    restarted_by: str = ""
    """Why the last end was asked for here; empty when the program ended by itself."""
    memory_ran_out: bool = False
    """Whether the kernel has ended something of the run that is under way."""
    asked: bool = False
    """Whether the end that comes next was asked for here."""

    def note(self, exit_code: int | None) -> None:
        """Take an end down."""
        self.exit_code = exit_code
        self.out_of_memory, self.memory_ran_out = self.memory_ran_out, False
        if not self.asked:
            self.restarted_by = ""
        self.asked = False


class Care:
    """All instances of one driver."""

    def __init__(self, hands: Hands, *, layout: DockerLayout, changes: Changes, clock: Clock, tell: Tell) -> None:
        self._hands = hands
        self._layout = layout
        self._changes = changes
        self._clock = clock
        self._tell = tell
        self._runs: dict[str, Run] = {}
        self._orders: dict[str, InstanceOrder] = {}
        self._ends: dict[str, Ends] = {}
        self._news: dict[str, bool] = {}
        self._teller: asyncio.Task[None] | None = None
        self._looks: set[asyncio.Task[None]] = set()

    def ends(self, name: str) -> Ends:
        """Return what is known of an instance's ends."""
        return self._ends.setdefault(name, Ends())

    def knows(self, name: str) -> InstanceOrder | None:
        """Return what was asked for an instance, if it is looked after."""
        return self._orders.get(name)

    async def looked_at(self, order: InstanceOrder, container: Container, address: str) -> Run:
        """Return the run that is under way, looking after it from now on; a first probe is waited for a moment."""
        run = self._runs.get(order.name)
        if run is None or (run.container_id, run.started_at) != (container.id, container.started_at):
            run = self._begin(order, container, address)
        if not run.looked.is_set():
            try:
                async with asyncio.timeout(_FIRST_LOOK):
                    await run.looked.wait()
            except TimeoutError:
                run.looked.set()
        return run

    def over(self, name: str) -> None:
        """Say that an instance's program has ended: it is not ready, and its probes make no sense any more."""
        run = self._runs.pop(name, None)
        if run is not None:
            self._unready(run)
            if run.task is not None:
                run.task.cancel()

    def again(self, look: Coroutine[Any, Any, object]) -> None:
        """Look at an instance that nobody asks about just now, so that its care begins at once."""
        task = asyncio.create_task(_tolerant(look), name="a look at a container that was started")
        self._looks.add(task)
        task.add_done_callback(self._looks.discard)
        task.add_done_callback(self._seen_off)

    def forget(self, name: str) -> None:
        """Say that an instance is no more."""
        self.over(name)
        self._orders.pop(name, None)
        self._ends.pop(name, None)

    async def close(self) -> None:
        """Look after nothing any more; whatever runs goes on."""
        tasks = [
            task
            for task in (self._teller, *self._looks, *(run.task for run in self._runs.values()))
            if task is not None
        ]
        self._runs.clear()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _begin(self, order: InstanceOrder, container: Container, address: str) -> Run:
        self.over(order.name)
        run = self._runs[order.name] = Run(order, container, address)
        self._orders[order.name] = order
        run.task = asyncio.create_task(self._look_after(run), name=f"care for {order.name}")
        run.task.add_done_callback(self._seen_off)
        return run

    async def _look_after(self, run: Run) -> None:
        try:
            failure = await self._settle(run) or await self._health(run).watch()
            await self._restart(run, failure)
        except TaskFailed as error:
            # The Engine does not answer: when it does again, whoever observes begins anew.
            _log.warning("docker.care_interrupted", instance=run.order.name, error=str(error))
            if self._runs.get(run.order.name) is run:
                del self._runs[run.order.name]
        finally:
            run.looked.set()

    async def _settle(self, run: Run) -> str:
        """Run the postStart hook of a program for which it has not been run; return what went wrong with it."""
        hook, owner, name = run.order.lifecycle.post_start, run.order.owner, run.order.name
        memory = self._layout.remembered(owner.component_id, name)
        if hook is None or memory.settled == run.started_at:
            run.settled = True
            return ""
        if failure := await self._hands.run(run.container_id, hook, None):
            return f"postStart: {failure}"
        run.settled = True
        settled = msgspec.structs.replace(memory, settled=run.started_at)
        self._layout.remember(owner.component_id, name, settled)
        self._changes.note(name)
        return ""

    def _health(self, run: Run) -> Health:
        host, _, port = run.address.rpartition(":")
        return Health(
            run.order.health,
            Place(host, int(port), alone=True),
            command=self._command_in(run),
            fetch=fetch,
            say=lambda ready, failure: self._say(run, ready=ready, failure=failure),
            clock=self._clock,
            age=max(self._clock.now() - run.started_at, 0) / SECOND,
        )

    def _command_in(self, run: Run) -> Command:
        async def command(asked: Exec, seconds: float) -> str:
            return await self._hands.run(run.container_id, asked, seconds)

        return command

    async def _restart(self, run: Run, failure: str) -> None:
        name = run.order.name
        _log.info("docker.restarting", instance=name, failure=failure)
        self._unready(run)
        ends = self.ends(name)
        ends.restarted_by, ends.asked = failure, True
        await self._hands.restart(name)

    def _say(self, run: Run, *, ready: bool, failure: str) -> None:
        before = (run.ready_since is not None, run.failure)
        if ready and run.ready_since is None:
            run.ready_since = self._clock.now()
        elif not ready:
            run.ready_since = None
        run.failure = failure
        if (ready, failure) != before or not run.looked.is_set():
            self._changes.note(run.order.name)
            self._announce(run, ready=ready)
        run.looked.set()

    def _unready(self, run: Run) -> None:
        run.ready_since = None
        self._changes.note(run.order.name)
        self._announce(run, ready=False)

    def _announce(self, run: Run, *, ready: bool) -> None:
        self._news[run.order.name] = ready
        if self._teller is None or self._teller.done():
            self._teller = asyncio.create_task(self._tell_all(), name="telling who is ready")
            self._teller.add_done_callback(self._seen_off)

    async def _tell_all(self) -> None:
        """Tell one piece of news after the other, so that the last word on an instance is the last one said."""
        while self._news:
            name, ready = self._news.popitem()
            await self._tell(name, ready)

    def _seen_off(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (defect := task.exception()) is not None:
            _log.error("docker.care_failed", task=task.get_name(), exc_info=defect)


async def _tolerant(look: Coroutine[Any, Any, object]) -> None:
    try:
        await look
    except TaskFailed as error:
        _log.warning("docker.not_looked_at", error=str(error))
