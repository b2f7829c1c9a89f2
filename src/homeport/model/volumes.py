"""What of an object store is mounted where: configuration type `volume` (contract/contract.md, section 8).

A bucket or file system is a folder of the host, named `PROJECT/NAME` below one folder of all volumes, or a bucket that
is mounted there (buckets.py). What is in it outlives every instance and every component.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from homeport.model.errors import InvalidParameter, Refused, shown
from homeport.model.paths import check_absolute, check_relative

MOST_MOUNTS: Final = 50
"""How many places of an instance may have something mounted."""
MOST_AT_ONCE: Final = 100
"""How many volumes one request may bind."""
READ_ONLY: Final = "ReadOnlyMany"
"""The access mode by which a program may only read."""
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
"""The name of a volume, as a whole."""
NAMES: Final = "letters, digits, dots, hyphens and underscores, the first a letter or digit, 63 characters at most"
"""That in words."""

_MODES: Final = ("ReadWriteMany", READ_ONLY)
_KINDS: Final = {"obs": ("object_bucket", "parallel_file_system"), "sfs": ("sfs3.0",)}
_UMASK: Final = re.compile(r"0?[0-7]{3}")
_OPEN: Final = 0o777
_OF_THE_KERNEL: Final = ("/proc", "/sys", "/dev")


class MountInfo(msgspec.Struct, frozen=True):
    """Where a part of a volume is mounted, as CAE writes it."""

    path: str = ""
    sub_path: str = ""
    access_mode: str = ""


class Volume(msgspec.Struct, frozen=True):
    """A bucket or file system that is mounted, as CAE writes it. Strings that are empty count as left out."""

    volume_id: str = ""
    resource_name: str = ""
    resource_type: str = ""
    resource_sub_type: str = ""
    umask: str = ""
    mount_info: tuple[MountInfo, ...] = ()

    @property
    def name(self) -> str:
        """What it is known by: its name, else its id."""
        return self.resource_name or self.volume_id


class Volumes(msgspec.Struct, frozen=True):
    """`data.spec` of type volume."""

    volumes: tuple[Volume, ...] = ()


class NewVolumes(msgspec.Struct, frozen=True, kw_only=True):
    """What shall be bound to an environment."""

    resource_type: str
    resource_sub_type: str
    resources: tuple[str, ...]
    credentials: int = 0
    """How many credentials were sent."""


class VolumeNotFound(Refused, kind="volume-not-found"):
    """The environment has no such volume."""

    def __init__(self, volume_id: str) -> None:
        super().__init__(f"Volume {shown(volume_id)} does not exist in this environment.")
        self.volume_id = volume_id


class VolumeBound(Refused, kind="volume-bound"):
    """The environment has a volume of the name."""

    def __init__(self, field: str, name: str) -> None:
        super().__init__(f"{field}: volume {shown(name)} is bound to this environment already. Leave it out.")
        self.name = name


class Mount(msgspec.Struct, frozen=True, kw_only=True):
    """One folder that an instance finds at a path."""

    volume: str
    """The volume's name: one step of a path."""
    path: str
    """Where it is found: absolute, without a slash at its end."""
    sub_path: str = ""
    """Which folder of the volume it is; all of it when empty."""
    read_only: bool = False
    mode: int = _OPEN
    """Permissions of a folder that has to be made for it."""

    @property
    def variable(self) -> str:
        """The environment variable that names the folder: `HOMEPORT_VOLUME_MNT_DATA` for `/mnt/data`."""
        return f"HOMEPORT_VOLUME{re.sub('[^A-Z0-9]', '_', self.path.upper())}"


def mounts_of(volumes: Volumes) -> tuple[Mount, ...]:
    """Return what checked volumes mount, in their order."""
    return tuple(
        Mount(
            volume=volume.name,
            path=info.path.rstrip("/"),
            sub_path=info.sub_path.strip("/"),
            read_only=info.access_mode == READ_ONLY,
            mode=_OPEN & ~int(volume.umask or "0", 8),
        )
        for volume in volumes.volumes
        for info in volume.mount_info
    )


def check_new_volumes(new: NewVolumes) -> None:
    """Pass when volumes can be bound; raise `InvalidParameter` otherwise."""
    kinds = _KINDS.get(new.resource_type)
    if kinds is None:
        raise InvalidParameter("spec.resource_type", f"is {shown(new.resource_type)}", allowed=", ".join(_KINDS))
    if new.resource_sub_type not in kinds:
        problem = f"is {shown(new.resource_sub_type)}"
        raise InvalidParameter("spec.resource_sub_type", problem, allowed=", ".join(kinds))
    if not 1 <= len(new.resources) <= MOST_AT_ONCE:
        allowed = f"1 to {MOST_AT_ONCE} names"
        raise InvalidParameter("spec.resources", f"has {len(new.resources)} names", allowed=allowed)
    for index, name in enumerate(new.resources):
        if NAME.fullmatch(name) is None:
            raise InvalidParameter(f"spec.resources[{index}]", f"is {shown(name)}", allowed=NAMES)
        if name in new.resources[:index]:
            raise InvalidParameter(f"spec.resources[{index}]", f"is {shown(name)} once more", allowed="each name once")
    if new.credentials:
        problem = "are given, and do not say which store they are for"
        allowed = "none; store a credential of type s3 that names the buckets (homeport credentials create)"
        raise InvalidParameter("spec.resources_credentials", problem, allowed=allowed)


def check_volumes(volumes: Volumes, field: str) -> None:
    """Pass when all of it can be mounted; `field` is the path of the spec in the request.

    Raises:
        InvalidParameter: a name or path would leave its folder or hide what a program needs, two paths are the same or
            give the same variable, or a word is none of the contract's.
    """
    for index, volume in enumerate(volumes.volumes):
        where = f"{field}.volumes[{index}]"
        _check_volume(volume, where)
        for each, info in enumerate(volume.mount_info):
            _check_mount(info, f"{where}.mount_info[{each}]")
    _check_apart(mounts_of(volumes), list(_fields(volumes, field)), field)


def _check_volume(volume: Volume, field: str) -> None:
    if NAME.fullmatch(volume.name) is None:
        name = "resource_name" if volume.resource_name or not volume.volume_id else "volume_id"
        problem = f"is {shown(volume.name)}" if volume.name else "is missing"
        raise InvalidParameter(f"{field}.{name}", problem, allowed=NAMES)
    _check_word(volume.resource_type, f"{field}.resource_type", tuple(_KINDS))
    kinds = _KINDS.get(volume.resource_type) or tuple(kind for some in _KINDS.values() for kind in some)
    _check_word(volume.resource_sub_type, f"{field}.resource_sub_type", kinds)
    if volume.umask and _UMASK.fullmatch(volume.umask) is None:
        allowed = "three octal digits with or without a 0 before them, as 0027"
        raise InvalidParameter(f"{field}.umask", f"is {shown(volume.umask)}", allowed=allowed)


def _check_mount(info: MountInfo, field: str) -> None:
    check_absolute(info.path, f"{field}.path")
    top = f"/{info.path.split('/')[1]}"
    if top in _OF_THE_KERNEL:
        allowed = f"a path outside of {', '.join(_OF_THE_KERNEL)}"
        raise InvalidParameter(f"{field}.path", f"is {shown(info.path)}", allowed=allowed)
    if info.sub_path.strip("/"):
        check_relative(info.sub_path.strip("/"), f"{field}.sub_path")
    _check_word(info.access_mode, f"{field}.access_mode", _MODES)


def _check_word(word: str, field: str, allowed: Sequence[str]) -> None:
    if word and word not in allowed:
        raise InvalidParameter(field, f"is {shown(word)}", allowed=", ".join(allowed))


def _fields(volumes: Volumes, field: str) -> Iterator[str]:
    for index, volume in enumerate(volumes.volumes):
        for each in range(len(volume.mount_info)):
            yield f"{field}.volumes[{index}].mount_info[{each}].path"


def _check_apart(mounts: Sequence[Mount], fields: Sequence[str], field: str) -> None:
    if len(mounts) > MOST_MOUNTS:
        problem = f"has {len(mounts)} places to mount at"
        raise InvalidParameter(f"{field}.volumes", problem, allowed=f"{MOST_MOUNTS} at most")
    known: dict[str, str] = {}
    for mount, where in zip(mounts, fields, strict=True):
        if (other := known.get(mount.variable)) is not None:
            problem = f"is {shown(mount.path)}, and {shown(other)} is mounted already (variable {mount.variable})"
            raise InvalidParameter(where, problem, allowed="each path once, told apart by letters and digits")
        known[mount.variable] = mount.path
