"""What the programs on the peers share: the options, the five steps and what is checked in them, and the figures.

Needs no peer and no Homeport, so that `benchmarks/peers.py` reads with the same statements what a peer has committed.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sqlite3
import statistics
import time
import uuid
from collections.abc import Mapping
from typing import Final

import psycopg

STEPS: Final = 5
OWN_STEPS: Final = "CREATE TABLE bench_step (job TEXT, step INTEGER, status TEXT, PRIMARY KEY (job, step))"
"""The table in which a job of a peer that knows no steps writes down each step that is done."""

OBSERVED: Final = "observed"
"""Id of the job whose steps read what is committed; no other job pays for that."""

_COUNTS: Final[Mapping[str, str]] = {
    "dbos sqlite": "SELECT COUNT(*) FROM operation_outputs WHERE workflow_uuid = 'observed'",
    "dbos postgresql": "SELECT COUNT(*) FROM dbos.operation_outputs WHERE workflow_uuid = 'observed'",
    "procrastinate postgresql": "SELECT COUNT(*) FROM bench_step WHERE job = 'observed'",
    "huey sqlite": "SELECT COUNT(*) FROM bench_step WHERE job = 'observed'",
}


class NotDurable(Exception):  # noqa: N818 - said of the peer's settings
    """A peer writes in a way that a crash of the machine could undo, or what it wrote could not be read."""


def kind_of(store: str) -> str:
    """Return `sqlite` or `postgresql` for the address of a store."""
    return store.partition("://")[0]


def path_of(store: str) -> str:
    """Return the path of the file that an address `sqlite:///…` names."""
    return store.removeprefix("sqlite:///")


def committed_steps(peer: str, store: str) -> int:
    """Return how many steps of the observed job anybody can read now, over a connection of its own."""
    statement = _COUNTS[f"{peer} {kind_of(store)}"]
    if kind_of(store) == "sqlite":
        connection = sqlite3.connect(path_of(store), timeout=30)
        try:
            return int(connection.execute(statement).fetchone()[0])
        finally:
            connection.close()
    with psycopg.connect(store) as other:
        row = other.execute(statement.encode()).fetchone()
        assert row is not None
        return int(row[0])


def demand_durable_sqlite(synchronous: int) -> None:
    """Raise `NotDurable` unless SQLite waits for the disk at every commit (`PRAGMA synchronous` of the peer's own)."""
    if synchronous < 2:  # FULL
        raise NotDurable(f"PRAGMA synchronous is {synchronous} on the peer's connection, not 2 (FULL)")


def demand_durable_postgresql(settings: Mapping[str, str]) -> None:
    """Raise `NotDurable` unless the peer's own session says that PostgreSQL waits for the disk at every commit."""
    off = {name: value for name, value in settings.items() if value != "on"}
    if off or set(settings) != {"fsync", "synchronous_commit", "full_page_writes"}:
        raise NotDurable(f"PostgreSQL does not wait for the disk in the peer's session: {off or settings}")


DURABLE_SETTINGS: Final = (
    "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')"
)


class Run:
    """One run of a program: its options, and what its steps have reached."""

    def __init__(self, peer: str, options: argparse.Namespace) -> None:
        """`peer` is the name in the report; `options` are those of the command line."""
        self.peer = peer
        self.store: str = options.store
        self.jobs: int = options.jobs
        self.at_once: int = options.at_once
        self.latency_jobs: int = options.latency_jobs
        self._die_at: int = options.die_at
        self._first: dict[str, float] = {}
        self._seen: list[int] = []
        self._steps_run = 0

    def reached(self, job: str, step: int) -> None:
        """Note that a step begins; called in it. The observed job looks whether the steps before can be read."""
        self._steps_run += 1
        if step == 1:
            self._first[job] = time.monotonic()
        if job != OBSERVED:
            return
        if step == self._die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self._seen.append(committed_steps(self.peer, self.store))

    def demand_readable(self) -> None:
        """Raise `NotDurable` unless each step of the observed job, which has ended, could be read before the next."""
        seen = [*self._seen, committed_steps(self.peer, self.store)]
        if seen != list(range(STEPS + 1)):
            raise NotDurable(f"between its steps others could read so many of them: {seen}")

    def new_ids(self, count: int) -> list[str]:
        """Return ids for so many jobs."""
        return [uuid.uuid4().hex for _ in range(count)]

    def latency(self, job: str, answered: float) -> float:
        """Return the seconds from the answer to the first step; 0 where the step began before the answer."""
        return max(self._first[job] - answered, 0.0)

    def report(self, load: Load, latencies: list[float], finished: int, setting: str) -> None:
        """Print the figures as one line of JSON; every job has to have ended well, and to have run its steps once."""
        ran = len(latencies) + load.jobs + 1
        if finished != ran or self._steps_run != STEPS * ran:
            raise NotDurable(f"of {ran} jobs {finished} ended well, and {self._steps_run} steps ran")
        figures = {
            "jobs": load.jobs,
            "jobs a second": round(load.jobs / load.seconds, 1),
            "CPU ms a job": round(1000 * load.cpu / load.jobs, 2),
            "answer to first step running, p50 ms": round(1000 * statistics.median(latencies), 2),
            "settings": setting,
        }
        print(json.dumps(figures))


class Load:
    """Times what stands in its `with`: seconds, and CPU seconds of this process and its ended children."""

    def __init__(self, jobs: int) -> None:
        """`jobs` is how many jobs that is."""
        self.jobs = jobs
        self.seconds = 0.0
        self.cpu = 0.0

    def __enter__(self) -> Load:
        """Begin to count."""
        self.seconds -= time.monotonic()
        self.cpu -= sum(os.times()[:4])
        return self

    def __exit__(self, *_: object) -> None:
        """End counting."""
        self.seconds += time.monotonic()
        self.cpu += sum(os.times()[:4])


def the_run(peer: str, description: str | None) -> Run:
    """Return the run that the command line asks for."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--store", required=True, help="sqlite:///PATH or postgresql://…: an empty one")
    parser.add_argument("--jobs", type=int, default=500, help="jobs at full load")
    parser.add_argument("--at-once", type=int, default=64, help="jobs in flight")
    parser.add_argument("--latency-jobs", type=int, default=50, help="jobs one at a time")
    parser.add_argument("--die-at", type=int, default=0, help="let the observed job kill the process in this step")
    return Run(peer, parser.parse_args())
