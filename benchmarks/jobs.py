"""Five-task jobs with instant tasks through the real engine, in one process: jobs a second, CPU, latency.

Every state is durable and can be read between the tasks: SQLite with `synchronous=FULL`, PostgreSQL with `fsync` on (a
cluster of its own; the CPU of its processes is not counted). Prints one JSON object.

    python benchmarks/jobs.py [--store sqlite|postgresql|postgresql://…] [--jobs 2000] [--at-once 64]

`--store` is the kind of store, or the address of an empty PostgreSQL database.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvloop

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from homeport.model.changes import job_topic
from homeport.model.plans import Action
from homeport.model.records import Component, Environment
from homeport.model.states import FINISHED, Status
from support.engine import Engine, an_engine
from support.postgres import a_cluster


def main() -> None:
    """Run the benchmark and print its figures."""
    options = arguments()
    with tempfile.TemporaryDirectory() as folder, address_of(options.store) as address:
        print(json.dumps(uvloop.run(measure(Path(folder), address, options)), indent=2))


@contextmanager
def address_of(store: str) -> Iterator[str]:
    """Yield the address of the database to use; empty for SQLite."""
    if store != "postgresql":
        yield "" if store == "sqlite" else store
        return
    with a_cluster(durable=True) as cluster:
        yield cluster.new_database()


async def measure(folder: Path, address: str, options: argparse.Namespace) -> dict[str, float | str]:
    """Return every figure."""
    async with an_engine(folder, address=address, slots=options.at_once) as engine:
        engine.start_worker()
        environment = await engine.environment()
        components = [await engine.component(environment, name=f"bench-{n}", replica=1) for n in range(options.at_once)]
        await asyncio.gather(*(one_job(engine, environment, component, Action.DEPLOY) for component in components))
        latencies = [await first_task(engine, environment, components[0]) for _ in range(options.latency_jobs)]
        began, used = time.monotonic(), time.process_time()
        each = max(options.jobs // options.at_once, 1)
        await asyncio.gather(*(lane(engine, environment, component, each) for component in components))
        seconds, cpu, count = time.monotonic() - began, time.process_time() - used, each * options.at_once
    latencies.sort()
    return {
        "store": "PostgreSQL" if address else "SQLite",
        "jobs": count,
        "jobs a second": round(count / seconds),
        "CPU ms a job": round(1000 * cpu / count, 2),
        "answer to first task running, p50 ms": round(1000 * statistics.median(latencies), 2),
        "answer to first task running, p99 ms": round(1000 * latencies[int(len(latencies) * 0.99)], 2),
    }


async def lane(engine: Engine, environment: Environment, component: Component, count: int) -> None:
    """Run jobs of one component, one after the other."""
    for _ in range(count):
        await one_job(engine, environment, component, Action.UPGRADE)


async def one_job(engine: Engine, environment: Environment, component: Component, action: Action) -> None:
    """Run one job to its end."""
    job_id = await engine.act(environment, component, action)
    status = await end_of(engine, job_id)
    if status is not Status.SUCCESS:
        raise SystemExit(f"job {job_id} ended {status}")


async def end_of(engine: Engine, job_id: str) -> Status:
    """Return what a job's document reads once it has ended."""
    store = engine.context.store
    with store.watch(job_topic(job_id)) as watch:
        while (document := await store.document(job_id)) is None or document.status not in FINISHED:
            await watch.wait(None)
        return document.status


async def first_task(engine: Engine, environment: Environment, component: Component) -> float:
    """Return the seconds from the action's answer until ShowJob's document reads that the first task runs."""
    job_id = await engine.act(environment, component, Action.UPGRADE)
    began = time.monotonic()
    store = engine.context.store
    with store.watch(job_topic(job_id)) as watch:
        # The claim and the start of the first task are one commit.
        while (document := await store.document(job_id)) is None or document.status is Status.INIT:
            await watch.wait(None)
    reached = time.monotonic() - began
    await end_of(engine, job_id)
    return reached


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", default="sqlite", help="sqlite, postgresql, or an address postgresql://…")
    parser.add_argument("--jobs", type=int, default=2_000, help="jobs at full load")
    parser.add_argument("--at-once", type=int, default=64, help="jobs in flight")
    parser.add_argument("--latency-jobs", type=int, default=200, help="jobs one at a time")
    return parser.parse_args()


if __name__ == "__main__":
    main()
