"""The reference pages say what the code does."""

import re
from pathlib import Path

import click
import pytest

from homeport.cli.failures import ExitCode
from homeport.cli.main import COMMANDS
from homeport.cli.reference import contexts, stale, write
from homeport.settings import SECRET, describe, flag_of, variable_of

PAGES = Path(__file__).parents[2] / "docs" / "reference"


def test_the_pages_are_as_the_code_has_it():
    assert stale(PAGES) == [], "run: python -m homeport.cli.reference"


def test_a_page_that_is_stale_is_named(tmp_path: Path):
    write(tmp_path)
    (tmp_path / "cli.md").write_text("old")
    assert stale(tmp_path) == ["cli.md"]


def test_a_page_that_is_as_it_should_be_is_not_written_again(tmp_path: Path):
    write(tmp_path)
    assert write(tmp_path) == []


@pytest.mark.parametrize("facts", describe(), ids=lambda facts: facts.name)
def test_every_setting_is_documented_with_its_flag_and_its_variable(facts):
    page = (PAGES / "settings.md").read_text()
    [row] = re.findall(rf"^\| `{facts.name}` .*$", page, re.MULTILINE)
    assert f"`{flag_of(facts.name)}`" in row
    assert f"`{variable_of(facts.name)}`" in row
    assert facts.description in row


def test_secrets_are_said_to_be_never_shown():
    page = (PAGES / "settings.md").read_text()
    said = re.findall(r"^\| `(\w+)` .*Never shown\. \|$", page, re.MULTILINE)
    assert set(said) == SECRET


@pytest.mark.parametrize("name", [name for name, entry in COMMANDS.items() if not entry.hidden])
def test_every_command_is_documented(name: str):
    assert f"## `homeport {name}`" in (PAGES / "cli.md").read_text()


def test_every_exit_code_is_documented():
    page = (PAGES / "cli.md").read_text()
    assert [code for code in ExitCode if f"| {int(code)} |" not in page] == []


@pytest.mark.parametrize("context", list(contexts()), ids=lambda context: context.command_path)
def test_every_option_says_what_it_does(context: click.Context):
    options = [param for param in context.command.params if isinstance(param, click.Option)]
    assert [option.opts for option in options if not option.help] == []
