"""Where everything of driver `process` lies below the data folder.

supervisor.lock                       held for as long as a supervisor lives
supervisor.json                       who it is and where its socket is (`Whereabouts`)
supervisor.sock                       its socket, unless the path is too long for one
supervisor.log                        what it says
process/node                          the id environments are pinned to
process/cgroups.json                  where the cgroups of the supervisor are
process/artifacts/COMPONENT/BUILD/    a release
process/builds/BUILD/                 a build under way: order, log, result, and its credential for a moment
process/instances/COMPONENT/NAME/     an instance's record, HOME and TMPDIR
process/logs/COMPONENT/NAME.log       an instance's log
process/components/COMPONENT.json     the highest fence seen, and the route
process/haproxy/PORT/N/               a haproxy's configuration, certificates, socket and record
process/buckets/PROJECT/NAME/         a mounted bucket's record and log, its keys for a moment
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path
from typing import Final

import msgspec

from homeport.model.causes import Cause, failed

LONGEST_SOCKET_PATH: Final = 100
"""Bytes; an AF_UNIX path has room for 107 (unix(7)), some of it kept for tools that add to it."""

_SAFE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


class Whereabouts(msgspec.Struct, frozen=True, kw_only=True):
    """What a running supervisor says of itself in `supervisor.json`."""

    pid: int
    socket: str
    version: str


class Layout:
    """The paths below one data folder; makes no folder by itself."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir.absolute()
        self.root = self.data_dir / "process"
        self.artifacts = self.root / "artifacts"
        self.builds = self.root / "builds"
        self.instances = self.root / "instances"
        self.logs = self.root / "logs"
        self.components = self.root / "components"
        self.haproxy = self.root / "haproxy"
        self.buckets = self.root / "buckets"
        self.node = self.root / "node"
        self.cgroups = self.root / "cgroups.json"
        self.lock = self.data_dir / "supervisor.lock"
        self.whereabouts = self.data_dir / "supervisor.json"
        self.supervisor_log = self.data_dir / "supervisor.log"

    @property
    def key(self) -> str:
        """Twelve hexadecimal digits that stand for this data folder in names outside it."""
        return hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]

    def release(self, component_id: str, build_id: str) -> Path:
        """Return the folder of a build's release."""
        return self.artifacts / safe(component_id) / safe(build_id)

    def reference(self, reference: str) -> Path:
        """Return the folder of the release that an artifact's reference (`COMPONENT/BUILD`) names."""
        component_id, _, build_id = reference.partition("/")
        return self.release(component_id, build_id)

    def build(self, build_id: str) -> Path:
        """Return the working folder of a build."""
        return self.builds / safe(build_id)

    def instance(self, component_id: str, name: str) -> Path:
        """Return the working folder of an instance."""
        return self.instances / safe(component_id) / safe(name)

    def log(self, component_id: str, name: str) -> Path:
        """Return the log file of an instance; what was rotated lies beside it with `.1` added."""
        return self.logs / safe(component_id) / f"{safe(name)}.log"

    def component(self, component_id: str) -> Path:
        """Return the file that remembers a component's fence and route."""
        return self.components / f"{safe(component_id)}.json"

    def prepare(self) -> None:
        """Make the folders that are always there, closed to other users: records and orders hold secrets."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        for folder in (self.root, self.artifacts, self.builds, self.instances, self.logs, self.components):
            folder.mkdir(mode=0o700, exist_ok=True)
        self.root.chmod(0o700)

    def socket(self) -> Path:
        """Return where a supervisor of this data folder listens, making the short folder that a long path needs.

        Raises:
            PermissionError: the short folder belongs to somebody else or is open to others.
        """
        usual = self.data_dir / "supervisor.sock"
        if len(os.fsencode(usual)) <= LONGEST_SOCKET_PATH:
            return usual
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        base = runtime if runtime and len(os.fsencode(runtime)) < LONGEST_SOCKET_PATH - 40 else "/tmp"  # noqa: S108
        folder = Path(base) / f"homeport-{os.getuid()}-{self.key}"
        folder.mkdir(mode=0o700, exist_ok=True)
        _refuse_foreign(folder)
        return folder / "supervisor.sock"

    def mounts(self) -> Path:
        """Return the folder below which buckets are mounted: one that is gone after the machine was started anew.

        Then nothing can mistake a folder in which nothing is mounted for the bucket.
        """
        places = (os.environ.get("XDG_RUNTIME_DIR", ""), "/run", "/tmp")  # noqa: S108
        base = next(place for place in places if place and os.access(place, os.W_OK))
        return Path(base) / f"homeport-{os.getuid()}-{self.key}-buckets"

    def where(self) -> Whereabouts | None:
        """Return what the last supervisor said of itself, or None; it may be gone."""
        try:
            return msgspec.json.decode(self.whereabouts.read_bytes(), type=Whereabouts)
        except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
            return None


def safe(name: str) -> str:
    """Return `name` when it can be one step of a path.

    Raises:
        TaskFailed: it cannot (`internal`); ids and names are Homeport's own, so this is never a user's doing.
    """
    if not _SAFE_NAME.fullmatch(name):
        raise failed(Cause.INTERNAL, f"{name!r} is no name that a file could have")
    return name


def write_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file so that readers see the old content or the new, never a part; a crash of the machine may lose it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    beside.rename(path)


def _refuse_foreign(folder: Path) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(f"{folder} is not a folder of this user alone; remove it, or use a shorter data folder")
