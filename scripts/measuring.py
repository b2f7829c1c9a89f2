"""Measure which lines the tests run, in every process that this environment's Python becomes meanwhile.

Coverage finds subprocesses by a variable, but what Homeport builds is given an allow-listed environment on purpose. So
the variable is set by a file that Python reads at each start, for as long as the tests run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

DATA: Final = Path("build/tests/coverage/data").absolute()
LINES: Final = Path("build/tests/coverage.txt")
UNMEASURED: Final = "HOMEPORT_TESTS_UNMEASURED"
"""Variable that keeps a process and those it starts from being measured, for it would take several times as long."""
CONFIGURATION: Final = Path("pyproject.toml").absolute()

# Files of this kind are read in the order of their names; coverage's own, which looks at the variables, begins with a1.
_HOOK: Final = Path(sysconfig.get_path("purelib"), "a0_homeport_tests.pth")


@contextmanager
def measured() -> Iterator[None]:
    """Measure every Python process that starts inside of this block and can be asked to."""
    DATA.parent.mkdir(parents=True, exist_ok=True)
    variables = {"COVERAGE_FILE": str(DATA), "COVERAGE_PROCESS_START": str(CONFIGURATION)}
    # A run that was killed leaves the file behind; without the folder of its data it does nothing.
    wanted = f"os.path.isdir({str(DATA.parent)!r}) and {UNMEASURED!r} not in os.environ"
    hook = f"import os; {wanted} and os.environ.update({variables!r})\n"
    _HOOK.write_text(hook)
    try:
        yield
    finally:
        _HOOK.unlink(missing_ok=True)


def report() -> bool:
    """Combine what was written and print the figure; tell whether it is above the floor in pyproject.toml."""
    if not _coverage("combine", "--quiet"):
        return False
    with LINES.open("w") as file:
        good = _coverage("report", stdout=file.fileno())
    [total] = re.findall(r"^TOTAL .* (\S+)%$", LINES.read_text(), re.MULTILINE)
    print(f"statements and branches that were run, in percent: {total}\nby file and line: {LINES}", flush=True)
    return good


def _coverage(*arguments: str, stdout: int | None = None) -> bool:
    command = [sys.executable, "-m", "coverage", *arguments]
    environment = os.environ | {"COVERAGE_FILE": str(DATA)}
    return subprocess.run(command, env=environment, stdout=stdout, check=False).returncode == 0
