"""Jobs of five steps as DBOS workflows, in one process: the lanes, the workflows and DBOS's own threads.

A workflow is started directly, not through a queue, which DBOS polls once a second. Steps are DBOS steps: it commits
the outcome of each by itself, and `DBOS.list_workflow_steps` (here its table) shows it. `benchmarks/peers.py` runs it.
"""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy
from dbos import DBOS, DBOSConfig, SetWorkflowID
from runs import (
    DURABLE_SETTINGS,
    OBSERVED,
    STEPS,
    Load,
    demand_durable_postgresql,
    demand_durable_sqlite,
    kind_of,
    path_of,
    the_run,
)

RUN = the_run("dbos", __doc__)


@DBOS.step()
def step(job: str, number: int) -> str:
    """Do nothing, as a step of a job."""
    RUN.reached(job, number)
    return "success"


@DBOS.workflow()
def five_steps(job: str) -> str:
    """Run the five steps of a job."""
    for number in range(1, STEPS + 1):
        step(job, number)
    return "success"


def main() -> None:
    """Run the jobs and print the figures."""
    if kind_of(RUN.store) == "sqlite":
        # DBOS leaves the journal as it finds it; with the write-ahead log a commit is one sync, not three.
        sqlite3.connect(path_of(RUN.store)).execute("PRAGMA journal_mode=WAL").close()
    config: DBOSConfig = {
        "name": "bench",
        "system_database_url": RUN.store,
        "log_level": "ERROR",
        "max_executor_threads": RUN.at_once,
    }
    instance = DBOS(config=config)
    DBOS.launch()
    try:
        demand_durable(instance._sys_db.engine)  # noqa: SLF001 - DBOS shows its engine nowhere else
        run_one(OBSERVED)
        RUN.demand_readable()
        latencies = [run_one(job) for job in RUN.new_ids(RUN.latency_jobs)]
        with ThreadPoolExecutor(RUN.at_once) as lanes, Load(RUN.jobs) as load:
            list(lanes.map(run_one, RUN.new_ids(RUN.jobs)))
        finished = len(DBOS.list_workflows(status="SUCCESS", load_input=False, load_output=False))
        RUN.report(load, latencies, finished, "workflows started directly, threads, WAL on SQLite, pool of 20")
    finally:
        DBOS.destroy()


def run_one(job: str) -> float:
    """Run a job to its end; return the seconds from the answer to its submission to its first step."""
    with SetWorkflowID(job):
        handle = DBOS.start_workflow(five_steps, job)
    answered = time.monotonic()
    handle.get_result()
    return RUN.latency(job, answered)


def demand_durable(engine: sqlalchemy.Engine) -> None:
    """Ask DBOS's own connections whether a commit waits for the disk."""
    with engine.connect() as connection:
        if kind_of(RUN.store) == "sqlite":
            demand_durable_sqlite(int(connection.execute(sqlalchemy.text("PRAGMA synchronous")).scalar_one()))
        else:
            rows = connection.execute(sqlalchemy.text(DURABLE_SETTINGS)).all()
            demand_durable_postgresql({row.name: row.setting for row in rows})


if __name__ == "__main__":
    main()
