"""`homeport supervisor`: the process that looks after instances; the engine starts it where it is needed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from homeport.cli.session import data_dir_option


@click.command(hidden=True)
@data_dir_option
def supervisor(data_dir: Path) -> None:
    """Look after the instances of a data folder.

    It stays in the foreground. The engine starts it by itself; it ends when nothing runs any more and the engine is
    gone. SIGTERM ends all it runs.
    """
    program = [sys.executable, "-m", "homeport.supervisor", "--data-dir", str(data_dir.absolute())]
    # In this process's place, so that signals reach it.
    os.execv(sys.executable, program)  # noqa: S606 - this very interpreter
