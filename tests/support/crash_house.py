"""Processes apart over one PostgreSQL that keeps its word over crashes: two APIs and three workers, forked."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, LiteralString

import psycopg
from psycopg.rows import dict_row

from support.crash_child import ARMS, CLOCK, arm, set_clock
from support.nursery import ForkedServer, Nursery
from support.postgres import Cluster, a_cluster
from support.server import end_everything, wait_for

LEASE_SECONDS: Final = 1.0
GRACE_SECONDS: Final = 10.0
"""Promise P5: a job whose worker died goes on within its lease and so many seconds."""

SETTINGS: Final[dict[str, Any]] = {
    "min_ready_seconds": 0,
    "log_level": "warning",
    "master_key": "11" * 32,
    "lease_seconds": LEASE_SECONDS,
    "poll_seconds": 0.5,
}
"""Of every process of the house."""


class House:
    """A database, and the processes over it, each of which may die and come back."""

    def __init__(self, cluster: Cluster, nursery: Nursery, folder: Path, **settings: Any) -> None:
        """Further settings are those of every process."""
        self.cluster = cluster
        self.store = cluster.new_database()
        self.arms = folder / "arms"
        self.arms.mkdir()
        everybody = SETTINGS | {"store": self.store} | settings
        self.apis = [ForkedServer(nursery, folder / f"api-{n}", part="serve_api", **everybody) for n in (1, 2)]
        self.workers = [ForkedServer(nursery, folder / f"worker-{n}", part="work", **everybody) for n in (1, 2, 3)]
        for process in self.processes:
            set_clock(self.clock_of(process), 0)

    @property
    def processes(self) -> list[ForkedServer]:
        """Every process that belongs to it, running or not."""
        return [*self.apis, *self.workers]

    @property
    def api(self) -> ForkedServer:
        """The first API."""
        return self.apis[0]

    def clock_of(self, process: ForkedServer) -> Path:
        """Return the file by which the wall clock of a process is set; see `support.crash_child.set_clock`."""
        return process.data_dir.with_name(f"{process.data_dir.name}.clock")

    def revive(self, *processes: ForkedServer) -> None:
        """Start every process that does not run, or of those named, and return when all are there."""
        dead = [process for process in processes or self.processes if not process.runs]
        for process in dead:
            process.bury()
            process.begin(**{ARMS: str(self.arms), CLOCK: str(self.clock_of(process))})
        for process in dead:
            process.ready()

    def arm(self, point: str, number: signal.Signals = signal.SIGKILL) -> Path:
        """Let the first worker that passes a crash point get a signal there; see `support.crash_child.arm`."""
        return arm(self.arms, point, number)

    def disarm(self) -> None:
        """Let nobody die any more."""
        for file in self.arms.iterdir():
            file.unlink()

    def met_at(self, met: Path) -> ForkedServer:
        """Return the worker that got its signal at an armed point, when it has."""
        wait_for(met.exists, what=f"that a worker passes {met.name}")
        pid = int(met.read_text())
        (worker,) = [one for one in self.workers if one.has_pid(pid)]
        wait_for(lambda: worker.stands_still, what="that it stands still")
        return worker

    def rows(self, query: LiteralString, *values: Any) -> list[dict[str, Any]]:
        """Return rows of the database as they are now."""
        with psycopg.connect(self.store, row_factory=dict_row) as connection:
            return connection.execute(query, values).fetchall()

    def close(self) -> None:
        """End every process, whatever state it is in."""
        with ExitStack() as stack:
            for process in self.processes:
                stack.callback(end_everything, process.data_dir)
            for process in self.processes:
                if process.runs:
                    process.send(signal.SIGCONT)
                    stack.callback(process.kill)
                else:
                    process.bury()


@contextmanager
def a_house(nursery: Nursery, folder: Path, **settings: Any) -> Iterator[House]:
    """Yield a house in which everything runs; at the end nothing of it is left."""
    with a_cluster(durable=True) as cluster, a_house_over(cluster, nursery, folder, **settings) as house:
        yield house


@contextmanager
def a_house_over(cluster: Cluster, nursery: Nursery, folder: Path, **settings: Any) -> Iterator[House]:
    """Yield such a house over a database server that is there."""
    house = House(cluster, nursery, folder, **settings)
    try:
        house.revive()
        yield house
    finally:
        house.disarm()
        house.close()
