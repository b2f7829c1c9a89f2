"""The engine over a real store: recovery, fences, terminate, retry, undo, and what the target says meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

from homeport.drivers.base import InstanceState, Observed
from homeport.drivers.simulated import SimulatedDriver
from homeport.model.changes import Change, Move, Statement, Value
from homeport.model.clock import SECOND, SystemClock
from homeport.model.plans import Action
from homeport.model.records import Component, Environment, Job
from homeport.model.states import Status
from homeport.model.workloads import InstanceOrder
from homeport.services.jobs import retry_job
from homeport.services.keeping import take_over
from homeport.store.base import Missed
from support.engine import Engine, an_engine, detail_of, tasks_of
from support.reads import HandReads

T = TypeVar("T")


class Deployed:
    """An engine with a worker, and a component that serves."""

    def __init__(self, engine: Engine, environment: Environment, component: Component) -> None:
        self.engine = engine
        self.environment = environment
        self.component = component

    async def act(self, action: Action, script: str = "", **facts: Any) -> str:
        return await self.engine.act(self.environment, self.component, action, script, **facts)

    async def done(self, action: Action, script: str = "", **facts: Any) -> Job:
        return await self.engine.ended(await self.act(action, script, **facts))

    async def now(self) -> Component:
        return await self.engine.now(self.component)


@pytest.fixture
def deployed(tmp_path: Path) -> Callable[..., Any]:
    """Return a function that runs a scenario on a component that serves."""

    def run(scenario: Callable[[Deployed], Awaitable[T]], driver: Any = None, **rules: Any) -> T:
        async def whole() -> T:
            async with an_engine(tmp_path, driver, **rules) as engine:
                engine.start_worker()
                environment = await engine.environment()
                component = await engine.component(environment)
                made = Deployed(engine, environment, component)
                assert (await made.done(Action.DEPLOY)).status is Status.SUCCESS
                return await scenario(made)

        return asyncio.run(whole())

    return run


def test_a_failed_upgrade_leaves_what_served(deployed) -> None:
    async def scenario(it: Deployed) -> tuple[Component, Component, Job]:
        before = await it.now()
        job = await it.done(Action.UPGRADE, "ready=crash", source='{"type":"image","url":"nginx:2"}')
        return before, await it.now(), job

    before, after, job = deployed(scenario)
    assert job.status is Status.FAILED
    assert (after.source, after.route, after.status, after.available_replica) == (
        before.source,
        before.route,
        "running",
        2,
    )


def test_the_instances_of_a_failed_upgrade_are_gone(deployed) -> None:
    async def scenario(it: Deployed) -> list[str]:
        job = await it.done(Action.UPGRADE, "ready=crash")
        rows = await it.engine.context.store.rows("instances_of_component", component_id=it.component.id)
        return [str(row["name"]) for row in rows if row["job_id"] == job.id]

    assert deployed(scenario) == []


def test_a_terminated_upgrade_leaves_what_served_and_names_the_task(deployed) -> None:
    async def scenario(it: Deployed) -> tuple[Job, Component]:
        job_id = await it.act(Action.UPGRADE, "ready=never")
        await it.engine.at_task(job_id, "verify")
        await it.engine.terminate(job_id)
        return await it.engine.ended(job_id), await it.now()

    job, component = deployed(scenario)
    assert (job.status, tasks_of(job)["verify"]) == (Status.TERMINATED, "terminated")
    assert detail_of(job, "verify").startswith("terminated: stopped by request during task 4 verify.")
    assert (component.status, component.available_replica) == ("running", 2)


def test_a_terminate_that_comes_once_the_new_serves_is_too_late(deployed) -> None:
    async def scenario(it: Deployed) -> Job:
        await it.done(Action.UPGRADE, "stop=500ms")
        job_id = await it.act(Action.UPGRADE)
        await it.engine.at_task(job_id, "record")
        await it.engine.terminate(job_id)
        return await it.engine.ended(job_id)

    job = deployed(scenario)
    assert (job.status, tasks_of(job)["record"]) == (Status.SUCCESS, "success")


def test_a_job_is_terminating_until_its_workload_is_gone(deployed) -> None:
    async def scenario(it: Deployed) -> tuple[Status, Status]:
        job_id = await it.act(Action.UPGRADE, "ready=never; stop=300ms")
        await it.engine.at_task(job_id, "verify")
        await it.engine.terminate(job_id)
        return (await it.engine.job(job_id)).status, (await it.engine.ended(job_id)).status

    assert deployed(scenario) == (Status.TERMINATING, Status.TERMINATED)


def test_what_cannot_be_ended_is_named(deployed) -> None:
    async def scenario(it: Deployed) -> Job:
        return await it.done(Action.UPGRADE, "ready=crash; stop=stuck")

    job = deployed(scenario)
    assert "still-alive: could not be ended within the time for undoing: cart-" in detail_of(job, "verify")


def test_a_task_past_its_deadline_ends_the_job_as_timeout_and_what_served_serves(deployed) -> None:
    async def scenario(it: Deployed) -> tuple[Job, Component]:
        deadline = {"homeport/deadline": "1500ms"}
        return await it.done(Action.UPGRADE, "ready=never", annotations=deadline), await it.now()

    job, component = deployed(scenario)
    assert (job.status, tasks_of(job)["verify"], component.status) == (Status.TIMEOUT, "timeout", "running")
    assert detail_of(job, "verify").startswith("deadline-exceeded: ")


def test_a_retry_repeats_only_what_does_not_stand(deployed) -> None:
    async def scenario(it: Deployed) -> tuple[list[int | None], Job]:
        job = await it.done(Action.UPGRADE, "ready=crash")
        await retry_job(it.engine.context, job.id)
        again = await it.engine.ended(job.id)
        return [task.started_at for task in job.tasks], again

    first, again = deployed(scenario)
    started = [task.started_at for task in again.tasks]
    assert started[1] == first[1], "the pull stands and is not repeated"
    assert started[2] != first[2], "what was undone runs again"
    assert again.attempt == 2


def test_a_retried_job_is_init_before_anybody_claims_it(deployed) -> None:
    async def scenario(it: Deployed) -> Status:
        job = await it.done(Action.UPGRADE, "ready=crash")
        for worker in list(it.engine._running):
            await it.engine.stop_worker(worker)
        await retry_job(it.engine.context, job.id)
        return (await it.engine.job(job.id)).status

    assert deployed(scenario) is Status.INIT


def test_a_retry_shows_the_status_while_it_runs_on_the_component_again(deployed) -> None:
    async def scenario(it: Deployed) -> str:
        job = await it.done(Action.UPGRADE, "ready=crash")
        for worker in list(it.engine._running):
            await it.engine.stop_worker(worker)
        await retry_job(it.engine.context, job.id)
        return (await it.now()).status

    assert deployed(scenario) == "notReady"


def test_a_terminated_job_that_nobody_had_claimed_leaves_the_component_as_it_was(deployed) -> None:
    async def scenario(it: Deployed) -> tuple[str, str]:
        for worker in list(it.engine._running):
            await it.engine.stop_worker(worker)
        job_id = await it.act(Action.UPGRADE)
        waiting = (await it.now()).status
        await it.engine.terminate(job_id)
        return waiting, (await it.now()).status

    assert deployed(scenario) == ("notReady", "running")


@pytest.mark.parametrize("task", ["pull", "verify", "record"])
def test_a_job_whose_worker_died_goes_on_with_the_next_claim(deployed, task: str) -> None:
    scripts = {"pull": "pull=400ms", "verify": "ready=400ms", "record": ""}

    async def scenario(it: Deployed) -> Job:
        await it.done(Action.RESTART, "stop=400ms")
        (worker,) = it.engine._running
        job_id = await it.act(Action.UPGRADE, scripts[task])
        await it.engine.at_task(job_id, task)
        await it.engine.kill_worker(worker)
        it.engine.start_worker()
        return await it.engine.ended(job_id)

    job = deployed(scenario)
    assert (job.status, job.deaths) == (Status.SUCCESS, 1)


def test_a_job_that_was_handed_back_goes_on_without_a_death(deployed) -> None:
    async def scenario(it: Deployed) -> tuple[Job, Job]:
        (worker,) = it.engine._running
        job_id = await it.act(Action.UPGRADE, "ready=600ms")
        await it.engine.at_task(job_id, "verify")
        await it.engine.stop_worker(worker)
        between = await it.engine.job(job_id)
        it.engine.start_worker()
        return between, await it.engine.ended(job_id)

    between, after = deployed(scenario)
    assert (between.status, between.owner) == (Status.RUNNING, None)
    assert (after.status, after.deaths) == (Status.SUCCESS, 0)


def test_an_undo_that_was_cut_short_goes_on_with_the_next_claim(deployed) -> None:
    async def scenario(it: Deployed) -> tuple[Job, Component]:
        (worker,) = it.engine._running
        job_id = await it.act(Action.UPGRADE, "ready=crash; stop=500ms")
        await it.engine.when(job_id, lambda job: job.ending is not None)
        await it.engine.kill_worker(worker)
        it.engine.start_worker()
        return await it.engine.ended(job_id), await it.now()

    job, component = deployed(scenario)
    assert (job.status, component.status) == (Status.FAILED, "running")
    assert detail_of(job, "verify").startswith("crash-loop: ")


def test_a_job_over_which_three_workers_died_ends_failed_with_that_cause(deployed) -> None:
    async def scenario(it: Deployed) -> Job:
        job_id = await it.act(Action.UPGRADE, "ready=never")
        for deaths in range(3):
            (worker,) = it.engine._running
            await it.engine.when(job_id, lambda job, deaths=deaths: job.deaths == deaths and job.owner is not None)
            await it.engine.at_task(job_id, "verify")
            await it.engine.kill_worker(worker)
            it.engine.start_worker()
        return await it.engine.ended(job_id)

    job = deployed(scenario)
    assert (job.status, job.deaths) == (Status.FAILED, 3)
    assert detail_of(job, "verify").startswith("worker-lost: ")


def test_a_worker_that_lost_its_job_cannot_write_a_word(deployed) -> None:
    async def scenario(it: Deployed) -> None:
        job_id = await it.act(Action.UPGRADE, "ready=never")
        late = await it.engine.at_task(job_id, "verify")
        (worker,) = it.engine._running
        await it.engine.kill_worker(worker)
        it.engine.start_worker()
        await it.engine.when(job_id, lambda job: job.fence > late.fence)
        store = it.engine.context.store
        with pytest.raises(Missed):
            await store.commit(Move(late, late.accepted_at).task(4, Status.SUCCESS).build().change)
        settled = {"id": it.component.id, "status": "running", "available_replica": 1, "now": 1}
        fenced = Statement("check_job_fence", {"id": late.id, "fence": late.fence, "owner": late.owner})
        with pytest.raises(Missed):
            await store.commit(Change((fenced,)))
        with pytest.raises(Missed):
            await store.commit(Change((Statement("settle_component", settled | {"fence": late.fence}),)))
        await it.engine.terminate(job_id)
        await it.engine.ended(job_id)

    deployed(scenario)


def test_each_claim_raises_the_fence_of_the_target(deployed) -> None:
    async def scenario(it: Deployed) -> list[int]:
        fences = []
        for _ in range(3):
            job = await it.done(Action.RESTART)
            assert job.fence == (await it.now()).fence
            fences.append(job.fence)
        return fences

    fences = deployed(scenario)
    assert fences == sorted(set(fences))


def test_a_job_with_nothing_to_do_ends_well_and_touches_nothing(deployed) -> None:
    async def scenario(it: Deployed) -> tuple[Component, Job, Component]:
        await it.done(Action.STOP)
        before = await it.now()
        job = await it.done(Action.STOP)
        return before, job, await it.now()

    before, job, after = deployed(scenario)
    assert (job.status, set(tasks_of(job).values())) == (Status.SUCCESS, {"skip"})
    assert (before.status, before.route) == (after.status, after.route)


def test_a_job_of_a_node_that_is_gone_ends_at_its_deadline_with_that_cause(deployed) -> None:
    async def scenario(it: Deployed) -> tuple[Job, Component]:
        (worker,) = it.engine._running
        job_id = await it.act(Action.UPGRADE, "ready=never", annotations={"homeport/deadline": "2s"})
        job = await it.engine.at_task(job_id, "verify")
        await it.engine.kill_worker(worker)
        elsewhere = Move(job, job.accepted_at).set(node="a node that is gone").build().change
        await it.engine.context.store.commit(elsewhere)
        it.engine.start_worker()
        return await it.engine.ended(job_id), await it.now()

    job, component = deployed(scenario)
    assert (job.status, component.status) == (Status.TIMEOUT, "notReady")
    assert detail_of(job, "verify").startswith("node-lost: no worker acted on node a node that is gone")
    assert "cart-" in detail_of(job, "verify"), "what may still live there is named"


def test_a_worker_whose_lease_has_ended_stops_acting(deployed) -> None:
    async def scenario(it: Deployed) -> int:
        (worker,) = it.engine._running
        await it.engine.context.store.commit(Change((Statement("end_worker", {"id": worker.id}),)))
        await it.engine._running.pop(worker)
        return worker.running

    assert deployed(scenario, lease=SECOND // 5) == 0


class _Mortal(SimulatedDriver):
    """A driver some of whose instances have ended for good."""

    def __init__(self) -> None:
        super().__init__(SystemClock(), HandReads())
        self.dead: set[str] = set()

    async def observe(self, orders: Sequence[InstanceOrder]) -> dict[str, Observed]:
        seen = await super().observe(orders)
        ended = {name: Observed(name=name, state=InstanceState.ENDED) for name in self.dead & seen.keys()}
        return seen | ended


def test_a_scale_replaces_an_instance_that_has_ended_for_good(deployed) -> None:
    driver = _Mortal()

    async def scenario(it: Deployed) -> tuple[Job, Component]:
        driver.dead = {(await it.now()).serving[0]}
        return await it.done(Action.SCALE, replica=3), await it.now()

    job, component = deployed(scenario, driver=driver)
    assert (job.status, detail_of(job, "scale")) == (Status.SUCCESS, "2 instances started")
    assert len(component.serving) == 3
    assert driver.dead.isdisjoint(component.serving)


class _Broken(SimulatedDriver):
    """A driver with a defect."""

    async def start(self, order: Any) -> None:
        raise ZeroDivisionError("division by zero")


def test_a_defect_of_a_driver_is_told_as_one_and_hides_nothing(tmp_path: Path) -> None:
    async def scenario() -> Job:
        async with an_engine(tmp_path, _Broken(SystemClock(), HandReads())) as engine:
            engine.start_worker()
            environment = await engine.environment()
            component = await engine.component(environment)
            return await engine.ended(await engine.act(environment, component, Action.DEPLOY))

    job = asyncio.run(scenario())
    assert job.status is Status.FAILED
    assert detail_of(job, "deploy").startswith("internal: ZeroDivisionError: division by zero. ")


def test_a_component_keeps_as_many_snapshots_as_the_rules_say_and_numbers_go_on(deployed) -> None:
    async def scenario(it: Deployed) -> list[object]:
        for _ in range(4):
            await it.done(Action.UPGRADE)
        rows = await it.engine.context.store.rows("snapshots", component_id=it.component.id)
        return [row["idx"] for row in rows]

    assert deployed(scenario, snapshots_kept=2) == [4, 5]


def test_a_job_is_not_accepted_on_a_route_that_keep_has_changed_meanwhile(deployed) -> None:
    async def scenario(it: Deployed) -> None:
        read = await it.now()
        await take_over(it.engine.context, read, [])
        accepted: dict[str, Value] = {"id": read.id, "job_id": "late", "status": "notReady", "now": read.updated_at + 1}
        was: dict[str, Value] = {"was_status": read.status, "was_updated_at": read.updated_at}
        with pytest.raises(Missed):
            await it.engine.context.store.commit(Change((Statement("accept_component_job", accepted | was),)))

    deployed(scenario)
