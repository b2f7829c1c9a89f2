"""The command `homeport`: finds the command that is asked for, and loads nothing of the others."""

from __future__ import annotations

import gc
import importlib
from typing import Any, Final, NamedTuple

import click

from homeport.cli.failures import MEANINGS, ExitCode, Failure
from homeport.cli.output import pretty

_WIDTH: Final = 100
_JSON_FLAG: Final = "homeport.json"


class Entry(NamedTuple):
    """Where a command is, and what the list of commands says of it."""

    place: str
    """Module below `homeport.cli`, colon, name in it."""
    summary: str
    hidden: bool = False


COMMANDS: Final = {
    "quickstart": Entry("quickstart:quickstart", "Start an engine, deploy the bundled example, and show how to go on."),
    "serve": Entry("serve:serve", "Run the engine: the API, and what carries out its jobs."),
    "api": Entry("parts:api", "Run the API alone, over a PostgreSQL database that it shares with workers."),
    "worker": Entry("parts:worker", "Run the engine alone, over a PostgreSQL database that it shares with others."),
    "migrate": Entry("parts:migrate", "Bring the schema of the PostgreSQL database up to date."),
    "down": Entry("down:down", "Stop the engine of this machine and everything it runs."),
    "deploy": Entry("deploy:deploy", "Deploy a folder, a package, a repository or an image, and follow the job."),
    "jobs": Entry("jobs:jobs", "List, follow, retry and terminate jobs, and read their logs."),
    "env": Entry("env:env", "List, create and delete environments."),
    "apps": Entry("apps:apps", "List, create and delete applications."),
    "components": Entry("components:components", "Show components and change them."),
    "credentials": Entry(
        "credentials:credentials",
        "List, store and delete credentials for private repositories, registries and buckets.",
    ),
    "doctor": Entry("doctor:doctor", "Look for what is wrong on this machine, and say what to do."),
    "token": Entry("tokens:token", "Print a token for the header X-Auth-Token."),
    "version": Entry("version:version", "Print the version of this command and of the engine."),
    "supervisor": Entry("supervisor:supervisor", "Look after the instances of a data folder.", hidden=True),
}
"""Every command, in the order in which a new user meets them."""


class Root(click.Group):
    """The command itself. A command's module is imported when the command is asked for, so that --help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Return a command, importing its module; None when there is none of this name."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.place.partition(":")
        gc.disable()  # imports leave next to no garbage, and looking for it takes a tenth of their time
        try:
            found = getattr(importlib.import_module(f"homeport.cli.{module}"), name)
        finally:
            gc.enable()
        assert isinstance(found, click.Command)  # noqa: S101 - for the type checker: the table is tested
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items() if not entry.hidden])
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(int(code)), meaning) for code, meaning in MEANINGS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a failure is written for a person, and with --json for a program too."""
        try:
            return super().invoke(ctx)
        except Failure as failure:
            if ctx.meta.get(_JSON_FLAG):
                click.echo(pretty(failure.document()))
            failure.show()
            ctx.exit(failure.code)
        except KeyboardInterrupt:
            ctx.exit(ExitCode.INTERRUPTED)


@click.command(
    cls=Root,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": _WIDTH},
    epilog="Every command has --help. Documentation: /docs of a running engine.",
)
@click.version_option(package_name="homeport", message="homeport %(version)s")
def cli() -> None:
    """Homeport: a self-hosted Cloud Application Engine that speaks the CAE v1 API."""


def main() -> None:
    """Be the command `homeport`."""
    try:
        cli(prog_name="homeport")
    finally:
        # An ending Python looks for garbage in all that was imported, several times, while somebody waits for its end.
        gc.freeze()


if __name__ == "__main__":
    main()
