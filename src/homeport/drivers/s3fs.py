"""The s3fs of this machine, by which buckets are mounted: where it lies, and whether it will do."""

from __future__ import annotations

import os
import shutil
from typing import Final

import msgspec

_FUSE: Final = "/dev/fuse"
_FUSE_SETTINGS: Final = "/etc/fuse.conf"


class S3fs(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of s3fs."""

    program: str = ""
    """Its path; empty where there is none."""
    shortcoming: str = ""
    """Why no bucket can be mounted by it, in words; empty where one can."""


def find_s3fs() -> S3fs:
    """Return what there is of s3fs on this machine."""
    program = shutil.which("s3fs")
    if program is None:
        return S3fs(shortcoming="s3fs is not on this machine (Debian: apt-get install s3fs)")
    if not os.access(_FUSE, os.R_OK | os.W_OK):
        return S3fs(program=program, shortcoming=f"{_FUSE} is not there, or not open to this user (modprobe fuse)")
    if os.geteuid() and shutil.which("fusermount") is None and shutil.which("fusermount3") is None:
        return S3fs(program=program, shortcoming="fusermount is not on this machine (Debian: apt-get install fuse)")
    return S3fs(program=program)


def may_open_to_others() -> bool:
    """Tell whether what this user mounts can be open to other users, as the programs of containers are."""
    if not os.geteuid():
        return True
    try:
        with open(_FUSE_SETTINGS) as file:  # noqa: PTH123
            return any(line.strip() == "user_allow_other" for line in file)
    except OSError:
        return False


def arguments(program: str, bucket: str, folder: str, *, endpoint: str, keys: str, umask: str) -> tuple[str, ...]:
    """Return the command that mounts a bucket at a folder and stays until it is told to end.

    `keys` is a file of mode 0600 with `ACCESS:SECRET`, read at the start alone. A store that does not answer is given
    up after seconds, not after s3fs' own five minutes.
    """
    options = [
        f"url={endpoint}",
        f"passwd_file={keys}",
        f"umask={umask}",
        "use_path_request_style",
        "retries=2",
        "connect_timeout=5",
        "readwrite_timeout=30",
        *(("allow_other",) if may_open_to_others() else ()),
    ]
    return (program, bucket, folder, "-f", "-o", ",".join(options))
