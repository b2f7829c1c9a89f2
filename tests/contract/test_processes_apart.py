"""API and engine as processes apart over one PostgreSQL: `homeport api`, `homeport worker`, `homeport migrate`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError

import pytest
from huaweicloudsdkcae import v1 as cae

from support.cae import Application, ask_for_environment, end_of, new_environment
from support.cli import started, stopped
from support.machine import front_ports
from support.packages import package
from support.postgres import Cluster, cluster
from support.server import ACCESS_KEY, PROJECT, SECRET_KEY, Server, running, wait_for
from support.shop import Shop

__all__ = ["cluster"]

pytestmark = pytest.mark.unmeasured

MASTER_KEY = "11" * 32
COMMON = {
    "min_ready_seconds": 0,
    "log_level": "warning",
    "master_key": MASTER_KEY,
    "lease_seconds": 2,
    "poll_seconds": 1,
    "metrics_seconds": 0.5,
}


class House(NamedTuple):
    """Two APIs and two workers over one database."""

    apis: list[Server]
    workers: list[Server]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster) -> Iterator[House]:
    """Yield processes that share a database and nothing else."""
    folder, store = tmp_path_factory.mktemp("apart"), cluster.new_database()
    with (
        running(folder / "api-1", part="serve_api", store=store, **COMMON) as first,
        running(folder / "api-2", part="serve_api", store=store, **COMMON) as second,
        running(folder / "worker-1", part="work", store=store, front_ports=front_ports(), **COMMON) as third,
        running(folder / "worker-2", part="work", store=store, front_ports=front_ports(), **COMMON) as fourth,
    ):
        yield House([first, second], [third, fourth])


def homeport(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "homeport.cli", *arguments], capture_output=True, text=True, check=False, env=environ
    )


def test_a_job_asked_for_at_one_api_is_read_at_every_other_one(house: House) -> None:
    job_id = ask_for_environment(house.apis[0].sdk(), "shared")
    assert end_of(house.apis[1].sdk(), job_id).status == "success"


def test_jobs_are_done_while_any_worker_is_left(house: House) -> None:
    environment = new_environment(house.apis[0])
    with house.apis[0].http() as http:
        application = Application(house.apis[0], environment, http)
        component_id = application.deployed()
        for worker in house.workers:
            worker.kill()
            assert application.run(component_id, "restart") == "success"
            worker.start()


def test_a_job_whose_worker_died_is_ended_by_another_one(house: House) -> None:
    environment = new_environment(house.apis[0])
    with house.apis[0].http() as http:
        application = Application(house.apis[0], environment, http)
        component_id = application.component()
        job_id = application.holds(component_id, "deploy", task="verify", script="ready=3s")
        house.workers[0].kill()
        try:
            assert application.ended(job_id).status == "success"
        finally:
            house.workers[0].start()


def test_a_token_is_good_at_every_api(house: House) -> None:
    token = house.apis[0].token()
    with house.apis[1].http() as http:
        assert http.get("/v3/projects", headers={"X-Auth-Token": token}).status_code == 200


def test_what_instances_tell_the_worker_is_shown_by_every_api(house: House, tmp_path: Path) -> None:
    shop = Shop(house.apis[0], **{"homeport/driver": "process"})
    cart = shop.component(package(tmp_path))
    cart.configure(customMetric=cae.ConfigurationRequestDataSpec(path="/metrics", metrics=["carts"]))
    cart.succeed("deploy")
    wait_for(lambda: cart.metrics() == {"carts": "3"}, what="the metrics that the program tells")


def test_the_log_of_an_instance_is_read_and_followed_at_apis_that_have_no_driver(house: House, tmp_path: Path) -> None:
    shop = Shop(house.apis[1], **{"homeport/driver": "process"})
    cart = shop.deployed(package(tmp_path))
    where = {"HOMEPORT_ENDPOINT": house.apis[0].url, "HOMEPORT_ACCESS_KEY": ACCESS_KEY}
    secret = {"HOMEPORT_SECRET_KEY": SECRET_KEY, "HOMEPORT_PROJECT_ID": PROJECT, "HOME": str(tmp_path)}
    with started("components", "logs", cart.id, "--follow", **where, **secret) as following:
        assert following.stdout is not None
        first = following.stdout.readline()
        stopped(following)
    [name] = [one.name for one in cart.instances()]
    whole = shop.own("GET", f"/components/{cart.id}/instances/{name}/log")

    assert first == whole == "version 1.0.0 is up\n"
    with pytest.raises(HTTPError, match="404"):
        shop.own("GET", f"/components/{cart.id}/instances/unheard-of/log")


@pytest.mark.parametrize("command", ["api", "worker", "migrate"])
def test_parts_are_refused_without_a_database_that_can_be_shared(tmp_path: Path, command: str) -> None:
    result = homeport(command, "--json", HOMEPORT_DATA_DIR=str(tmp_path), HOME=str(tmp_path))
    assert result.returncode == 1
    assert "--store postgresql://" in result.stderr


def test_migrate_says_what_it_has_run_and_the_second_time_that_there_is_nothing(
    tmp_path: Path, cluster: Cluster
) -> None:
    environ = {"HOMEPORT_STORE": cluster.new_database(), "HOME": str(tmp_path)}
    first, second = (homeport("migrate", "--json", **environ) for _ in range(2))
    assert json.loads(first.stdout)["run"][0] == "0001 pre first"
    assert json.loads(second.stdout)["run"] == []


def test_a_second_engine_in_one_data_folder_is_refused_and_told_who_has_it(house: House) -> None:
    worker = house.workers[1]
    environ = worker.environ()
    result = homeport("worker", **environ)
    assert result.returncode == 1
    assert f"process {worker.pid}" in result.stderr


def test_another_master_key_is_refused(house: House, tmp_path: Path) -> None:
    environ = house.apis[0].environ(HOMEPORT_MASTER_KEY="22" * 32, HOMEPORT_DATA_DIR=str(tmp_path), HOMEPORT_PORT="0")
    result = homeport("api", **environ)
    assert result.returncode == 1
    assert "master key" in result.stderr


def test_a_worker_ends_in_good_order_and_the_others_take_over_at_once(house: House) -> None:
    environment = new_environment(house.apis[0])
    with house.apis[0].http() as http:
        application = Application(house.apis[0], environment, http)
        assert house.workers[0].stop() == 0
        try:
            assert application.deployed()
        finally:
            house.workers[0].start()
    wait_for(lambda: house.workers[0].pid, what="that the worker is back")
