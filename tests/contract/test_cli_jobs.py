"""`homeport jobs` and `homeport deploy` against a real engine whose driver does as a script says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from homeport.cli.failures import ExitCode
from support.cli import Cli
from support.server import running, wait_for


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cli]:
    with running(tmp_path_factory.mktemp("cli") / "data") as server:
        yield Cli(server.data_dir)


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """Return a component's name that no other test has."""
    return "c" + re.sub("[^a-z0-9]", "", request.node.name.lower())[-20:]


def deploy(cli: Cli, name: str, *options: str, code: int = 0) -> dict:
    return cli.json("deploy", "nginx:1", "--name", name, *options, code=code)


def stuck(cli: Cli, name: str) -> str:
    """Return the id of a job that runs until somebody ends it."""
    document = deploy(cli, name, "--no-wait", "--annotation", "homeport/script=pull=stuck")
    job_id = document["job"]["id"]
    wait_for(lambda: cli.json("jobs", "show", job_id)["status"] == "running", what="the job runs")
    return job_id


def test_a_deployment_makes_what_is_missing_and_ends_when_it_serves(cli: Cli, name: str):
    document = deploy(cli, name)
    assert document["job"]["status"] == "success"
    assert document["component"]["name"] == name
    assert (document["environment"]["name"], document["application"]["name"]) == ("default", "default")


def test_a_deployment_is_a_line_a_move_where_nobody_looks(cli: Cli, name: str):
    lines = cli("deploy", "nginx:1", "--name", name, "--env", "default").stdout.splitlines()
    moves = [line for line in lines if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z  (job|pull|deploy) ", line)]
    assert moves[-1].split()[1:] == ["job", "success", "100", "%"]
    assert f"deploy of {name} succeeded" in lines[-1]


def test_no_output_has_colours_where_nobody_looks(cli: Cli, name: str):
    assert "\x1b" not in cli("deploy", "nginx:1", "--name", name).output


def test_a_component_that_is_there_is_upgraded(cli: Cli, name: str):
    deploy(cli, name)
    document = deploy(cli, name, "--version", "1.0.1")
    assert document["job"]["action"] == "upgrade"
    assert cli.json("components", "show", name)["metadata"]["annotations"]["version"] == "1.0.1"


def test_an_upgrade_with_another_number_of_instances_scales_too(cli: Cli, name: str):
    deploy(cli, name)
    assert deploy(cli, name, "--replica", "3")["job"]["action"] == "scale"
    assert cli.json("components", "show", name)["spec"]["available_replica"] == 3


def test_variables_are_kept_beside_those_that_are_set(cli: Cli, name: str):
    deploy(cli, name, "--env-var", "A=1", "--env-var", "B=1")
    deploy(cli, name, "--env-var", "B=2=3")
    deployed = cli.json("components", "configure", name, "--env-var", "C=4", "--unset", "A", "--store-only")
    assert deployed == {"stored": ["env"], "warnings": []}
    assert cli("components", "configure", name).exit_code == 0


def test_a_deployment_that_failed_is_mended_by_the_next(cli: Cli, name: str):
    deploy(cli, name, "--annotation", "homeport/script=pull=fail:image-missing", code=1)
    document = deploy(cli, name, "--annotation", "homeport/script=pull=1ms")
    assert document["job"]["status"] == "success"


def test_a_failed_job_ends_with_1_and_tells_the_task_and_its_whole_detail(cli: Cli, name: str):
    result = cli("deploy", "nginx:1", "--name", name, "--annotation", "homeport/script=pull=fail:image-missing")
    assert result.exit_code == ExitCode.FAILED
    detail = cli.json("jobs", "show")["tasks"][1]["detail"]
    assert f"deploy of {name} failed in task pull" in result.stderr
    assert [line for line in detail.splitlines() if f"  {line}\n" not in result.stderr] == []
    assert f"homeport jobs retry {cli.json('jobs', 'show')['id']}" in result.stderr


def test_a_failed_job_with_json_is_a_document_and_exit_code_1(cli: Cli, name: str):
    document = deploy(cli, name, "--annotation", "homeport/script=ready=crash", code=1)
    assert (document["job"]["status"], document["job"]["cause"]) == ("failed", "crash-loop")


def test_a_job_that_runs_out_of_time_ends_with_3(cli: Cli, name: str):
    options = ("--annotation", "homeport/script=pull=stuck", "--annotation", "homeport/deadline=300ms")
    assert deploy(cli, name, *options, code=3)["job"]["status"] == "timeout"


def test_a_job_that_is_not_finished_within_timeout_ends_with_3_and_goes_on(cli: Cli, name: str):
    result = cli(
        "deploy", "nginx:1", "--name", name, "--timeout", "200ms", "--annotation", "homeport/script=pull=stuck"
    )
    assert result.exit_code == ExitCode.TIMEOUT
    assert "it goes on" in result.stderr
    assert cli.json("jobs", "show")["status"] == "running"
    assert cli("jobs", "terminate", cli.json("jobs", "show")["id"]).exit_code == 0


def test_a_terminated_job_ends_a_watch_with_4(cli: Cli, name: str):
    job_id = stuck(cli, name)
    assert cli("jobs", "terminate", job_id, "--no-wait").exit_code == 0
    result = cli("jobs", "watch", job_id)
    assert result.exit_code == ExitCode.TERMINATED
    assert "was terminated" in result.stderr


def test_terminate_ends_with_0_when_it_is_so(cli: Cli, name: str):
    job_id = stuck(cli, name)
    document = cli.json("jobs", "terminate", job_id)
    assert document["job"]["status"] == "terminated"


def test_terminate_of_a_job_that_has_ended_is_refused(cli: Cli, name: str):
    job_id = deploy(cli, name)["job"]["id"]
    error = cli.json("jobs", "terminate", job_id, code=1)["error"]
    assert error["error_code"] == "HOMEPORT.0409"


def test_a_retry_is_followed_from_its_own_beginning(cli: Cli, name: str):
    job_id = stuck(cli, name)
    cli("jobs", "terminate", job_id)
    result = cli("jobs", "retry", job_id, "--timeout", "300ms")
    assert result.exit_code == ExitCode.TIMEOUT
    moves = [line for line in result.stdout.splitlines() if " job " in line and line.endswith("%")]
    assert [line.split()[2] for line in moves] == ["init", "running"]
    cli("jobs", "terminate", job_id)


def test_a_retry_of_a_job_that_did_not_fail_is_refused(cli: Cli, name: str):
    job_id = deploy(cli, name)["job"]["id"]
    assert cli.json("jobs", "retry", job_id, code=1)["error"]["error_code"] == "CAE.01500501"


def test_a_second_action_names_the_job_that_is_active(cli: Cli, name: str):
    job_id = stuck(cli, name)
    assert job_id in cli("deploy", "nginx:1", "--name", name).stderr
    cli("jobs", "terminate", job_id)


def test_jobs_are_listed_newest_first_and_in_pages(cli: Cli, name: str):
    deploy(cli, name)
    deploy(cli, name)
    whole = cli.json("jobs", "list", "--component", name)
    first = cli.json("jobs", "list", "--component", name, "--limit", "1")
    second = cli.json("jobs", "list", "--component", name, "--limit", "1", "--after", first["next"])
    assert [item["action"] for item in whole["items"]] == ["upgrade", "deploy"]
    assert first["items"] + second["items"] == whole["items"]


def test_a_list_for_people_has_heads_and_a_line_a_job(cli: Cli, name: str):
    job_id = deploy(cli, name)["job"]["id"]
    heads, row = cli("jobs", "list", "--component", name, "--status", "success").stdout.splitlines()
    assert heads.split() == ["JOB", "ACTION", "TARGET", "STATUS", "%", "ACCEPTED", "BY"]
    assert row.split()[:5] == [job_id, "deploy", name, "success", "100"]


def test_a_list_that_is_not_whole_says_how_to_see_more(cli: Cli, name: str):
    deploy(cli, name)
    result = cli("jobs", "list", "--limit", "1")
    job_id = result.stdout.splitlines()[1].split()[0]
    assert f"homeport jobs list --limit 1 --after {job_id}" in result.stderr


def test_a_job_is_shown_with_its_tasks(cli: Cli, name: str):
    job_id = deploy(cli, name)["job"]["id"]
    text = cli("jobs", "show", job_id).stdout
    assert text.startswith(f"deploy of {name} (success)")
    assert re.search(r"^2  pull\s+success", text, re.MULTILINE)


def test_the_logs_of_a_job_are_those_of_its_tasks(cli: Cli, name: str):
    job_id = deploy(cli, name)["job"]["id"]
    document = cli.json("jobs", "logs", job_id)
    assert [task["name"] for task in document["tasks"]] == ["build", "pull", "deploy", "verify", "record"]


def test_the_log_of_a_task_that_is_not_there_is_a_usage_error(cli: Cli, name: str):
    job_id = deploy(cli, name)["job"]["id"]
    result = cli("jobs", "logs", job_id, "--task", "cook")
    assert result.exit_code == ExitCode.USAGE
    assert "build, pull, deploy, verify, record" in result.stderr


def test_a_job_that_is_not_there_is_told(cli: Cli):
    error = cli.json("jobs", "show", "0190aaaa-0000-7000-8000-000000000000", code=1)["error"]
    assert error["error_code"] == "CAE.01500005"


def test_ctrl_c_leaves_the_job_running_and_says_how_to_end_it(cli: Cli, name: str):
    arguments = ("deploy", "nginx:1", "--name", name, "--annotation", "homeport/script=pull=stuck")
    with subprocess.Popen(
        [sys.executable, "-m", "homeport.cli", *arguments, "--data-dir", str(cli.data_dir)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        told = next(line for line in process.stdout if "pull" in line and "running" in line)
        process.send_signal(2)
        _, errors = process.communicate()
    assert told
    assert process.returncode == ExitCode.INTERRUPTED
    job_id = cli.json("jobs", "show")["id"]
    assert f"homeport jobs terminate {job_id} --data-dir {cli.data_dir}" in errors
    assert cli("jobs", "terminate", job_id).exit_code == 0


def test_a_folder_cannot_be_deployed_to_another_machine(cli: Cli, tmp_path: Path):
    result = cli("deploy", str(tmp_path), "--endpoint", "http://cae.example.com:8223")
    assert result.exit_code == ExitCode.FAILED
    assert "can only be read by an engine on this machine" in result.stderr


def test_another_number_of_instances_is_not_forgotten_when_nobody_waits(cli: Cli, name: str):
    deploy(cli, name)
    result = cli("deploy", "nginx:1", "--name", name, "--replica", "2", "--no-wait")
    assert result.exit_code == ExitCode.USAGE
    assert f"homeport components scale {name} 2 --env default --app default" in result.stderr
    assert cli.json("jobs", "list", "--component", name)["items"][0]["action"] == "deploy"


def test_the_logs_of_all_tasks_are_followed_at_once_until_the_job_ends(cli: Cli, name: str):
    document = deploy(cli, name, "--no-wait", "--annotation", "homeport/script=pull=300ms")
    result = cli("jobs", "logs", document["job"]["id"], "--follow")
    assert result.exit_code == 0, result.output
    assert cli.json("jobs", "show", document["job"]["id"])["status"] == "success"


def test_a_list_is_filtered_by_statuses_actions_users_and_times(cli: Cli, name: str):
    deploy(cli, name, "--annotation", "homeport/script=pull=fail:image-missing", code=1)
    deploy(cli, name, "--annotation", "homeport/script=pull=1ms")
    items = cli.json("jobs", "list", "--component", name)["items"]
    assert [item["status"] for item in items] == ["success", "failed"]
    last = items[0]["created_at"]
    for options, expected in (
        (("--status", "failed,success"), items),
        (("--status", "failed"), items[1:]),
        (("--action", "upgrade"), [item for item in items if item["action"] == "upgrade"]),
        (("--by", items[0]["created_by"]), items),
        (("--by", "nobody"), []),
        (("--since", last), items[:1]),
        (("--before", last), items[1:]),
    ):
        assert cli.json("jobs", "list", "--component", name, *options)["items"] == expected


def test_a_filter_that_is_none_is_told_with_what_is_allowed(cli: Cli):
    error = cli.json("jobs", "list", "--status", "done", code=1)["error"]
    assert "init, running" in error["message"]
