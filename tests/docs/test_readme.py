"""The README's promises about its two commands, which no page can run inside of a test run."""

import os
import re
import subprocess
from typing import Final

from docs.pages import ROOT

README: Final = (ROOT / "README.md").read_text()

ORDER: Final = [
    "## Two commands",
    "## The same job by curl, SDK and Terraform",
    "## What is supported",
    "## What a job promises",
    "## How it compares",
    "## How to grow",
]


def _recipe(*arguments: str) -> str:
    """Return what make would do, with everything set up."""
    command = ["make", "--dry-run", "--always-make", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout.rstrip()


def test_the_readme_has_its_order():
    assert re.findall(r"(?m)^## .*$", README) == ORDER


def test_the_readme_says_what_it_is_in_three_sentences():
    paragraph = README.split("\n\n")[1].replace("\n", " ")
    assert len(re.findall(r"\. [A-Z]|\.$", paragraph)) == 3


def test_make_quickstart_is_the_quickstart_command():
    assert _recipe("quickstart").splitlines()[-1] == ".venv/bin/homeport quickstart"


def test_make_quickstart_passes_flags_on():
    assert _recipe("quickstart", "ARGS=--exit").splitlines()[-1] == ".venv/bin/homeport quickstart --exit"


def test_make_quickstart_needs_no_more_than_setup():
    assert [line for line in _recipe("quickstart").splitlines() if "scripts/" in line] == ["scripts/setup runtime"]


def test_make_test_sets_up_everything_itself():
    assert _recipe("test").splitlines()[0] == "scripts/setup dev"
