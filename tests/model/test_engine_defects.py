"""Defects, of a driver or of what is stored, end a job with their story; they keep none running, and end no worker."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from homeport.drivers.simulated import SimulatedDriver
from homeport.model.changes import Change, Statement
from homeport.model.clock import SystemClock
from homeport.model.plans import Action
from homeport.model.records import Component, Environment, Job
from homeport.model.states import Status
from homeport.services.environments import Scope, delete_environment
from support.engine import PROJECT, Engine, an_engine, detail_of
from support.reads import HandReads

T = TypeVar("T")


class Faulty(SimulatedDriver):
    """A driver in which one call is broken from some moment on."""

    def __init__(self) -> None:
        super().__init__(SystemClock(), HandReads())
        self.broken = ""

    def _may_break(self, name: str) -> None:
        if self.broken == name:
            raise RuntimeError(f"{name} is broken")

    def needs_pull(self, order: Any) -> bool:
        self._may_break("needs_pull")
        return super().needs_pull(order)

    async def stands(self, artifact: Any) -> bool:
        self._may_break("stands")
        return await super().stands(artifact)

    async def check(self, order: Any) -> None:
        self._may_break("check")
        await super().check(order)

    async def observe(self, orders: Any) -> Any:
        self._may_break("observe")
        return await super().observe(orders)

    async def stop(self, names: Any, fence: int) -> Any:
        self._may_break("stop")
        return await super().stop(names, fence)


class Broken:
    """An engine with a worker, a component that serves, and a driver to break."""

    def __init__(self, engine: Engine, driver: Faulty, environment: Environment, component: Component) -> None:
        self.engine = engine
        self.driver = driver
        self.environment = environment
        self.component = component

    async def done(self, action: Action, script: str = "", **facts: Any) -> Job:
        job_id = await self.engine.act(self.environment, self.component, action, script, **facts)
        return await self.engine.ended(job_id)


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., Any]:
    """Return a function that runs a scenario on a component that serves."""

    def run(scenario: Callable[[Broken], Awaitable[T]]) -> T:
        async def whole() -> T:
            driver = Faulty()
            async with an_engine(tmp_path, driver) as engine:
                engine.start_worker()
                environment = await engine.environment()
                it = Broken(engine, driver, environment, await engine.component(environment))
                assert (await it.done(Action.DEPLOY)).status is Status.SUCCESS
                return await scenario(it)

        return asyncio.run(whole())

    return run


@pytest.mark.parametrize(("call", "task"), [("stands", "build"), ("needs_pull", "pull")])
def test_a_defect_where_a_task_is_entered_fails_its_job_and_says_which(broken: Any, call: str, task: str) -> None:
    async def scenario(it: Broken) -> Job:
        it.driver.broken = call
        return await it.done(Action.ROLLBACK, snapshot_index=1)

    job = broken(scenario)
    assert job.status is Status.FAILED
    assert detail_of(job, task).startswith(f"internal: RuntimeError: {call} is broken")


@pytest.mark.parametrize("call", ["check", "observe", "stop"])
def test_a_worker_goes_on_with_other_jobs_after_a_defect(broken: Any, call: str) -> None:
    async def scenario(it: Broken) -> tuple[Job, Job]:
        it.driver.broken = call
        first = await it.done(Action.UPGRADE, "ready=crash")
        it.driver.broken = ""
        return first, await it.done(Action.UPGRADE)

    first, second = broken(scenario)
    assert (first.status, second.status) == (Status.FAILED, Status.SUCCESS)


def test_what_a_defect_in_the_undo_left_alive_is_named(broken: Any) -> None:
    async def scenario(it: Broken) -> Job:
        it.driver.broken = "stop"
        return await it.done(Action.UPGRADE, "start=fail")

    job = broken(scenario)
    assert job.status is Status.FAILED
    assert "still-alive: could not be ended within the time for undoing: cart-" in detail_of(job, "verify")


def test_a_component_that_nobody_can_look_at_after_a_failure_is_not_said_to_be_ready(broken: Any) -> None:
    async def scenario(it: Broken) -> Component:
        it.driver.broken = "observe"
        assert (await it.done(Action.UPGRADE, "pull=fail")).status is Status.FAILED
        return await it.engine.now(it.component)

    component = broken(scenario)
    assert (component.status, component.available_replica) == ("notReady", 0)


def deletion_of(tmp_path: Path, spoil: Callable[[Engine, str], Awaitable[None]]) -> Job:
    """Return the job that deletes an environment, ended, after `spoil` was called before anybody claimed it."""

    async def scenario() -> Job:
        async with an_engine(tmp_path) as engine:
            worker = engine.start_worker()
            environment = await engine.environment()
            await engine.stop_worker(worker)
            job_id = await delete_environment(engine.context, Scope(PROJECT, environment.id), "tester")
            await spoil(engine, environment.id)
            engine.start_worker()
            return await engine.ended(job_id)

    return asyncio.run(scenario())


def test_a_change_that_contradicts_what_is_stored_fails_its_job(tmp_path: Path) -> None:
    async def put_something_in(engine: Engine, environment_id: str) -> None:
        stray = {"id": "a", "project_id": PROJECT, "environment_id": environment_id, "name": "stray"}
        stray |= {"created_at": 1, "updated_at": 1}
        await engine.context.store.commit(Change((Statement("add_application", stray),)))

    job = deletion_of(tmp_path, put_something_in)
    assert job.status is Status.FAILED
    assert detail_of(job, "record").startswith("internal: Contradiction; the engine's log tells more. ")


def test_a_move_whose_effect_misses_however_often_it_is_tried_fails_its_job(tmp_path: Path) -> None:
    async def let_it_miss(engine: Engine, environment_id: str) -> None:
        commit = engine.context.store.commit

        def missing(one: Statement) -> Statement:
            return Statement(one.name, one.params | {"id": "none"}) if one.name == "remove_environment" else one

        async def spoilt(change: Change) -> None:
            await commit(Change(tuple(map(missing, change.statements)), change.topics, change.documents))

        engine.context.store.commit = spoilt  # type: ignore[method-assign]

    job = deletion_of(tmp_path, let_it_miss)
    assert job.status is Status.FAILED
    assert detail_of(job, "record").startswith("internal: MissedForEver; the engine's log tells more. ")
