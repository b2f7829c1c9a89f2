"""What stands after a job that failed in its last task, when the traffic was about to be given to what is new."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from homeport.drivers.base import InstanceState, Observed
from homeport.drivers.simulated import SimulatedDriver
from homeport.model.causes import Cause, failed
from homeport.model.clock import SystemClock
from homeport.model.plans import Action
from homeport.model.records import Component, Job
from homeport.model.states import Status
from homeport.model.workloads import InstanceOrder
from homeport.routing.base import Route
from homeport.services.jobs import retry_job
from support.engine import an_engine, tasks_of
from support.reads import HandReads


class RefusingRouter:
    """A router whose port may be taken by somebody else."""

    def __init__(self) -> None:
        self.refuses = False

    async def set(self, route: Route, *, drain_seconds: float = 0) -> int:
        """Take a route, or refuse it."""
        if self.refuses:
            raise failed(Cause.START_FAILED, "port 31000 is taken")
        return 31_000

    async def remove(self, component_id: str, fence: int) -> None:
        """Take note of nothing."""

    async def forget(self, component_id: str) -> None:
        """Take note of nothing."""

    async def address(self, port: int) -> str:
        """Return an address."""
        return f"http://127.0.0.1:{port}"

    async def close(self) -> None:
        """Let go of nothing."""


class Outcome(NamedTuple):
    """A component before and after an upgrade whose route was refused, and the upgrade's job, then and retried."""

    before: Component
    after: Component
    instances: set[str]
    job: Job
    again: Job


def refused_upgrade(folder: Path) -> Outcome:
    """Upgrade a component that serves while its router refuses, then retry the job when it does not."""

    async def scenario() -> Outcome:
        async with an_engine(folder) as engine:
            router = RefusingRouter()
            engine.tools.routers["simulated"] = router  # type: ignore[index]
            engine.start_worker()
            environment = await engine.environment()
            component = await engine.component(environment)
            await engine.ended(await engine.act(environment, component, Action.DEPLOY))
            before = await engine.now(component)
            router.refuses = True
            job = await engine.ended(await engine.act(environment, component, Action.UPGRADE))
            after = await engine.now(component)
            rows = await engine.context.store.rows("instances_of_component", component_id=component.id)
            router.refuses = False
            await retry_job(engine.context, job.id)
            again = await engine.ended(job.id)
            return Outcome(before, after, {str(row["name"]) for row in rows}, job, again)

    return asyncio.run(scenario())


def test_a_route_that_is_refused_fails_the_job_and_what_served_before_is_on_the_route_again(tmp_path: Path) -> None:
    outcome = refused_upgrade(tmp_path)
    assert tasks_of(outcome.job)["record"] == "failed"
    assert (outcome.after.route, outcome.after.status) == (outcome.before.route, "running")
    assert outcome.instances == set(json.loads(outcome.before.route))


def test_a_retry_of_it_verifies_the_new_instances_anew(tmp_path: Path) -> None:
    outcome = refused_upgrade(tmp_path)
    started = [task.started_at for task in outcome.job.tasks], [task.started_at for task in outcome.again.tasks]
    first, again = ({"upgrade": one[2], "verify": one[3]} for one in started)
    assert outcome.again.status is Status.SUCCESS
    assert (again["upgrade"] != first["upgrade"], again["verify"] != first["verify"]) == (True, True)


class ForgetfulDriver(SimulatedDriver):
    """A driver that finds nothing of some instances any more."""

    def __init__(self) -> None:
        super().__init__(SystemClock(), HandReads())
        self.lost: frozenset[str] = frozenset()

    async def observe(self, orders: Sequence[InstanceOrder]) -> dict[str, Observed]:
        """Return what there is of each."""
        gone = {name: Observed(name=name, state=InstanceState.ABSENT) for name in self.lost}
        return {name: gone.get(name, seen) for name, seen in (await super().observe(orders)).items()}


def test_a_job_that_cannot_go_back_names_what_is_new_and_serves(tmp_path: Path) -> None:
    async def scenario() -> tuple[Job, Component]:
        driver, router = ForgetfulDriver(), RefusingRouter()
        async with an_engine(tmp_path, driver) as engine:
            engine.tools.routers["simulated"] = router  # type: ignore[index]
            engine.start_worker()
            environment = await engine.environment()
            component = await engine.component(environment)
            await engine.ended(await engine.act(environment, component, Action.DEPLOY))
            driver.lost = frozenset(json.loads((await engine.now(component)).route))
            router.refuses = True
            job = await engine.ended(await engine.act(environment, component, Action.UPGRADE))
            return job, await engine.now(component)

    job, component = asyncio.run(scenario())
    serving = ", ".join(json.loads(component.route))
    assert job.status is Status.FAILED
    assert f"still-alive: serves already, and goes on: {serving}" in job.tasks[-1].detail
