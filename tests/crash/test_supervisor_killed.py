"""The supervisor, or an instance, is killed: what ran runs again, and status and traffic follow by themselves."""

import contextlib
import os
import signal
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.history import check_history
from support.machine import children, front_ports, is_alive, known, programs, supervisor
from support.nursery import ForkedServer, Nursery, forked
from support.packages import Shelf, package
from support.server import wait_for
from support.shop import Cart, Shop


@pytest.fixture(scope="module")
def engine(engines: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkedServer]:
    settings = {"driver": "process", "min_ready_seconds": 0.1, "front_ports": front_ports()}
    with forked(engines, tmp_path_factory.mktemp("engine") / "data", **settings) as engine:
        yield engine


@pytest.fixture
def shop(engine: ForkedServer) -> Shop:
    return Shop(engine)


def kill_supervisor(engine: ForkedServer) -> None:
    """Kill the supervisor and see it gone."""
    found = supervisor(engine.data_dir)
    assert found is not None
    os.kill(found.pid, signal.SIGKILL)
    wait_for(lambda: not is_alive(found.pid), what="the supervisor's end")


def answer(cart: Cart) -> Any:
    """Return what the application answers, None while it does not."""
    try:
        return cart.ask()
    except (urllib.error.URLError, ConnectionError):
        return None


def until_answered(cart: Cart) -> Any:
    """Return the first answer of the application from now on."""
    return wait_for(lambda: answer(cart), what=f"an answer of {cart.name}")


def until(cart: Cart, status: str, available: int) -> None:
    """Return when a component stands so."""
    wait_for(lambda: cart.standing == (status, available), what=f"{cart.name} {status} with {available}")


def warnings(cart: Cart) -> list[str]:
    """Return what the component's events warn of."""
    return [event["message"] for event in cart.events() if event["status"] == "Warning"]


def test_instances_outlive_their_supervisor_and_are_reached_again_at_the_same_address(
    engine: ForkedServer, shop: Shop, folder: Path
) -> None:
    cart = shop.deployed(package(folder))
    before = cart.url, cart.ask()["pid"]
    kill_supervisor(engine)
    assert is_alive(before[1])
    assert (cart.url, until_answered(cart)["pid"]) == before
    until(cart, "running", 1)


def test_an_instance_that_died_together_with_its_supervisor_is_started_again(
    engine: ForkedServer, shop: Shop, folder: Path
) -> None:
    cart = shop.deployed(package(folder))
    pid = cart.ask()["pid"]
    kill_supervisor(engine)
    os.kill(pid, signal.SIGKILL)
    assert until_answered(cart)["pid"] != pid
    until(cart, "running", 1)


def test_a_component_can_be_changed_after_its_supervisor_was_killed(
    engine: ForkedServer, shop: Shop, folder: Path
) -> None:
    cart = shop.deployed(package(folder, "1.0.0"), name="cart-changed")
    old = cart.ask()["pid"]
    kill_supervisor(engine)
    cart.succeed("upgrade", source=package(folder, "2.0.0"))
    assert (cart.version, cart.standing, is_alive(old)) == ("2.0.0", ("running", 1), False)
    assert [name for name in known(engine.data_dir) if name.startswith("cart-changed-")] == [
        one.name for one in cart.instances()
    ]


def test_a_supervisor_that_is_killed_during_a_build_costs_the_job_nothing(
    engine: ForkedServer, shop: Shop, folder: Path, tmp_path: Path
) -> None:
    with Shelf(folder) as shelf:
        url = shelf.url(package(folder, "3.0.0"))
        cart = shop.component(url)
        job_id = cart.act("deploy")
        wait_for(lambda: shelf.asked_for(url), what="the build")
        kill_supervisor(engine)
        shelf.release()
        shop.succeed(job_id)
    assert cart.version == "3.0.0"


def test_a_supervisor_that_is_killed_while_new_instances_are_verified_costs_the_job_nothing(
    engine: ForkedServer, shop: Shop, folder: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    cart = shop.deployed(package(folder, "1.0.0"))
    job_id = cart.act("upgrade", source=package(folder, "4.0.0", "listens when told", GATE=str(gate)))
    shop.reach(job_id, "verify")
    kill_supervisor(engine)
    gate.touch()
    shop.succeed(job_id)
    check_history(shop, job_id)
    assert (cart.version, cart.standing) == ("4.0.0", ("running", 1))


def test_after_a_power_cut_everything_runs_again(engine: ForkedServer, shop: Shop, folder: Path) -> None:
    carts = [shop.deployed(package(folder, f"{number}.0.0"), name=f"cart-{number}") for number in range(3)]
    job_id = shop.component(package(folder, "5.0.0"), name="cart-new").act("deploy")
    engine.kill()
    for pid in programs(engine.data_dir):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    kill_supervisor(engine)
    engine.start()
    shop.succeed(job_id)
    assert [until_answered(cart)["version"] for cart in carts] == ["0.0.0", "1.0.0", "2.0.0"]
    for cart in carts:
        until(cart, "running", 1)


def test_an_instance_that_is_killed_comes_back_and_meanwhile_the_component_is_not_ready_and_says_why(
    engine: ForkedServer, shop: Shop, folder: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    gate.touch()
    cart = shop.deployed(package(folder, "1.0.0", "listens when told", GATE=str(gate)))
    pid = cart.ask()["pid"]
    gate.unlink()
    os.kill(pid, signal.SIGKILL)
    until(cart, "notReady", 0)
    assert [instance.status for instance in cart.instances()] != ["running"]
    gate.touch()
    assert until_answered(cart)["pid"] != pid
    until(cart, "running", 1)
    assert any("ended with signal 9" in message for message in warnings(cart)), warnings(cart)


def test_the_end_of_an_instance_that_came_back_at_once_is_told_too(
    engine: ForkedServer, shop: Shop, folder: Path
) -> None:
    cart = shop.deployed(package(folder))
    os.kill(cart.ask()["pid"], signal.SIGKILL)
    wait_for(lambda: any("ended with signal 9" in message for message in warnings(cart)), what="the event")
    until(cart, "running", 1)


def test_the_other_instances_answer_while_one_is_gone(
    engine: ForkedServer, shop: Shop, folder: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    gate.touch()
    cart = shop.deployed(package(folder, "1.0.0", "listens when told", GATE=str(gate)), replica=2)
    pid = cart.ask()["pid"]
    gate.unlink()
    os.kill(pid, signal.SIGKILL)
    until(cart, "notReady", 1)
    others = {cart.ask()["pid"] for _ in range(10)}
    gate.touch()
    until(cart, "running", 2)
    assert len(others) == 1
    assert pid not in others


def test_nothing_of_a_killed_program_is_left_beside_the_one_that_follows(
    engine: ForkedServer, shop: Shop, folder: Path
) -> None:
    cart = shop.deployed(package(folder, name="leaves a daemon"), name="cart-family")
    pid = cart.ask()["pid"]
    (daemon,) = children(pid)
    os.kill(pid, signal.SIGKILL)
    assert until_answered(cart)["pid"] != pid
    assert not is_alive(daemon)
