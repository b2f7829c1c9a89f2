"""An engine that dies at each crash point of a deployment and of an upgrade on driver `process`, programs and all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from homeport.model.plans import PLANS, Action
from support.crash_points import commits
from support.history import check_history
from support.machine import front_ports, known
from support.nursery import ForkedServer, Nursery, forked
from support.packages import package
from support.shop import Cart, Shop
from support.traffic import traffic

SKIPPED: Final = frozenset({"pull-done"})
"""Driver `process` starts from what it has built; there is nothing to pull."""


def of(action: Action) -> list[str]:
    """Return the crash points that a job of this action passes when it ends well."""
    done = [f"{task.name}-done" for task in PLANS[action]]
    passed = [name for name in commits() if name in ("claim", "progress", *done) and name not in SKIPPED]
    return [f"{moment}-{name}" for name in passed for moment in ("before", "after")]


@pytest.fixture(scope="module")
def engine(engines: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkedServer]:
    settings = {"driver": "process", "min_ready_seconds": 0.1, "front_ports": front_ports()}
    with forked(engines, tmp_path_factory.mktemp("engine") / "data", **settings) as engine:
        yield engine


@pytest.fixture(scope="module")
def serving(engine: ForkedServer, folder: Path) -> Cart:
    """Return a component that serves; its upgrades are what the engine dies over."""
    return Shop(engine).deployed(package(folder, "1.0.0"), replica=2, name="cart-serving")


def instances_of(engine: ForkedServer, cart: Cart) -> list[str]:
    """Return the instances of a component that the supervisor knows."""
    return [name for name in known(engine.data_dir) if name.startswith(f"{cart.name}-")]


@pytest.mark.parametrize("point", of(Action.DEPLOY))
def test_a_deployment_ends_well_though_the_engine_died(engine: ForkedServer, folder: Path, point: str) -> None:
    engine.revive()
    shop = Shop(engine)
    cart = shop.component(package(folder, "1.0.0"), replica=2, name="cart-new")
    engine.kill()
    engine.start(HOMEPORT_CRASH_AT=point)
    job_id = shop.die(lambda: cart.act("deploy"))
    shop.succeed(job_id)
    check_history(shop, job_id)
    assert (cart.standing, cart.version) == (("running", 2), "1.0.0")
    assert sorted(one.name for one in cart.instances()) == instances_of(engine, cart)
    cart.succeed("stop")
    cart.delete()


@pytest.mark.parametrize("point", of(Action.UPGRADE))
def test_an_upgrade_ends_well_and_no_request_fails_though_the_engine_died(
    engine: ForkedServer, serving: Cart, folder: Path, point: str
) -> None:
    engine.revive()
    engine.kill()
    engine.start(HOMEPORT_CRASH_AT=point)
    source = package(folder, f"2.0.0-{point}")
    with traffic(serving.url) as clients:
        job_id = serving.shop.die(lambda: serving.act("upgrade", source=source))
        serving.shop.succeed(job_id)
        assert clients.settle() == {f"2.0.0-{point}"}
    check_history(serving.shop, job_id)
    assert serving.standing == ("running", 2)
    assert sorted(one.name for one in serving.instances()) == instances_of(engine, serving)
