"""Engines with real programs, killed at random moments under the hands of their clients; their supervisors, too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from support.crash_house import SETTINGS, a_house
from support.crash_kills import run_rounds
from support.crash_programs import EngineWithPrograms, HouseWithPrograms
from support.machine import front_ports
from support.nursery import Nursery, forked

COMMAND = ".venv/bin/python -m pytest tests/crash/test_kills_process.py"


def programs() -> dict[str, Any]:
    """Return the settings of engines whose instances are programs."""
    return {"driver": "process", "min_ready_seconds": 0.1, "front_ports": front_ports()}


def test_no_job_is_lost_and_no_program_left_by_an_engine_and_a_supervisor_that_are_killed_again_and_again(
    engines: Nursery, tmp_path: Path, folder: Path, soak: bool
) -> None:
    with forked(engines, tmp_path / "data", **SETTINGS | programs()) as engine:
        run_rounds(EngineWithPrograms(engine, folder), 34 if soak else 1, COMMAND)


def test_no_job_is_lost_and_no_program_left_by_workers_supervisors_and_a_database_that_die_again_and_again(
    engines: Nursery, tmp_path: Path, folder: Path, soak: bool
) -> None:
    with a_house(engines, tmp_path, **programs()) as house:
        run_rounds(HouseWithPrograms(house, folder), 34 if soak else 1, COMMAND)
