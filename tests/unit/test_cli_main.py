"""The command itself: its list, its helps, what it loads, and how failures end it."""

import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from homeport import __version__
from homeport.cli.failures import ExitCode, Failure
from homeport.cli.main import COMMANDS, Root, cli
from homeport.cli.reference import helps
from homeport.cli.session import json_option, output


def run(*arguments: str):
    return CliRunner().invoke(cli, arguments)


@pytest.mark.parametrize("path", [path for path, _ in helps()])
def test_every_command_has_help(path: str):
    result = run(*path.split()[1:], "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage:")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_a_command_what_its_own_help_begins_with(name: str):
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help is not None
    assert command.help.split("\n\n")[0].replace("\n", " ") == COMMANDS[name].summary


@pytest.mark.parametrize(("path", "help_"), list(helps()), ids=[path for path, _ in helps()])
def test_every_command_that_answers_takes_json(path: str, help_: str):
    if "COMMAND [ARGS]" not in help_:
        assert "--json" in help_


def test_help_loads_neither_engine_nor_client():
    program = (
        "import sys\nfrom homeport.cli.main import cli\n"
        "cli(['--help'], standalone_mode=False)\n"
        "print(sorted({'httpx2', 'msgspec', 'rich', 'homeport.app'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_names_the_exit_codes():
    text = run("--help").stdout
    assert [code for code in ExitCode if f"\n  {int(code)} " not in text] == []


def test_the_hidden_command_is_not_listed():
    assert "supervisor" not in run("--help").stdout


def test_the_version_is_told():
    assert run("--version").stdout == f"homeport {__version__}\n"


def test_an_unknown_command_is_a_usage_error():
    assert run("nonsense").exit_code == ExitCode.USAGE


def test_an_unknown_option_is_a_usage_error():
    assert run("jobs", "list", "--nonsense").exit_code == ExitCode.USAGE


class TwoCommands(Root):
    """Commands that fail, in the frame that every command has."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return {"fails": fails, "interrupted": interrupted}[cmd_name]


@click.command()
@json_option
def fails() -> None:
    output().line("never in JSON")
    raise Failure("It broke", advice="Mend it.\nThen again.", code=ExitCode.TIMEOUT, error_code="X.1")


@click.command()
def interrupted() -> None:
    raise KeyboardInterrupt


def frame(*arguments: str):
    return CliRunner().invoke(TwoCommands("homeport"), arguments)


def test_a_failure_is_told_with_what_to_do():
    assert frame("fails").stderr == "Error: It broke\n  Mend it.\n  Then again.\n"


def test_a_failure_ends_with_its_exit_code():
    assert frame("fails").exit_code == ExitCode.TIMEOUT


def test_a_failure_is_one_json_document_where_json_was_asked_for():
    error = {"message": "It broke", "advice": "Mend it.\nThen again.", "error_code": "X.1", "exit_code": 3}
    assert json.loads(frame("fails", "--json").stdout) == {"error": error}


def test_ctrl_c_ends_with_its_own_exit_code():
    assert frame("interrupted").exit_code == ExitCode.INTERRUPTED
