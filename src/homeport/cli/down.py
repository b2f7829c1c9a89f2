"""`homeport down`: the engine of this machine and everything it runs, ended."""

from __future__ import annotations

import click

from homeport.cli.serve import end_engine
from homeport.cli.session import json_option, output
from homeport.cli.settings_options import with_settings
from homeport.settings import Settings


@click.command()
@with_settings(only=("data_dir", "docker_host"))
@json_option
def down(settings: Settings) -> None:
    """Stop the engine of this machine and everything it runs.

    Nothing is deleted: at the next start of the engine what should run is started again.
    """
    out = output()
    ended = end_engine(settings)
    engine = "The engine was stopped" if ended.engine_stopped else "No engine ran"
    count = ended.instances_ended
    out.line(f"{engine}; {count or 'no'} instance{'' if count == 1 else 's'} {'was' if count == 1 else 'were'} ended.")
    out.document({"engine_stopped": ended.engine_stopped, "instances_ended": count})
