"""Paths within an instance, as users write them."""

from __future__ import annotations

import re
from typing import Final

from homeport.model.errors import InvalidParameter, shown

LONGEST_PATH: Final = 255
"""Characters of a path."""

_REST: Final = "without . and .. and control characters, 255 characters at most"
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


def check_absolute(path: str, field: str) -> None:
    """Pass for a path that leads from the root to something below it; a slash at its end changes nothing.

    Raises:
        InvalidParameter: it is relative, the root, leaves its way (`..`), or is none that could be mounted or opened.
    """
    if not path.startswith("/") or not _is_way(path[1:].removesuffix("/")):
        allowed = f"an absolute path as /mnt/data, not / itself, {_REST}"
        raise InvalidParameter(field, f"is {shown(path)}" if path else "is missing", allowed=allowed)


def check_relative(path: str, field: str) -> None:
    """Pass for a path that leads from one folder to something below it.

    Raises:
        InvalidParameter: it is empty or absolute, leaves its way (`..`), or is none that could be opened.
    """
    if not _is_way(path):
        raise InvalidParameter(field, f"is {shown(path)}", allowed=f"a path below the folder, as a/b, {_REST}")


def _is_way(path: str) -> bool:
    if len(path) >= LONGEST_PATH or _CONTROL.search(path) is not None:
        return False
    return all(step not in ("", ".", "..") for step in path.split("/"))
