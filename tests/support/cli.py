"""The command line: in this process against a real engine, and in processes of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner, Result

from homeport.cli.main import cli
from support.server import end_everything, wait_for

_LONGEST = 90
"""Seconds that a command may take."""


class Cli:
    """Runs `homeport` commands for one data folder, as a pipeline does: no terminal, no colours."""

    def __init__(self, data_dir: Path, **environ: str) -> None:
        """`environ` are further variables; those of another engine are taken away."""
        self.data_dir = data_dir
        self._environ: dict[str, str | None] = {
            "HOMEPORT_ENDPOINT": None,
            "HOMEPORT_ACCESS_KEY": None,
            "HOMEPORT_SECRET_KEY": None,
            "HOMEPORT_PROJECT_ID": None,
            "HOMEPORT_DATA_DIR": str(data_dir),
            **environ,
        }

    def __call__(self, *arguments: str, stdin: str | None = None) -> Result:
        """Run a command; a defect of the command (any exception but its own) fails the test."""
        return CliRunner().invoke(cli, arguments, input=stdin, env=self._environ, catch_exceptions=False)

    def json(self, *arguments: str, code: int = 0) -> Any:
        """Run a command with --json, check its exit code, and return its one document."""
        result = self(*arguments, "--json")
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)


def started(*arguments: str, **environ: str) -> subprocess.Popen[str]:
    """Start a command in a process of its own, as a new user does: without anybody's variables."""
    cleared = {name: value for name, value in os.environ.items() if not name.startswith("HOMEPORT_")}
    return subprocess.Popen(
        [sys.executable, "-m", "homeport.cli", *arguments],
        env=cleared | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


class Ended(NamedTuple):
    """A command that has ended."""

    code: int
    out: str
    errors: str


def ran(*arguments: str, **environ: str) -> Ended:
    """Run a command in a process of its own to its end."""
    with started(*arguments, **environ) as process:
        out, errors = process.communicate(timeout=_LONGEST)
    return Ended(process.returncode, out, errors)


def stopped(process: subprocess.Popen[str], by: signal.Signals = signal.SIGINT) -> Ended:
    """Press Ctrl-C, or send another signal, and return how the command ended."""
    process.send_signal(by)
    out, errors = process.communicate(timeout=_LONGEST)
    return Ended(process.returncode, out, errors)


@contextmanager
def served(data: Path, *flags: str, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """Run `homeport serve` on any port until it answers, and until the end of the block."""
    process = started("serve", "--data-dir", str(data), "--port", "0", *flags, **environ)
    try:
        wait_for(lambda: (data / "endpoint.json").exists() or process.poll() is not None, what="the engine answers")
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=_LONGEST)


def url_of(data: Path) -> str:
    """Return where the engine of a data folder answers."""
    return str(json.loads((data / "endpoint.json").read_text())["url"])


def end_all(data: Path) -> None:
    """End whatever runs for a data folder, if there is one."""
    # An engine that has ended in good order has taken it away.
    if (data / "endpoint.json").exists():
        ran("down", "--data-dir", str(data))
    end_everything(data)
