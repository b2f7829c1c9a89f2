"""What a container has mounted: the folders of its volumes, and those in which its log files are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from homeport.drivers.docker.settings import is_here
from homeport.drivers.volumes import make_folder
from homeport.model.causes import Cause, failed
from homeport.model.log_files import parsed
from homeport.model.volumes import Mount


def binds_of(mounts: Sequence[Mount], project_id: str, volumes: Path, host: str) -> list[dict[str, Any]]:
    """Return mounts of volumes as the Engine at `host` is asked for them, making folders that are missing.

    Raises:
        TaskFailed: a folder cannot be made, or the Engine may be another machine's (`mount-failed`).
    """
    check_here(mounts, host)
    try:
        folders = [(mount, make_folder(volumes, project_id, mount)) for mount in mounts]
    except OSError as error:
        what = f"a volume cannot be mounted: {error.strerror or error}"
        raise failed(Cause.MOUNT_FAILED, what, advice=f"Look at {volumes / project_id}, then retry.") from error
    return [
        {"Type": "bind", "Source": str(folder), "Target": mount.path, "ReadOnly": mount.read_only}
        for mount, folder in folders
    ]


def check_here(mounts: Sequence[Mount], host: str) -> None:
    """Pass when volumes can be mounted by the Engine at `host`; raise `TaskFailed` (`mount-failed`) otherwise."""
    if mounts and not is_here(host):
        what = f"a volume is a folder of this machine, and the Engine is reached at {host}"
        advice = "Use an Engine behind a Unix socket, or configure no volume."
        raise failed(Cause.MOUNT_FAILED, what, advice=advice)


def log_folders(log_paths: Sequence[str], mounts: Sequence[Mount]) -> tuple[str, ...]:
    """Return the folders of a container in which log files are and that no volume has; none within another."""
    taken = [mount.path for mount in mounts]
    found: list[str] = []
    for folder in sorted({parsed(path).folder for path in log_paths if path.startswith("/")}):
        if not any(f"{folder}/".startswith(f"{one}/") for one in (*taken, *found)):
            found.append(folder)
    return tuple(found)


def folders_mounted(folders: Sequence[str], within: Path) -> list[dict[str, Any]]:
    """Return the mounts by which folders of a container are those of `within`, by number.

    They are volumes of the Engine's without a name, which goes with their container: unlike a bare bind mount these
    take over what the image has in such a folder, and whose it is.
    """
    return [
        {
            "Type": "volume",
            "Target": folder,
            "VolumeOptions": {
                "DriverConfig": {
                    "Name": "local",
                    "Options": {"type": "none", "o": "bind", "device": str(within / str(number))},
                }
            },
        }
        for number, folder in enumerate(folders)
    ]
