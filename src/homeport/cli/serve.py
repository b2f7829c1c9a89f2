"""`homeport serve`: the engine in the foreground, and how to use it, said once."""

from __future__ import annotations

from collections.abc import Callable

import click

from homeport import __version__, app
from homeport.app import Down, Ready, StartError, Stopped
from homeport.cli.connection import command
from homeport.cli.failures import Failure
from homeport.cli.howto import credentials_words, how_to_begin
from homeport.cli.output import Output
from homeport.cli.ports import holder_of
from homeport.cli.session import json_option, output
from homeport.cli.settings_options import with_settings
from homeport.settings import Settings


@click.command()
@with_settings()
@json_option
def serve(settings: Settings) -> None:
    """Run the engine: the API, and what carries out its jobs.

    It stays in the foreground until Ctrl-C. What it has started goes on running then, and is there again at the next
    start; `homeport down` ends it.
    """
    out = output()
    stopped = run_engine(settings, lambda ready: tell_ready(out, settings, ready))
    tell_stopped(out, settings, stopped)


def run_engine(settings: Settings, on_ready: Callable[[Ready], object]) -> Stopped:
    """Run the engine until it is told to end.

    Raises:
        Failure: it cannot start.
    """
    try:
        return app.serve(settings, on_ready)
    except (StartError, OSError) as error:
        raise Failure(f"The engine cannot start: {error}", advice=start_advice(settings)) from error


def end_engine(settings: Settings) -> Down:
    """End the engine of a data folder and everything it runs on this machine.

    Raises:
        Failure: something does not end.
    """
    try:
        return app.down(settings)
    except app.StopError as error:
        advice = f"`{command('doctor', settings.data_dir)}` names the processes; end them by hand if need be."
        raise Failure(f"Not everything could be ended: {error}", advice=advice) from error


def start_advice(settings: Settings) -> str:
    """Return who holds the port, where somebody does; doctor looks for everything else."""
    holder = holder_of(settings.port) if settings.port else None
    look = f"`{command('doctor', settings.data_dir)}` looks for what is wrong."
    return f"Port {settings.port} is held by {holder}.\n{look}" if holder else look


def tell_ready(out: Output, settings: Settings, ready: Ready) -> None:
    """Say where the engine answers and, at the first start, how to use it."""
    out.line(f"Homeport {__version__} answers at {click.style(ready.url, bold=True)} (data folder {ready.data_dir})")
    for warning in (*ready.warnings, *_warnings(settings)):
        out.note(f"{click.style('Warning:', fg='yellow')} {warning}")
    if ready.credentials is not None:
        out.line()
        out.line(credentials_words(ready.credentials_file))
        out.line()
        out.line(how_to_begin(ready.url, ready.credentials.project_id, ready.credentials_file, settings.data_dir))
    out.document(
        {
            "url": ready.url,
            "data_dir": str(ready.data_dir),
            "credentials_file": str(ready.credentials_file),
            "first_start": ready.credentials is not None,
            "warnings": [*ready.warnings, *_warnings(settings)],
        }
    )


def _warnings(settings: Settings) -> tuple[str, ...]:
    if settings.on_loopback or settings.tls_cert is not None:
        return ()
    text = (
        f"{settings.host} can be reached by other machines, and without TLS whoever is on the way reads tokens and "
        "secrets. Give --tls-cert and --tls-key, or put a proxy with TLS before it and listen on 127.0.0.1."
    )
    return (text,)


def tell_stopped(out: Output, settings: Settings, stopped: Stopped) -> None:
    """Say what goes on running, and how to end it."""
    names = stopped.still_running
    if not names:
        out.line("The engine has stopped; nothing else runs.")
        return
    count = f"{len(names)} instance{'s' if len(names) > 1 else ''}"
    out.line(f"The engine has stopped. {count} go{'es' if len(names) == 1 else ''} on running: {', '.join(names)}")
    out.line(f"  End them too:     {command('down', settings.data_dir)}")
    out.line(f"  Start it again:   {command('serve', settings.data_dir)}")
