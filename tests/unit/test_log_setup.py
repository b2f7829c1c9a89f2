"""The engine's log, where it cannot be written."""

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
