"""Fields whose JSON is kept as it was sent, because its user must get it back exactly so.

Such a field is of type Raw and carries the shape it must have: `Annotated[Raw | UnsetType, Kept(Source)] = UNSET`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_type_hints

import msgspec
from msgspec import UNSET, Raw, UnsetType


class Kept(msgspec.Struct, frozen=True):
    """Marks a field of type Raw: the shape its JSON must have. The JSON itself is kept as it was sent.

    `shown` is what the documentation says of it, where that is more than what is checked.
    """

    shape: Any
    shown: Any = None


def sent(raw: Raw | UnsetType) -> bytes | None:
    """Return the JSON of a kept field; None when it was left out or null."""
    if raw is UNSET:
        return None
    text = bytes(raw)
    return None if text == b"null" else text


@cache
def kept_fields(type_: type[msgspec.Struct]) -> dict[str, Kept]:
    """Return how a Struct's raw fields are marked, by name."""
    return dict(_kept_of(type_))


def _kept_of(type_: type[msgspec.Struct]) -> Iterator[tuple[str, Kept]]:
    for name, hint in get_type_hints(type_, include_extras=True).items():
        for mark in getattr(hint, "__metadata__", ()):
            if isinstance(mark, Kept):
                yield name, mark
