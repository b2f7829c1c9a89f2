"""Volumes as folders of this machine: `PROJECT/VOLUME` below one folder of all volumes.

Whoever runs Homeport may put a link, or something mounted, in the place of a volume. What lies within a volume is
programs' doing: a link there could lead out of it, so none is followed.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from homeport.drivers.tailing import Root
from homeport.model.volumes import Mount


def volumes_dir(given: str, data_dir: Path) -> Path:
    """Return the folder of all volumes: the one that was given, else the one in the data folder."""
    return Path(given) if given else data_dir / "volumes"


def folder_of(volumes: Path, project_id: str, mount: Mount) -> Path:
    """Return the folder that a mount stands for; it may not be there yet."""
    return volumes / project_id / mount.volume / mount.sub_path


def root_of(volumes: Path, project_id: str, mount: Mount) -> Root:
    """Return the same for whoever reads what lies in it: which part of the way is programs' doing."""
    return Root(volumes / project_id / mount.volume, mount.sub_path)


def make_folder(volumes: Path, project_id: str, mount: Mount) -> Path:
    """Return the folder that a mount stands for, making what is missing of it; what is there stays as it is.

    Others than its programs do not get at it, whatever the mode of the mount: the project's folder is closed to them.

    Raises:
        OSError: it cannot be made, or a link or file stands in its way.
    """
    project = volumes / project_id
    project.mkdir(mode=0o700, parents=True, exist_ok=True)
    volume = project / mount.volume
    _made(volume.name, mount.mode, os.open(project, os.O_PATH | os.O_DIRECTORY))
    within = os.open(volume, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    for step in filter(None, mount.sub_path.split("/")):
        within = _entered(step, mount, within)
    os.close(within)
    return folder_of(volumes, project_id, mount)


def _made(name: str, mode: int, within: int) -> None:
    try:
        os.mkdir(name, dir_fd=within)
        os.chmod(name, mode, dir_fd=within)
    except FileExistsError:
        return
    finally:
        os.close(within)


def _entered(step: str, mount: Mount, within: int) -> int:
    try:
        _made(step, mount.mode, os.dup(within))
        return os.open(step, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=within)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.ENOTDIR):
            raise
        what = f"{step} of sub_path {mount.sub_path} is no folder of volume {mount.volume}"
        raise NotADirectoryError(errno.ENOTDIR, what) from error
    finally:
        os.close(within)
