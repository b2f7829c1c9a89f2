"""The life of components on driver `docker`: the official SDK, a real engine, and the applications' own answers."""

import asyncio
import urllib.error
from collections.abc import Iterator
from typing import Any

import pytest
from huaweicloudsdkcae import v1 as cae

from homeport.app.drivers import default_driver
from homeport.model.clock import SystemClock
from homeport.settings import Settings
from support.cae import fresh
from support.cli import ran
from support.docker import OwnEngine, docker_engine, homeport_on
from support.docker_images import make_applications
from support.haproxy import need_haproxy
from support.machine import front_range, named_after
from support.registry import PASSWORD, USER, a_registry
from support.server import PROJECT, Server, wait_for
from support.shop import Cart, Shop, access_spec, hook_spec, volume_spec
from support.traffic import traffic

__all__ = ["docker_engine"]

pytestmark = [pytest.mark.real, pytest.mark.unmeasured]


@pytest.fixture(scope="module")
def images(docker_engine: OwnEngine, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return make_applications(docker_engine, tmp_path_factory.mktemp("images"), "crashes")


@pytest.fixture(scope="module")
def server(docker_engine: OwnEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    # By haproxy where it is on this machine; test_docker_builds.py has the embedded front do the same.
    settings = {"metrics_seconds": 0.5, "scaling_seconds": 0.5, "router": "auto"}
    with homeport_on(docker_engine, tmp_path_factory.mktemp("engine"), **settings) as engine:
        yield engine


@pytest.fixture
def shop(server: Server) -> Shop:
    return Shop(server)


def component(shop: Shop, image: str, **facts: object) -> Cart:
    """Create a component of an image."""
    return shop.component(image, kind="image", runtime="Docker", **facts)


def deployed(shop: Shop, image: str, **facts: object) -> Cart:
    """Create a component of an image and deploy it."""
    cart = component(shop, image, **facts)
    cart.succeed("deploy")
    return cart


def containers_of(engine: OwnEngine, cart: Cart) -> list[str]:
    """Return the containers of a component, whatever they do."""
    return [one["Names"][0] for one in engine.containers() if one["Labels"].get("homeport.component") == cart.id]


def networks_of(engine: OwnEngine, shop: Shop) -> list[str]:
    """Return the networks of an environment."""
    environments = [one["Labels"].get("homeport.environment") for one in engine.networks()]
    return [one for one in environments if one == shop.environment_id]


def answers(cart: Cart) -> bool:
    """Tell whether a component answers; without a ready instance the front says 503, or does not listen yet."""
    try:
        return bool(cart.version)
    except urllib.error.URLError:
        return False


def test_the_application_answers_as_each_step_of_its_life_says(docker_engine, images, server, shop) -> None:
    cart = component(shop, images["1.0.0"], name="cart-life", replica=2)

    job = cart.succeed("deploy")
    assert [task.status for task in job.tasks if task.name in ("build", "pull")] == ["skip", "success"]
    assert (cart.standing, cart.version, len(containers_of(docker_engine, cart))) == (("running", 2), "1.0.0", 2)

    cart.succeed("upgrade", annotations={"version": "2.0.0"}, source=images["2.0.0"])
    assert (cart.standing, cart.version, len(containers_of(docker_engine, cart))) == (("running", 2), "2.0.0", 2)

    cart.configure(env={"GREETING": "hello"})
    cart.succeed("configure")
    assert cart.ask("/environ/GREETING")["value"] == "hello"

    cart.succeed("scale", replica=3)
    assert (cart.standing, len(cart.instances()), len(containers_of(docker_engine, cart))) == (("running", 3), 3, 3)

    cart.succeed("scale", replica=1)
    assert (cart.standing, len(containers_of(docker_engine, cart))) == (("running", 1), 1)

    cart.succeed("rollback", snapshot_index=1)
    assert (cart.version, cart.ask("/environ/GREETING")["value"]) == ("1.0.0", None)

    cart.succeed("stop")
    assert (cart.standing, cart.instances(), containers_of(docker_engine, cart)) == (("paused", 0), [], [])

    cart.succeed("start")
    assert (cart.standing, cart.version) == (("running", 1), "1.0.0")

    before = containers_of(docker_engine, cart)
    cart.succeed("restart")
    assert set(before).isdisjoint(containers_of(docker_engine, cart))

    assert networks_of(docker_engine, shop) == [shop.environment_id]
    cart.succeed("stop")
    assert cart.delete().status == "success"
    assert (networks_of(docker_engine, shop), containers_of(docker_engine, cart)) == ([], [])
    assert named_after(server.data_dir, cart.id) == []


def test_no_request_fails_while_containers_are_replaced_and_the_engine_is_killed(server, images, shop) -> None:
    cart = deployed(shop, images["1.0.0"], replica=2)
    with traffic(cart.url) as clients:
        cart.succeed("upgrade", source=images["2.0.0"])
        assert clients.settle() == {"2.0.0"}
        server.kill()
        clients.settle()
        server.start()
        cart.succeed("restart")
        cart.succeed("scale", replica=1)
        cart.succeed("rollback", snapshot_index=1)
        assert clients.settle() == {"1.0.0"}


def test_no_request_at_a_port_of_its_own_fails_during_an_upgrade(images, shop) -> None:
    need_haproxy()
    port, _ = front_range()
    cart = component(shop, images["1.0.0"])
    cart.configure(env={"PORT": "8080", "ALSO": "9000"}, access=access_spec(port, target_port=9000))
    cart.succeed("deploy")
    with traffic(cart.url), traffic(f"http://127.0.0.1:{port}") as clients:
        cart.succeed("upgrade", source=images["2.0.0"])
        assert clients.settle() == {"2.0.0"}


def test_load_adds_an_instance_by_a_job_and_its_end_removes_one_and_no_request_fails(images, shop) -> None:
    cart = component(shop, images["1.0.0"])
    trigger = {"type": "cpu", "metadata": {"type": "Utilization", "value": "3"}}
    at_once = cae.ScaleConfigurationDataAdvanced(scaledown_stabilization_seconds=0)
    rule = cae.ConfigurationRequestDataSpec(max_replica_count=2, triggers=[trigger], advanced=at_once)
    cart.configure(scaling=rule)
    cart.succeed("deploy")
    with traffic(cart.url):
        wait_for(lambda: cart.standing == ("running", 2), what="an instance more under load")
    wait_for(lambda: cart.standing == ("running", 1), what="one less without")

    jobs = shop.own("GET", f"/jobs?component_id={cart.id}&action=scale")["items"]
    rescaled = [event["message"] for event in cart.events() if event["name"] == "SuccessfulRescale"]
    assert [job["status"] for job in jobs] == ["success"] * len(rescaled)
    assert {text.partition("; reason: cpu is at ")[0] for text in rescaled} == {
        "New size: 2 (was 1)",
        "New size: 1 (was 2)",
    }


def test_an_instance_that_is_not_ready_gets_no_request(docker_engine, images, shop) -> None:
    cart = deployed(shop, images["1.0.0"])
    command = cae.HealthCheckConfigurationExec(command=["/bin/sh", "-c", "! test -e /tmp/sick"])
    readiness = cae.HealthCheckConfigurationReadinessProbe(period_seconds=1, failure_threshold=1, _exec=command)
    cart.configure(healthCheck=cae.ConfigurationRequestDataSpec(readiness_probe=readiness))
    cart.succeed("configure")
    [name] = containers_of(docker_engine, cart)

    docker_engine.execute(name, "touch /tmp/sick")
    wait_for(lambda: not answers(cart), what="that the front sends it nothing")
    wait_for(lambda: cart.standing == ("notReady", 0), what="that the component says so")
    docker_engine.execute(name, "rm /tmp/sick")
    wait_for(lambda: answers(cart), what="that it is asked again")


def test_down_ends_the_containers_and_the_next_start_brings_them_back(docker_engine, server, images, shop) -> None:
    cart = deployed(shop, images["1.0.0"])
    # Its job comes after the container was made: `down` ends what runs, whoever acted for it last.
    cart.fail("upgrade", source=images["crashes"])

    ended = ran("down", "--data-dir", str(server.data_dir), "--docker-host", docker_engine.host)
    left = containers_of(docker_engine, cart)
    server.stop()
    server.start()
    wait_for(lambda: containers_of(docker_engine, cart) and answers(cart), what="that the component answers again")

    assert (ended.code, ended.errors, left) == (0, "", [])
    assert "ended" in ended.out


def test_docker_is_chosen_automatically_where_an_engine_answers(docker_engine, tmp_path) -> None:
    here, nowhere = docker_engine.host, f"unix://{tmp_path}/docker.sock"

    def chosen(driver: str, docker_host: str) -> str:
        return asyncio.run(default_driver(Settings(driver=driver, docker_host=docker_host), SystemClock()))

    assert (chosen("auto", here), chosen("auto", nowhere)) == ("docker", "process")
    assert chosen("simulated", here) == "simulated"


def test_a_failed_upgrade_leaves_the_old_version_serving(docker_engine, images, shop) -> None:
    cart = deployed(shop, images["1.0.0"])

    detail = cart.fail("upgrade", source=images["crashes"])

    assert detail.startswith("crash-loop:")
    assert "no luck with the settings" in detail
    assert (cart.standing, cart.version, len(containers_of(docker_engine, cart))) == (("running", 1), "1.0.0", 1)


def test_an_image_that_is_nowhere_is_said_to_be_missing_or_out_of_reach(images, shop) -> None:
    cart = component(shop, "127.0.0.1:9/shop/nothing:1")

    assert cart.fail("deploy").startswith("source-unreachable: image 127.0.0.1:9/shop/nothing:1")
    cart.succeed("deploy", source=images["1.0.0"])
    assert cart.version == "1.0.0"


def test_a_private_image_is_pulled_once_the_credential_of_its_registry_is_stored(shop: Shop) -> None:
    with a_registry() as registry:
        registry.demand_password()
        cart = component(shop, f"{registry.host}/closed/image:1")
        job_id = cart.act("deploy")
        before = tasks_of(shop.end(job_id))
        secret = {"type": "registry", "server": registry.host, "username": USER, "password": PASSWORD}
        shop.own("POST", "/credentials", {"name": fresh("closed"), **secret})
        shop.retry(job_id)
        after = tasks_of(shop.end(job_id))
    assert before["pull"].detail.startswith("registry-refused: ")
    assert after["pull"].status == "success"
    assert PASSWORD not in str([*before.values(), *after.values()]) + shop.task_log(job_id, 2)


def tasks_of(job: Any) -> dict[str, Any]:
    """Return the tasks of a job by name."""
    return {task.name: task for task in job.tasks}


def test_volumes_log_files_and_metrics_act_and_a_volume_outlives_its_component(images, server, shop) -> None:
    cart = component(shop, images["1.0.0"])
    cart.configure(
        volume=volume_spec("shop-data", "/mnt/data"),
        lifecycle=hook_spec("echo kept > /mnt/data/note; echo paid > /var/log/shop/orders.log"),
        log=cae.ConfigurationRequestDataSpec(log_paths=["/var/log/shop/*.log"]),
        customMetric=cae.ConfigurationRequestDataSpec(path="/metrics", port=8080, metrics=["carts"]),
    )
    cart.succeed("deploy")
    wait_for(lambda: "[/var/log/shop/orders.log] paid\n" in cart.log(), what="a line of a log file in the log")
    wait_for(lambda: cart.metrics() == {"carts": "3"}, what="the metrics that the program tells")
    server.kill()
    server.start()
    wait_for(lambda: cart.metrics() == {"carts": "3"}, what="the same of an engine that was started again")
    log, events = cart.log(), {event["name"]: event["message"] for event in cart.events()}
    assert events["SuccessfulMountVolume"] == "Volume shop-data is mounted at /mnt/data"
    cart.succeed("stop")
    assert cart.delete().status == "success"
    assert log.count("paid") == 1
    assert (server.data_dir / "volumes" / PROJECT / "shop-data" / "note").read_text() == "kept\n"
