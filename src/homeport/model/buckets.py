"""Buckets of S3-compatible stores: who may be asked for which, and what a mounted one is known by.

A volume is a bucket where a credential of type `s3` names it; without one it is a folder (volumes.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

import msgspec

from homeport.model.errors import InvalidParameter, shown
from homeport.model.volumes import NAME, NAMES, Mount

MOST_BUCKETS: Final = 100
"""How many buckets one credential may name."""

_ENDPOINTS: Final = "the URL of a store, as in https://obs.example.com or http://127.0.0.1:9000, without a path"
_ENDPOINT: Final = re.compile(r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:\d{1,5})?")


class Bucket(msgspec.Struct, frozen=True, kw_only=True):
    """A bucket, and with which keys it is opened. Its `repr` shows no key."""

    name: str
    endpoint: str
    """The URL of its store."""
    access_key: str
    secret_key: str

    def __repr__(self) -> str:
        return f"Bucket(name={self.name!r}, endpoint={self.endpoint!r})"


def checked_endpoint(text: str) -> str:
    """Return the URL of a store in the form in which it is kept; raise `InvalidParameter` for what is none."""
    endpoint = text.strip().lower().rstrip("/")
    if _ENDPOINT.fullmatch(endpoint) is None or not _has_port(endpoint):
        raise InvalidParameter("server", f"is {shown(text)}, which is no endpoint", allowed=_ENDPOINTS)
    return endpoint


def _has_port(endpoint: str) -> bool:
    """Tell whether the port of a URL is one, as its scheme's own is."""
    try:
        return urlsplit(endpoint).port != 0
    except ValueError:
        return False


def checked_buckets(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of buckets that a credential is for; raise `InvalidParameter` where one breaks a rule."""
    if not 1 <= len(names) <= MOST_BUCKETS:
        raise InvalidParameter("buckets", f"has {len(names)} names", allowed=f"1 to {MOST_BUCKETS} names")
    for index, name in enumerate(names):
        if NAME.fullmatch(name) is None:
            raise InvalidParameter(f"buckets[{index}]", f"is {shown(name)}", allowed=NAMES)
        if name in names[:index]:
            raise InvalidParameter(f"buckets[{index}]", f"is {shown(name)} once more", allowed="each name once")
    return tuple(names)


def umask_of(name: str, mounts: Sequence[Mount]) -> str:
    """Return in octal digits which permissions nobody has in a bucket: what the first of its mounts takes away."""
    mode = next((mount.mode for mount in mounts if mount.volume == name), 0o777)
    return f"{0o777 & ~mode:04o}"
