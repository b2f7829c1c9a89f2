"""How `make test` runs the suites: all of them whatever fails, and with an end that CI can read."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from house.tree import ROOT

RUNNER: Final = ROOT / "scripts" / "run_suites.py"
MINUTES: Final = 15
"""What `make test` may take in all, on two cores."""

PROJECT: Final = """
[tool.homeport.suites]
one = 30
two = 30
slow = 1
"""
BARE: Final = {"PATH": os.environ["PATH"], "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
GOOD: Final = "def test_good(): pass\n"
BAD: Final = "def test_bad(): assert 0\n"
LEAVES: Final = """
import subprocess
def test_leaves_a_daemon_behind():
    subprocess.Popen(["sh", "-c", "setsid sleep 1000 & "]).wait()
"""
HANGS: Final = "import threading\ndef test_hangs(): threading.Event().wait()\n"


class Run:
    """A project of its own, with the suites it is given, and what came of running them."""

    def __init__(self, folder: Path, **suites: str) -> None:
        (folder / "pyproject.toml").write_text(PROJECT)
        for name, text in suites.items():
            (folder / "tests" / name).mkdir(parents=True)
            (folder / "tests" / name / "test_it.py").write_text(text)
        only = [flag for name in suites for flag in ("--only", name)]
        done = subprocess.run(
            [sys.executable, str(RUNNER), *only], cwd=folder, env=BARE, capture_output=True, text=True, check=False
        )
        self.code = done.returncode
        self.output = done.stdout + done.stderr
        self.last_line = done.stdout.rstrip().rpartition("\n")[2]


def _suites() -> dict[str, int]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
    suites: dict[str, int] = project["tool"]["homeport"]["suites"]
    return suites


def test_all_suites_together_have_a_quarter_of_an_hour():
    assert sum(_suites().values()) <= MINUTES * 60


def test_every_folder_with_tests_is_a_suite():
    folders = {path.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").rglob("test_*.py")}
    assert sorted(folders - set(_suites())) == []


def test_the_last_line_sums_the_suites(tmp_path: Path):
    run = Run(tmp_path, one=GOOD, two=GOOD)
    assert (run.code, run.last_line) == (0, "2 passed, 0 failed")


def test_a_failure_does_not_keep_the_next_suite_from_running(tmp_path: Path):
    run = Run(tmp_path, one=BAD, two=GOOD)
    assert (run.code, run.last_line) == (1, "1 passed, 1 failed")


def test_skipped_tests_are_counted_apart(tmp_path: Path):
    run = Run(tmp_path, one="import pytest\ndef test_skipped(): pytest.skip('why')\n", two=GOOD)
    assert (run.code, run.last_line) == (0, "1 passed, 0 failed, 1 skipped")


def test_a_suite_whose_tests_cannot_be_read_has_failed(tmp_path: Path):
    run = Run(tmp_path, one="import nothing_of_that_name\n")
    assert (run.code, run.last_line) == (1, "0 passed, 1 failed")


BUSY: Final = """
import time
def test_busy():
    while time.process_time() < 1: pass
"""


def test_the_time_of_each_suite_is_printed_beside_what_it_took_of_the_processors_and_its_budget(tmp_path: Path):
    [line] = [line for line in Run(tmp_path, one=BUSY).output.splitlines() if line.startswith("one ")]
    assert line.split()[2::2][:3] == ["s", "s", "s"]
    time, cpu, budget = map(float, line.split()[1:7:2])
    assert 1 <= cpu <= 1.1 * time
    assert budget == 30


def test_a_suite_that_hangs_is_ended_and_has_failed(tmp_path: Path):
    run = Run(tmp_path, slow=HANGS)
    assert (run.code, run.last_line) == (1, "0 passed, 1 failed")


def test_a_suite_that_leaves_a_process_behind_has_failed_and_the_process_is_ended(tmp_path: Path):
    run = Run(tmp_path, one=LEAVES)
    assert (run.code, run.last_line) == (1, "1 passed, 1 failed")
    [line] = [line for line in run.output.splitlines() if line.startswith("left behind by one, ended now: ")]
    assert not Path("/proc", line.split()[6]).exists()


def test_a_suite_of_no_such_name_is_refused(tmp_path: Path):
    run = Run(tmp_path, three=GOOD)
    assert (run.code, run.last_line) == (2, "no suite three; there are one, two, slow")


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_only_ci_lets_a_real_test_fail_that_is_skipped(tmp_path: Path, ci: str, code: int):
    (tmp_path / "conftest.py").write_text((ROOT / "conftest.py").read_text())
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = real\n")
    test = "import pytest\n@pytest.mark.real\ndef test_real(): pytest.skip('no docker here')\n"
    (tmp_path / "test_it.py").write_text(test)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"],
        cwd=tmp_path,
        env={"CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    assert ("must not be skipped in CI; this one was: Skipped: no docker here" in done.stdout) is bool(code)
