"""Bad packages and bad programs on driver `process`: each ends with its cause, and what served before serves on.

A real engine has all of them at the same time. Each stands for an upgrade of a component that serves version 1.0.0.
The engine that deployed those gave them the usual time to start: all at once, good programs need more than bad ones
should be waited for.
"""

import socket
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from support import packages
from support.machine import front_ports, known, programs
from support.packages import package
from support.server import Server, running
from support.shop import Cart, Shop

pytestmark = pytest.mark.unmeasured

UNPACKED_AT_MOST = 4 * 1024 * 1024

BAD_READY_SECONDS = 20
"""How long a bad program may take to listen: time enough for those that crash to do so several times first."""


class Bad(NamedTuple):
    """How something bad is made, the cause it fails with, and what else the detail says."""

    source: Callable[[Path], str]
    cause: str
    says: tuple[str, ...]


def _letter(folder: Path) -> str:
    (folder / "letter.zip").write_text("Dear reader, this is no package.")
    return (folder / "letter.zip").as_uri()


def _program(name: str) -> Callable[[Path], str]:
    return lambda folder: package(folder, "2.0.0", name)


BAD_PACKAGES: Mapping[str, Bad] = {
    "an entry climbs out of it": Bad(packages.climbing_zip, "source-invalid", ("../../escaped", "outside")),
    "a link leaves it": Bad(packages.linking_zip, "source-invalid", ("secrets", "/etc/hostname")),
    "an entry goes through a link": Bad(packages.leaving_tar, "source-invalid", ("out/escaped", "by a link")),
    "it is a bomb": Bad(
        lambda folder: packages.bomb(folder, 8 * UNPACKED_AT_MOST), "source-invalid", ("zeros", "max_unpacked_bytes")
    ),
    "it is not there": Bad(lambda folder: (folder / "nothing.zip").as_uri(), "source-missing", ("nothing.zip",)),
    "it is no package": Bad(_letter, "source-invalid", ("letter.zip",)),
    "nothing says how to start it": Bad(
        lambda folder: packages.zipped(folder / "readme.zip", {"README": "read me"}), "start-failed", ("Procfile",)
    ),
    "its build fails": Bad(
        lambda folder: package(folder, "2.0.0", build_sh="echo no compiler; exit 7"),
        "build-failed",
        ("exit code 7", "\nno compiler"),
    ),
    "its requirements cannot be had": Bad(
        lambda folder: package(folder, "2.0.0", requirements_txt=f"{folder}/no-such.whl"),
        "build-failed",
        ("pip install", "no-such.whl"),
    ),
}

BAD_PROGRAMS: Mapping[str, Bad] = {
    "it never listens": Bad(
        _program("never listens"), "port-closed", ("PORT", "\nwaiting for a database that is not there")
    ),
    "it listens elsewhere": Bad(_program("listens elsewhere"), "port-closed", ("PORT", "\nat a port of my own choice")),
    "it crashes": Bad(_program("crashes"), "crash-loop", ("exit code 1", "\nno luck with the settings")),
    "it ends at once": Bad(_program("ends at once"), "crash-loop", ("exit code 0", "\nnothing to do today")),
    "it becomes a daemon": Bad(_program("becomes a daemon"), "crash-loop", ("exit code 0", "\ngone to the background")),
    "its port is taken": Bad(
        lambda folder: package(folder, "2.0.0", "wants another port", WANTED=(folder / "taken").read_text()),
        "crash-loop",
        ("Address already in use",),
    ),
    "its command is not there": Bad(
        lambda folder: package(folder, "2.0.0", Procfile="web: no-such-command --port $PORT"),
        "crash-loop",
        ("exit code 127", "no-such-command"),
    ),
}

BAD = {**BAD_PACKAGES, **BAD_PROGRAMS}


class Upgrade(NamedTuple):
    """A component that served when its upgrade was asked for, and the job, which has ended."""

    cart: Cart
    job: Any

    @property
    def detail(self) -> str:
        """What is said of the task that failed."""
        return str(next(task.detail for task in self.job.tasks if task.status == "failed"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {
        "driver": "process",
        "min_ready_seconds": 0.2,
        "max_unpacked_bytes": UNPACKED_AT_MOST,
        "front_ports": front_ports(),
    }
    with running(tmp_path_factory.mktemp("engine") / "data", **settings) as engine:
        yield engine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder for packages; the file `taken` in it names a port that somebody else has."""
    folder = tmp_path_factory.mktemp("packages")
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        (folder / "taken").write_text(str(somebody.getsockname()[1]))
        yield folder


@pytest.fixture(scope="module")
def upgrades(server: Server, folder: Path) -> dict[str, Upgrade]:
    """Return what came of each, all upgraded at the same time."""
    shop = Shop(server)
    carts = {name: shop.component(package(folder), name=f"cart-{number}") for number, name in enumerate(BAD)}
    for job_id in [cart.act("deploy") for cart in carts.values()]:
        shop.succeed(job_id)
    server.stop()
    server.settings["ready_seconds"] = BAD_READY_SECONDS
    server.start()
    jobs = {name: cart.act("upgrade", source=BAD[name].source(folder)) for name, cart in carts.items()}
    return {name: Upgrade(carts[name], shop.end(job_id)) for name, job_id in jobs.items()}


@pytest.mark.parametrize("name", BAD)
def test_a_job_fails_with_its_cause_and_says_what_happened_and_ends_with_the_log(
    upgrades: dict[str, Upgrade], name: str
) -> None:
    upgrade = upgrades[name]
    assert upgrade.job.status == "failed"
    assert upgrade.detail.startswith(f"{BAD[name].cause}: ")
    assert [words for words in BAD[name].says if words not in upgrade.detail] == [], upgrade.detail


@pytest.mark.parametrize("name", BAD)
def test_what_served_before_a_failed_upgrade_serves_on(upgrades: dict[str, Upgrade], name: str) -> None:
    cart = upgrades[name].cart
    assert (cart.standing, cart.version) == (("running", 1), "1.0.0")


@pytest.mark.parametrize("name", BAD)
def test_tasks_that_were_not_run_say_which_one_ended_the_job(upgrades: dict[str, Upgrade], name: str) -> None:
    tasks = upgrades[name].job.tasks
    failed = next(task.index for task in tasks if task.status == "failed")
    assert [task.status for task in tasks[failed:]] == ["skip"] * (len(tasks) - failed)
    assert all(f"task {failed}" in task.detail for task in tasks[failed:])


@pytest.mark.parametrize("name", BAD_PROGRAMS)
def test_the_events_of_a_component_tell_why_its_new_instance_failed(upgrades: dict[str, Upgrade], name: str) -> None:
    warnings = [event.get("message") for event in upgrades[name].cart.events() if event["status"] == "Warning"]
    what = upgrades[name].detail.partition("\n")[0].removeprefix(f"{BAD[name].cause}: ")
    assert [message for message in warnings if message in what] != [], warnings


def test_nothing_of_what_failed_runs_on(server: Server, upgrades: dict[str, Upgrade]) -> None:
    names = [one.name for upgrade in upgrades.values() for one in upgrade.cart.instances()]
    assert len(names) == len(upgrades)
    assert set(names) <= set(known(server.data_dir))
    pids = {upgrade.cart.ask()["pid"] for upgrade in upgrades.values()}
    assert set(programs(server.data_dir)) == pids


def test_nothing_of_a_bad_package_is_left_outside_of_its_folder(upgrades: dict[str, Upgrade], folder: Path) -> None:
    assert upgrades
    assert not (folder / "escaped").exists()
    assert [*folder.parent.rglob("escaped")] == []
