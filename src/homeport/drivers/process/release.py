"""A release: a folder that instances are started from, and the `release.json` in it that says how.

The file is put there last, by a rename: a folder without it is no release. (The folder itself keeps its name from the
beginning, because a virtual environment holds its own path in every script.)
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from homeport.drivers.process.layout import write_whole
from homeport.model.workloads import Artifact, BuildOrder

DRIVER: Final = "process"
"""The driver's name, in settings, environments and artifacts."""

_FILE: Final = "release.json"


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """How instances of a release are started; paths are relative to the release's folder."""

    command: str
    """A line for /bin/sh."""
    folder: str = "app"
    """Working folder of the program."""
    path: tuple[str, ...] = ()
    """Folders that come first in PATH."""
    environ: dict[str, str] = msgspec.field(default_factory=dict)
    """Variables that the runtime needs."""


def read_release(folder: Path) -> Release | None:
    """Return the release in a folder, or None when none stands there."""
    try:
        return msgspec.json.decode((folder / _FILE).read_bytes(), type=Release)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
        return None


def write_release(folder: Path, release: Release) -> None:
    """Make `folder` a release: from the return on `read_release` finds it."""
    write_whole(folder / _FILE, msgspec.json.format(msgspec.json.encode(release)))


def artifact_of(order: BuildOrder) -> Artifact:
    """Return the artifact that a finished build of this order is."""
    component_id = order.owner.component_id
    return Artifact(
        driver=DRIVER,
        reference=f"{component_id}/{order.id}",
        image_url=f"process://{order.owner.component_name}/{order.id}",
    )
