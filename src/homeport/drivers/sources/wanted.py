"""What the process of a build is told, whichever driver asks for it, and what it answers."""

from __future__ import annotations

import msgspec

from homeport.model.causes import Failure
from homeport.model.workloads import Artifact, BuildOrder


class SourceSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What can be set about the sources of builds. Sizes are bytes."""

    file_sources: tuple[str, ...] = ("/",)
    """Folders below which `file://` sources may lie; empty forbids them."""
    max_package_bytes: int = 512 * 1024 * 1024
    """Largest package that is fetched."""
    max_unpacked_bytes: int = 2 * 1024 * 1024 * 1024
    """Most that a package, a folder or a repository may take once it is unpacked."""
    max_entries: int = 100_000
    """Most files and folders in a package."""


class Wanted(SourceSettings, frozen=True, kw_only=True):
    """A build, with what the engine's settings add to the order."""

    order: BuildOrder
    environ: dict[str, str]
    """What of the engine's environment a build may see (environment.py)."""


class BuildEnd(msgspec.Struct, frozen=True, kw_only=True):
    """How a build ended: exactly one of the two is set. Also the content of a build's `result.json`."""

    artifact: Artifact | None = None
    failure: Failure | None = None
