"""`homeport jobs watch` beside an engine that is killed and started again: nothing is lost, nothing is told twice."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from homeport.cli.failures import ExitCode
from support.cli import Cli
from support.server import PROJECT, Server, running, wait_for

MOVE = re.compile(r"\S+Z  (?P<name>[a-z]+) +(?P<status>[a-z]+) +(?P<progress>\d+) %")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path / "data", log_level="warning") as server:
        yield server


class Watching:
    """The command `jobs watch` in a process of its own."""

    def __init__(self, cli: Cli, job_id: str, folder: Path) -> None:
        self._out = folder / "watch.out"
        self._error = folder / "watch.err"
        command = [sys.executable, "-m", "homeport.cli", "jobs", "watch", job_id, "--data-dir", str(cli.data_dir)]
        with self._out.open("wb") as out, self._error.open("wb") as error:
            self._process = subprocess.Popen(command, stdout=out, stderr=error)

    @property
    def errors(self) -> str:
        return self._error.read_text()

    @property
    def moves(self) -> list[tuple[str, str, int]]:
        """Name, status and progress of each move that was told."""
        found = [MOVE.match(line) for line in self._out.read_text().splitlines()]
        return [(move["name"], move["status"], int(move["progress"])) for move in found if move]

    def end(self) -> int:
        """Wait for its end and return its exit code."""
        return self._process.wait(60)


def told(cli: Cli, server: Server, job_id: str) -> list[tuple[str, str, int]]:
    """Return the moves of a job as the API has them."""
    with server.http() as client:
        items = client.get(f"/homeport/v1/{PROJECT}/jobs/{job_id}/events").json()["items"]
    names = {task["index"]: task["name"] for task in cli.json("jobs", "show", job_id)["tasks"]} | {0: "job"}
    return [(names[item["task"]], item["status"], item["progress"]) for item in items]


def test_a_watch_goes_on_where_it_was_when_the_engine_was_killed(server: Server, tmp_path: Path) -> None:
    cli = Cli(server.data_dir)
    document = cli.json(
        "deploy", "nginx:1", "--name", "cart", "--no-wait", "--annotation", "homeport/script=pull=stuck"
    )
    job_id = document["job"]["id"]
    watching = Watching(cli, job_id, tmp_path)
    wait_for(lambda: ("pull", "running") in [move[:2] for move in watching.moves], what="the first moves")
    server.kill()
    wait_for(lambda: "asked again" in watching.errors, what="that the engine is missed")
    server.start()
    assert cli("jobs", "terminate", job_id).exit_code == 0
    assert watching.end() == ExitCode.TERMINATED
    assert watching.moves == told(cli, server, job_id)
