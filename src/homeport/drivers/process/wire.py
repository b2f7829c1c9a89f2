"""What goes over the supervisor's socket, as JSON.

A field that one side does not know is ignored and every field that came later has a default, so that an engine speaks
to a supervisor of the version before and the other way round.
"""

from __future__ import annotations

from typing import Final

import msgspec

from homeport.drivers.base import Observed
from homeport.drivers.sources.wanted import Wanted
from homeport.model.buckets import Bucket
from homeport.model.workloads import InstanceOrder

ACCESS_FILE: Final = "access.json"
"""In a build's folder: the credential for its source (`Access`), until the build's process has taken it from there."""

REFUSED: Final = 409
"""HTTP status of an answer whose body is a `Failure`: what was asked cannot be done, and why."""


class InstanceSpec(msgspec.Struct, frozen=True, kw_only=True):
    """An instance to be started, with what the engine's settings add to the order."""

    order: InstanceOrder
    environ: dict[str, str]
    """What of the engine's environment an instance may see (environment.py)."""
    volumes_dir: str = ""
    """The folder of all volumes."""
    log_bytes: int = 10 * 1024 * 1024
    """Size at which its log is rotated; one older part of the same size is kept."""
    restart_seconds: float = 1.0
    """Pause before the first restart; it doubles with each end that follows soon."""
    restart_limit_seconds: float = 60.0
    """Longest pause between restarts; a program that ran this long begins with the first pause again."""


class BucketMount(msgspec.Struct, frozen=True, kw_only=True):
    """A bucket that shall be mounted in the place of a volume's folder."""

    bucket: Bucket
    umask: str
    """Permissions that nobody has in it, in octal digits."""


class BucketUse(msgspec.Struct, frozen=True, kw_only=True):
    """The buckets that an instance uses from now on."""

    instance: str
    project_id: str
    volumes_dir: str
    mounts: tuple[BucketMount, ...]


class Names(msgspec.Struct, frozen=True):
    """Instances by name."""

    names: tuple[str, ...]


class Before(msgspec.Struct, frozen=True):
    """What ended before a time, in microseconds since 1970."""

    time: int


class Sight(msgspec.Struct, frozen=True):
    """An instance as it is, and the number of that state: it rises with every change."""

    observed: Observed
    revision: int


class Wait(msgspec.Struct, frozen=True):
    """Wait until an instance is at another revision than the one seen, at most `within` seconds."""

    seen: dict[str, int]
    within: float


class Stop(msgspec.Struct, frozen=True):
    """Instances to end, for a job of this fence."""

    names: tuple[str, ...]
    fence: int


class Alive(msgspec.Struct, frozen=True):
    """Instances that could not be ended."""

    names: tuple[str, ...]


class BuildSpec(Wanted, frozen=True, kw_only=True):
    """A build, with what the engine's settings add to the order. It is also what the build's process reads."""

    release: str = ""
    """Folder to build into; filled in by the supervisor."""


class Keep(msgspec.Struct, frozen=True):
    """The artifacts of a component that are still needed."""

    references: tuple[str, ...]


class Info(msgspec.Struct, frozen=True, kw_only=True):
    """Who the supervisor is and what it looks after; times are microseconds since 1970."""

    version: str
    pid: int
    started_at: int
    instances: int
    builds: int
    routes: int
    notes: tuple[str, ...] = ()
    """What cannot be held on this machine (limits without a writable cgroup), in sentences."""
