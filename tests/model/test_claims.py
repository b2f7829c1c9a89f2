"""Who gets a job when several workers reach for it at the same moment."""

from __future__ import annotations

import asyncio
from pathlib import Path

from homeport.jobs.lost import end_lost_jobs
from homeport.jobs.worker import Worker
from homeport.model.plans import Action
from homeport.model.records import Job
from homeport.model.states import Status
from support.engine import Engine, an_engine


def test_a_worker_that_comes_second_does_not_take_a_job_from_the_living_worker_that_was_faster(tmp_path: Path) -> None:
    async def scenario() -> tuple[object, Job]:
        async with an_engine(tmp_path) as engine:
            job_id = await _held(engine, "ready=300ms")
            second = Worker(engine.tools)
            await second._register()
            # It read of a claimable job a moment ago, and looks at it only now.
            runner = await second._begun(job_id, "")
            return runner, await engine.ended(job_id)

    runner, job = asyncio.run(scenario())
    assert runner is None
    assert (job.status, job.deaths) == (Status.SUCCESS, 0)


def test_a_job_that_was_claimed_just_before_it_was_given_up_for_lost_goes_on(tmp_path: Path) -> None:
    async def scenario() -> Job:
        async with an_engine(tmp_path) as engine:
            job_id = await _held(engine, "ready=300ms")
            rows = engine.context.store.rows

            async def overdue_a_moment_ago(query: str, **params: object) -> object:
                return [{"id": job_id}] if query == "overdue_jobs" else await rows(query, **params)  # type: ignore[arg-type]

            engine.context.store.rows = overdue_a_moment_ago  # type: ignore[method-assign, assignment]
            await end_lost_jobs(engine.tools)
            engine.context.store.rows = rows  # type: ignore[method-assign]
            return await engine.ended(job_id)

    assert asyncio.run(scenario()).status is Status.SUCCESS


async def _held(engine: Engine, script: str) -> str:
    """Return the id of a deployment whose worker waits for its instances."""
    engine.start_worker()
    environment = await engine.environment()
    component = await engine.component(environment)
    job_id = await engine.act(environment, component, Action.DEPLOY, script)
    await engine.at_task(job_id, "verify")
    return job_id
