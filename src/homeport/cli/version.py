"""`homeport version`: which version this is, and which one answers."""

from __future__ import annotations

import platform

import click

from homeport import __version__
from homeport.cli.failures import Failure
from homeport.cli.session import Session, connected


@click.command()
@connected
def version(session: Session) -> None:
    """Print the version of this command and of the engine."""
    engine, why_not = _engine(session)
    session.out.line(f"homeport {__version__} (Python {platform.python_version()})")
    session.out.line(f"engine   {engine or f'unknown: {why_not}'}")
    if engine and engine != __version__:
        session.out.note("The two differ: restart the engine after an upgrade, or use the command of its version.")
    session.out.document({"version": __version__, "python": platform.python_version(), "engine": engine})


def _engine(session: Session) -> tuple[str | None, str]:
    """Return the engine's version; None without one, and why."""
    try:
        return str(session.api.call("GET", "/homeport/v1/version")["version"]), ""
    except Failure as failure:
        return None, failure.message
