"""What the processes tell whoever starts and ends them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from homeport.identity.first_start import Credentials


class StartError(Exception):
    """The engine cannot start; the text says why and what to do."""


class StopError(Exception):
    """Not everything could be ended; the text says what was not, and what to do."""


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """What the engine tells once it answers. `credentials` are there at the first start alone, to be shown once."""

    url: str
    """Empty for a process without an API."""
    data_dir: Path
    credentials_file: Path
    credentials: Credentials | None
    warnings: tuple[str, ...]


class Stopped(msgspec.Struct, frozen=True):
    """What goes on running after the engine has stopped: names of instances."""

    still_running: tuple[str, ...]


class Endpoint(msgspec.Struct, frozen=True):
    """Content of the endpoint file."""

    url: str
    pid: int
    ca: str | None
    """PEM file by which a client may check the engine's certificate; None without TLS."""


class Down(msgspec.Struct, frozen=True):
    """What `down` has ended."""

    engine_stopped: bool
    instances_ended: int


class Migrated(msgspec.Struct, frozen=True):
    """What `migrate` has run: numbers and names of migrations, in their order."""

    run: tuple[str, ...]
