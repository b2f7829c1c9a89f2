"""Rules of applications: their names."""

from __future__ import annotations

import re
from typing import Final

from homeport.model.errors import InvalidApplicationName

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,61}[a-z0-9]")
_NAMES: Final = (
    "2 to 63 lower-case letters, digits and hyphens, the first a letter, the last a letter or digit, as in web-shop"
)


def check_name(name: str) -> None:
    """Pass when `name` is fit for an application (contract/contract.md, section 5); raise `InvalidApplicationName`."""
    if _NAME.fullmatch(name) is None:
        raise InvalidApplicationName(name, allowed=_NAMES)
