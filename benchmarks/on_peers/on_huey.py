"""Jobs of five steps as huey tasks on SqliteHuey, in one process: the lanes and the consumer's threads.

huey knows no steps: the task commits a row a step through huey's own connection, and begins after the last step that
stands. (A task whose process dies is gone with it, since huey takes a task off its queue before it runs.)
`benchmarks/peers.py` runs this.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from huey import SqliteHuey
from runs import OBSERVED, OWN_STEPS, STEPS, Load, demand_durable_sqlite, path_of, the_run

RUN = the_run("huey", __doc__)
HUEY = SqliteHuey("bench", filename=path_of(RUN.store), fsync=True, journal_mode="wal", timeout=30)
ENDED: dict[str, threading.Event] = {}


@HUEY.task()
def five_steps(job: str) -> None:
    """Run the steps of a job that are not done yet."""
    [[done]] = HUEY.storage.sql("SELECT COUNT(*) FROM bench_step WHERE job = ?", (job,), results=True)
    for number in range(done + 1, STEPS + 1):
        RUN.reached(job, number)
        HUEY.storage.sql("INSERT INTO bench_step VALUES (?, ?, 'success')", (job, number), commit=True)
    ENDED[job].set()


def main() -> None:
    """Run the jobs and print the figures."""
    logging.getLogger("huey").setLevel(logging.ERROR)
    HUEY.storage.sql(OWN_STEPS, commit=True)
    demand_durable_sqlite(HUEY.storage.sql("PRAGMA synchronous", results=True)[0][0])
    consumer = HUEY.create_consumer(workers=RUN.at_once, periodic=False, initial_delay=0.01, backoff=1.1, max_delay=1.0)
    consumer.start()
    try:
        run_one(OBSERVED)
        RUN.demand_readable()
        latencies = [run_one(job) for job in RUN.new_ids(RUN.latency_jobs)]
        with ThreadPoolExecutor(RUN.at_once) as lanes, Load(RUN.jobs) as load:
            list(lanes.map(run_one, RUN.new_ids(RUN.jobs)))
    finally:
        consumer.stop(graceful=True)
    counted = "SELECT COUNT(*) FROM (SELECT job FROM bench_step GROUP BY job HAVING COUNT(*) = ?)"
    [[finished]] = HUEY.storage.sql(counted, (STEPS,), results=True)
    RUN.report(load, latencies, finished, f"fsync, WAL, {RUN.at_once} threads, polling from 0.01 s up to 1 s")


def run_one(job: str) -> float:
    """Run a job to its end; return the seconds from the answer to its submission to its first step."""
    ended = ENDED[job] = threading.Event()
    five_steps(job)
    answered = time.monotonic()
    ended.wait()
    return RUN.latency(job, answered)


if __name__ == "__main__":
    main()
