"""`homeport serve` with real programs, killed at random moments under the hands of its clients; its supervisor, too."""

from __future__ import annotations

from pathlib import Path

from support.crash_house import SETTINGS
from support.crash_kills import run_rounds
from support.crash_programs import EngineWithPrograms
from support.machine import front_ports
from support.nursery import Nursery, forked

COMMAND = ".venv/bin/python -m pytest tests/crash/test_kills_process.py"


def test_no_job_is_lost_and_no_program_left_by_an_engine_and_a_supervisor_that_are_killed_again_and_again(
    engines: Nursery, tmp_path: Path, folder: Path, soak: bool
) -> None:
    settings = SETTINGS | {"driver": "process", "min_ready_seconds": 0.1, "front_ports": front_ports()}
    with forked(engines, tmp_path / "data", **settings) as engine:
        run_rounds(EngineWithPrograms(engine, folder), 34 if soak else 1, COMMAND)
