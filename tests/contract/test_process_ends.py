"""How jobs and instances end on driver `process`: only when nothing of them runs any more."""

import socket
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from support import packages
from support.machine import children, family, front_ports, is_alive, known, named_after, programs_of, supervisor
from support.packages import package
from support.server import Server, running, wait_for
from support.shop import Cart, Shop

pytestmark = pytest.mark.unmeasured


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {"driver": "process", "min_ready_seconds": 0.2, "ready_seconds": 60, "front_ports": front_ports()}
    with running(tmp_path_factory.mktemp("engine") / "data", **settings) as engine:
        yield engine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packages")


@pytest.fixture
def shop(server: Server) -> Shop:
    return Shop(server)


def own_instances(server: Server, cart: Cart) -> list[str]:
    """Return the instances of a component that the supervisor knows."""
    return [name for name in known(server.data_dir) if name.startswith(f"{cart.name}-")]


# A first deployment


def test_a_first_deployment_that_fails_leaves_nothing_and_may_be_repeated(
    server: Server, shop: Shop, folder: Path
) -> None:
    cart = shop.component(package(folder, name="crashes"), name="cart-again")
    cart.fail("deploy")
    assert (cart.standing, cart.instances(), own_instances(server, cart)) == (("notReady", 0), [], [])
    cart.succeed("deploy", source=package(folder, "1.0.1"))
    assert (cart.standing, cart.version) == (("running", 1), "1.0.1")


def test_a_job_that_failed_is_repeated_once_its_package_is_there(shop: Shop, folder: Path) -> None:
    missing = folder / "later.zip"
    cart = shop.component(missing.as_uri(), name="cart-later")
    job_id = cart.act("deploy")
    assert shop.end(job_id).status == "failed"
    packages.zipped(missing, packages.files_of("1.0.0"))
    shop.retry(job_id)
    shop.succeed(job_id)
    assert cart.version == "1.0.0"


def test_an_image_fails_at_once_and_the_detail_says_what_to_do(shop: Shop) -> None:
    cart = shop.component("nginx:1", kind="image", runtime="Docker")
    job = cart.end("deploy")
    assert (job.status, [task.status for task in job.tasks]) == ("failed", ["failed", *["skip"] * 4])
    assert job.tasks[0].detail.startswith("source-unsupported: ")
    assert "driver docker" in job.tasks[0].detail


def test_a_runtime_that_is_not_here_is_told_before_anything_is_built(shop: Shop, folder: Path) -> None:
    cart = shop.component(package(folder), runtime="Dotnet8")
    job_id = cart.act("deploy")
    job = shop.end(job_id)
    assert job.tasks[0].detail.startswith("runtime-missing: runtime Dotnet8 needs `dotnet`")
    assert "Fetching" not in shop.task_log(job_id, 1)


def test_an_address_whose_port_is_taken_fails_the_job_and_a_retry_finds_it_free(tmp_path: Path, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        port = somebody.getsockname()[1]
        settings = {"driver": "process", "min_ready_seconds": 0.1, "front_ports": f"{port}-{port}"}
        with running(tmp_path / "data", **settings) as engine:
            shop = Shop(engine)
            cart = shop.component(package(folder))
            job_id = cart.act("deploy")
            job = shop.end(job_id)
            assert (job.status, cart.standing, known(engine.data_dir)) == ("failed", ("notReady", 0), [])
            assert job.tasks[-1].detail.startswith(f"start-failed: no port from {port} to {port} is free")
            somebody.close()
            shop.retry(job_id)
            shop.succeed(job_id)
            assert cart.version == "1.0.0"


@pytest.mark.real
def test_a_program_that_takes_more_memory_than_its_limit_is_told_so(server: Server, shop: Shop, folder: Path) -> None:
    shop.deployed(package(folder))
    found = supervisor(server.data_dir)
    assert found is not None
    if any("memory" in note for note in found.notes):
        pytest.skip("no memory cgroup is writable here")
    detail = shop.component(package(folder, name="eats memory"), name="cart-hungry").fail("deploy")
    assert detail.startswith("out-of-memory: ")
    assert "(1Gi)" in detail
    assert "\nhungry" in detail


# Ends that take their time: all of them at once


class Ending(NamedTuple):
    """A job that ended something: the job, and which of the processes lived while it was at it, and afterwards."""

    cart: Cart
    job: Any
    during: list[int]
    after: list[int]


class Endings(NamedTuple):
    """The slow ends."""

    terminated_build: Ending
    terminated_upgrade: Ending
    stop: Ending


@pytest.fixture(scope="module")
def endings(server: Server, folder: Path) -> Endings:
    """Terminate a build with processes of its own, and an upgrade whose program ignores SIGTERM; stop another such."""
    shop = Shop(server)
    building = shop.component(package(folder, build_sh="echo begun; sleep 1000 & sleep 1000"), name="cart-build")
    build = building.act("deploy")
    stubborn = shop.deployed(package(folder), name="cart-stubborn")
    deaf = shop.deployed(package(folder, name="ignores SIGTERM"), name="cart-deaf")

    upgrade = stubborn.act("upgrade", source=package(folder, "2.0.0", "never listens nor ends"))
    wait_for(lambda: "never mind" in stubborn.logs(), what="the new program's first words")
    new = programs_of(server.data_dir, stubborn.name) - {stubborn.ask()["pid"]}
    stopped = programs_of(server.data_dir, deaf.name)
    stop = deaf.act("stop")
    shop.terminate(upgrade)
    wait_for(lambda: shop.job(upgrade).status == "terminating", what="the terminate")
    upgrade_during, stop_during = alive(new), alive(stopped)

    wait_for(lambda: "begun" in shop.task_log(build, 1), what="the build")
    built = family(programs_of(server.data_dir, f"build-{build}"))
    shop.terminate(build)
    return Endings(
        Ending(building, shop.end(build), sorted(built), alive(built)),
        Ending(stubborn, shop.end(upgrade), upgrade_during, alive(new)),
        Ending(deaf, shop.end(stop), stop_during, alive(stopped)),
    )


def alive(pids: Iterable[int]) -> list[int]:
    """Return which of some processes live."""
    return [pid for pid in pids if is_alive(pid)]


def test_a_terminated_build_leaves_no_process_and_no_folder(server: Server, endings: Endings) -> None:
    ending = endings.terminated_build
    assert (ending.job.status, len(ending.during) >= 3, ending.after) == ("terminated", True, [])
    assert named_after(server.data_dir / "process" / "artifacts" / ending.cart.id, "") == []
    assert named_after(server.data_dir / "process" / "builds", "") == []


def test_a_terminated_build_says_during_which_task_it_was_stopped(endings: Endings) -> None:
    ending = endings.terminated_build
    assert ending.job.tasks[0].detail.startswith("terminated: stopped by request during task 1 build")
    assert ending.cart.standing == ("notReady", 0)


def test_a_job_is_terminating_as_long_as_its_program_lives_and_terminated_once_it_is_gone(endings: Endings) -> None:
    ending = endings.terminated_upgrade
    assert (ending.job.status, len(ending.during), ending.after) == ("terminated", 1, [])


def test_what_served_before_a_terminated_upgrade_serves(endings: Endings) -> None:
    cart = endings.terminated_upgrade.cart
    assert (cart.standing, cart.version) == (("running", 1), "1.0.0")


def test_a_program_that_ignores_sigterm_is_stopped_all_the_same(endings: Endings) -> None:
    ending = endings.stop
    assert (ending.job.status, len(ending.during), ending.after) == ("success", 1, [])
    assert ending.cart.standing == ("paused", 0)


# Terminate and stop


def test_a_job_that_was_terminated_can_be_repeated(shop: Shop, folder: Path) -> None:
    with packages.Shelf(folder) as shelf:
        url = shelf.url(package(folder))
        cart = shop.component(url, name="cart-twice")
        job_id = cart.act("deploy")
        wait_for(lambda: shelf.asked_for(url), what="the build")
        shop.terminate(job_id)
        assert shop.end(job_id).status == "terminated"
        shelf.release()
        shop.retry(job_id)
        shop.succeed(job_id)
        assert cart.version == "1.0.0"


def test_a_terminate_that_comes_after_the_end_is_refused(shop: Shop, folder: Path) -> None:
    cart = shop.component(package(folder), name="cart-late")
    job_id = cart.act("deploy")
    shop.succeed(job_id)
    with pytest.raises(OSError, match="409"):
        shop.terminate(job_id)
    assert (shop.job(job_id).status, cart.version) == ("success", "1.0.0")


def test_what_a_program_leaves_in_the_background_is_stopped_with_it(server: Server, shop: Shop, folder: Path) -> None:
    cart = shop.deployed(package(folder, name="leaves a daemon"), name="cart-parent")
    family = [cart.ask()["pid"], *children(cart.ask()["pid"])]
    assert len(family) == 2
    cart.succeed("stop")
    assert [pid for pid in family if is_alive(pid)] == []


def test_a_deleted_component_leaves_nothing_in_the_data_folder(server: Server, shop: Shop, folder: Path) -> None:
    cart = shop.deployed(package(folder), name="cart-gone")
    cart.succeed("upgrade", source=package(folder, "2.0.0"))
    cart.succeed("stop")
    assert cart.delete().status == "success"
    left = named_after(server.data_dir, cart.id) + named_after(server.data_dir, cart.name)
    assert (left, own_instances(server, cart)) == ([], [])
