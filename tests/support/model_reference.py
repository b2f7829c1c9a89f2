"""What should be, in plain Python: what serves of each component, which job is at it, and what its end makes of it.

It knows nothing of tasks, workers, fences or undoing: a job that succeeds has brought about what was asked, any other
end leaves what was. That is all a user has to know, and what the engine is held against.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Final

from homeport.drivers.simulated import observation
from homeport.model.plans import DEATHS_ALLOWED, Action
from homeport.model.records import Component, Job
from homeport.model.states import Status
from homeport.store.base import Store
from homeport.store.loading import load_component, load_environment, load_instances, load_snapshot
from support.model_hands import World
from support.model_record import must

SNAPSHOTS: Final = frozenset({Action.DEPLOY, Action.UPGRADE, Action.CONFIGURE, Action.ROLLBACK})


@dataclass(frozen=True)
class Serving:
    """What serves of a component, as ShowComponent and the list of snapshots show it."""

    source: str
    replica: int
    snapshot: int | None = None
    paused: bool = False
    sources: tuple[str, ...] = ()
    """Of its snapshots, from index 1 on."""

    def after(self, job: Job) -> Serving:
        """Return what serves when a job has brought about what was asked."""
        goal = job.goal
        match job.action:
            case Action.SCALE:
                return replace(self, replica=goal.replica)
            case Action.STOP:
                return replace(self, paused=True)
            case Action.START:
                return replace(self, paused=False)
            case action if action in SNAPSHOTS:
                source = self.sources[(goal.snapshot_index or 0) - 1] if action is Action.ROLLBACK else goal.source
                sources = (*self.sources, source)
                return replace(self, source=source, snapshot=len(sources), sources=sources)
            case _:
                return self


@dataclass
class Target:
    """A component or an environment: what serves, and the job that is at it."""

    serving: Serving | None
    active: str | None = None
    prior: str = ""
    """The status it had when that job was accepted."""
    alive: frozenset[str] = frozenset()
    """The instances that served then."""
    failures: int = 0
    """How often the driver had not answered by then."""
    gone: bool = False


@dataclass
class Reference:
    """All targets by their id."""

    store: Store
    world: World
    targets: dict[str, Target] = field(default_factory=dict)
    latest: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    """The instances that an ended job has named as still alive: from then on they are the controllers' to end."""

    def made(self, component: Component) -> None:
        """Know a component that was made."""
        self.targets[component.id] = Target(Serving(component.source, component.replica))

    async def began(self, job: Job) -> None:
        """Know a job that was accepted or is retried."""
        target = self.targets.setdefault(job.target_id, Target(None))
        must(target.active is None, "two jobs of one target are active", job, target)
        latest = self.latest.get(job.target_id, "")
        must(job.attempt == 1 or latest == job.id, "a job was retried though a later one exists", job, latest)
        if job.attempt == 1:
            self.latest[job.target_id] = job.id
            target.prior = job.goal.prior.status
        target.active = job.id
        target.failures = self.world.failures
        if job.component_id:
            component = await load_component(self.store, job.component_id)
            route = json.loads(component.route) if component else []
            target.alive = frozenset(name for name in route if name in self.world.alive)

    async def ended(self, job: Job, *, begun: bool, recorded: bool) -> None:
        """Know the end of a job, and hold what it left against what it should have left."""
        target = self.targets[job.target_id]
        must(target.active == job.id, "a job ended that was not active", job, target)
        target.active = None
        if job.component_id is None:
            await self._environment_ended(job, target, begun=begun)
            return
        assert target.serving is not None
        if job.status is Status.SUCCESS:
            target.serving = target.serving.after(job)
            target.gone = job.action is Action.DELETE_COMPONENT
        component = await load_component(self.store, job.component_id)
        must((component is None) == target.gone, "a component is there though it was deleted, or the other way", job)
        told = " ".join(task.detail for task in job.tasks)
        self.named.update(name for name in self._alive(job.component_id) if name in told)
        if component is None:
            must(not self._alive(job.component_id), "a component is gone and its instances are not", job)
            return
        if component.job_id == job.id and await self._still(job):
            await self._agrees(job, target, component)
            if job.status is Status.SUCCESS:
                await self._succeeded(job, target, component)
            elif job.status is not Status.SKIP:
                self._left(job, target, component, begun=begun, recorded=recorded)
        if job.status is Status.TERMINATED:
            self._terminated(job)

    async def _still(self, job: Job) -> bool:
        """Tell whether the job is the last that was at its target: another may have begun in the same moment."""
        return await self.store.row("active_job_of", target=job.target_id) is None

    async def _agrees(self, job: Job, target: Target, component: Component) -> None:
        serving = target.serving
        assert serving is not None
        shown = (component.source, component.replica, component.snapshot_index)
        should = (serving.source, serving.replica, serving.snapshot)
        must(shown == should, "a component does not show what serves", job, shown, should)
        paused = component.status == "paused"
        must(paused == serving.paused, "a component is paused, or is not, against what should be", component, job)
        if serving.snapshot is not None:
            snapshot = await load_snapshot(self.store, component.id, serving.snapshot)
            must(snapshot is not None and snapshot.source == serving.source, "the snapshot that serves is another", job)

    async def _succeeded(self, job: Job, target: Target, component: Component) -> None:
        """Check what a poller finds that has just read `success`."""
        serving = target.serving
        assert serving is not None
        route = json.loads(component.route)
        if serving.paused:
            must(component.available_replica == 0 and not route, "a paused component has a route", component)
            unnamed = set(self._alive(component.id)) - self.named - self.world.late
            must(not unnamed, "a paused component has instances", component, job)
            return
        if not job.goal.needed:
            return
        must(component.status == "running", "a job succeeded and its component does not run", component, job)
        must(len(route) == serving.replica == component.available_replica, "too few or too many serve", component, job)
        must(all(name in self.world.alive for name in route), "what serves does not live", component, job)
        must(self.world.late.isdisjoint(route), "what was started late serves (P4)", component, job)
        rows = {instance.name for instance in await load_instances(self.store, component.id)}
        must(set(route) <= rows, "what serves is not listed", component, rows)

    def _left(self, job: Job, target: Target, component: Component, *, begun: bool, recorded: bool) -> None:
        """Check that a job that did not succeed left what served before serving."""
        serving = target.serving
        assert serving is not None
        if not begun:
            must(component.status == target.prior, "a job that never began changed its component", component, job)
        elif serving.snapshot is not None and not serving.paused and self._was_observed(job, target):
            ready = self._ready(component)
            should = "running" if ready >= component.replica else "notReady"
            shown = (component.status, component.available_replica)
            must(shown == (should, ready), "a component's status is not how its instances do", component, job, ready)
        if job.action not in (Action.STOP, Action.DELETE_COMPONENT) and not recorded:
            route = frozenset(json.loads(component.route))
            must(route >= target.alive, "what served before is not on the route", component, job, target)
            must(target.alive <= self.world.alive.keys(), "what served before does not live", component, job, target)

    def _was_observed(self, job: Job, target: Target) -> bool:
        """Tell whether the engine could look at the instances when the job ended; else it claims nothing."""
        given_up = job.deaths > DEATHS_ALLOWED or (
            job.ending is not None and job.ending.cause in ("node-lost", "worker-lost")
        )
        return not given_up and target.failures == self.world.failures

    def _terminated(self, job: Job) -> None:
        """Check that the workload of a terminated job is gone, or is named (P6)."""
        told = " ".join(task.detail for task in job.tasks)
        for name in self._alive(job.component_id or ""):
            if self.world.alive[name].job_id == job.id and name not in told and name not in self.world.late:
                must(False, "a terminated job has left something alive that it does not name (P6)", name, job)

    async def _environment_ended(self, job: Job, target: Target, *, begun: bool) -> None:
        environment = await load_environment(self.store, job.environment_id)
        good = job.status is Status.SUCCESS
        target.gone = good and job.action is Action.DELETE_ENVIRONMENT
        must((environment is None) == target.gone, "an environment is there though it was deleted, or not", job)
        if environment is None or environment.job_id != job.id or not await self._still(job):
            return
        if good:
            should = "finish"
        elif job.action is Action.CREATE_ENVIRONMENT:
            should = "create_failed"
        else:
            should = "delete_failed" if begun else target.prior
        must(environment.status == should, "an environment's status is not what its job's end makes of it", job, should)

    def _alive(self, component_id: str) -> list[str]:
        return [name for name, order in self.world.alive.items() if order.owner.component_id == component_id]

    def _ready(self, component: Component) -> int:
        now = self.store.now()
        route = [name for name in json.loads(component.route) if name in self.world.alive]
        return sum(observation(self.world.alive[name], now).ready for name in route)
