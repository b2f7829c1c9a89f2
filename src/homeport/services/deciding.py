"""Load, decide, commit; and all of it anew when somebody else was faster."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, Generic, NamedTuple, TypeVar

from homeport.model.changes import Change
from homeport.model.errors import Unavailable
from homeport.services.context import Context
from homeport.services.requests import ADD_REQUEST, noted
from homeport.store.base import Missed

T = TypeVar("T")

MOST_ATTEMPTS: Final = 16
"""After so many misses in a row the store is under a load in which waiting helps more than trying."""


class CarriedOut(Exception):  # noqa: N818 - an answer, not a defect
    """The same request, under the same key, was carried out meanwhile: its answer is there to be read."""


class Decision(NamedTuple, Generic[T]):
    """What a caller is told, and the change that makes it true; None when nothing has to change."""

    result: T
    change: Change | None


async def accept(context: Context, attempt: Callable[[], Awaitable[Decision[T]]]) -> T:
    """Commit what `attempt` decides and return its result; it reads and decides by a rule, and writes nothing itself.

    A request under a key is written down in the same change. It runs again as `decide` says.

    Raises:
        CarriedOut: the same request was carried out by somebody else meanwhile.
        Unavailable: as `decide`.
    """

    async def carried_out() -> T:
        result, change = await attempt()
        if context.once is not None:
            change = noted(context, context.once, change or Change(()), result)
        if change is not None:
            await _commit(context, change)
        return result

    return await decide(carried_out)


async def _commit(context: Context, change: Change) -> None:
    try:
        await context.store.commit(change)
    except Missed as missed:
        if missed.statement == ADD_REQUEST:
            raise CarriedOut from missed
        raise


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
