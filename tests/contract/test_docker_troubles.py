"""What goes wrong on driver `docker`, through the official SDK: each with its cause, and what served before serves on.

What is wrong with images is had all at the same time, each in the upgrade of a component that serves.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from huaweicloudsdkcae import v1 as cae

from support.docker import OwnEngine, an_engine, docker_engine, homeport_on
from support.docker_images import make_applications, make_busybox
from support.registry import Registry, a_registry
from support.server import Server, wait_for
from support.shop import Cart, Shop

__all__ = ["docker_engine"]

pytestmark = [pytest.mark.real, pytest.mark.unmeasured]

READY_SECONDS = 10
SMALL_DISK = 32 << 20


class Bad(NamedTuple):
    """An image, the cause with which its upgrade fails, and what else the detail says."""

    image: str
    """Empty for a new health check of the image that serves, which fails."""
    cause: str
    says: str


BAD: Mapping[str, Bad] = {
    "it is not in its registry": Bad("{registry}/shop/nothing:1", "image-missing", "shop/nothing:1"),
    "its registry wants a password": Bad("{registry}/closed/image:1", "registry-refused", "closed/image:1"),
    "its registry is not there": Bad("127.0.0.1:9/shop/cart:1", "source-unreachable", "127.0.0.1:9"),
    "its program may not be run": Bad("{registry}/open/image:1", "crash-loop", "Permission denied"),
    "it never listens": Bad("{never listens}", "port-closed", "\nwaiting for a database that is not there"),
    "it crashes": Bad("{crashes}", "crash-loop", "\nno luck with the settings"),
    "it ends at once": Bad("{ends at once}", "crash-loop", "\nnothing to do today"),
    "it needs more memory than it may have": Bad("{eats memory}", "out-of-memory", "1Gi"),
    "its health check fails": Bad("", "health-check-failed", "too sick"),
}


class Upgrade(NamedTuple):
    """A component that served when its upgrade was asked for, and the job, which has ended."""

    cart: Cart
    job: Any

    @property
    def detail(self) -> str:
        """What is said of the task that failed."""
        return str(next(task.detail for task in self.job.tasks if task.status == "failed"))


@pytest.fixture(scope="module")
def registry() -> Iterator[Registry]:
    with a_registry() as registry:
        yield registry


@pytest.fixture(scope="module")
def images(docker_engine: OwnEngine, registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kinds = ("never listens", "crashes", "ends at once", "eats memory")
    made = make_applications(docker_engine, tmp_path_factory.mktemp("images"), *kinds)
    return {**made, "registry": registry.host}


@pytest.fixture(scope="module")
def server(docker_engine: OwnEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with homeport_on(docker_engine, tmp_path_factory.mktemp("engine"), ready_seconds=READY_SECONDS) as engine:
        yield engine


@pytest.fixture(scope="module")
def shop(server: Server) -> Shop:
    return Shop(server)


@pytest.fixture(scope="module")
def upgrades(shop: Shop, images: dict[str, str]) -> dict[str, Upgrade]:
    carts = {name: component(shop, images["1.0.0"], f"bad-{number}") for number, name in enumerate(BAD)}
    for job_id in [cart.act("deploy") for cart in carts.values()]:
        shop.succeed(job_id)
    jobs = {name: begun(cart, BAD[name].image.format_map(images)) for name, cart in carts.items()}
    return {name: Upgrade(carts[name], shop.end(job_id)) for name, job_id in jobs.items()}


def component(shop: Shop, image: str, name: str) -> Cart:
    """Create a component of an image."""
    return shop.component(image, name=name, kind="image", runtime="Docker")


def deployed(shop: Shop, image: str, name: str) -> Cart:
    """Create a component of an image and deploy it."""
    cart = component(shop, image, name)
    cart.succeed("deploy")
    return cart


def begun(cart: Cart, image: str) -> str:
    """Ask for an upgrade to an image, or for a health check that fails, and return the id of the job."""
    if image:
        return cart.act("upgrade", source=image)
    command = cae.HealthCheckConfigurationExec(command=["/bin/sh", "-c", "echo too sick; exit 3"])
    readiness = cae.HealthCheckConfigurationReadinessProbe(period_seconds=1, failure_threshold=1, _exec=command)
    cart.configure(healthCheck=cae.ConfigurationRequestDataSpec(readiness_probe=readiness))
    return cart.act("configure")


def containers_of(engine: OwnEngine, cart: Cart) -> int:
    """Return how many containers a component has, whatever they do."""
    return sum(one["Labels"].get("homeport.component") == cart.id for one in engine.containers())


@pytest.mark.parametrize("name", BAD)
def test_a_job_fails_with_its_cause_and_what_served_serves_on(
    docker_engine: OwnEngine, upgrades: dict[str, Upgrade], name: str
) -> None:
    upgrade, bad = upgrades[name], BAD[name]
    assert upgrade.job.status == "failed"
    assert upgrade.detail.startswith(f"{bad.cause}: ")
    assert bad.says in upgrade.detail
    assert (upgrade.cart.standing, upgrade.cart.version) == (("running", 1), "1.0.0")
    assert containers_of(docker_engine, upgrade.cart) == 1


def test_a_job_terminated_during_its_pull_ends_the_pull(registry: Registry, shop: Shop, images: dict[str, str]) -> None:
    cart = deployed(shop, images["1.0.0"], "pulled")
    job_id = cart.act("upgrade", source=f"{registry.host}/slow/image:1")
    assert registry.held.wait(30)

    shop.terminate(job_id)

    assert shop.end(job_id).status == "terminated"
    assert registry.left.wait(30), "the Engine pulls on"
    assert (cart.standing, cart.version) == (("running", 1), "1.0.0")


def test_a_job_terminated_during_its_rollout_leaves_what_served_and_nothing_new(
    docker_engine: OwnEngine, shop: Shop, images: dict[str, str]
) -> None:
    cart = deployed(shop, images["1.0.0"], "rolled")
    job_id = cart.act("upgrade", source=images["never listens"])
    shop.reach(job_id, "verify")

    shop.terminate(job_id)

    assert shop.end(job_id).status == "terminated"
    assert (cart.standing, cart.version, containers_of(docker_engine, cart)) == (("running", 1), "1.0.0", 1)


def test_an_engine_that_went_away_is_told_and_what_ran_serves_through_it(
    docker_engine: OwnEngine, shop: Shop, images: dict[str, str]
) -> None:
    cart = deployed(shop, images["1.0.0"], "alone")
    docker_engine.kill()
    try:
        detail = cart.fail("upgrade", source=images["2.0.0"])
        served = cart.version
    finally:
        docker_engine.start()

    assert detail.startswith("driver-unreachable: ")
    assert served == "1.0.0"
    cart.succeed("upgrade", source=images["2.0.0"])
    assert (cart.version, containers_of(docker_engine, cart)) == ("2.0.0", 1)


def test_an_engine_that_goes_away_in_the_middle_of_a_job_and_comes_back_leaves_one_version_serving(
    docker_engine: OwnEngine, shop: Shop, images: dict[str, str]
) -> None:
    cart = deployed(shop, images["1.0.0"], "midway")
    job_id = cart.act("upgrade", source=images["never listens"])
    shop.reach(job_id, "verify")
    docker_engine.kill()
    docker_engine.start()

    assert shop.end(job_id).status == "failed"
    assert (cart.standing, cart.version) == (("running", 1), "1.0.0")
    wait_for(lambda: containers_of(docker_engine, cart) == 1, what="that nothing of the new version is left")


def test_a_full_disk_is_the_cause_that_is_told(tmp_path: Path) -> None:
    with an_engine(disk_bytes=SMALL_DISK) as small, homeport_on(small, tmp_path) as server:
        base = make_busybox(small, tmp_path)
        (tmp_path / "app").mkdir()
        (tmp_path / "app" / "readme").write_text("too much")
        filling = f"FROM {base}\nRUN dd if=/dev/zero of=/filled bs=1M count={SMALL_DISK >> 20}\n"
        cart = Shop(server).component(f"file://{tmp_path / 'app'}", build={"dockerfile_content": filling})
        detail = cart.fail("deploy")
    assert detail.startswith("disk-full: ")
