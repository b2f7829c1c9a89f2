"""The rules of the request headers that CAE knows (contract/contract.md, section 2), and of our Idempotency-Key."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from homeport.api.operations.base import EnvironmentHeader
from homeport.model.errors import InvalidParameter

ENVIRONMENT_PATTERN: Final = "^[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}$"
ENTERPRISE_PATTERN: Final = ENVIRONMENT_PATTERN + "|^0$"
KEY_PATTERN: Final = "^[!-~]{1,255}$"

_UUID: Final = re.compile(rb"[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}")
_KEY: Final = re.compile(rb"[!-~]{1,255}")


@lru_cache(1024)  # who polls sends the same one again and again
def environment_id(value: bytes | None, rule: EnvironmentHeader) -> str | None:
    """Return the id in X-Environment-ID; None where it is absent and may be.

    Raises `InvalidParameter` where it is malformed, or absent though required.
    """
    if value is None:
        if rule is EnvironmentHeader.REQUIRED:
            raise InvalidParameter("X-Environment-ID", "is missing", allowed="the id of an environment, as a header")
        return None
    if _UUID.fullmatch(value) is None:
        raise InvalidParameter("X-Environment-ID", "is no id", allowed="a UUID in lower case with hyphens")
    return value.decode("ascii")


def enterprise_project_id(value: bytes | None) -> str | None:
    """Return the id in X-Enterprise-Project-ID, `0` for the default one; None where it is absent.

    Raises `InvalidParameter` where it is malformed.
    """
    if value is None:
        return None
    if value != b"0" and _UUID.fullmatch(value) is None:
        raise InvalidParameter("X-Enterprise-Project-ID", "is no id", allowed="0, or a UUID in lower case with hyphens")
    return value.decode("ascii")


def idempotency_key(value: bytes | None) -> str | None:
    """Return the key in Idempotency-Key; None where it is absent. Raises `InvalidParameter` where it is malformed."""
    if value is None:
        return None
    if _KEY.fullmatch(value) is None:
        raise InvalidParameter("Idempotency-Key", "is no key", allowed="1 to 255 visible ASCII characters")
    return value.decode("ascii")


def names_tag(value: bytes | None, tag: bytes) -> bool:
    """Tell whether If-None-Match names an entity tag (with its quotes), or any; weak tags count (RFC 9110, 13.1.2)."""
    if value is None:
        return False
    known = [part.strip().removeprefix(b"W/") for part in value.split(b",")]
    return tag in known or known == [b"*"]
