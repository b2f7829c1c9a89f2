"""The frame that newcomers and CI meet: make, the scripts behind it, and what they say when something is missing."""

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Final

import pytest

from house.tree import ROOT

MAKEFILE: Final = (ROOT / "Makefile").read_text()
BASH: Final = ("scripts/setup", "scripts/lock", ".ci/run")
PYTHONS: Final = ("python3", "python3.11", "python3.12", "python3.13")


def _setup(folder: Path, *, python: str, user: int) -> subprocess.CompletedProcess[str]:
    """Run the setup where every Python on the search path is this shell script, as a user of this id."""
    programs = folder / "bin"
    programs.mkdir()
    for name, text in {**dict.fromkeys(PYTHONS, python), "id": f"echo {user}"}.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}\n")
        (programs / name).chmod(0o755)
    (folder / "scripts").mkdir()
    (folder / "scripts" / "setup").write_text((ROOT / "scripts" / "setup").read_text())
    environment = {"PATH": os.pathsep.join([str(programs), "/usr/bin", "/bin"])}
    command = ["bash", "scripts/setup", "runtime"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_without_a_python_that_is_new_enough_setup_says_which_it_needs(tmp_path: Path):
    done = _setup(tmp_path, python="exit 1", user=0)
    assert done.returncode == 1
    assert "Homeport needs Python 3.11 or newer, and 'python3' is not one." in done.stderr


def test_without_the_module_venv_setup_names_the_command_that_brings_it(tmp_path: Path):
    done = _setup(tmp_path, python='case "$*" in *ensurepip*) exit 1 ;; *) exit 0 ;; esac', user=1000)
    assert done.returncode == 1
    assert done.stderr.rstrip().endswith("Install it and run make again: sudo apt-get install python3-venv")


def test_every_suite_has_a_target():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    [names] = re.findall(r"(?m)^SUITES := \$\(addprefix test-,(.*)\)$", MAKEFILE)
    assert names.split() == list(project["tool"]["homeport"]["suites"])


def test_help_shows_every_target_that_is_for_people():
    targets = set(re.findall(r"(?m)^([a-z][a-z-]*):", MAKEFILE))
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [target for target in sorted(targets) if f"make {target} " not in shown] == []


def test_ci_runs_make_test_and_nothing_beside_it():
    lines = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line.startswith("make ")]
    assert lines == ["make test"]


@pytest.mark.parametrize("script", BASH)
def test_a_script_stops_at_its_first_failure(script: str):
    assert "\nset -euo pipefail\n" in (ROOT / script).read_text()


@pytest.mark.parametrize("script", BASH)
def test_a_script_is_bash_and_may_be_run(script: str):
    subprocess.run(["bash", "-n", script], cwd=ROOT, check=True)
    assert os.access(ROOT / script, os.X_OK)
