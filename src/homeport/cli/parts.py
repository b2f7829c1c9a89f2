"""`homeport api`, `homeport worker`, `homeport migrate`: the engine in several processes over one PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

import click

from homeport import __version__, app
from homeport.app import Ready, StartError, Stopped
from homeport.cli.failures import Failure
from homeport.cli.serve import start_advice, tell_ready, tell_stopped
from homeport.cli.session import json_option, output
from homeport.cli.settings_options import with_settings
from homeport.settings import Settings


@click.command()
@with_settings()
@json_option
def api(settings: Settings) -> None:
    """Run the API alone, over a PostgreSQL database that it shares with workers.

    Any number of them may run, on any machine; a client may ask whichever it likes. Jobs wait until a worker of their
    environment's machine takes them.
    """
    out = output()
    _run(app.serve_api, settings, lambda ready: tell_ready(out, settings, ready))
    out.line("The API has stopped.")


@click.command()
@with_settings()
@json_option
def worker(settings: Settings) -> None:
    """Run the engine alone, over a PostgreSQL database that it shares with others.

    It carries out the jobs of the environments that live on this machine, and of simulated ones. At the end it lets
    the tasks under way come to theirs, and hands back the rest.
    """
    out = output()
    stopped = _run(app.work, settings, _tell_working)
    tell_stopped(out, settings, stopped)


@click.command()
@click.option("--post", is_flag=True, help="Also take away what only older versions need; first end those.")
@with_settings({"store", "log_level", "log_format"})
@json_option
def migrate(settings: Settings, *, post: bool) -> None:
    """Bring the schema of the PostgreSQL database up to date.

    Every process does that at its start, so that this is needed only where they may not, or with --post.
    """
    out = output()
    try:
        done = app.migrate(settings, post=post)
    except StartError as error:
        raise Failure(
            f"The schema cannot be brought up to date: {error}", advice="Give --store, or HOMEPORT_STORE."
        ) from error
    for name in done.run:
        out.line(f"ran {name}")
    out.line("The schema is up to date.")
    out.document({"run": list(done.run)})


def _run(
    start: Callable[[Settings, Callable[[Ready], object]], Stopped],
    settings: Settings,
    on_ready: Callable[[Ready], object],
) -> Stopped:
    try:
        return start(settings, on_ready)
    except (StartError, OSError) as error:
        raise Failure(f"It cannot start: {error}", advice=start_advice(settings)) from error


def _tell_working(ready: Ready) -> None:
    out = output()
    out.line(f"Homeport {__version__} works (data folder {ready.data_dir})")
    for warning in ready.warnings:
        out.note(f"{click.style('Warning:', fg='yellow')} {warning}")
    out.document({"data_dir": str(ready.data_dir), "warnings": list(ready.warnings)})
