"""`homeport quickstart`: from nothing to an application that answers, with real processes."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

from homeport.cli.failures import ExitCode
from support.cli import Cli, Ended, end_all, ran, served, started, stopped

pytestmark = pytest.mark.unmeasured


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """Yield a data folder that is not there yet; whatever runs for it at the end is ended."""
    yield tmp_path / "data"
    end_all(tmp_path / "data")


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Ended, Ended]]:
    """Yield a data folder with which a quickstart came to its end twice, and both ends; the second one is in JSON."""
    data = tmp_path_factory.mktemp("quickstart") / "data"
    arguments = ("quickstart", "--exit", "--data-dir", str(data), "--port", "0")
    yield data, ran(*arguments), ran(*arguments, "--json")
    end_all(data)


def test_it_ends_with_an_application_that_answers(twice: tuple[Path, Ended, Ended]):
    _, first, _ = twice
    assert first.code == 0, first.errors
    assert '/health answers {"status": "ok", "version": "1.0.0"' in first.out


def test_it_shows_the_job_as_the_api_answers_it(twice: tuple[Path, Ended, Ended]):
    _, first, _ = twice
    [job] = re.findall(r"^GET \S+/cae/jobs/\S+\n(\{.*?^\})", first.out, re.MULTILINE | re.DOTALL)
    assert json.loads(job)["spec"]["status"] == "success"


def test_with_exit_it_leaves_nothing_running(twice: tuple[Path, Ended, Ended]):
    data, first, _ = twice
    assert first.out.rstrip().endswith("The engine was stopped; 1 instance was ended.")
    assert not (data / "endpoint.json").exists()
    assert not (data / "supervisor.json").exists()


def test_a_second_one_upgrades_the_example(twice: tuple[Path, Ended, Ended]):
    _, _, second = twice
    assert second.code == 0, second.errors
    document = json.loads(second.out)
    assert document["application"]["health"]["version"] == "1.0.1"
    assert [task["name"] for task in document["job"]["spec"]["tasks"]][2] == "upgrade"


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_stays_until_it_is_stopped_and_the_example_goes_on(data: Path, by: signal.Signals):
    process = started("quickstart", "--data-dir", str(data), "--port", "0")
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("The engine runs in the foreground"):
            break
    address = next(line.split()[-1] for line in lines if line.startswith("Open the application:"))
    ended = stopped(process, by)
    assert ended.code == 0
    assert f"homeport down --data-dir {data}" in ended.out
    assert not (data / "endpoint.json").exists()
    assert httpx2.get(address, trust_env=False).text.count("Hello from Homeport") == 2


def test_a_port_that_is_taken_stops_it_before_it_begins(data: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        ended = ran("quickstart", "--data-dir", str(data), "--port", str(port))
    assert ended.code == ExitCode.FAILED
    assert f"Port {port} on 127.0.0.1 is taken by process {os.getpid()} (" in ended.errors
    assert f"homeport quickstart --port 0 --data-dir {data}" in ended.errors


def test_an_engine_that_does_not_start_is_told_with_its_log(data: Path):
    ended = ran("quickstart", "--data-dir", str(data), "--port", "0", HOMEPORT_MASTER_KEY="short")
    assert ended.code == ExitCode.FAILED
    assert ended.errors.startswith("Error: The engine does not start\n")
    assert str(data / "engine.log") in ended.errors


# With an engine that runs already


class Beside(NamedTuple):
    """A quickstart beside an engine that ran before, which goes on."""

    data: Path
    ended: Ended
    engine: subprocess.Popen[str]


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beside]:
    data = tmp_path_factory.mktemp("beside") / "data"
    with served(data) as engine:
        yield Beside(data, ran("quickstart", "--exit", "--data-dir", str(data)), engine)
    end_all(data)


def test_an_engine_that_runs_is_used_and_goes_on(beside: Beside):
    assert beside.ended.code == 0, beside.ended.errors
    assert "runs already and is used" in beside.ended.out
    assert beside.engine.poll() is None
    assert Cli(beside.data)("components", "show", "hello").exit_code == 0


@pytest.mark.real
def test_what_it_says_of_curl_works_as_it_stands(beside: Beside, tmp_path: Path):
    if shutil.which("curl") is None:
        pytest.skip("curl is not on this machine")
    program = tmp_path / "homeport"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m homeport.cli "$@"\n')
    program.chmod(0o755)
    environ = {"PATH": os.pathsep.join((str(tmp_path), os.environ["PATH"])), "HOME": str(tmp_path)}
    curl = ["/bin/sh", "-c", _snippet(beside.ended.out, "    curl -H")]
    done = subprocess.run(curl, env=environ, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout)["spec"]["status"] == "success"


def test_what_it_says_of_the_sdk_works_as_it_stands(beside: Beside):
    program = [sys.executable, "-W", "ignore", "-c", _snippet(beside.ended.out, "    import json")]
    done = subprocess.run(program, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout)["spec"]["status"] == "success"


@pytest.mark.real
def test_what_it_says_of_terraform_is_well_formed(beside: Beside, tmp_path: Path):
    terraform = shutil.which("terraform")
    if terraform is None:
        pytest.skip("terraform is not on this machine")
    file = tmp_path / "main.tf"
    file.write_text(_snippet(beside.ended.out, "    locals {") + "\n")
    done = subprocess.run([terraform, "fmt", "-check", "-diff", str(file)], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_logs_of_several_instances_are_followed_at_once_until_ctrl_c(beside: Beside):
    cli = Cli(beside.data)
    assert cli("components", "scale", "hello", "2").exit_code == 0
    names = {item["name"] for item in cli.json("components", "instances", "hello")["items"]}
    process = started("components", "logs", "hello", "--follow", "--data-dir", str(beside.data))
    assert process.stdout is not None
    seen: set[str] = set()
    for line in process.stdout:
        seen.add(line.partition(" | ")[0].rstrip())
        if seen == names:
            break
    assert stopped(process).code == ExitCode.INTERRUPTED
    assert seen == names


def _snippet(text: str, begin: str) -> str:
    """Return the indented lines of a text from the first that begins so, without their indent."""
    lines: list[str] = []
    for line in text[text.index(begin) :].splitlines():
        if line and not line.startswith("    "):
            break
        lines.append(line[4:])
    return "\n".join(lines).strip()
