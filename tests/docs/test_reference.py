"""What the documentation takes from the code is what the code says, and it leaves nothing out."""

import re
import subprocess
import sys
import tomllib
from typing import Final

from packaging.requirements import Requirement

from docs.pages import ROOT
from homeport.model.states import JOB_MOVES

JOBS: Final = (ROOT / "docs" / "reference" / "jobs.md").read_text()
DEPENDENCIES: Final = (ROOT / "docs" / "explanation" / "dependencies.md").read_text()


def _dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    texts = [*project["project"]["dependencies"], *groups["build"], *groups["dev"], *groups["peers"]]
    return [Requirement(text).name for text in texts]


def test_what_comes_from_the_code_is_fresh():
    command = [sys.executable, str(ROOT / "scripts" / "write_docs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_diagram_shows_exactly_the_moves_of_the_table():
    drawn = set(re.findall(r"^    (\w+) --> (\w+)", JOBS, re.MULTILINE))
    assert drawn == {(str(source), str(target)) for source, targets in JOB_MOVES.items() for target in targets}


def test_every_dependency_has_its_reason_and_no_other_is_named():
    named = re.findall(r"^\| ([a-z0-9-]+) \|", DEPENDENCIES, re.MULTILINE)
    assert sorted(name for name in named if name != "package") == sorted(_dependencies())
