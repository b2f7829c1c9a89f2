"""What a job reads and when its log is written: no more the more versions lie behind it, and all of it at its end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from homeport.drivers.base import LogSink
from homeport.drivers.simulated import SimulatedDriver
from homeport.model.clock import SystemClock
from homeport.model.plans import Action
from homeport.model.records import Job
from homeport.model.states import Status
from homeport.model.workloads import Artifact, BuildOrder
from homeport.services.task_logs import joined, read_log
from homeport.store.base import Query, Row
from support.engine import Engine, an_engine
from support.reads import HandReads


class Unstoppable(SimulatedDriver):
    """A driver whose pull, once it was asked to end, ends well all the same."""

    terminate: Callable[[str], Awaitable[Job]]

    def __init__(self) -> None:
        super().__init__(SystemClock(), HandReads())

    async def pull(self, order: BuildOrder, artifact: Artifact | None, log: LogSink) -> Artifact:
        """Log, have the job terminated, and return as if nothing had been said."""
        await log(b"pulled all of it\n")
        try:
            await self.terminate(order.id)
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return Artifact(driver=self.name, reference=order.source.url, image_url=order.source.url)
        raise AssertionError


def counted(engine: Engine) -> list[int]:
    """Let an engine's store count the rows of each of its reads."""
    counts: list[int] = []
    store = engine.context.store
    rows, row, results = store.rows, store.row, store.results

    async def counting_rows(query: str, /, **params: Any) -> list[Row]:
        found = await rows(query, **params)
        counts.append(len(found))
        return found

    async def counting_row(query: str, /, **params: Any) -> Row | None:
        counts.append(1)
        return await row(query, **params)

    async def counting_results(*queries: Query) -> list[list[Row]]:
        found = await results(*queries)
        counts.append(sum(len(one) for one in found))
        return found

    store.rows = counting_rows  # type: ignore[method-assign]
    store.row = counting_row  # type: ignore[method-assign]
    store.results = counting_results  # type: ignore[method-assign]
    return counts


def test_a_job_reads_no_more_rows_the_more_versions_lie_behind_it(tmp_path: Path) -> None:
    async def scenario() -> list[int]:
        async with an_engine(tmp_path) as engine:
            worker = engine.start_worker()
            environment = await engine.environment()
            component = await engine.component(environment)
            await engine.ended(await engine.act(environment, component, Action.DEPLOY))
            await engine.stop_worker(worker)
            counts, sums = counted(engine), []
            for _ in range(6):
                job_id = await engine.act(environment, component, Action.UPGRADE)
                counts.clear()
                worker = engine.start_worker()
                await engine.ended(job_id)
                await engine.stop_worker(worker)
                sums.append(sum(counts))
            return sums

    first, *_, last = asyncio.run(scenario())
    assert last <= first + 1


def log_of_a_pull_that_ends_although_it_was_asked_to(folder: Path) -> tuple[Job, bytes]:
    async def scenario() -> tuple[Job, bytes]:
        driver = Unstoppable()
        async with an_engine(folder, driver) as engine:
            driver.terminate = engine.terminate
            engine.start_worker()
            environment = await engine.environment()
            component = await engine.component(environment)
            job = await engine.ended(await engine.act(environment, component, Action.DEPLOY))
            return job, joined(await read_log(engine.context, job, 2))

    return asyncio.run(scenario())


def test_what_a_task_logged_is_kept_when_a_terminate_overtakes_its_success(tmp_path: Path) -> None:
    job, log = log_of_a_pull_that_ends_although_it_was_asked_to(tmp_path)
    assert (job.status, log) == (Status.TERMINATED, b"pulled all of it\n")


def test_the_log_of_a_task_is_whole_as_soon_as_its_success_can_be_read(tmp_path: Path) -> None:
    async def scenario() -> bytes:
        async with an_engine(tmp_path) as engine:
            engine.start_worker()
            environment = await engine.environment()
            component = await engine.component(environment)
            job_id = await engine.act(environment, component, Action.DEPLOY)
            job = await engine.when(job_id, lambda job: job.tasks[1].status is Status.SUCCESS)
            return joined(await read_log(engine.context, job, 2))

    assert asyncio.run(scenario()) == b"simulated pull of nginx:1\n"
