"""What `homeport doctor` says of a machine on which something is wrong."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from homeport.cli import checks
from homeport.cli.checks import CHECKS, Finding
from homeport.cli.main import cli
from homeport.routing.haproxy.installed import Installed
from homeport.settings import Settings

HAPROXY = Installed(program="/sbin/haproxy", version="2.6.12")


class Usage(NamedTuple):
    free: int


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, port=0)


def the(check: checks.Check, settings: Settings) -> Finding:
    """Return the first finding of a check."""
    return next(check(settings))


def test_an_engine_that_does_not_run_is_a_warning_with_how_to_start_it(settings: Settings):
    finding = the(checks.check_engine, settings)
    assert (finding.state, finding.found) == ("warn", "does not run")
    assert "homeport serve" in finding.advice


def test_an_engine_that_ended_without_a_word_is_told(settings: Settings):
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    words = json.dumps({"url": "http://127.0.0.1:1", "pid": process.pid})
    (settings.data_dir / "endpoint.json").write_text(words)
    finding = the(checks.check_engine, settings)
    assert (finding.state, finding.found) == ("warn", f"was at http://127.0.0.1:1; process {process.pid} is gone")


def test_an_engine_that_lives_and_does_not_answer_is_a_failure(settings: Settings):
    words = json.dumps({"url": "http://127.0.0.1:1", "pid": os.getpid()})
    (settings.data_dir / "endpoint.json").write_text(words)
    finding = the(checks.check_engine, settings)
    assert finding.state == "fail"
    assert f"End process {os.getpid()}" in finding.advice


def test_a_port_that_is_taken_is_a_failure_with_who_holds_it(settings: Settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = Settings(data_dir=settings.data_dir, port=server.getsockname()[1])
        _, finding = checks.check_engine(taken)
    assert (finding.matter, finding.state) == ("port", "fail")
    assert f"process {os.getpid()} " in finding.found


def test_a_data_folder_that_is_not_there_yet_is_well(settings: Settings):
    finding = the(checks.check_data_folder, Settings(data_dir=settings.data_dir / "a" / "b"))
    assert (finding.state, finding.found) == ("ok", f"{settings.data_dir}/a/b will be made at the first start")


def test_credentials_that_others_may_read_are_a_failure(settings: Settings):
    (settings.data_dir / "credentials.json").touch(mode=0o644)
    _, finding = checks.check_data_folder(settings)
    assert finding.state == "fail"
    assert finding.advice == f"Close it: chmod 600 {settings.data_dir}/credentials.json"


@pytest.mark.parametrize(("free", "state"), [(2**40, "ok"), (2**29, "warn"), (2**20, "fail")])
def test_a_disk_without_room_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch, free: int, state: str):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free))
    assert the(checks.check_disk, settings).state == state


def test_a_supervisor_that_is_gone_is_told(settings: Settings):
    words = {"pid": 1, "socket": str(settings.data_dir / "none.sock"), "version": "0"}
    (settings.data_dir / "supervisor.json").write_text(json.dumps(words))
    assert the(checks.check_supervisor, settings).state == "warn"


def test_a_supervisor_of_another_version_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(settings.data_dir)
    with socket.socket(socket.AF_UNIX) as server:
        # A relative path: a test's folder may be too long for a socket's address.
        server.bind("s.sock")
        server.listen()
        words = {"pid": 7, "socket": "s.sock", "version": "0"}
        (settings.data_dir / "supervisor.json").write_text(json.dumps(words))
        finding = the(checks.check_supervisor, settings)
    assert (finding.state, finding.found) == ("warn", "runs as process 7, of version 0")


def test_programs_that_are_not_there_are_named(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda program: None)
    here, missing, git = checks.check_programs(settings)
    assert here.found == "here: Python"
    assert "Nodejs (node)" in missing.found
    assert git.matter == "git"


def test_a_tool_that_builds_for_an_interpreter_that_is_here_is_named_when_it_is_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shutil, "which", lambda program: program if program in ("java", "mvn", "git") else None)
    found = {finding.matter: finding.found for finding in checks.check_programs(settings)}
    assert found["build tools"] == "not here: gradle"


@pytest.mark.parametrize(
    ("router", "haproxy", "state", "said"),
    [
        ("embedded", Installed(shortcoming="it is not here"), "ok", "Homeport's own front, as router is embedded"),
        ("embedded", HAPROXY, "ok", "as router is embedded; haproxy 2.6.12 is at /sbin/haproxy"),
        ("auto", HAPROXY, "ok", "haproxy 2.6.12 at /sbin/haproxy, as router is auto"),
        ("auto", Installed(shortcoming="it is not here"), "ok", "own front, as router is auto and it is not here"),
        ("haproxy", HAPROXY, "ok", "haproxy 2.6.12 at /sbin/haproxy, as router is haproxy"),
        ("haproxy", Installed(shortcoming="it is too old"), "fail", "router is haproxy, but it is too old"),
    ],
)
def test_the_router_is_told_with_why_it_is_used(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, router: Any, haproxy: Installed, state: str, said: str
):
    async def find() -> Installed:
        return haproxy

    monkeypatch.setattr(checks, "find_haproxy", find)
    finding = the(checks.check_router, Settings(data_dir=settings.data_dir, router=router))
    assert finding.state == state
    assert said in finding.found


def test_looking_at_limits_leaves_no_folder_behind(settings: Settings):
    list(checks.check_limits(settings))
    assert [str(folder) for folder in Path("/sys/fs/cgroup").glob(f"**/homeport-doctor-{os.getpid()}")] == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_whatever_is_not_well_comes_with_advice(settings: Settings, check: checks.Check):
    assert [finding for finding in check(settings) if finding.state != "ok" and not finding.advice] == []


def test_doctor_ends_with_1_when_nothing_would_work(settings: Settings):
    (settings.data_dir / "credentials.json").touch(mode=0o644)
    result = CliRunner().invoke(cli, ["doctor", "--data-dir", str(settings.data_dir), "--port", "0"])
    assert result.exit_code == 1
    assert "✗ credentials" in result.stdout


@pytest.mark.parametrize(("driver", "state"), [("auto", "warn"), ("process", "warn"), ("docker", "fail")])
def test_a_docker_engine_that_does_not_answer_is_grave_where_it_was_chosen(tmp_path: Path, driver: str, state: str):
    settings = Settings(data_dir=tmp_path, driver=driver, docker_host=f"unix://{tmp_path}/docker.sock")
    finding = the(checks.check_docker, settings)
    assert (finding.state, "docker.sock" in finding.found) == (state, True)
