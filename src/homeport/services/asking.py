"""A request that is carried out once, however often it is sent, as values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """Which request of a project this is: two of the same key are one, or the second is refused."""

    project_id: str
    key: str
    operation: str
    digest: str
    """Of everything that makes it this request and no other, its body too."""
    kept_for: int
    """Microseconds for which its answer is given again."""


class Reply(msgspec.Struct, frozen=True):
    """What a request was answered: status and body."""

    status: int
    body: bytes


class Once(msgspec.Struct, frozen=True):
    """The request that a service carries out, and how what the service returns becomes its answer."""

    ask: Ask
    reply: Callable[[Any], Reply]
