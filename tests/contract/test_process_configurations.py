"""Configurations on driver `process`: what reaches a program, what its health check decides, what stays secret."""

import urllib.error
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from huaweicloudsdkcae import v1 as cae

from support.buckets import a_closed_store, need_s3fs
from support.machine import files_with, front_ports, known
from support.packages import package
from support.server import PROJECT, Server, running, wait_for
from support.shop import Cart, Shop, hook_spec, volume_spec

pytestmark = pytest.mark.unmeasured

SECRET = "correct-horse-battery-staple"
REFERRED = "a-greeting-that-nobody-may-read"
BUCKET_KEY = "the-secret-key-of-a-bucket"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {
        "driver": "process",
        "min_ready_seconds": 0.2,
        "ready_seconds": 12,
        "log_level": "debug",
        "front_ports": front_ports(),
        "scaling_seconds": 0.5,
        "metrics_seconds": 0.5,
    }
    with running(tmp_path_factory.mktemp("engine") / "data", **settings) as engine:
        yield engine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packages")


@pytest.fixture
def shop(server: Server) -> Shop:
    return Shop(server)


# Variables


def greeting(cart: Cart) -> Any:
    """Return the variable GREETING as the program sees it."""
    return cart.ask("/environ/GREETING")["value"]


def test_a_variable_reaches_the_program_with_configure_and_not_before(shop: Shop, folder: Path) -> None:
    cart = shop.deployed(package(folder))
    cart.configure(env={"GREETING": "hello"})
    before = greeting(cart)
    cart.succeed("restart")
    restarted = greeting(cart)
    cart.succeed("configure")
    assert (before, restarted, greeting(cart)) == (None, None, "hello")


def referring(cart: Cart, variable: str, secret: str) -> None:
    """Let a variable refer to a secret, as the SDK does not know how to."""
    value_from = {"name": secret, "reference_type": "dewSecret"}
    spec = {"env_references": [{"env_name": variable, "value_from": value_from}]}
    path = f"/applications/{cart.shop.application_id}/components/{cart.id}/configurations"
    body = {"api_version": "v1", "kind": "ComponentConfiguration", "items": [{"type": "env", "data": {"spec": spec}}]}
    cart.shop.call("POST", f"/v1/{PROJECT}/cae{path}", body)


def test_a_variable_that_refers_to_a_secret_has_its_value_which_no_log_shows(shop: Shop, folder: Path) -> None:
    cart = shop.component(package(folder))
    referring(cart, "GREETING", "greeting-secret")
    cart.configure(
        lifecycle=hook_spec('echo "said: $GREETING" > ~/said.log'),
        log=cae.ConfigurationRequestDataSpec(log_paths=["~/*.log"]),
    )
    missing = cart.fail("deploy")
    shop.own("POST", "/credentials", {"name": "greeting-secret", "type": "secret", "password": REFERRED})
    cart.succeed("deploy")
    wait_for(lambda: "said: ***\n" in cart.log(), what="what the program was given, hidden")
    assert greeting(cart) == REFERRED
    assert missing.startswith(
        "credential-missing: env_references name what is no secret of this project: greeting-secret"
    )


def test_a_rollback_brings_back_the_variables_of_its_snapshot(shop: Shop, folder: Path) -> None:
    cart = shop.component(package(folder))
    cart.configure(env={"GREETING": "hello"})
    cart.succeed("deploy")
    cart.configure(env={"GREETING": "good evening"})
    cart.succeed("configure")
    evening = greeting(cart)
    cart.succeed("rollback", snapshot_index=1)
    assert (evening, greeting(cart)) == ("good evening", "hello")


def test_what_is_configured_while_it_is_paused_counts_from_its_next_start(
    server: Server, shop: Shop, folder: Path
) -> None:
    cart = shop.deployed(package(folder), name="cart-paused")
    cart.succeed("stop")
    cart.configure(env={"GREETING": "good morning"})
    cart.succeed("configure")
    running_meanwhile = [name for name in known(server.data_dir) if name.startswith("cart-paused-")]
    cart.succeed("start")
    assert (running_meanwhile, greeting(cart)) == ([], "good morning")


def test_a_program_does_not_see_the_environment_of_the_engine(shop: Shop, folder: Path) -> None:
    cart = shop.deployed(package(folder))
    assert cart.ask("/environ/HOMEPORT_SECRET_KEY")["value"] is None
    assert cart.ask("/environ/PORT")["value"]


# Health checks


def probe(**way: Any) -> Any:
    """Return a health check whose readiness is found out in a way."""
    readiness = cae.HealthCheckConfigurationReadinessProbe(period_seconds=1, failure_threshold=1, **way)
    return cae.ConfigurationRequestDataSpec(readiness_probe=readiness)


PROBES: Mapping[str, tuple[Callable[[], Any], tuple[str, ...]]] = {
    "http": (
        lambda: probe(http_get=cae.HealthCheckConfigurationHttpGet(path="/sick", scheme="HTTP")),
        ("/sick", "500"),
    ),
    "exec": (lambda: probe(_exec=cae.HealthCheckConfigurationExec(command=["false"])), ("`false`", "exit code 1")),
}


class Configured(NamedTuple):
    """A component that served when it was configured, and the job of that, which has ended."""

    cart: Cart
    job: Any


@pytest.fixture(scope="module")
def configured(server: Server, folder: Path) -> dict[str, Configured]:
    """Return what came of each health check that the program does not pass, all at the same time."""
    shop = Shop(server)
    carts = {name: shop.deployed(package(folder), name=f"cart-{name}") for name in PROBES}
    for name, cart in carts.items():
        cart.configure(healthCheck=PROBES[name][0]())
    jobs = {name: cart.act("configure") for name, cart in carts.items()}
    return {name: Configured(cart, shop.end(jobs[name])) for name, cart in carts.items()}


@pytest.mark.parametrize("name", PROBES)
def test_a_health_check_that_is_not_passed_fails_the_job_and_the_detail_says_how(
    configured: dict[str, Configured], name: str
) -> None:
    job = configured[name].job
    verify = next(task for task in job.tasks if task.name == "verify")
    assert (job.status, verify.status) == ("failed", "failed")
    assert verify.detail.startswith("health-check-failed: ")
    assert [words for words in PROBES[name][1] if words not in verify.detail] == [], verify.detail


@pytest.mark.parametrize("name", PROBES)
def test_what_served_before_a_bad_health_check_serves_on(configured: dict[str, Configured], name: str) -> None:
    cart = configured[name].cart
    assert (cart.standing, cart.version) == (("running", 1), "1.0.0")


def test_a_health_check_that_is_passed_is_taken(shop: Shop, folder: Path) -> None:
    cart = shop.deployed(package(folder))
    cart.configure(healthCheck=probe(http_get=cae.HealthCheckConfigurationHttpGet(path="/well", scheme="HTTP")))
    cart.succeed("configure")
    assert cart.standing == ("running", 1)


def test_a_connection_that_is_not_accepted_fails_a_tcp_check(shop: Shop, folder: Path) -> None:
    cart = shop.component(package(folder, name="listens elsewhere"))
    cart.configure(healthCheck=probe(tcp_socket=cae.HealthCheckConfigurationTcpSocket(port=80)))
    detail = cart.fail("deploy")
    assert detail.startswith("health-check-failed: ")
    assert "readiness probe" in detail
    assert "\nat a port of my own choice" in detail


# Secrets


@pytest.fixture(scope="module")
def confided(server: Server, folder: Path) -> tuple[Cart, list[str]]:
    """Return a component whose secret was printed by its programs and by a build, and the ids of its jobs."""
    shop = Shop(server)
    cart = shop.component(package(folder, "1.0.0", "prints its secrets"), name="cart-secret")
    cart.configure(env={"API_KEY": SECRET, "MODE": "quiet"})
    jobs = [cart.act("deploy")]
    shop.succeed(jobs[0])
    jobs.append(cart.act("upgrade", source=package(folder, "2.0.0", "prints its secrets and crashes")))
    shop.end(jobs[1])
    jobs.append(cart.act("upgrade", source=package(folder, "3.0.0", requirements_txt="./the-key-is-${API_KEY}")))
    shop.end(jobs[2])
    return cart, jobs


def log_of(cart: Cart, instance: str) -> str:
    """Return the log of an instance, read as one of a component."""
    return str(cart.shop.call("GET", f"/homeport/v1/{PROJECT}/components/{cart.id}/instances/{instance}/log"))


def test_the_program_itself_has_its_secret(confided: tuple[Cart, list[str]]) -> None:
    cart, _ = confided
    assert cart.ask("/environ/API_KEY")["value"] == SECRET


def test_a_secret_that_was_printed_is_in_no_detail_and_in_no_log_of_a_task(confided: tuple[Cart, list[str]]) -> None:
    cart, jobs = confided
    shop = cart.shop
    told = [task.detail for job_id in jobs for task in shop.job(job_id).tasks]
    told += [shop.task_log(job_id, task.index) for job_id in jobs for task in shop.job(job_id).tasks]
    assert [text for text in told if "the key was ***" in text] != []
    assert [text for text in told if "the-key-is-***" in text] != []
    assert [text for text in told if SECRET in text] == []


def test_a_secret_that_was_printed_is_in_no_event_of_the_component_and_of_its_jobs(
    confided: tuple[Cart, list[str]],
) -> None:
    cart, jobs = confided
    events = [str(event) for event in cart.events()]
    events += [str(cart.shop.own("GET", f"/jobs/{job_id}/events")) for job_id in jobs]
    assert events != []
    assert [event for event in events if SECRET in event] == []


def test_a_secret_that_was_printed_is_hidden_in_the_log_of_an_instance(confided: tuple[Cart, list[str]]) -> None:
    cart, _ = confided
    log = log_of(cart, cart.instances()[0].name)
    assert "the key is ***" in log
    assert SECRET not in log


def test_the_log_of_an_instance_is_read_through_its_own_component_alone(
    shop: Shop, folder: Path, confided: tuple[Cart, list[str]]
) -> None:
    cart, _ = confided
    other = shop.component(package(folder), name="cart")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        log_of(other, cart.instances()[0].name)


def test_the_log_of_an_instance_that_failed_can_still_be_read(confided: tuple[Cart, list[str]]) -> None:
    cart, _ = confided
    logs = [path.stem for path in (cart.shop.server.data_dir / "process" / "logs" / cart.id).glob("*.log")]
    failed = next(name for name in logs if name not in [one.name for one in cart.instances()])
    assert "the key was ***" in log_of(cart, failed)


def test_of_the_data_folder_only_what_belongs_to_the_program_holds_a_secret_and_is_closed_to_others(
    server: Server, confided: tuple[Cart, list[str]]
) -> None:
    cart, _ = confided
    instance = cart.instances()[0].name
    found = files_with(server.data_dir.parent, SECRET)
    record = f"data/process/instances/{cart.id}/{instance}/record.json"  # the supervisor starts it again with it
    logs = f"data/process/logs/{cart.id}/"  # the programs wrote it there themselves
    assert record in found
    assert [name for name in found if name != record and not name.startswith(logs)] == []
    assert [name for name in found if (server.data_dir.parent / name).stat().st_mode & 0o077] == []


def test_a_secret_is_kept_of_no_instance_that_was_stopped(server: Server, folder: Path) -> None:
    cart = Shop(server).component(package(folder), name="cart-quiet")
    cart.configure(env={"API_KEY": f"{SECRET}-2"})
    cart.succeed("deploy")
    cart.succeed("stop")
    assert files_with(server.data_dir, f"{SECRET}-2") == []


def test_a_bound_database_reaches_the_program_as_the_variables_that_cae_names(shop: Shop, folder: Path) -> None:
    cart = shop.deployed(package(folder))
    cart.configure(rds=cae.ConfigurationRequestDataSpec(rds_address="db.local", rds_password="of-the-database"))
    cart.succeed("configure")
    assert [cart.ask(f"/environ/RDS_{name}")["value"] for name in ("ADDRESS", "PASSWORD")] == [
        "db.local",
        "of-the-database",
    ]


def test_a_component_above_the_target_of_its_processor_time_is_scaled_by_a_job(shop: Shop, folder: Path) -> None:
    cart = shop.deployed(package(folder))
    trigger = {"type": "cpu", "metadata": {"type": "Utilization", "value": "1"}}
    cart.configure(scaling=cae.ConfigurationRequestDataSpec(max_replica_count=2, triggers=[trigger]))
    cart.succeed("configure")

    def scaled() -> bool:
        # Between two looks it rests; only many requests a look keep it busy above its target for certain.
        return all(cart.ask() for _ in range(50)) and cart.standing == ("running", 2)

    wait_for(scaled, what="the component was never scaled")
    rescaled = [event for event in cart.events() if event["name"] == "SuccessfulRescale"]
    assert rescaled[0]["message"].startswith("New size: 2 (was 1); reason: cpu is at ")


def test_volumes_log_files_and_metrics_act_and_a_volume_outlives_an_upgrade(shop: Shop, folder: Path) -> None:
    cart = shop.component(package(folder))
    note = 'echo "$HOMEPORT_INSTANCE" >> "$HOMEPORT_VOLUME_MNT_DATA/starts"; echo paid > ~/orders.log'
    cart.configure(
        volume=volume_spec("shop-data", "/mnt/data"),
        lifecycle=hook_spec(note),
        log=cae.ConfigurationRequestDataSpec(log_paths=["~/*.log"]),
        customMetric=cae.ConfigurationRequestDataSpec(path="/metrics", port=9100, metrics=["carts"]),
    )
    told = {event["message"].partition(":")[0] for event in cart.events() if event["name"] == "ConfigurationInPart"}
    cart.succeed("deploy")
    first = cart.instances()[0].name
    cart.succeed("upgrade", source=package(folder, "2.0.0"))
    second = cart.instances()[0].name
    wait_for(lambda: "[~/orders.log] paid\n" in cart.log(), what="a line of a log file in the log")
    wait_for(lambda: cart.metrics() == {"carts": "3"}, what="the metrics that the program tells")
    starts = shop.server.data_dir / "volumes" / PROJECT / "shop-data" / "starts"
    assert starts.read_text().split() == [first, second]
    assert told == {"Type volume on driver process", "Type customMetric on driver process"}


@pytest.mark.real
def test_a_bucket_that_cannot_be_mounted_ends_the_deployment_and_shows_no_key(shop: Shop, folder: Path) -> None:
    need_s3fs()
    cart = shop.component(package(folder))
    with a_closed_store() as endpoint:
        keys = {"server": endpoint, "username": "AKIDOFTHESHOP", "password": BUCKET_KEY, "buckets": ["shop-bucket"]}
        shop.own("POST", "/credentials", {"name": "shop-bucket", "type": "s3", **keys})
        cart.configure(volume=volume_spec("shop-bucket", "/mnt/data"))
        detail = cart.fail("deploy")
    events = cart.events()
    [told] = [event["message"] for event in events if event["name"] == "FailedMount"]
    assert detail.startswith("mount-failed: instance ")
    assert "bucket shop-bucket cannot be mounted: s3fs has ended; " in detail
    assert told in detail
    assert BUCKET_KEY not in detail + str(events) + str(shop.own("GET", "/credentials"))
    assert [file for file in files_with(shop.server.data_dir, BUCKET_KEY) if "buckets" in file] == []


def test_metrics_that_cannot_be_had_are_told_of_once(shop: Shop, folder: Path) -> None:
    cart = shop.component(package(folder))
    cart.configure(customMetric=cae.ConfigurationRequestDataSpec(path="/well"))
    cart.succeed("deploy")

    def failures() -> list[Any]:
        return [event for event in cart.events() if event["name"] == "FailedScrape"]

    wait_for(failures, what="that it is told")
    asked = [item["read_at"] for item in shop.own("GET", f"/components/{cart.id}/metrics")["items"]]
    wait_for(
        lambda: shop.own("GET", f"/components/{cart.id}/metrics")["items"][0]["read_at"] > asked[0],
        what="that it is asked once more",
    )
    [event] = failures()
    assert (event["count"], "line 1 is no sample" in event["message"]) == (1, True)
