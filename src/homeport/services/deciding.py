"""Load, decide, commit; and all of it anew when somebody else was faster."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, TypeVar

from homeport.model.errors import Unavailable
from homeport.store.base import Missed

T = TypeVar("T")

MOST_ATTEMPTS: Final = 16
"""After so many misses in a row the store is under a load in which waiting helps more than trying."""


async def decide(attempt: Callable[[], Awaitable[T]]) -> T:
    """Return what `attempt` returns; it reads, decides by a rule, and commits.

    It runs again when a guard of its commit missed: what it had read was no longer so, and what it decides on the new
    state is what its caller gets, a refusal too.

    Raises:
        Unavailable: it missed `MOST_ATTEMPTS` times.
    """
    for _ in range(MOST_ATTEMPTS - 1):
        with suppress(Missed):
            return await attempt()
    try:
        return await attempt()
    except Missed as missed:
        raise Unavailable(f"Others keep changing what this request changes ({missed.statement} missed)") from missed
