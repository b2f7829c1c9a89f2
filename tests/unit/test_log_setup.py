"""The engine's log: where it cannot be written, and what it does without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import structlog
from homeport.log_setup import set_up_logging

set_up_logging("info", "json")
for level in ("debug", "info", "warning", "error", "critical", "exception"):
    getattr(structlog.get_logger(), level)("something.happened")
print("went on")
"""


def test_a_log_on_a_full_disk_keeps_nobody_from_going_on() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("wb") as log:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=log, text=True, check=False
        )
    assert done.stdout == "went on\n"


def test_an_engine_does_not_import_rich_and_a_command_still_can() -> None:
    loaded = "print([name for name in sys.modules if name.partition('.')[0] == 'rich'])"
    program = f"import sys, homeport.app; {loaded}; import rich.console"
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout == "[]\n"
