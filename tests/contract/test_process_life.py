"""The life of components on driver `process`: the official SDK, a real engine, and the applications' own answers."""

import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest
from huaweicloudsdkcae import v1 as cae
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException

from support.history import check_history
from support.machine import front_ports, known, programs_of
from support.packages import commit, files_of, git, package, repository
from support.server import Server, running, wait_for
from support.shop import Cart, Shop
from support.traffic import traffic

pytestmark = pytest.mark.unmeasured


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {"driver": "process", "min_ready_seconds": 0.2, "front_ports": front_ports()}
    with running(tmp_path_factory.mktemp("engine") / "data", **settings) as engine:
        yield engine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packages")


@pytest.fixture
def shop(server: Server) -> Shop:
    return Shop(server)


def pids(cart: Cart, count: int) -> set[int]:
    """Return the processes that answer, once so many have."""
    found: set[int] = set()
    wait_for(lambda: found.add(cart.ask()["pid"]) or len(found) == count, what=f"answers of {count} instances")
    return found


def running_of(server: Server, cart: Cart) -> list[str]:
    """Return the instances of a component that the supervisor knows, and the processes of it that there are."""
    names = [name for name in known(server.data_dir) if name.startswith(f"{cart.name}-")]
    return names + [str(pid) for pid in programs_of(server.data_dir, cart.name)]


def test_the_application_answers_as_each_step_of_its_life_says(server: Server, shop: Shop, folder: Path) -> None:
    cart = shop.component(package(folder, "1.0.0"), name="cart-life", replica=2)
    assert (cart.standing, cart.show().access_info) == (("created", 0), [])

    cart.succeed("deploy")
    assert (cart.standing, cart.version) == (("running", 2), "1.0.0")
    first = pids(cart, 2)
    assert [instance.status for instance in cart.instances()] == ["running", "running"]

    cart.succeed("upgrade", annotations={"version": "2.0.0"}, source=package(folder, "2.0.0"))
    assert (cart.standing, cart.version) == (("running", 2), "2.0.0")
    assert first.isdisjoint(pids(cart, 2))

    cart.configure(env={"GREETING": "hello"})
    cart.succeed("configure")
    assert cart.ask("/environ/GREETING")["value"] == "hello"

    cart.succeed("scale", replica=3)
    assert (cart.standing, len(cart.instances()), len(pids(cart, 3))) == (("running", 3), 3, 3)

    cart.succeed("scale", replica=1)
    assert (cart.standing, len(cart.instances()), len(pids(cart, 1))) == (("running", 1), 1, 1)

    cart.succeed("rollback", snapshot_index=1)
    assert (cart.version, cart.ask("/environ/GREETING")["value"]) == ("1.0.0", None)

    cart.succeed("stop")
    assert (cart.standing, cart.instances(), running_of(server, cart)) == (("paused", 0), [], [])
    with pytest.raises(urllib.error.HTTPError, match="503"):
        cart.ask()

    cart.succeed("start")
    assert (cart.standing, cart.version) == (("running", 1), "1.0.0")

    before = pids(cart, 1)
    cart.succeed("restart")
    assert before.isdisjoint(pids(cart, 1))

    cart.succeed("stop")
    assert cart.delete().status == "success"
    with pytest.raises(ClientRequestException) as gone:
        cart.show()
    assert (gone.value.error_code, running_of(server, cart)) == ("CAE.01500208", [])


def test_an_environment_goes_when_its_application_is_gone(shop: Shop, folder: Path) -> None:
    cart = shop.deployed(package(folder))
    cart.succeed("stop")
    cart.delete()
    where = {"x_environment_id": shop.environment_id, "application_id": shop.application_id}
    shop.sdk.delete_application(cae.DeleteApplicationRequest(**where))
    answer = shop.sdk.delete_environment(cae.DeleteEnvironmentRequest(environment_id=shop.environment_id))
    shop.succeed(answer.job_id)
    environments = shop.sdk.list_environments(cae.ListEnvironmentsRequest()).items
    assert shop.environment_id not in [one.id for one in environments]


def test_no_request_fails_while_instances_are_replaced(shop: Shop, folder: Path) -> None:
    cart = shop.deployed(package(folder, "1.0.0"), replica=2)
    with traffic(cart.url) as clients:
        cart.succeed("upgrade", source=package(folder, "2.0.0"))
        assert clients.settle() == {"2.0.0"}
        cart.succeed("rollback", snapshot_index=1)
        assert clients.settle() == {"1.0.0"}
        cart.succeed("restart")
        cart.succeed("scale", replica=3)
        cart.succeed("scale", replica=1)
        assert clients.settle() == {"1.0.0"}


def test_no_request_fails_while_the_engine_is_killed_and_comes_back(server: Server, shop: Shop, folder: Path) -> None:
    cart = shop.deployed(package(folder, "1.0.0"))
    before = pids(cart, 1)
    with traffic(cart.url) as clients:
        server.kill()
        assert clients.settle() == {"1.0.0"}
        server.start()
        assert clients.settle() == {"1.0.0"}
    assert (cart.standing, pids(cart, 1)) == (("running", 1), before)


def test_no_request_fails_while_an_upgrade_fails(shop: Shop, folder: Path) -> None:
    cart = shop.deployed(package(folder, "1.0.0"))
    with traffic(cart.url) as clients:
        cart.fail("upgrade", source=package(folder, "2.0.0", "crashes"))
        assert clients.settle() == {"1.0.0"}


def test_ten_components_are_deployed_at_the_same_time(shop: Shop, folder: Path) -> None:
    carts = [shop.component(package(folder, f"{number}.0.0"), name=f"cart-{number}") for number in range(10)]
    jobs = [cart.act("deploy") for cart in carts]
    for job_id in jobs:
        shop.succeed(job_id)
        check_history(shop, job_id)
    assert [cart.version for cart in carts] == [f"{number}.0.0" for number in range(10)]
    assert len({cart.url for cart in carts}) == 10


@pytest.mark.real
def test_a_repository_is_deployed_from_a_branch_and_upgraded_to_its_newest_commit(shop: Shop, tmp_path: Path) -> None:
    branches = {"main": files_of("1.0.0"), "next": files_of("2.0.0-beta")}
    url = repository(tmp_path / "shop", branches)
    cart = shop.deployed(url, kind="code", branch="main")
    deployed = cart.version
    git(tmp_path / "shop", "checkout", "--quiet", "main")
    commit(tmp_path / "shop", {"VERSION": "1.1.0"})
    cart.succeed("upgrade")
    upgraded = cart.version
    cart.succeed("rollback", snapshot_index=1)
    assert (deployed, upgraded, cart.version) == ("1.0.0", "1.1.0", "1.0.0")


@pytest.mark.real
def test_a_branch_that_is_not_there_is_told(shop: Shop, tmp_path: Path) -> None:
    cart = shop.component(repository(tmp_path / "shop", {"main": files_of("1.0.0")}), kind="code", branch="nowhere")
    detail = cart.fail("deploy")
    assert detail.startswith("source-missing: ")
    assert "nowhere" in detail
