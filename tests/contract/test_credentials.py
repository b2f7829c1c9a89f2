"""Credentials over Homeport's own calls and the command, and a private repository that is deployed with one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest

from support.cae import fresh
from support.cli import Cli
from support.git_server import PASSWORD, USER, HttpsServer, https_server, new_key
from support.machine import files_with, front_ports
from support.packages import files_of, repository
from support.server import PROJECT, Server, running
from support.shop import Cart, Shop

CREDENTIALS = f"/homeport/v1/{PROJECT}/credentials"
SECRET = "hunter2-of-the-test"
WRONG = "wr0ng-of-the-test"


def git(name: str, password: str = SECRET) -> dict[str, str]:
    return {"name": name, "type": "git-https", "username": USER, "password": password}


# --- the calls --------------------------------------------------------------------------------------------------------


def test_a_credential_is_stored_shown_listed_and_deleted_and_its_secret_never_told(http: httpx2.Client) -> None:
    name = fresh("git")
    made = http.post(CREDENTIALS, json=git(name))
    shown = http.get(f"{CREDENTIALS}/{name}")
    listed = http.get(CREDENTIALS)
    assert (made.status_code, shown.json()) == (201, made.json())
    assert made.json() | {"name": name, "type": "git-https", "username": USER} == made.json()
    assert made.json() in listed.json()["items"]
    assert SECRET not in made.text + shown.text + listed.text
    assert http.delete(f"{CREDENTIALS}/{name}").status_code == 204
    assert http.get(f"{CREDENTIALS}/{name}").status_code == 404


def test_a_name_that_is_taken_is_a_conflict(http: httpx2.Client) -> None:
    name = fresh("git")
    http.post(CREDENTIALS, json=git(name))
    again = http.post(CREDENTIALS, json=git(name, "another-one"))
    assert (again.status_code, again.json()["error_code"]) == (409, "HOMEPORT.0409")
    assert repr(name) in again.json()["error_msg"]


def test_of_a_private_key_the_public_half_is_shown(http: httpx2.Client, tmp_path: Path) -> None:
    private = new_key(tmp_path / "key")
    made = http.post(CREDENTIALS, json={"name": fresh("key"), "type": "git-ssh", "private_key": private})
    assert (tmp_path / "key.pub").read_text().startswith(made.json()["public_key"])
    assert private.splitlines()[1] not in made.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "team/git"}, "name"),
        ({"type": "svn"}, "type"),
        ({"username": None}, "username"),
        ({"password": f"{SECRET}\n"}, "password"),
        ({"server": "no server"}, "server"),
        ({"private_key": SECRET}, "private_key"),
        ({"type": "git-ssh", "username": None, "password": None, "private_key": SECRET}, "private_key"),
        ({"type": "registry"}, "server"),
    ],
)
def test_a_credential_that_cannot_be_is_refused_naming_the_field_and_not_the_secret(
    http: httpx2.Client, change: dict[str, Any], field: str
) -> None:
    answer = http.post(CREDENTIALS, json=git("fine") | change)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "CAE.01500001")
    assert answer.json()["error_msg"].startswith(f"{field} ")
    assert "Allowed: " in answer.json()["error_msg"]
    assert SECRET not in answer.text


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def cli(engine: Server) -> Cli:
    return Cli(engine.data_dir)


def test_the_command_stores_a_credential_from_a_file_or_from_standard_input(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{SECRET}\n")
    words = ("credentials", "create", "--type", "git-https", "--username", USER, "--secret-file")
    names = [fresh("git"), fresh("git")]
    stored = [cli(*words, str(tmp_path / "token"), names[0]), cli(*words, "-", names[1], stdin=SECRET)]
    assert [one.exit_code for one in stored] == [0, 0]
    assert {one["name"] for one in cli.json("credentials", "list")["items"]} >= set(names)
    assert SECRET not in "".join([one.output for one in stored]) + cli("credentials", "show", names[0]).output
    assert cli("credentials", "delete", names[0]).exit_code == 0
    assert cli("credentials", "show", names[0]).exit_code == 1


def test_the_command_prints_the_public_key_that_the_server_has_to_know(cli: Cli, tmp_path: Path) -> None:
    new_key(tmp_path / "key")
    words = ("--type", "git-ssh", "--secret-file", str(tmp_path / "key"))
    assert "ssh-ed25519 AAAA" in cli("credentials", "create", fresh("key"), *words).stdout


def test_the_command_wants_to_know_where_the_secret_is(cli: Cli) -> None:
    result = cli("credentials", "create", "never", "--type", "git-https", "--username", USER)
    assert result.exit_code == 2
    assert "--secret-file" in result.stderr


def test_the_command_deploys_with_a_credential(cli: Cli) -> None:
    name = fresh("cart")
    words = ("--credential", "team-git", "--branch", "main", "--name", name)
    cli.json("deploy", "https://git.example.com/shop/cart.git", *words)
    code = cli.json("components", "show", name)["spec"]["source"]["code"]
    assert code == {"auth_name": "team-git", "branch": "main"}


# --- a private repository ---------------------------------------------------------------------------------------------


class Tried(NamedTuple):
    """A component whose deployment failed for want of a credential, for a wrong one, and then went well."""

    cart: Cart
    details: list[str]
    job_id: str
    log: str


@pytest.fixture(scope="module")
def repositories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsServer]:
    with https_server(tmp_path_factory.mktemp("repositories")) as server:
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, repositories: HttpsServer) -> Iterator[Server]:
    settings = {"driver": "process", "min_ready_seconds": 0.2, "front_ports": front_ports()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_SSL_CAINFO", str(repositories.certificate))
        with running(tmp_path_factory.mktemp("engine") / "data", **settings) as started:
            yield started


@pytest.fixture(scope="module")
def tried(server: Server, repositories: HttpsServer) -> Tried:
    folder = repositories.certificate.parent / "shop.git"
    repository(folder, {"main": files_of("1.0.0")})
    shop = Shop(server)
    cart = shop.component(repositories.url(folder), kind="code", auth_name="team-git")
    details = []
    with server.http() as http:
        job_id = cart.act("deploy")
        for password in (WRONG, PASSWORD):
            details.append(failed_detail(shop.end(job_id)))
            http.delete(f"{CREDENTIALS}/team-git")
            assert http.post(CREDENTIALS, json=git("team-git", password)).status_code == 201
            shop.retry(job_id)
    shop.succeed(job_id)
    return Tried(cart, details, job_id, shop.task_log(job_id, 1))


def failed_detail(job: Any) -> str:
    assert job.status == "failed"
    return str(next(task.detail for task in job.tasks if task.status == "failed"))


def test_a_name_that_no_credential_has_fails_the_job_with_its_own_cause(tried: Tried) -> None:
    assert tried.details[0].startswith("credential-missing: ")
    assert "team-git" in tried.details[0]
    assert "homeport credentials create" in tried.details[0]


def test_a_wrong_credential_fails_the_job_with_its_own_cause(tried: Tried) -> None:
    assert tried.details[1].startswith("credential-refused: ")


def test_the_job_is_retried_once_the_credential_is_right_and_the_application_serves(tried: Tried) -> None:
    assert tried.cart.version == "1.0.0"
    assert "Cloning https://127.0.0.1:" in tried.log


def test_the_secret_is_told_by_nothing_and_left_nowhere(server: Server, tried: Tried) -> None:
    record = json.dumps(tried.cart.shop.own("GET", f"/jobs/{tried.job_id}"))
    told = [*tried.details, tried.log, record, server.log.read_text()]
    assert [text for text in told if PASSWORD in text or WRONG in text] == []
    assert [files_with(server.data_dir.parent, secret) for secret in (PASSWORD, WRONG)] == [[], []]
