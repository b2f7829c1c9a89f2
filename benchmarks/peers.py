"""The same work on Homeport and on its peers: jobs of five instant, durable steps, readable between the steps.

Prints one JSON object: for each peer and kind of store the jobs a second with so many in flight, the CPU of its process
in milliseconds a job (PostgreSQL's own not counted), the median from the answer to a submission to the first step
running with one job at a time, the settings, and how many times as many Homeport does a second on that kind of store.

Stores: a SQLite file with `synchronous=FULL`, a PostgreSQL cluster of its own with `fsync=on`. Each peer runs in one
process with its submitters. The settings are those its documentation recommends for this, where it recommends any:

- DBOS: workflows started directly, since its queues poll once a second (`polling_interval_sec` of its reference); steps
  are its own, and plain functions, which take less CPU there than coroutines. On SQLite the write-ahead log is switched
  on for it, which its documentation does not ask for and with which it does more.
- Procrastinate: async tasks under one worker with a concurrency (its how-to "Execute multiple jobs at the same time"),
  woken by LISTEN/NOTIFY. It knows no steps: the task commits a row a step.
- huey: the consumer with a thread for each job in flight and a very short polling interval (its guide "Consuming Tasks"
  on throughput), `fsync=True`, WAL. It knows no steps either, and forgets a task whose process dies.

Before a peer is timed its program is killed in the third step of a job: the two steps before that have to be stored.
Then each step of a further job reads over a connection of its own how many are done, and PostgreSQL or SQLite tells the
peer's own connection that it waits for the disk. Where any of this fails, so does the benchmark.

    make bench-peers [ARGS='--jobs 500 --homeport-jobs 2000 --at-once 64 --latency-jobs 50 --only huey']
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent / "on_peers"))

from runs import committed_steps

from support.postgres import Cluster, a_cluster

HERE: Final = Path(__file__).resolve().parent
PEERS_PYTHON: Final = HERE.parent / ".venv-peers" / "bin" / "python"
STORES: Final = {"dbos": ("sqlite", "postgresql"), "procrastinate": ("postgresql",), "huey": ("sqlite",)}
KILLED_IN: Final = 3

Figures = dict[str, Any]
NewStore = Callable[[], str]


def main() -> None:
    """Run the benchmark and print its figures."""
    options = arguments()
    if not PEERS_PYTHON.exists():
        raise SystemExit("the peers are not installed: run make bench-peers")
    with tempfile.TemporaryDirectory() as folder, a_cluster(durable=True) as cluster:
        print(json.dumps(measure(options, Path(folder), cluster), indent=2))


def measure(options: argparse.Namespace, folder: Path, cluster: Cluster) -> Figures:
    """Return the figures of every peer by kind of store, Homeport first."""
    found: Figures = {}
    for kind, new_store in (("sqlite", new_files(folder)), ("postgresql", cluster.new_database)):
        peers = [peer for peer in options.only if kind in STORES[peer]]
        if not peers:
            continue
        ours = homeport(options, kind, new_store)
        found[f"Homeport, {kind}"] = ours
        for peer in peers:
            theirs = on_peer(peer, options, new_store)
            theirs["Homeport / peer, jobs a second"] = round(ours["jobs a second"] / theirs["jobs a second"], 1)
            theirs["peer / Homeport, CPU"] = round(theirs["CPU ms a job"] / ours["CPU ms a job"], 1)
            found[f"{peer}, {kind}"] = theirs
    return found


def new_files(folder: Path) -> NewStore:
    """Return what makes the address of a SQLite file that is not there yet."""
    number = iter(range(1_000))
    return lambda: f"sqlite:///{folder / f'{next(number)}.db'}"


def homeport(options: argparse.Namespace, kind: str, new_store: NewStore) -> Figures:
    """Return the figures of Homeport's own engine, as benchmarks/jobs.py prints them."""
    command = [sys.executable, str(HERE / "jobs.py"), f"--jobs={options.homeport_jobs}", f"--at-once={options.at_once}"]
    command += [f"--latency-jobs={options.latency_jobs}"]
    if kind == "postgresql":
        command += ["--store", new_store()]
    figures: Figures = json.loads(output_of(command))
    return figures


def on_peer(peer: str, options: argparse.Namespace, new_store: NewStore) -> Figures:
    """Return the figures of a peer, once a killed run has shown that what it had done is in the store."""
    store = new_store()
    killed = subprocess.run(
        [*program(peer, store), f"--die-at={KILLED_IN}"], check=False, capture_output=True, text=True
    )
    if killed.returncode != -signal.SIGKILL:
        raise SystemExit(f"{peer} did not come to the step that kills it:\n{killed.stderr}")
    if (left := committed_steps(peer, store)) != KILLED_IN - 1:
        raise SystemExit(f"{peer} was killed in step {KILLED_IN} and left {left} steps in the store")
    command = [*program(peer, new_store()), f"--jobs={options.jobs}", f"--at-once={options.at_once}"]
    figures: Figures = json.loads(output_of([*command, f"--latency-jobs={options.latency_jobs}"]))
    return figures


def program(peer: str, store: str) -> list[str]:
    """Return the command that runs a peer's program on a store."""
    return [str(PEERS_PYTHON), str(HERE / "on_peers" / f"on_{peer}.py"), "--store", store]


def output_of(command: list[str]) -> str:
    """Return what a program printed; end the benchmark with what it said where it failed."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=500, help="jobs of a peer at full load")
    parser.add_argument("--homeport-jobs", type=int, default=2_000, help="jobs of Homeport at full load")
    parser.add_argument("--at-once", type=int, default=64, help="jobs in flight")
    parser.add_argument("--latency-jobs", type=int, default=50, help="jobs one at a time")
    parser.add_argument("--only", nargs="+", choices=list(STORES), default=list(STORES), help="peers to measure")
    return parser.parse_args()


if __name__ == "__main__":
    main()
