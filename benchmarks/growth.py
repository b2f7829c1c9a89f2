"""ShowJob beside 10 other jobs and beside 5,000,000: what it costs must not depend on how many jobs the store holds.

For each kind of store two servers run, on a small and on a large store, and answer wrk in turns, so that what else the
machine does hits both alike. Each is asked, over HTTP with a token, for

- a job that moved after the server's start (on SQLite its document is in memory);
- an old job, finished before the start, that no server has in memory;
- any of the other jobs, at random (ten thousand of the large store's, spread over all of them).

Prints one JSON object: medians of the rounds for requests a second, latency (median and 99th percentile, under full
load) and the server's CPU a request (PostgreSQL's own not counted), large against small in percent, and whether the
first two kinds of job are within 20 percent of each other. The exit code is 1 where they are not, also where the large
store was the quicker one: then the machine did too much else for figures that mean anything.

The other jobs are copies, made by SQL, of a deploy job that the server has run: every one has the whole row under an id
of its own, with the document as ShowJob answers it; one in ten has tasks and events too (`--history-every`).

Disk: some 3 KB a job with a tenth of the histories, so 15 GB for the default, one kind of store after the other. Half
as much again has to be free for their logs, which is looked at first. The folder is TMPDIR, and what was made in it is
gone at the end. Filling takes some ten minutes for each kind of store.

    make bench-growth [ARGS='--store sqlite --jobs 5000000 --seconds 10 --rounds 5']

`--store` is `sqlite`, `postgresql` (a cluster of its own, fsync on) or the address `postgresql://…` of a server where
two databases may be made and dropped; without it the first two, one after the other.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import httpx2
import psycopg
from show_job import CONNECTIONS, a_job

from support.postgres import a_cluster
from support.server import PROJECT, Server, end_everything, wait_for

TABLES: Final = ("job", "task", "job_event")
FEW: Final = 10
AT_A_TIME: Final = 100_000
BYTES_A_JOB: Final = 3_000
WITHIN: Final = 20
KINDS: Final = ("a job that moved lately", "an old job", "any of the other jobs")
DEMANDED: Final = KINDS[:2]

_NUMBERS: Final = (
    "WITH RECURSIVE n (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}), "
    "copy (i, id) AS (SELECT i, '01000000-0000-7000-8000-' || "
    "substr('000000000000' || CAST(i AS TEXT), length(CAST(i AS TEXT)) + 1) FROM n) "
)

Figures = dict[str, Any]


class Sample(NamedTuple):
    """What one run of wrk has seen: requests a second, milliseconds, microseconds of the server's CPU a request."""

    rate: float
    p50: float
    p99: float
    cpu: float


class Store:
    """A store by its address (`sqlite:///PATH`, `postgresql://…`), as its own SQL sees it."""

    def __init__(self, address: str) -> None:
        """Nothing is opened yet."""
        self.address = address
        self.kind = urlsplit(address).scheme

    def run(self, *statements: str) -> None:
        """Run statements, each committed by itself."""
        if self.kind == "sqlite":
            connection = sqlite3.connect(self.address.removeprefix("sqlite:///"), isolation_level=None)
            for statement in statements:
                connection.execute(statement)
            connection.close()
            return
        with psycopg.connect(self.address, autocommit=True) as other:
            for statement in statements:
                other.execute(statement.encode())

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        if self.kind == "sqlite":
            connection = sqlite3.connect(self.address.removeprefix("sqlite:///"))
            names = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
            connection.close()
            return names
        with psycopg.connect(self.address) as other:
            cursor = other.execute(f"SELECT * FROM {table} LIMIT 0".encode())
            return [column.name for column in cursor.description or ()]

    def size(self) -> int:
        """Return the bytes the store takes, without PostgreSQL's log."""
        if self.kind == "sqlite":
            path = Path(self.address.removeprefix("sqlite:///"))
            return sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))
        return self.number("SELECT pg_database_size(current_database())")

    def number(self, query: str) -> int:
        """Return the one number that a query answers."""
        if self.kind == "sqlite":
            connection = sqlite3.connect(self.address.removeprefix("sqlite:///"))
            [number] = connection.execute(query).fetchone()
            connection.close()
            return int(number)
        with psycopg.connect(self.address) as other:
            row = other.execute(query.encode()).fetchone()
            assert row is not None
            return int(row[0])

    def settle(self) -> None:
        """Let the store do now what it would otherwise do while it is measured: statistics, checkpoint, vacuum."""
        if self.kind == "sqlite":
            self.run("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            self.run("VACUUM ANALYZE job", "VACUUM ANALYZE task", "VACUUM ANALYZE job_event", "CHECKPOINT")


class Subject:
    """A server on one store, with the jobs it is asked for."""

    def __init__(self, folder: Path, store: str, others: int, history_every: int) -> None:
        """`store` is an address of PostgreSQL, or `sqlite` for a file in the server's folder. Nothing runs yet."""
        settings = {} if store == "sqlite" else {"store": store}
        self.others = others
        self.server = Server(folder / f"beside-{others}", log_level="warning", **settings)
        self.store = Store(f"sqlite:///{self.server.data_dir / 'homeport.db'}" if store == "sqlite" else store)
        self.history_every = history_every
        self.headers: dict[str, str] = {}
        self.scripts: dict[str, Path] = {}
        self.rows: dict[str, int] = {}

    def start(self) -> Subject:
        """Run the old job, fill the store while no server has it, and leave the server running with the recent job."""
        self.server.start()
        client, old, environment = a_job(self.server)
        self.server.stop()
        others = fill(self.store, old, self.others, self.history_every)
        self.rows = {table: self.store.number(f"SELECT COUNT(*) FROM {table}") for table in TABLES}
        self.server.start()
        demand_whole(client, old, others[-1])
        recent = restart(client)
        self.headers = {"X-Auth-Token": client.headers["X-Auth-Token"], "X-Environment-ID": environment}
        asked = zip(KINDS, ([recent], [old], others), strict=True)
        self.scripts = {kind: self._script(kind, ids) for kind, ids in asked}
        return self

    def _script(self, kind: str, ids: list[str]) -> Path:
        """Return the file that tells wrk what to ask for."""
        script = self.server.data_dir / f"{KINDS.index(kind)}.lua"
        listed = ",".join(f'"/v1/{PROJECT}/cae/jobs/{job_id}"' for job_id in ids)
        script.write_text(
            f"local paths = {{{listed}}}\n"
            "request = function()\n"
            '  return wrk.format("GET", paths[math.random(#paths)])\n'
            "end\n"
        )
        return script

    def sample(self, kind: str, seconds: int) -> Sample:
        """Ask for a kind of job for so long; every answer has to be 200."""
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", str(self.scripts[kind])]
        for name, value in self.headers.items():
            command += ["-H", f"{name}: {value}"]
        used = cpu_seconds(self.server.pid)
        output = subprocess.run([*command, self.server.url], check=True, capture_output=True, text=True).stdout
        used = cpu_seconds(self.server.pid) - used
        if "Non-2xx" in output or "Socket errors" in output:
            raise SystemExit(f"not every answer was 200:\n{output}")
        requests = int(found(r"(\d+) requests in", output))
        rate = float(found(r"Requests/sec:\s+([0-9.]+)", output))
        return Sample(rate, milliseconds("50", output), milliseconds("99", output), 1e6 * used / requests)

    def stop(self) -> None:
        """End the server."""
        self.server.stop()
        end_everything(self.server.data_dir)


def main() -> int:
    """Run the benchmark, print its figures, and return 0 where both sizes cost the same."""
    options = arguments()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt-get install wrk")
    demand_disk(options.jobs)
    figures = {kind_of(store): measure(store, options) for store in options.store}
    print(json.dumps(figures, indent=2))
    return 0 if all(each["within 20 percent"] for each in figures.values()) else 1


def measure(store: str, options: argparse.Namespace) -> Figures:
    """Return the figures of one kind of store."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="homeport-growth-")))
        few_store, many_store = stack.enter_context(two_stores(store))
        began = time.monotonic()
        few, many = Subject(folder, few_store, FEW, 1), Subject(folder, many_store, options.jobs, options.history_every)
        for subject in (few, many):
            stack.callback(subject.stop)
            subject.start()
        figures = {
            "other jobs": {"small": few.others, "large": many.others},
            "seconds to fill": round(time.monotonic() - began),
            "rows of the large store": many.rows,
            "disk of the large store, GB": round(many.store.size() / 1e9, 3),
        }
        return figures | compared(few, many, options)


def compared(few: Subject, many: Subject, options: argparse.Namespace) -> Figures:
    """Ask the two servers in turns, and return what each kind of job costs on either."""
    figures: Figures = {}
    for kind in KINDS:
        samples: dict[int, list[Sample]] = {few.others: [], many.others: []}
        for number in range(options.rounds):
            for subject in (few, many) if number % 2 else (many, few):
                samples[subject.others].append(subject.sample(kind, options.seconds))
        small, large = medians(samples[few.others]), medians(samples[many.others])
        figures[kind] = {
            "small": shown(small),
            "large": shown(large),
            "large / small, requests a second, percent": round(100 * large.rate / small.rate, 1),
            "large / small, CPU a request, percent": round(100 * large.cpu / small.cpu, 1),
        }
    ratios = [figures[kind]["large / small, requests a second, percent"] for kind in DEMANDED]
    figures["within 20 percent"] = all(100 - WITHIN <= ratio <= 10_000 / (100 - WITHIN) for ratio in ratios)
    return figures


def medians(samples: list[Sample]) -> Sample:
    """Return the median of each figure over the rounds."""
    return Sample(*(statistics.median(values) for values in zip(*samples, strict=True)))


def shown(sample: Sample) -> Figures:
    """Return a sample as it is printed."""
    return {
        "requests a second": round(sample.rate),
        "latency p50, ms": round(sample.p50, 2),
        "latency p99, ms": round(sample.p99, 2),
        "server's CPU a request, us": round(sample.cpu, 1),
    }


def fill(store: Store, template: str, count: int, history_every: int) -> list[str]:
    """Copy a finished job so many times, every so many with tasks and events; return up to ten thousand of the ids."""
    for first in range(1, count + 1, AT_A_TIME):
        numbers = _NUMBERS.format(first=first, last=min(first + AT_A_TIME - 1, count))
        store.run(
            copies(store, "job", "id", numbers, template, ""),
            copies(store, "task", "job_id", numbers, template, f"AND copy.i % {history_every} = 0"),
            copies(store, "job_event", "job_id", numbers, template, f"AND copy.i % {history_every} = 0"),
        )
    store.settle()
    ids = [f"01000000-0000-7000-8000-{number:012}" for number in range(1, count + 1, max(1, count // 10_000))]
    return ids[:10_000]


def copies(store: Store, table: str, key: str, numbers: str, template: str, more: str) -> str:
    """Return the statement that copies the template's rows of a table for each number."""
    columns = store.columns(table)
    values = {name: f"was.{name}" for name in columns} | {key: "copy.id"}
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) {numbers} "
        f"SELECT {', '.join(values[name] for name in columns)} "
        f"FROM copy CROSS JOIN {table} AS was WHERE was.{key} = '{template}' {more}"
    )


def demand_whole(client: httpx2.Client, template: str, copy: str) -> None:
    """End the benchmark unless a copy is answered like the job it was made of (an answer does not repeat the id)."""
    was, now = (client.get(f"/v1/{PROJECT}/cae/jobs/{job_id}") for job_id in (template, copy))
    if (was.status_code, was.content) != (now.status_code, now.content) or now.status_code != 200:
        raise SystemExit(f"the copy of a job is not answered like the job:\n{now.text}\n{was.text}")


def restart(client: httpx2.Client) -> str:
    """Restart the component that `a_job` deployed, and return the finished job."""
    root = f"/v1/{PROJECT}/cae"
    application = client.get(f"{root}/applications").json()["items"][0]["id"]
    below = f"{root}/applications/{application}/components"
    component = client.get(below).json()["items"][0]["id"]
    answer = client.post(f"{below}/{component}/action", json={"metadata": {"name": "restart"}})
    job_id = str(answer.json()["job_id"])
    wait_for(lambda: client.get(f"{root}/jobs/{job_id}").json()["spec"]["status"] == "success")
    return job_id


@contextmanager
def two_stores(store: str) -> Iterator[tuple[str, str]]:
    """Yield where the small and the large store are to be; what was made for that is gone afterwards."""
    if store == "sqlite":
        yield "sqlite", "sqlite"
    elif store == "postgresql":
        with a_cluster(durable=True) as cluster:
            yield cluster.new_database(), cluster.new_database()
    else:
        names = [f"homeport_growth_{os.getpid()}_{size}" for size in ("small", "large")]
        server = Store(store)
        server.run(*(f"CREATE DATABASE {name}" for name in names))
        try:
            small, large = (urlsplit(store)._replace(path=f"/{name}").geturl() for name in names)
            yield small, large
        finally:
            server.run(*(f"DROP DATABASE {name} WITH (FORCE)" for name in names))


def kind_of(store: str) -> str:
    """Return the kind of a store, without the address that may hold a password."""
    return store.partition("://")[0]


def demand_disk(jobs: int) -> None:
    """End the benchmark unless there is room for so many jobs, and half as much for the logs of the databases."""
    needed = int(jobs * BYTES_A_JOB * 1.5) + 2_000_000_000
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < needed:
        raise SystemExit(
            f"{jobs:,} jobs may need {needed / 1e9:.0f} GB in {tempfile.gettempdir()}, and {free / 1e9:.0f} GB are"
            " free: take fewer (--jobs), or another folder (TMPDIR)"
        )


def cpu_seconds(pid: int) -> float:
    """Return the CPU seconds that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def milliseconds(percentile: str, output: str) -> float:
    """Return a percentile of the latency from what wrk printed."""
    match = re.search(rf"^\s+{percentile}%\s+([0-9.]+)(us|ms|s)$", output, re.MULTILINE)
    assert match is not None, output
    return float(match.group(1)) * {"us": 0.001, "ms": 1.0, "s": 1_000.0}[match.group(2)]


def found(pattern: str, output: str) -> str:
    """Return what a pattern's group matched in what wrk printed."""
    match = re.search(pattern, output)
    assert match is not None, output
    return match.group(1)


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", action="append", help="sqlite, postgresql or postgresql://…; both without it")
    parser.add_argument("--jobs", type=int, default=5_000_000, help="other jobs in the large store")
    parser.add_argument("--history-every", type=int, default=10, help="one in so many jobs has its tasks and events")
    parser.add_argument("--seconds", type=int, default=10, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each kind on each store, in turns")
    options = parser.parse_args()
    options.store = options.store or ["sqlite", "postgresql"]
    return options


if __name__ == "__main__":
    sys.exit(main())
