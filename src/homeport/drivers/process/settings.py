"""What can be set about driver `process`; settings.py turns flags and variables into this."""

from __future__ import annotations

from homeport.drivers.sources.wanted import SourceSettings


class ProcessSettings(SourceSettings, frozen=True, kw_only=True):
    """How driver `process` builds and runs. Sizes are bytes, times seconds."""

    volumes_dir: str = ""
    """The folder of all volumes; in the data folder when empty."""
    log_bytes: int = 10 * 1024 * 1024
    """Size at which an instance's log is rotated; one older part is kept beside it."""
    restart_seconds: float = 1.0
    """Pause before a program that ended is started again; it doubles each time."""
    restart_limit_seconds: float = 60.0
    """Longest such pause."""
