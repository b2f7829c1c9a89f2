"""Jobs of five steps as Procrastinate jobs on PostgreSQL, in one process and one event loop: the lanes and the worker.

Procrastinate knows no steps: the task commits a row a step through Procrastinate's own pool, and begins after the last
step that stands. `benchmarks/peers.py` runs this.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import Status
from runs import DURABLE_SETTINGS, OBSERVED, OWN_STEPS, STEPS, Load, demand_durable_postgresql, the_run

RUN = the_run("procrastinate", __doc__)
POOL = 20
CONNECTOR = PsycopgConnector(conninfo=RUN.store, min_size=POOL, max_size=POOL)
APP = App(connector=CONNECTOR)
ENDED: dict[str, asyncio.Event] = {}


@APP.task(name="five_steps")
async def five_steps(job: str) -> None:
    """Run the steps of a job that are not done yet."""
    row = await CONNECTOR.execute_query_one_async(
        "SELECT COUNT(*) AS done FROM bench_step WHERE job = %(job)s", job=job
    )
    for number in range(row["done"] + 1, STEPS + 1):
        RUN.reached(job, number)
        await CONNECTOR.execute_query_async(
            "INSERT INTO bench_step VALUES (%(job)s, %(step)s, 'success')", job=job, step=number
        )
    ENDED[job].set()


async def main() -> None:
    """Run the jobs and print the figures."""
    async with APP.open_async():
        await APP.schema_manager.apply_schema_async()
        await CONNECTOR.execute_query_async(OWN_STEPS)
        rows = await CONNECTOR.execute_query_all_async(DURABLE_SETTINGS)
        demand_durable_postgresql({row["name"]: row["setting"] for row in rows})
        worker = asyncio.create_task(APP.run_worker_async(concurrency=RUN.at_once, install_signal_handlers=False))
        try:
            await run_one(OBSERVED)
            RUN.demand_readable()
            latencies = [await run_one(job) for job in RUN.new_ids(RUN.latency_jobs)]
            with Load(RUN.jobs) as load:
                ids = iter(RUN.new_ids(RUN.jobs))
                await asyncio.gather(*(lane(ids) for _ in range(RUN.at_once)))
        finally:
            worker.cancel()  # it lets the jobs under way end
            await asyncio.gather(worker, return_exceptions=True)
        finished = len(list(await APP.job_manager.list_jobs_async(status=Status.SUCCEEDED.value)))
        RUN.report(load, latencies, finished, f"async tasks, concurrency {RUN.at_once}, LISTEN/NOTIFY, pool of {POOL}")


async def lane(ids: Iterator[str]) -> None:
    """Run jobs one after the other until there are no more ids."""
    for job in ids:
        await run_one(job)


async def run_one(job: str) -> float:
    """Run a job to its end; return the seconds from the answer to its submission to its first step."""
    ended = ENDED[job] = asyncio.Event()
    await five_steps.defer_async(job=job)
    answered = time.monotonic()
    await ended.wait()
    return RUN.latency(job, answered)


if __name__ == "__main__":
    asyncio.run(main())
