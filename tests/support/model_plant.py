"""An engine with everything that may befall it: several workers, users, controllers, and what fails.

Whatever is written passes `committed`, where it is held against the reference at once: what a reader could have seen
for a moment only is seen here too.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from typing import Any, Final

from homeport.controllers.keep import Keep
from homeport.controllers.orphans import Orphans
from homeport.drivers.simulated import NODE
from homeport.identity.vault import KEY_BYTES, MasterKey, Vault
from homeport.jobs.tools import EngineRules, Tools
from homeport.jobs.worker import Worker
from homeport.model.causes import TaskFailed
from homeport.model.changes import Change, Value
from homeport.model.clock import SECOND
from homeport.model.ids import SeededIds
from homeport.model.records import Job
from homeport.model.states import FINISHED, Status
from homeport.services.context import Context, HouseRules
from homeport.store.base import Missed, Store, StoreError
from homeport.store.loading import load_component, load_instances
from support.model_hands import Gate, GatedClock, GatedStore, Hand, Killed, ModelDriver, World
from support.model_record import Moves, Records, must
from support.model_reference import Reference
from support.model_time import VirtualClock

PROJECT: Final = "0123456789abcdef0123456789abcdef"
RULES: Final = EngineRules(undo_limit=20 * SECOND, ready_limit=20 * SECOND, min_ready=0)
JOB_LIMIT: Final = 60 * SECOND
_RESTATED: Final = frozenset({"restate_component", "restate_environment"})
"""What gives a target the status back that it had before a job was accepted."""
GRACE: Final = 10 * SECOND
"""How long after the lease of whoever held it a job goes on at the latest (P5)."""


class Plant:
    """One engine, from the empty store of a sequence to its end."""

    def __init__(self, store: Store, clock: VirtualClock, moves: Moves, *, unfinished_as_failed: bool = False) -> None:
        self.store = store
        self.clock = clock
        self.world = World()
        self.records = Records(store, moves)
        self.reference = Reference(store, self.world)
        self.hands: list[Hand] = []
        self.begun = 0
        self.crash_at = ""
        self.store_fails: dict[bool, list[str]] = {False: [], True: []}
        """By whether it is for users, how the next commits fail."""
        self.disturbed_at = clock.now()
        """When something happened last that may have kept a job from going on."""
        self.holders: dict[str, Hand | None] = {}
        """By job, the worker that may write to it."""
        self.fences = self.world.committed
        self.touched: dict[str, None] = {}
        self.active: dict[str, Job] = {}
        self.attempts: dict[str, int] = {}
        self.unbegun: set[str] = set()
        """The jobs that have ended without being begun in their attempt, so that their target is as it was."""
        self.broken: list[BaseException] = []
        ids = SeededIds(clock, seed=7)
        rules = HouseRules(
            default_driver="simulated",
            components_per_environment=1_000,
            job_limit=JOB_LIMIT,
            unfinished_as_failed=unfinished_as_failed,
        )
        self._vault = Vault(MasterKey(bytes(KEY_BYTES)), ids)
        self._ids = ids
        self._rules = rules
        self._apart: set[asyncio.Task[None]] = set()
        self.users = self._context(Gate(), None)
        driver = ModelDriver(self.users, self.world, Gate(), self._nobody_works)
        self._keep = Keep(self.users, driver, NODE, None)
        self._orphans = Orphans(self.users, driver, NODE)

    def _context(self, gate: Gate, who: Hand | None) -> Context:
        clock = self.clock if who is None else GatedClock(self.clock, gate)
        return Context(GatedStore(self.store, gate, self, who), clock, self._ids, self._vault, self._rules)

    # Workers

    def start_worker(self) -> None:
        """Let one more worker work."""
        self.begun += 1
        hand = Hand(self.begun)
        context = self._context(hand.gate, hand)
        driver = ModelDriver(context, self.world, hand.gate, lambda call, what: self._works(hand, call, what))
        tools = Tools(
            context=context,
            drivers={"simulated": driver},
            routers={},
            rules=RULES,
            crash=lambda point: self._passes(hand, point),
        )
        hand.worker = Worker(tools)
        hand.task = asyncio.create_task(hand.worker.run())
        self.hands.append(hand)
        self.disturb()

    def living(self) -> list[Hand]:
        """Return the workers that live, oldest first."""
        return [hand for hand in self.hands if hand.lives]

    def stop_worker(self, hand: Hand) -> None:
        """Ask a worker to end in good order."""
        hand.stopping = True
        assert hand.worker is not None
        hand.worker.stop()
        self.disturb()

    def kill_worker(self, hand: Hand) -> None:
        """End a worker as a power cut would: what it had handed in is written, nothing else."""
        hand.gate.kill()
        self.disturb()

    def pause_worker(self, hand: Hand) -> None:
        """Let a worker stand still."""
        hand.gate.close()
        self.disturb()

    def resume_worker(self, hand: Hand) -> None:
        """Let a worker that stood still go on."""
        hand.gate.open()
        self.disturb()

    def _passes(self, hand: Hand, point: str) -> None:
        if hand.gate.dead:
            raise Killed(point)
        if point == self.crash_at:
            self.crash_at = ""
            self.kill_worker(hand)
            raise Killed(point)

    def disturb(self) -> None:
        """Note that a job may be kept from going on."""
        self.disturbed_at = self.clock.now()

    # Controllers

    def apart(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something go on beside the steps."""
        task = asyncio.create_task(self._caught(work))
        self._apart.add(task)
        task.add_done_callback(self._apart.discard)

    async def control(self) -> None:
        """Let the controllers look once, as their loop does."""
        for controller in (self._keep, self._orphans):
            try:
                await controller.step()
            except (TaskFailed, StoreError, Missed):
                self.disturb()

    async def _caught(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - it is raised by the sequence
            self.broken.append(error)

    # What everybody does, as it is seen from above

    def fault(self, who: Hand | None) -> str:
        """Return how the next commit of somebody shall fail."""
        faults = self.store_fails[who is None]
        if not faults:
            return ""
        self.disturb()
        return faults.pop()

    async def committed(self, who: Hand | None, change: Change) -> None:
        """Hold what somebody has just written against what may be written, and by whom."""
        try:
            for statement in change.statements:
                self._written(who, statement.name, statement.params)
            for document in change.documents:
                self.touched[document.job_id] = None
                if document.status in FINISHED and any(one.name in _RESTATED for one in change.statements):
                    self.unbegun.add(document.job_id)
                if document.status in FINISHED or document.status is Status.INIT:
                    await self.look(document.job_id)
            if change.statements[-1].name == "add_component":
                component = await load_component(self.store, str(change.statements[-1].params["id"]))
                assert component is not None
                self.reference.made(component)
        except AssertionError as error:
            self.broken.append(error)

    def _written(self, who: Hand | None, name: str, params: dict[str, Value]) -> None:
        now = self.clock.now()
        if name in ("add_worker", "renew_worker") and who is not None:
            must(name == "add_worker" or who.lease_end > now, "a lease that had ended was renewed", who)
            who.lease_end = now + RULES.lease
        elif name == "end_worker" and who is not None:
            who.lease_end = 0
        elif name in ("move_job", "turn_job"):
            self._moved(who, str(params["id"]), params)
        elif name == "check_job_fence":
            self._acts(who, str(params["id"]))
        elif name in ("raise_component_fence", "raise_environment_fence", "pin_environment", "keep_route"):
            target, fence = str(params["id"]), int(params["fence"] or 0)
            must(fence > self.fences.get(target, 0), "a fence does not rise", who, name, params, self.fences)
            self.fences[target] = fence

    def _moved(self, who: Hand | None, job_id: str, params: dict[str, Value]) -> None:
        claimed = int(params["fence"] or 0) > int(params["was_fence"] or 0)
        if claimed:
            holder = self.holders.get(job_id)
            held = holder is not None and holder is not who and holder.lease_end > self.clock.now()
            must(not held, "a job was taken from a worker whose lease has not ended (P4)", job_id, holder, who)
            self._on_time(who)
        elif who is not None and (self.holders.get(job_id) or params["was_status"] != "init"):
            # A job that waits and whose node is lost is ended by whoever sees it, without being claimed.
            self._acts(who, job_id)
        elif params["owner"] is not None:
            must(self.holders.get(job_id) is not None, "a job was given back to who had handed it back", who, job_id)
        if claimed or params["owner"] is None:
            self.holders[job_id] = who if params["owner"] is not None else None

    def _acts(self, who: Hand | None, job_id: str) -> None:
        """Check that a worker that writes to a job is the one that holds it."""
        must(self.holders.get(job_id) is who, "a worker wrote to a job that it does not hold (P4)", who, job_id)
        self._on_time(who)

    def _on_time(self, who: Hand | None) -> None:
        if who is not None and not who.gate.was_paused:
            must(who.lease_end > self.clock.now(), "a worker acts though its lease has ended (P4)", who)

    async def _nobody_works(self, call: str, what: str) -> None:
        """Let the controllers do what they do."""

    async def _works(self, who: Hand, call: str, what: str) -> None:
        """Check that a worker does only what is to be done: no task runs again that has ended (P9)."""
        job_id = what[:36]
        if call == "start" or self.holders.get(job_id) is not who:
            return
        rows = await self.store.rows("tasks_of_job", job_id=job_id)
        status = next(str(row["status"]) for row in rows if row["name"] == call)
        try:
            must(status in ("running", "terminating"), f"{call} runs again though it is {status} (P9)", who, what)
        except AssertionError as error:
            self.broken.append(error)

    # The look from above

    async def look(self, job_id: str) -> Job:
        """Hold a job against its record and the reference."""
        job = await self.records.look(job_id)
        story = self.records.stories[job_id]
        if self.attempts.get(job_id) != job.attempt:
            self.attempts[job_id] = job.attempt
            if job.status not in FINISHED:
                self.unbegun.discard(job_id)
            self.active[job_id] = job
            await self.reference.began(job)
        if job.status not in FINISHED:
            self.active[job_id] = job
        elif self.active.pop(job_id, None) is not None:
            begun = story.begun and job_id not in self.unbegun
            await self.reference.ended(job, begun=begun, recorded=story.recorded)
        return job

    async def look_around(self) -> None:
        """Look at all that was touched, and at what should have ended by now; raise what was found."""
        self._raise()
        touched, self.touched = list(self.touched), {}
        for job_id in touched:
            await self.look(job_id)
        for job in self.active.values():
            must(self.clock.now() <= self.due(job), "a job has not ended though it should have (P5)", job, self.hands)
        self._raise()

    def _raise(self) -> None:
        if self.broken:
            raise self.broken[0]

    def due(self, job: Job) -> int:
        """Return by when a job has ended while a worker lives, in microseconds since 1970 (P5)."""
        if not any(hand.healthy for hand in self.hands):
            self.disturb()
        limit = job.deadline_at
        for task in job.tasks:
            own = task.name == "record" or (task.name == "build" and not job.hard_deadline)
            if own and task.status in (Status.RUNNING, Status.TERMINATING):
                limit = max(limit, (task.started_at or 0) + task.time_limit)
            elif own and job.ending is not None and job.ending.task == task.idx:
                limit = max(limit, task.updated_at)
        return max(limit, self.disturbed_at) + RULES.undo_limit + RULES.lease + GRACE

    # The end

    async def settle(self) -> None:
        """Let all that was begun end, and check what is left."""
        self.crash_at = ""
        self.store_fails = {False: [], True: []}
        self.world.failing.clear()
        for hand in self.hands:
            hand.gate.open()
        await self.clock.drain()
        self.disturb()
        hop = 1.0
        while self.active:
            if not any(hand.healthy for hand in self.hands):
                # A process lets another take the place of one that has lost its lease, also of one that loses it now.
                self.start_worker()
            await self.clock.sleep(hop)
            await self.look_around()
            hop = min(hop * 2, 60.0)
        self.world.healed = True
        for _ in range(3):
            await self.control()
            await self.clock.sleep(1)
        await self.look_around()
        for job_id in self.records.stories:
            await self.records.look(job_id)
        await self._nothing_is_lost()
        await self._nothing_is_left()

    async def _nothing_is_lost(self) -> None:
        rows = await self.store.rows("jobs_of_project", value=PROJECT, before="g", floor="", most=10_000)
        listed = {str(row["id"]) for row in rows}
        must(listed == self.records.stories.keys(), "jobs are lost, or nobody asked for them (P1)", listed)

    async def _nothing_is_left(self) -> None:
        """Check that exactly what a route names lives."""
        wanted: set[str] = set()
        for target_id, target in self.reference.targets.items():
            component = await load_component(self.store, target_id)
            if component is None:
                continue
            route = json.loads(component.route)
            written = [instance.name for instance in await load_instances(self.store, component.id)]
            serves = target.serving is not None and target.serving.snapshot is not None and not target.serving.paused
            must(len(route) == (component.replica if serves else 0), "the route is not what should serve", component)
            must(sorted(written) == sorted(route), "instances are written down that no route names", written, route)
            wanted.update(route)
        must(wanted == self.world.alive.keys(), "what lives is not what routes name", wanted, list(self.world.alive))
