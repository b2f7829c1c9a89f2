"""`homeport env | apps | components | token | version | doctor` against a real engine with the driver `simulated`."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from homeport import __version__
from homeport.cli.failures import ExitCode
from support.cli import Cli
from support.server import PROJECT, running


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cli]:
    with running(tmp_path_factory.mktemp("cli") / "data") as server:
        yield Cli(server.data_dir)


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """Return a name that no other test has."""
    return "c" + re.sub("[^a-z0-9]", "", request.node.name.lower())[-20:]


@pytest.fixture
def cart(cli: Cli, name: str) -> str:
    """Return the name of a component that serves, with one instance."""
    cli.json("deploy", "nginx:1", "--name", name, "--version", "1.0.0")
    return name


def status(cli: Cli, name: str) -> str:
    return cli.json("components", "show", name)["spec"]["status"]


def test_what_differs_between_two_snapshots_is_shown_and_no_secret(cli: Cli, cart: str):
    cli("deploy", "nginx:2", "--name", cart, "--version", "2.0.0")
    cli("components", "configure", cart, "--env-var", "GREETING=a secret greeting")
    shown = cli("components", "diff", cart, "1", "3").stdout

    assert re.search(r"^FIELD +SNAPSHOT 1 +SNAPSHOT 3$", shown, re.MULTILINE)
    assert re.search(r"^source.url +nginx:1 +nginx:2$", shown, re.MULTILINE)
    assert re.search(r"^configurations.env.envs.GREETING +- +\*\*\*$", shown, re.MULTILINE)
    assert "secret greeting" not in shown
    assert cli.json("components", "diff", cart, "1", "1")["differences"] == []
    assert "no snapshot of the component has" in cli("components", "diff", cart, "9").stderr


# Environments and applications


def test_an_environment_is_made_listed_and_deleted(cli: Cli, name: str):
    assert cli.json("env", "create", name)["job"]["status"] == "success"
    assert name in [item["name"] for item in cli.json("env", "list")["items"]]
    assert cli.json("env", "delete", name)["job"]["action"] == "delete-environment"
    assert name not in [item["name"] for item in cli.json("env", "list")["items"]]


def test_an_environment_may_name_its_driver_and_more(cli: Cli, name: str):
    cli.json("env", "create", name, "--driver", "simulated", "--annotation", "team=sea=side")
    [environment] = [item for item in cli.json("env", "list")["items"] if item["name"] == name]
    assert environment["annotations"]["homeport/driver"] == "simulated"
    assert environment["annotations"]["team"] == "sea=side"


def test_an_environment_that_is_not_there_is_told_with_those_that_are(cli: Cli, name: str):
    cli("env", "create", name)
    result = cli("env", "delete", "nowhere")
    assert result.exit_code == ExitCode.FAILED
    assert "There is no environment nowhere" in result.stderr
    assert name in result.stderr


def test_an_environment_that_holds_something_is_not_deleted(cli: Cli, cart: str):
    error = cli.json("env", "delete", "default", code=1)["error"]
    assert error["error_code"] == "CAE.01500402"


def test_an_application_is_made_listed_and_deleted(cli: Cli, name: str):
    cli("env", "create", "default")
    assert cli.json("apps", "create", name)["metadata"]["name"] == name
    [found] = [item for item in cli.json("apps", "list", "--env", "default")["items"] if item["name"] == name]
    assert found["environment_name"] == "default"
    assert cli.json("apps", "delete", name)["deleted"]["name"] == name
    assert name not in [item["name"] for item in cli.json("apps", "list")["items"]]


def test_a_list_is_the_same_for_people(cli: Cli, cart: str):
    assert re.search(r"^default +finish +simulated ", cli("env", "list").stdout, re.MULTILINE)
    assert re.search(r"^default +default ", cli("apps", "list").stdout, re.MULTILINE)


# Components


def test_components_are_listed_with_how_they_are_doing(cli: Cli, cart: str):
    assert re.search(
        rf"^{cart} +running +1/1 +1\.0\.0 +default +default", cli("components", "list").stdout, re.MULTILINE
    )
    [item] = [item for item in cli.json("components", "list")["items"] if item["metadata"]["name"] == cart]
    assert (item["environment"]["name"], item["spec"]["status"]) == ("default", "running")


def test_a_component_is_shown(cli: Cli, cart: str):
    text = cli("components", "show", cart).stdout
    assert re.search(r"^  ready +1 of 1 instances$", text, re.MULTILINE)
    assert re.search(r"^  source +image nginx:1$", text, re.MULTILINE)


def test_a_component_may_be_named_by_its_id(cli: Cli, cart: str):
    id_ = cli.json("components", "show", cart)["metadata"]["id"]
    assert cli.json("components", "show", id_)["metadata"]["name"] == cart


def test_a_name_that_two_components_have_is_asked_about(cli: Cli, cart: str):
    cli("deploy", "nginx:1", "--name", cart, "--app", "other")
    result = cli("components", "show", cart)
    assert result.exit_code == ExitCode.USAGE
    assert "--env default --app other" in result.stderr
    assert cli("components", "show", cart, "--app", "other").exit_code == 0


def test_a_component_that_is_not_there_is_told(cli: Cli, cart: str):
    result = cli("components", "stop", "nothing-there")
    assert result.exit_code == ExitCode.FAILED
    assert cart in result.stderr


def test_stop_and_start_and_restart_are_followed(cli: Cli, cart: str):
    assert cli("components", "stop", cart).exit_code == 0
    assert status(cli, cart) == "paused"
    assert cli("components", "start", cart).exit_code == 0
    assert cli.json("components", "restart", cart)["job"]["action"] == "restart"
    assert status(cli, cart) == "running"


def test_an_action_that_is_not_waited_for_says_how_to_follow_it(cli: Cli, cart: str):
    result = cli("components", "restart", cart, "--no-wait")
    job_id = cli.json("jobs", "show")["id"]
    assert result.stdout == (
        f"The restart of {cart} is accepted: job {job_id}\n"
        f"  Follow it: homeport jobs watch {job_id} --data-dir {cli.data_dir}\n"
    )


def test_scale_changes_the_number_of_instances(cli: Cli, cart: str):
    assert cli("components", "scale", cart, "3").exit_code == 0
    assert len(cli.json("components", "instances", cart)["items"]) == 3


@pytest.mark.parametrize("number", ["0", "100", "many"])
def test_a_number_of_instances_that_cannot_be_is_a_usage_error(cli: Cli, number: str):
    assert cli("components", "scale", "cart", number).exit_code == ExitCode.USAGE


def test_rollback_goes_back_to_a_snapshot(cli: Cli, cart: str):
    cli("deploy", "nginx:2", "--name", cart, "--version", "2.0.0")
    assert [item["index"] for item in cli.json("components", "snapshots", cart)["items"]] == [1, 2]
    assert cli("components", "rollback", cart, "1").exit_code == 0
    assert cli.json("components", "show", cart)["spec"]["source"]["url"] == "nginx:1"


def test_snapshots_are_listed_newest_first(cli: Cli, cart: str):
    cli("deploy", "nginx:2", "--name", cart, "--version", "2.0.0")
    _, second, first = cli("components", "snapshots", cart).stdout.splitlines()
    assert second.split()[:4] == ["2", "2.0.0", "upgrade", "success"]
    assert first.split()[:4] == ["1", "1.0.0", "deploy", "success"]


def test_settings_from_a_file_become_effective(cli: Cli, cart: str):
    probe = '[{"type": "healthCheck", "data": {"spec": {"livenessProbe": {"tcpSocket": {"port": 80}}}}}]'
    result = cli("components", "configure", cart, "--file", "-", stdin=probe)
    assert result.exit_code == 0, result.output


def test_settings_that_are_no_list_are_a_usage_error(cli: Cli, cart: str):
    result = cli("components", "configure", cart, "--file", "-", stdin='{"type": "env"}')
    assert result.exit_code == ExitCode.USAGE
    assert "holds no list of settings" in result.stderr


def test_storing_nothing_is_a_usage_error(cli: Cli, cart: str):
    assert cli("components", "configure", cart, "--store-only").exit_code == ExitCode.USAGE


def test_what_has_no_effect_is_said_right_away_each_time_it_is_stored_and_what_has_is_not(cli: Cli, cart: str):
    without, acts = '[{"type": "apm2", "data": {"spec": {"instrumentation": "manual"}}}]', '[{"type": "env"}]'
    stored = ("components", "configure", cart, "--store-only", "--file", "-")
    said = [cli(*stored, stdin=sent).stderr for sent in (without, without, acts)]
    note = "Note: Configurations of type apm2 are stored and given back; no driver of this version acts on them.\n"
    assert said == [note, note, ""]


def test_metrics_are_said_to_be_missing_until_instances_tell_them(cli: Cli, cart: str):
    assert cli.json("components", "metrics", cart) == {"items": []}
    assert "customMetric" in cli("components", "metrics", cart).stderr


def test_the_log_of_an_instance_is_printed(cli: Cli, cart: str):
    [item] = cli.json("components", "instances", cart)["items"]
    [log] = cli.json("components", "logs", cart)["instances"]
    assert log["name"] == item["name"]
    assert log["log"] == cli("components", "logs", cart, "--instance", item["name"]).stdout


def test_lines_of_several_instances_begin_with_the_instance(cli: Cli, cart: str):
    cli("components", "scale", cart, "2")
    names = {item["name"] for item in cli.json("components", "instances", cart)["items"]}
    assert {line.partition(" | ")[0] for line in cli("components", "logs", cart).stdout.splitlines()} <= names


def test_a_stopped_component_has_no_logs(cli: Cli, cart: str):
    cli("components", "stop", cart)
    result = cli("components", "logs", cart)
    assert result.exit_code == ExitCode.FAILED
    assert "has no instances (it is paused)" in result.stderr


def test_logs_that_never_end_are_no_document(cli: Cli, cart: str):
    assert cli("components", "logs", cart, "--follow", "--json").exit_code == ExitCode.USAGE


def test_events_are_listed(cli: Cli, cart: str):
    assert "Started" in cli("components", "events", cart).stdout
    assert "Started" in [item["name"] for item in cli.json("components", "events", cart)["items"]]


def test_nothing_is_deleted_where_nobody_can_be_asked(cli: Cli, cart: str):
    result = cli("components", "delete", cart)
    assert result.exit_code == ExitCode.USAGE
    assert "--yes" in result.stderr
    assert status(cli, cart) == "running"


def test_a_component_that_runs_is_not_deleted_unless_it_may_be_stopped(cli: Cli, cart: str):
    assert cli.json("components", "delete", cart, "--yes", code=1)["error"]["error_code"] == "CAE.01500207"
    assert cli("components", "delete", cart, "--yes", "--stop").exit_code == 0
    assert cli("components", "show", cart).exit_code == ExitCode.FAILED


# The rest


def test_a_token_lets_curl_in(cli: Cli):
    token = cli("token").stdout.strip()
    url = cli.json("doctor")["findings"][1]["found"].removeprefix("answers at ")
    answer = httpx2.get(f"{url}/v1/{PROJECT}/cae/environments", headers={"X-Auth-Token": token})
    assert answer.status_code == 200


def test_a_token_with_json_says_until_when_it_is_good(cli: Cli):
    assert set(cli.json("token")) == {"token", "expires_at"}


def test_the_versions_of_command_and_engine_are_told(cli: Cli):
    document = cli.json("version")
    assert (document["version"], document["engine"]) == (__version__, __version__)


def test_doctor_finds_the_engine(cli: Cli):
    document = cli.json("doctor")
    found = {finding["matter"]: finding["state"] for finding in document["findings"]}
    assert document["healthy"]
    assert (found["engine"], found["data folder"]) == ("ok", "ok")


def test_every_warning_of_doctor_says_what_to_do(cli: Cli):
    findings = cli.json("doctor")["findings"]
    assert [finding for finding in findings if finding["state"] != "ok" and not finding["advice"]] == []


def test_a_caller_may_do_without_a_project(cli: Cli, cart: str):
    assert cli.json("components", "list", "--project", "")["items"]


def test_wrong_keys_are_told_as_such(cli: Cli):
    stranger = Cli(cli.data_dir, HOMEPORT_ACCESS_KEY="AK", HOMEPORT_SECRET_KEY="SK", HOMEPORT_PROJECT_ID=PROJECT)
    error = stranger.json("jobs", "list", code=1)["error"]
    assert error["error_code"] == "APIGW.0301"
    assert "HOMEPORT_ACCESS_KEY" in error["advice"]


def test_the_secret_stands_in_no_answer(cli: Cli, cart: str):
    secret = "test-secret-key-of-forty-characters-0001"
    said = [cli(*command).output for command in (("doctor",), ("env", "list"), ("components", "show", cart))]
    assert [text for text in said if secret in text] == []
