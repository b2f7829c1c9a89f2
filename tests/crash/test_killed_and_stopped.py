"""An engine that is killed, or ended in good order, while jobs are at each of their tasks: at the next start all go on.

One engine has all of those jobs at the same time; files and a server of packages hold each where it shall be met.
"""

import contextlib
import json
import sqlite3
import urllib.request
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from support.history import check_history
from support.machine import front_ports, is_alive, programs_of
from support.packages import Shelf, package
from support.server import Server, running, wait_for
from support.shop import Cart, Shop
from support.traffic import traffic

TASKS: Final[Mapping[str, str]] = {
    "a build for the first deployment": "build",
    "a first deployment that is verified": "verify",
    "a build for an upgrade": "build",
    "an upgrade that is verified": "verify",
    "an upgrade that waits for a request to the old version": "record",
}
"""What jobs were at, and the task of that."""

_SECONDS: Final = 60.0


class Interrupted(NamedTuple):
    """What an engine had under way when it ended, all of it settled now."""

    how: str
    server: Server
    shop: Shop
    carts: dict[str, Cart]
    jobs: dict[str, str]
    at: dict[str, str]
    """The statuses of the tasks that jobs were at, as read after the engine had come back."""
    exit_code: int
    held: Any
    """The answer to the request that was under way all the time."""
    stubborn: Cart
    terminated: str
    alive: list[int]
    """What lives of the terminated upgrade, now that its job has ended."""


@pytest.fixture(scope="module", params=["killed", "stopped"])
def interrupted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, folder: Path
) -> Iterator[Interrupted]:
    """Let an engine end while it has a job at each task, and one that terminates; start it again, and let all go on."""
    base = tmp_path_factory.mktemp(request.param)
    settings = {"driver": "process", "min_ready_seconds": 0.1, "drain_seconds": 60, "front_ports": front_ports()}
    with running(base / "data", **settings) as server, Shelf(folder) as shelf, ThreadPoolExecutor(1) as others:
        yield interrupt(request.param, server, shelf, Gates(folder, base / "gate"), others)


class Gates:
    """Packages whose programs wait for a file."""

    def __init__(self, folder: Path, gate: Path) -> None:
        self._folder = folder
        self._gate = gate

    def package(self, version: str, name: str) -> str:
        """Return a package that waits for the file where its program says so."""
        return package(self._folder, version, name, GATE=str(self._gate))

    def open(self) -> None:
        """Let all of them go on."""
        self._gate.touch()


def interrupt(how: str, server: Server, shelf: Shelf, gates: Gates, others: ThreadPoolExecutor) -> Interrupted:
    shop = Shop(server)
    carts = begun(shop, gates)
    stubborn = shop.deployed(gates.package("1.0.0", "serves"), name="cart-stubborn")
    old = programs_of(server.data_dir, stubborn.name)
    held: Future[Any] = others.submit(ask_slowly, carts["an upgrade that waits for a request to the old version"].url)

    jobs, terminated = ask_for_changes(shop, carts, stubborn, shelf, gates)
    doomed = programs_of(server.data_dir, stubborn.name) - old
    with traffic(carts["an upgrade that is verified"].url) as clients:
        code = end(server, how)
        assert clients.settle() == {"1.0.0"}
        server.start()
        wait_for(lambda: None not in {owner for owner, _ in claims(server, jobs)}, what="the claims")
        assert clients.settle() == {"1.0.0"}
        at = {name: task_status(shop, jobs[name], task) for name, task in TASKS.items()}
        gates.open()
        shelf.release()
        for job_id in (*jobs.values(), terminated):
            shop.end(job_id)
        assert clients.settle() == {"2.0.0"}
    alive = [pid for pid in doomed if is_alive(pid)]
    return Interrupted(how, server, shop, carts, jobs, at, code, held.result(_SECONDS), stubborn, terminated, alive)


def begun(shop: Shop, gates: Gates) -> dict[str, Cart]:
    """Return the components, those that are to be upgraded deployed."""
    carts = {}
    for number, name in enumerate(TASKS):
        carts[name] = shop.component(gates.package("1.0.0", "serves"), name=f"cart-{number}")
    for job_id in [cart.act("deploy") for name, cart in carts.items() if "upgrade" in name]:
        shop.succeed(job_id)
    return carts


def ask_for_changes(
    shop: Shop, carts: dict[str, Cart], stubborn: Cart, shelf: Shelf, gates: Gates
) -> tuple[dict[str, str], str]:
    """Ask for every change and wait until each job is at its task; return the jobs, and that which terminates."""
    jobs = {}
    for name, task in TASKS.items():
        source = gates.package("2.0.0", "listens when told" if task == "verify" else "serves")
        action = "upgrade" if "upgrade" in name else "deploy"
        jobs[name] = carts[name].act(action, source=shelf.url(source) if task == "build" else source)
    terminated = stubborn.act("upgrade", source=gates.package("2.0.0", "never listens nor ends"))
    for name, task in TASKS.items():
        shop.reach(jobs[name], task)
    shop.reach(terminated, "verify")
    wait_for(lambda: "never mind" in stubborn.logs(), what="the stubborn program's first words")
    shop.terminate(terminated)
    return jobs, terminated


def ask_slowly(url: str) -> Any:
    """Ask for what is answered only when the gate is open."""
    with urllib.request.urlopen(f"{url}/hold", timeout=_SECONDS) as response:
        return json.load(response)


def end(server: Server, how: str) -> int:
    """End the engine and return its exit code."""
    if how == "killed":
        server.kill()
        return -9
    return server.stop()


def task_status(shop: Shop, job_id: str, name: str) -> str:
    return str(next(task.status for task in shop.job(job_id).tasks if task.name == name))


def claims(server: Server, jobs: Mapping[str, str]) -> list[tuple[str | None, int]]:
    """Return by whom each job is claimed, and over how many workers' deaths, as the store has it."""
    with contextlib.closing(sqlite3.connect(f"file:{server.data_dir}/homeport.db?mode=ro", uri=True)) as store:
        rows = store.execute("SELECT id, owner, deaths FROM job").fetchall()
    return [(owner, deaths) for job_id, owner, deaths in rows if job_id in jobs.values()]


@pytest.mark.parametrize("name", TASKS)
def test_a_job_goes_on_from_the_task_it_was_at_and_ends_well(interrupted: Interrupted, name: str) -> None:
    assert interrupted.at[name] == "running"
    interrupted.shop.succeed(interrupted.jobs[name])
    check_history(interrupted.shop, interrupted.jobs[name])


@pytest.mark.parametrize("name", TASKS)
def test_the_application_is_what_its_job_has_made_of_it(interrupted: Interrupted, name: str) -> None:
    cart = interrupted.carts[name]
    assert (cart.standing, cart.version) == (("running", 1), "2.0.0")
    assert len(programs_of(interrupted.server.data_dir, cart.name)) == 1


def test_a_request_that_was_under_way_is_answered_by_the_version_it_was_sent_to(interrupted: Interrupted) -> None:
    assert interrupted.held["version"] == "1.0.0"


def test_a_job_that_was_terminating_is_terminated_once_its_program_is_gone(interrupted: Interrupted) -> None:
    assert interrupted.shop.job(interrupted.terminated).status == "terminated"
    assert interrupted.alive == []
    check_history(interrupted.shop, interrupted.terminated)


def test_what_served_before_the_terminated_upgrade_serves(interrupted: Interrupted) -> None:
    assert (interrupted.stubborn.standing, interrupted.stubborn.version) == (("running", 1), "1.0.0")


def test_only_a_death_counts_as_one(interrupted: Interrupted) -> None:
    deaths = {deaths for _, deaths in claims(interrupted.server, interrupted.jobs)}
    assert (interrupted.exit_code, deaths) == {"killed": (-9, {1}), "stopped": (0, {0})}[interrupted.how]
