"""How a command ends that did not do what it was asked: an exit code, what happened, and what to do next."""

from __future__ import annotations

import sys
from enum import IntEnum
from typing import Any, Final

import click

from homeport.cli.output import coloured


class ExitCode(IntEnum):
    """What the shell is told; stable, so that pipelines may branch on it."""

    SUCCESS = 0
    FAILED = 1
    """The job failed, or the engine refused."""
    USAGE = 2
    """The command, or a setting, cannot be understood."""
    TIMEOUT = 3
    """The job ended `timeout`, or was not finished within --timeout."""
    TERMINATED = 4
    """Somebody ended the job."""
    UNREACHABLE = 5
    """Nothing answers at the engine's address."""
    INTERRUPTED = 130
    """Ctrl-C; what was asked for goes on."""


MEANINGS: Final = {
    ExitCode.SUCCESS: "success; a job with nothing to do too",
    ExitCode.FAILED: "failed: the job failed, or the engine refused",
    ExitCode.USAGE: "usage: the command or a setting cannot be understood",
    ExitCode.TIMEOUT: "timeout: the job ran out of time, or was not finished within --timeout",
    ExitCode.TERMINATED: "terminated: somebody ended the job",
    ExitCode.UNREACHABLE: "engine not reachable",
    ExitCode.INTERRUPTED: "interrupted with Ctrl-C; a job goes on",
}
"""What each exit code means, for help and reference."""


class Failure(Exception):  # noqa: N818 - how a command ends, whatever the reason
    """A command cannot go on. `message` says what happened to what, `advice` what to do next."""

    def __init__(
        self, message: str, *, advice: str = "", code: ExitCode = ExitCode.FAILED, error_code: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.code = code
        self.error_code = error_code
        """The API's own code, where the engine refused."""

    def show(self) -> None:
        """Write it for a person, to standard error."""
        click.echo(f"{self.headline()}{self.message}", err=True, color=coloured(sys.stderr))
        for line in self.advice.splitlines():
            click.echo(f"  {line}", err=True)

    def headline(self) -> str:
        """Return what stands before the message."""
        return click.style("Error:", fg="red", bold=True) + " "

    def document(self) -> dict[str, Any]:
        """Return it for a program: what --json prints in place of an answer."""
        error = {
            "message": self.message,
            "advice": self.advice,
            "error_code": self.error_code,
            "exit_code": int(self.code),
        }
        return {"error": error}
