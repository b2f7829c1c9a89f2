"""What can be set about driver `process`; settings.py turns flags and variables into this."""

from __future__ import annotations

import msgspec


class ProcessSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How driver `process` builds and runs. Sizes are bytes, times seconds."""

    file_sources: tuple[str, ...] = ("/",)
    """Folders below which `file://` sources may lie; empty forbids them."""
    max_package_bytes: int = 512 * 1024 * 1024
    """Largest package that is fetched."""
    max_unpacked_bytes: int = 2 * 1024 * 1024 * 1024
    """Most that a package or folder may take once it is unpacked."""
    max_entries: int = 100_000
    """Most files and folders in a package."""
    log_bytes: int = 10 * 1024 * 1024
    """Size at which an instance's log is rotated; one older part is kept beside it."""
    restart_seconds: float = 1.0
    """Pause before a program that ended is started again; it doubles each time."""
    restart_limit_seconds: float = 60.0
    """Longest such pause."""
