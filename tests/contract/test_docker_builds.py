"""Components of code and of packages on driver `docker`: built into images through the official SDK, under traffic."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import packages
from support.docker import OwnEngine, docker_engine, homeport_on
from support.docker_images import PYTHON, make_python
from support.git_server import PASSWORD, USER, HttpsServer, https_server
from support.machine import front_range
from support.packages import program
from support.server import Server, wait_for
from support.shop import Cart, Shop, access_spec
from support.traffic import traffic

__all__ = ["docker_engine"]

pytestmark = [pytest.mark.real, pytest.mark.unmeasured]

ALSO = {"PORT": "8080", "ALSO": "9000"}
START = "web: python3 -u app.py\n"
OWN = f'FROM {PYTHON}\nWORKDIR /app\nCOPY app.py VERSION ./\nCMD ["/bin/python3", "-u", "app.py"]\n'


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsServer]:
    with https_server(tmp_path_factory.mktemp("repositories")) as git:
        yield git


@pytest.fixture(scope="module")
def server(
    docker_engine: OwnEngine, private: HttpsServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    make_python(docker_engine, tmp_path_factory.mktemp("images"), {})
    folder = tmp_path_factory.mktemp("engine")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_SSL_CAINFO", str(private.certificate))
        with homeport_on(docker_engine, folder, base_images=f"Python={PYTHON}") as engine:
            yield engine


@pytest.fixture
def shop(server: Server) -> Shop:
    return Shop(server)


def package(folder: Path, version: str, **more: str) -> str:
    """Lay down a version of the program that serves, and return the URL of its folder."""
    folder.mkdir(exist_ok=True)
    for name, text in {"app.py": program("serves"), "VERSION": version, "Procfile": START, **more}.items():
        (folder / name).write_text(text)
    return f"file://{folder}"


def repository(folder: Path, version: str) -> str:
    """Commit a version of the program with its own Dockerfile to a repository, and return its URL."""
    files = {"app.py": program("serves"), "VERSION": version, "own.Dockerfile": OWN}
    return packages.repository(folder, {"main": files})


def built(engine: OwnEngine, cart: Cart) -> list[str]:
    """Return the images that were built for a component."""
    params = {"filters": json.dumps({"label": [f"homeport.built-for={cart.id}"]})}
    return [one["Id"] for one in engine.http.get("/images/json", params=params).json()]


def lives_without_losing_a_request(cart: Cart, upgrade: str, port: int | None = None) -> None:
    """Lead a component through all eight actions, with traffic wherever it serves: at its stable address, or a port."""
    cart.succeed("deploy")
    with traffic(cart.url if port is None else f"http://127.0.0.1:{port}") as clients:
        cart.succeed("upgrade", source=upgrade, annotations={"version": "2.0.0"})
        assert clients.settle() == {"2.0.0"}
        cart.configure(env=ALSO | {"GREETING": "hello"})
        cart.succeed("configure")
        cart.succeed("scale", replica=2)
        cart.succeed("restart")
        cart.succeed("rollback", snapshot_index=1)
        assert clients.settle() == {"1.0.0"}
    cart.succeed("stop")
    cart.succeed("start")
    assert cart.version == "1.0.0"


def test_a_package_leads_its_life_and_leaves_nothing(docker_engine, shop, tmp_path) -> None:
    cart = shop.component(package(tmp_path / "1", "1.0.0"))

    lives_without_losing_a_request(cart, package(tmp_path / "2", "2.0.0"))
    cart.succeed("stop")
    assert cart.delete().status == "success"

    assert built(docker_engine, cart) == []


def test_code_of_a_private_repository_leads_its_life_by_its_own_dockerfile_at_a_port_of_its_own(
    private, shop, tmp_path
) -> None:
    folder = private.certificate.parent / "shop.git"
    repository(folder, "1.0.0")
    secret = {"type": "git-https", "username": USER, "password": PASSWORD}
    shop.own("POST", "/credentials", {"name": "team-git", **secret})
    build = {"dockerfile_path": "own.Dockerfile"}
    cart = shop.component(private.url(folder), kind="code", auth_name="team-git", build=build)
    port, _ = front_range()
    cart.configure(env=ALSO, access=access_spec(port, target_port=9000))

    lives_without_losing_a_request(cart, repository(tmp_path / "2", "2.0.0"), port)


def test_a_build_that_fails_leaves_the_old_version_serving_with_the_log_in_detail(shop, tmp_path) -> None:
    cart = shop.deployed(package(tmp_path, "1.0.0"))

    detail = cart.fail("upgrade", source=package(tmp_path, "2.0.0", **{"build.sh": "echo no luck\nexit 3\n"}))

    assert detail.startswith("build-failed: ")
    assert "no luck" in detail
    assert (cart.standing, cart.version) == (("running", 1), "1.0.0")


def test_a_first_deploy_that_failed_is_deployed_again(shop, tmp_path) -> None:
    cart = shop.component(package(tmp_path / "1", "1.0.0", **{"build.sh": "exit 3\n"}))

    assert cart.fail("deploy").startswith("build-failed: ")
    cart.succeed("deploy", source=package(tmp_path / "2", "1.0.0"))

    assert cart.version == "1.0.0"


def test_a_job_terminated_while_it_builds_leaves_no_build(docker_engine, server, shop, tmp_path) -> None:
    cart = shop.component(package(tmp_path, "1.0.0", **{"build.sh": "echo asleep\nsleep 1000\n"}))
    job_id = cart.act("deploy")
    wait_for(lambda: "\nasleep" in shop.task_log(job_id, 1), what="that the build is under way")

    shop.terminate(job_id)

    assert shop.end(job_id).status == "terminated"
    assert [one for one in docker_engine.containers() if one["Labels"].get("homeport.built-for") == cart.id] == []
    assert list((server.data_dir / "docker" / "builds").glob("*/*")) == []


def test_an_engine_killed_while_it_builds_builds_anew(server, shop, tmp_path) -> None:
    url = package(tmp_path / "1", "1.0.0", **{"build.sh": "echo asleep\ntest -e open || sleep 1000\n"})
    cart = shop.component(url)
    job_id = cart.act("deploy")
    wait_for(lambda: "\nasleep" in shop.task_log(job_id, 1), what="that the build is under way")

    server.kill()
    (tmp_path / "1" / "open").touch()
    server.start()

    assert shop.end(job_id).status == "success"
    assert cart.version == "1.0.0"
