"""Workers, APIs and PostgreSQL itself, killed at random moments under the hands of their clients."""

from __future__ import annotations

from pathlib import Path

from support.crash_house import a_house
from support.crash_kills import ManyProcesses, run_rounds
from support.nursery import Nursery

COMMAND = ".venv/bin/python -m pytest tests/crash/test_kills_postgres.py"


def test_no_job_is_lost_stuck_or_doubled_by_processes_and_a_database_that_die_again_and_again(
    engines: Nursery, tmp_path: Path, soak: bool
) -> None:
    with a_house(engines, tmp_path) as house:
        run_rounds(ManyProcesses(house), 34 if soak else 1, COMMAND)
