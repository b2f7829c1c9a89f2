"""A worker that stands still past its lease, and wakes while its job is another one's: it changes nothing."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from support.crash_child import ARMS
from support.crash_house import GRACE_SECONDS, House, a_house
from support.history import check_history
from support.machine import front_ports, known
from support.nursery import ForkedServer, Nursery
from support.packages import package
from support.server import wait_for
from support.shop import Cart, Shop
from support.traffic import traffic

LEASE: Final = 4.0
"""Seconds: long enough that the second worker still has its own when the first wakes."""

TABLES: Final = {
    "job": "SELECT * FROM job WHERE id = %s",
    "task": "SELECT * FROM task WHERE job_id = %s ORDER BY idx",
    "job_event": "SELECT * FROM job_event WHERE job_id = %s ORDER BY seq",
    "task_log": "SELECT * FROM task_log WHERE job_id = %s ORDER BY task, position",
    "instance": "SELECT * FROM instance WHERE job_id = %s ORDER BY name",
    "component": "SELECT * FROM component WHERE id = (SELECT component_id FROM job WHERE id = %s)",
}
"""Everything that a worker writes over a job."""


@pytest.fixture(scope="module")
def whole_house(engines: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(engines, tmp_path_factory.mktemp("house"), lease_seconds=LEASE, log_level="info") as house:
        yield house


@pytest.fixture
def house(whole_house: House) -> House:
    whole_house.disarm()
    for worker in whole_house.workers:
        worker.log.write_text("")
    whole_house.revive()
    return whole_house


class Overtaken(NamedTuple):
    """A job whose first worker stands still before a commit, and whose second one does right after its claim."""

    shop: Shop
    job_id: str
    late: ForkedServer
    owner: ForkedServer


def overtaken(house: House, point: str) -> Overtaken:
    """Let a worker stand still at a point of its job until another one has the job, and that one too."""
    shop = Shop(house.api)
    cart = shop.deployed("nginx:1", kind="image", runtime="Docker", replica=2)
    late, other, third = house.workers
    for worker in (other, third):
        worker.kill()
    met = house.arm(point, signal.SIGSTOP)
    job_id = cart.act("upgrade")
    assert house.met_at(met) is late
    met = house.arm("after-claim", signal.SIGSTOP)
    house.revive(other)
    assert house.met_at(met) is other
    return Overtaken(shop, job_id, late, other)


def written(house: House, job_id: str) -> dict[str, list[dict[str, Any]]]:
    return {name: house.rows(query, job_id) for name, query in TABLES.items()}


def until_logged(worker: ForkedServer, word: str) -> None:
    wait_for(lambda: word in worker.log.read_text(), what=f"{word} in its log")


@pytest.mark.parametrize("point", ["before-upgrade-done", "before-verify-done", "before-record-done"])
def test_a_worker_that_wakes_after_its_lease_writes_no_byte_and_its_process_goes_on_being_useful(
    house: House, point: str
) -> None:
    it = overtaken(house, point)
    before = written(house, it.job_id)
    it.late.send(signal.SIGCONT)
    wait_for(
        lambda: "worker.job_lost" in it.late.log.read_text() or written(house, it.job_id) != before,
        what="that the late worker has lost its job, or written",
    )
    assert written(house, it.job_id) == before
    until_logged(it.late, "worker.lease_lost")

    it.owner.kill()
    begun = time.monotonic()
    it.shop.succeed(it.job_id)
    assert time.monotonic() - begun < LEASE + GRACE_SECONDS
    check_history(it.shop, it.job_id)


def test_a_worker_that_lives_keeps_its_job_beyond_its_first_lease(house: House) -> None:
    shop = Shop(house.api)
    cart = shop.component("nginx:1", kind="image", runtime="Docker")
    job_id = cart.act("deploy", annotations={"homeport/script": f"ready={round(LEASE * 1.6)}s"})
    shop.succeed(job_id)
    assert house.rows("SELECT deaths FROM job WHERE id = %s", job_id) == [{"deaths": 0}]
    # And it goes on taking jobs, which only who holds a lease may.
    shop.succeed(cart.act("restart"))


class Node(NamedTuple):
    """Two workers of one node, the second of which is started when the first stands still."""

    house: House
    first: ForkedServer
    second: ForkedServer


@pytest.fixture
def node(engines: Nursery, tmp_path: Path) -> Iterator[Node]:
    """Yield a node whose lock does not keep a second worker out, as on a disk that two machines share."""
    settings = {"driver": "process", "front_ports": front_ports(), "lease_seconds": 2, "log_level": "info"}
    with a_house(engines, tmp_path, **settings) as house:
        first, second, third = house.workers
        for worker in (second, third):
            worker.kill()
            worker.data_dir = first.data_dir
        yield Node(house, first, second)


def instances_of(node: Node, cart: Cart) -> list[str]:
    return [name for name in known(node.first.data_dir) if name.startswith(f"{cart.name}-")]


def test_what_a_late_worker_starts_gets_no_request(node: Node, tmp_path: Path) -> None:
    shop = Shop(node.house.api)
    cart = shop.deployed(package(tmp_path, "1.0.0"))
    # It is about to start the new instances.
    met = node.house.arm("after-build-done", signal.SIGSTOP)
    with traffic(cart.url) as clients:
        job_id = cart.act("upgrade", source=package(tmp_path, "2.0.0"))
        assert node.house.met_at(met) is node.first
        (node.first.data_dir / "homeport.db.lock").unlink()
        node.second.start(**{ARMS: str(node.house.arms)})
        shop.succeed(job_id)
        assert clients.settle() == {"2.0.0"}
        serving = instances_of(node, cart)

        node.first.send(signal.SIGCONT)
        until_logged(node.first, "worker.job_lost")
        assert clients.settle() == {"2.0.0"}
        assert instances_of(node, cart) == serving == sorted(one.name for one in cart.instances())

        node.second.kill()
        cart.succeed("upgrade", source=package(tmp_path, "3.0.0"))
        assert clients.settle() == {"3.0.0"}
    check_history(shop, job_id)
