"""`homeport supervisor`: the process that looks after instances; the engine starts it where it is needed."""

from __future__ import annotations

from pathlib import Path

import click

from homeport.cli.failures import Failure
from homeport.cli.session import data_dir_option


@click.command()
@data_dir_option
def supervisor(data_dir: Path) -> None:
    """Look after the instances of a data folder, in the foreground.

    The engine starts it by itself. It ends when nothing runs any more and the engine is gone; SIGTERM ends all it runs.
    """
    from homeport.supervisor.server import AlreadyRuns, run  # noqa: PLC0415 - only this command needs it

    try:
        run(data_dir.absolute())
    except AlreadyRuns as error:
        raise Failure(str(error), advice="One is enough; `homeport down` ends it.") from None
