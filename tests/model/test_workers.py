"""Workers: how they end, how another one takes the place of one that lost its lease, whose jobs they take first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from homeport.drivers.simulated import SimulatedDriver
from homeport.jobs.working import Working
from homeport.model.causes import Cause, failed
from homeport.model.changes import Change, Statement
from homeport.model.clock import SECOND, SystemClock
from homeport.model.plans import Action
from homeport.model.records import Job
from homeport.model.states import Status
from homeport.services.environments import NewEnvironment, create_environment
from homeport.store.sqlite import SqliteStore
from support.engine import FIRST_SECONDS, PROJECT, Engine, an_engine, tasks_of
from support.reads import HandReads

T = TypeVar("T")

Scenario = Callable[[Engine], Awaitable[T]]


@pytest.fixture
def engine_of(tmp_path: Path) -> Callable[..., Any]:
    """Return a function that runs a scenario on an engine without a worker."""

    def run(scenario: Scenario[T], **rules: Any) -> T:
        async def whole() -> T:
            async with an_engine(tmp_path, **rules) as engine:
                return await scenario(engine)

        return asyncio.run(whole())

    return run


async def upgraded(engine: Engine, script: str) -> str:
    """Return the id of an upgrade of a component that serves, at whose task the script makes things happen."""
    environment = await engine.environment()
    component = await engine.component(environment)
    await engine.ended(await engine.act(environment, component, Action.DEPLOY))
    return await engine.act(environment, component, Action.UPGRADE, script)


def test_a_worker_that_drains_lets_the_task_under_way_come_to_its_end(engine_of) -> None:
    async def scenario(engine: Engine) -> Job:
        worker = engine.start_worker()
        job_id = await upgraded(engine, "pull=300ms; ready=never")
        await engine.at_task(job_id, "pull")
        worker.drain(20)
        await engine._running.pop(worker)
        return await engine.job(job_id)

    job = engine_of(scenario)
    assert (job.status, job.owner, job.deaths) == (Status.RUNNING, None, 0)
    assert tasks_of(job)["pull"] == "success"


def test_a_worker_that_drains_lets_go_in_the_middle_of_what_takes_too_long(engine_of) -> None:
    async def scenario(engine: Engine) -> Job:
        worker = engine.start_worker()
        job_id = await upgraded(engine, "pull=stuck")
        await engine.at_task(job_id, "pull")
        worker.drain(0.1)
        await engine._running.pop(worker)
        return await engine.job(job_id)

    job = engine_of(scenario)
    assert (job.status, job.owner, job.deaths) == (Status.RUNNING, None, 0)
    assert tasks_of(job)["pull"] == "running"


def test_a_worker_that_drains_claims_nothing_more(engine_of) -> None:
    async def scenario(engine: Engine) -> Job:
        worker = engine.start_worker()
        environment = await engine.environment()
        busy, late = await engine.component(environment, "busy"), await engine.component(environment, "late")
        await engine.at_task(await engine.act(environment, busy, Action.DEPLOY, "pull=500ms"), "pull")
        worker.drain(20)
        job_id = await engine.act(environment, late, Action.DEPLOY)
        await engine._running.pop(worker)
        return await engine.job(job_id)

    assert engine_of(scenario).status is Status.INIT


def test_a_worker_keeps_its_lease_while_it_drains(engine_of) -> None:
    async def scenario(engine: Engine) -> Job:
        worker = engine.start_worker()
        job_id = await upgraded(engine, "pull=1200ms")
        await engine.at_task(job_id, "pull")
        worker.drain(20)
        other = engine.start_worker()
        await engine._running.pop(worker)
        job = await engine.ended(job_id)
        await engine.stop_worker(other)
        return job

    job = engine_of(scenario, lease=SECOND // 3)
    assert (job.status, job.deaths) == (Status.SUCCESS, 0)


def test_another_worker_takes_the_place_of_one_that_has_lost_its_lease(engine_of) -> None:
    async def scenario(engine: Engine) -> Job:
        working = Working(engine.tools)
        work = asyncio.create_task(working.run())
        job_id = await upgraded(engine, "ready=800ms")
        job = await engine.at_task(job_id, "verify")
        await engine.context.store.commit(Change((Statement("end_worker", {"id": job.owner}),)))
        ended = await engine.ended(job_id)
        working.drain(0)
        await work
        return ended

    job = engine_of(scenario, lease=SECOND // 3)
    assert (job.status, job.deaths) == (Status.SUCCESS, 0)


class _Hanging:
    """A store that does not answer any more once `hangs` is set."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.hangs = asyncio.Event()
        self.again = asyncio.Event()

    async def commit(self, change: Change) -> None:
        if self.hangs.is_set():
            await self.again.wait()
        await self._store.commit(change)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_a_worker_stops_acting_before_its_lease_ends_when_the_store_does_not_answer(engine_of) -> None:
    async def scenario(engine: Engine) -> bool:
        store = _Hanging(engine.context.store)
        engine.tools = msgspec.structs.replace(
            engine.tools, context=msgspec.structs.replace(engine.context, store=store)
        )
        worker = engine.start_worker()
        job_id = await upgraded(engine, "pull=stuck")
        await engine.at_task(job_id, "pull")
        store.hangs.set()
        try:
            await engine.when(job_id, lambda _: worker._stopping)
        finally:
            # Else whatever ends the engine waits for the store, too.
            store.again.set()
        await engine._running.pop(worker)
        return worker._stopping

    assert engine_of(scenario, lease=SECOND // 3)


class LateDriver(SimulatedDriver):
    """A driver whose node does not answer yet when the worker begins."""

    answers = False
    asked = 0

    async def node(self) -> str:
        self.asked += 1
        if not self.answers:
            raise failed(Cause.DRIVER_UNREACHABLE, "nobody answers")
        return await super().node()


def test_a_worker_takes_the_jobs_of_a_node_that_answers_late(tmp_path: Path) -> None:
    driver = LateDriver(SystemClock(), HandReads())

    async def scenario() -> Job:
        async with an_engine(tmp_path, driver) as engine:
            engine.start_worker()
            new = NewEnvironment(
                project_id=PROJECT, name="late", annotations="{}", enterprise_project_id=None, requested_by="tester"
            )
            job_id = await create_environment(engine.context, new)
            async with asyncio.timeout(FIRST_SECONDS):
                while driver.asked < 2:
                    await engine.tools.clock.sleep(0.01)
            driver.answers = True
            return await engine.ended(job_id)

    assert asyncio.run(scenario()).status is Status.SUCCESS


def test_a_projects_many_jobs_do_not_keep_anothers_one_waiting(engine_of) -> None:
    async def scenario(engine: Engine) -> int:
        first = engine.start_worker()
        crowd, other = await engine.environment(), await engine.environment("another-project")
        components = [await engine.component(crowd, f"crowd-{number}", 1) for number in range(12)]
        alone = await engine.component(other, "alone", 1)
        await engine.stop_worker(first)
        many = [await engine.act(crowd, component, Action.DEPLOY) for component in components]
        one = await engine.act(other, alone, Action.DEPLOY)
        engine.start_worker()
        ended = [await engine.ended(job_id) for job_id in [*many, one]]
        return [job.id for job in sorted(ended, key=lambda job: job.started_at or 0)].index(one)

    assert engine_of(scenario, slots=2) < 2
