"""Decoded JSON of a user's read into a shape, and what does not fit said by its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec

from homeport.model.errors import InvalidParameter

T = TypeVar("T")

_MISFIT: Final = re.compile(r"(?P<what>.*?)(?: - at `\$(?P<path>[^`]*)`)?", re.DOTALL)


def converted(spec: Mapping[str, Any], shape: type[T], field: str) -> T:
    """Return a configuration's `spec` in a shape; `field` is its path in the request.

    Raises:
        InvalidParameter: it does not fit; the field says which part.
    """
    try:
        return msgspec.convert(spec, shape)
    except msgspec.ValidationError as error:
        match = _MISFIT.fullmatch(str(error))
        what, path = (match["what"], match["path"] or "") if match else (str(error), "")
        problem = f"does not fit: {what[0].lower()}{what[1:]}"
        allowed = "what docs/reference/configurations.md shows"
        raise InvalidParameter(f"{field}{path}", problem, allowed=allowed) from None
