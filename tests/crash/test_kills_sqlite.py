"""`homeport serve` over SQLite, killed at random moments under the hands of its clients."""

from __future__ import annotations

from pathlib import Path

from support.crash_house import SETTINGS
from support.crash_kills import OneEngine, run_rounds
from support.nursery import Nursery, forked

COMMAND = ".venv/bin/python -m pytest tests/crash/test_kills_sqlite.py"


def test_no_job_is_lost_stuck_or_doubled_by_an_engine_that_is_killed_again_and_again(
    engines: Nursery, tmp_path: Path, soak: bool
) -> None:
    with forked(engines, tmp_path / "data", **SETTINGS) as engine:
        run_rounds(OneEngine(engine), 34 if soak else 1, COMMAND)
