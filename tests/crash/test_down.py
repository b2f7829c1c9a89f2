"""`homeport down`: nothing of a data folder runs on, and at the next start of the engine what should run runs again."""

import subprocess
import sys
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from support.history import check_history
from support.machine import cgroups, front_ports, listening, processes, programs, supervisor
from support.packages import Shelf, package
from support.server import Server, running, wait_for
from support.shop import Cart, Shop


class Left(NamedTuple):
    """What there was of a data folder before and after `homeport down`, and what came back."""

    server: Server
    shop: Shop
    cart: Cart
    building: str
    """The job that built when everything was ended."""
    said: str
    programs_before: int
    cgroups_before: list[Path]
    listening_before: set[int]
    processes: dict[int, str]
    cgroups: list[Path]
    listening: set[int]
    sockets: list[Path]


def sockets(folder: Path) -> list[Path]:
    """Return the sockets in a folder."""
    return [path for path in folder.rglob("*") if path.is_socket()]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Left]:
    """End everything while a component serves and another is built; then start the engine again."""
    data = tmp_path_factory.mktemp("engine") / "data"
    ports = front_ports()
    with running(data, driver="process", min_ready_seconds=0.1, front_ports=ports) as server, Shelf(folder) as shelf:
        shop = Shop(server)
        cart = shop.deployed(package(folder, "1.0.0", "leaves a daemon"), replica=2)
        url = shelf.url(package(folder, "2.0.0"))
        building = shop.component(url, name="cart-built").act("deploy")
        wait_for(lambda: shelf.asked_for(url), what="the build")
        before = len(programs(data)), cgroups(data), listening(ports)
        command = [sys.executable, "-m", "homeport.cli", "down", "--data-dir", str(data)]
        ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        server.wait_for_death()
        after = processes(data), cgroups(data), listening(ports), sockets(data)
        server.start()
        shelf.release()
        yield Left(server, shop, cart, building, ended.stdout, *before, *after)


def test_before_it_there_is_something_to_end(left: Left) -> None:
    assert left.programs_before >= 5
    assert left.listening_before != set()


def test_no_process_is_left(left: Left) -> None:
    assert left.processes == {}


def test_no_port_is_listened_on_and_no_socket_is_left(left: Left) -> None:
    assert (left.listening, left.sockets) == (set(), [])


def test_no_control_group_is_left(left: Left) -> None:
    assert left.cgroups == []


def test_it_says_what_it_has_ended(left: Left) -> None:
    assert left.said == "The engine was stopped; 2 instances were ended.\n"


def test_what_should_run_runs_again_at_the_next_start(left: Left) -> None:
    def answer() -> Any:
        try:
            return left.cart.ask()
        except (urllib.error.URLError, ConnectionError):
            return None

    assert wait_for(answer, what="an answer")["version"] == "1.0.0"
    wait_for(lambda: left.cart.standing == ("running", 2), what="both instances")


def test_a_job_that_was_under_way_goes_on_at_the_next_start(left: Left) -> None:
    left.shop.succeed(left.building)
    check_history(left.shop, left.building)


def test_an_engine_that_has_nothing_to_run_starts_no_supervisor(tmp_path: Path) -> None:
    with running(tmp_path / "data", driver="process") as server:
        assert supervisor(server.data_dir) is None
        assert server.stop() == 0
        assert not (server.data_dir / "supervisor.log").exists()
