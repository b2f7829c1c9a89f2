"""What a container has mounted: the folders of its volumes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from homeport.drivers.volumes import make_folder
from homeport.model.causes import Cause, failed
from homeport.model.volumes import Mount


def binds_of(mounts: Sequence[Mount], project_id: str, volumes: Path, host: str) -> list[dict[str, Any]]:
    """Return mounts of volumes as the Engine at `host` is asked for them, making folders that are missing.

    Raises:
        TaskFailed: a folder cannot be made, or the Engine may be another machine's (`start-failed`).
    """
    if mounts and not host.startswith("unix:"):
        what = f"a volume is a folder of this machine, and the Engine is reached at {host}"
        advice = "Use an Engine behind a Unix socket, or configure no volume."
        raise failed(Cause.START_FAILED, what, advice=advice)
    try:
        folders = [(mount, make_folder(volumes, project_id, mount)) for mount in mounts]
    except OSError as error:
        what = f"a volume cannot be mounted: {error.strerror or error}"
        raise failed(Cause.START_FAILED, what, advice=f"Look at {volumes / project_id}, then retry.") from error
    return [
        {"Type": "bind", "Source": str(folder), "Target": mount.path, "ReadOnly": mount.read_only}
        for mount, folder in folders
    ]
