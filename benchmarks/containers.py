"""Driver `docker` beside a bare `docker run`, ten components at once, and what is left after deploying and deleting.

Starts a Docker Engine of its own (root, Debian's docker.io) and prints one JSON object: milliseconds from a bare
`docker run` to its first answer and from the answer to an `upgrade` to the new version's first answer, both for images
that are present and with `min_ready_seconds` 0, in turns; seconds until ten components deployed at once serve; and what
so many deploy/delete cycles have left behind.

    python benchmarks/containers.py [--rounds 10] [--cycles 20] [--driver docker|simulated] [--router embedded|haproxy]

With `--driver simulated` only the cycles are run: no Engine is needed then. A thousand cycles are
`make bench-containers ARGS='--rounds 2 --cycles 1000'`.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from support.docker import OwnEngine, an_engine
from support.docker_images import make_applications
from support.machine import front_ports, listening, processes
from support.server import Server, running
from support.shop import Cart, Shop

AT_ONCE = 10
PORTS = front_ports()
RECORDS = frozenset({"job", "task", "job_event", "task_log", "worker", "worker_node", "controller"})
"""Tables that keep records of what was, for as long as retention says."""
LOOK_SECONDS = 0.002


def main() -> None:
    """Run the benchmark and print its figures."""
    options = arguments()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings: dict[str, Any] = {"driver": options.driver, "min_ready_seconds": 0, "front_ports": PORTS}
        settings["router"] = options.router
        if options.driver == "simulated":
            server = stack.enter_context(running(folder / "data", **settings))
            figures = cycles(Shop(server), None, lambda: "nginx:1", options.cycles)
        else:
            engine = stack.enter_context(an_engine())
            images = make_applications(engine, folder)
            server = stack.enter_context(running(folder / "data", docker_host=engine.host, **settings))
            figures = beside_docker_run(Shop(server), engine, images, options.rounds)
            figures |= at_once(Shop(server), images["1.0.0"])
            figures |= cycles(Shop(server), engine, lambda: images["1.0.0"], options.cycles)
    print(json.dumps(figures, indent=2))


def beside_docker_run(shop: Shop, engine: OwnEngine, images: dict[str, str], rounds: int) -> dict[str, Any]:
    """Measure both in turns."""
    cart = shop.component(images["1.0.0"], kind="image", runtime="Docker")
    cart.succeed("deploy")
    url, versions = cart.url, ["2.0.0", "1.0.0"] * rounds
    bare, ours = [], []
    # As an environment has one: the Engine of tests has no bridge of its own.
    subprocess.run(["docker", "-H", engine.host, "network", "create", "bare"], check=True, capture_output=True)
    for version in versions[: 2 * (rounds // 2)]:
        bare.append(bare_run(engine, images[version]))
        job_id = cart.act("upgrade", annotations={"version": version}, source=images[version])
        began = time.perf_counter()
        until(lambda version=version: answer(url).get("version") == version)  # type: ignore[misc]
        ours.append(1000 * (time.perf_counter() - began))
        shop.succeed(job_id)
    return {
        "docker run to first answer, median ms": round(statistics.median(bare)),
        "upgrade to new version's first answer, median ms": round(statistics.median(ours)),
        "ratio (demand: at most 1.5)": round(statistics.median(ours) / statistics.median(bare), 2),
    }


def bare_run(engine: OwnEngine, image: str) -> float:
    """Return the milliseconds from `docker run` to the first answer of its program."""
    docker = ["docker", "-H", engine.host]
    limits = ["--cpus", "0.5", "--memory", "1g", "--env", "PORT=8080", "--env", "HOST=0.0.0.0"]
    began = time.perf_counter()
    run = [*docker, "run", "--detach", "--name", "bare", "--network", "bare", *limits, image]
    subprocess.run(run, check=True, capture_output=True)
    where = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
    inspect = subprocess.run([*docker, "inspect", "-f", where, "bare"], check=True, capture_output=True, text=True)
    until(lambda: "version" in answer(f"http://{inspect.stdout.strip()}:8080/"))
    took = 1000 * (time.perf_counter() - began)
    subprocess.run([*docker, "rm", "--force", "bare"], check=True, capture_output=True)
    return took


def at_once(shop: Shop, image: str) -> dict[str, Any]:
    """Deploy components at the same time; fail when one of them does not end well."""
    carts = [shop.component(image, kind="image", runtime="Docker", name=f"cart-{n}") for n in range(AT_ONCE)]
    began = time.perf_counter()
    for job_id in [cart.act("deploy") for cart in carts]:
        shop.succeed(job_id)
    took = time.perf_counter() - began
    for cart in carts:
        gone(cart)
    return {f"{AT_ONCE} components deployed at once, seconds": round(took, 1)}


def cycles(shop: Shop, engine: OwnEngine | None, source: Callable[[], str], count: int) -> dict[str, Any]:
    """Deploy and delete a component again and again, and tell what there is then that was not there before."""
    gone(shop.deployed(source(), kind="image", runtime="Docker"))
    before, began = left(shop.server, engine), time.perf_counter()
    for _ in range(count):
        gone(shop.deployed(source(), kind="image", runtime="Docker"))
    after = left(shop.server, engine)
    return {
        "deploy/delete cycles": count,
        "seconds a cycle": round((time.perf_counter() - began) / count, 2),
        "left behind": {name: after[name] - before[name] for name in after if after[name] != before[name]},
    }


def gone(cart: Cart) -> None:
    """Stop a component and delete it."""
    cart.succeed("stop")
    assert cart.delete().status == "success"


def left(server: Server, engine: OwnEngine | None) -> dict[str, int]:
    """Count what there is: at the Engine, of processes, ports and files, and rows by table."""
    counted = {
        "processes": len(processes(server.data_dir)),
        "ports": len(listening(PORTS)),
        "files": sum(path.is_file() for path in server.data_dir.rglob("*")),
    }
    if engine is not None:
        counted |= {"containers": len(engine.containers()), "networks": len(engine.networks())}
        counted["images"] = len(engine.http.get("/images/json", params={"all": "1"}).json())
    with closing(sqlite3.connect(f"file:{server.data_dir}/homeport.db?mode=ro", uri=True)) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if table not in RECORDS and not table.startswith("sqlite_"):
                counted[f"rows of {table}"] = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counted


def answer(url: str) -> dict[str, Any]:
    """Return what a program answers; nothing where it does not."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            found: dict[str, Any] = json.load(response)
            return found
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return {}


def until(condition: Callable[[], bool]) -> None:
    """Return when a condition is true; fail after a minute."""
    give_up = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < give_up, "it did not come true within a minute"
        time.sleep(LOOK_SECONDS)


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=10, help="measurements of each")
    parser.add_argument("--cycles", type=int, default=20, help="deploy/delete cycles")
    parser.add_argument("--driver", choices=("docker", "simulated"), default="docker")
    parser.add_argument("--router", choices=("embedded", "haproxy"), default="embedded")
    return parser.parse_args()


if __name__ == "__main__":
    main()
