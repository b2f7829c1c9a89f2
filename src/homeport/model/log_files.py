"""Which files of an instance belong to its log: configuration type `log` (contract/contract.md, section 8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from homeport.model.errors import InvalidParameter, shown
from homeport.model.paths import check_absolute, check_relative

MOST_PATHS: Final = 20
"""How many paths a component may have, those on volumes among them; CAE's own limit."""
HOME: Final = "~"
"""Begins a path below the folder that an instance has to itself."""

_WILD: Final = "*?["
_OF_THE_KERNEL: Final = ("proc", "sys", "dev")


class FilesOfVolume(msgspec.Struct, frozen=True):
    """Files in a folder of a volume, as CAE writes it."""

    dir_path: str = ""
    file_name_pattern: str = ""


class LogFiles(msgspec.Struct, frozen=True):
    """`data.spec` of type log."""

    log_paths: tuple[str, ...] = ()
    cloud_storage_log_paths: tuple[FilesOfVolume, ...] = ()


class Pattern(msgspec.Struct, frozen=True):
    """Files by a path with wildcards: those of `folder` whose way from there fits `steps`, one each folder."""

    folder: str
    """Without wildcards: absolute, `~` or below it, or relative (empty: the folder that the program runs in)."""
    steps: tuple[str, ...]


def patterns_of(files: LogFiles) -> tuple[str, ...]:
    """Return the paths of checked files with their wildcards, each once."""
    of_volumes = (f"{one.dir_path.rstrip('/')}/{one.file_name_pattern}" for one in files.cloud_storage_log_paths)
    return tuple(dict.fromkeys((*files.log_paths, *of_volumes)))


def parsed(path: str) -> Pattern:
    """Return what a checked path says."""
    steps = path.split("/")
    fixed = next((at for at, step in enumerate(steps[:-1]) if _is_wild(step)), len(steps) - 1)
    return Pattern("/".join(steps[:fixed]), tuple(steps[fixed:]))


def check_log_files(files: LogFiles, field: str) -> None:
    """Pass when all of it can be followed; `field` is the path of the spec in the request.

    Raises:
        InvalidParameter: a path leads to no file of a folder, leaves its way, or is there twice; or there are too many.
    """
    count = len(files.log_paths) + len(files.cloud_storage_log_paths)
    if count > MOST_PATHS:
        raise InvalidParameter(field, f"has {count} paths of logs", allowed=f"{MOST_PATHS} at most")
    known: set[str] = set()
    for path, where in _each(files, field):
        _check_path(path, where)
        if path in known:
            raise InvalidParameter(where, f"is {shown(path)} once more", allowed="each path once")
        known.add(path)


def _each(files: LogFiles, field: str) -> Iterator[tuple[str, str]]:
    """Yield each path, and which field has it, after the fields of volumes were looked at."""
    for index, path in enumerate(files.log_paths):
        yield path, f"{field}.log_paths[{index}]"
    for index, one in enumerate(files.cloud_storage_log_paths):
        where = f"{field}.cloud_storage_log_paths[{index}]"
        check_absolute(one.dir_path, f"{where}.dir_path")
        if "/" in one.file_name_pattern:
            problem = f"is {shown(one.file_name_pattern)}"
            raise InvalidParameter(f"{where}.file_name_pattern", problem, allowed="a name of files, * for any part")
        check_relative(one.file_name_pattern, f"{where}.file_name_pattern")
        yield f"{one.dir_path.rstrip('/')}/{one.file_name_pattern}", where


def _check_path(path: str, field: str) -> None:
    if not path.startswith("/"):
        check_relative(path.removeprefix(f"{HOME}/"), field)
        return
    check_absolute(path, field)
    first, *rest = path[1:].split("/")
    if not rest or not rest[-1] or _is_wild(first) or first in _OF_THE_KERNEL:
        allowed = "files in a folder, as /var/log/shop/*.log; not in / itself, /proc, /sys or /dev"
        raise InvalidParameter(field, f"is {shown(path)}", allowed=allowed)


def _is_wild(step: str) -> bool:
    return any(sign in step for sign in _WILD)
