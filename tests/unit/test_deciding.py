"""Load, decide, commit, and anew on a miss."""

import asyncio

import pytest

from homeport.model.errors import Unavailable
from homeport.services.deciding import MOST_ATTEMPTS, decide
from homeport.store.base import Missed


def missing(times: int) -> tuple[list[int], object]:
    tries: list[int] = []

    async def attempt() -> str:
        tries.append(len(tries))
        if len(tries) <= times:
            raise Missed("lock_environment", 1, 0)
        return "done"

    return tries, attempt


@pytest.mark.parametrize("times", [0, 1, MOST_ATTEMPTS - 1])
def test_an_attempt_that_missed_is_made_again(times: int) -> None:
    tries, attempt = missing(times)
    assert asyncio.run(decide(attempt)) == "done"
    assert len(tries) == times + 1


def test_an_attempt_that_always_misses_is_given_up() -> None:
    tries, attempt = missing(MOST_ATTEMPTS)
    with pytest.raises(Unavailable, match="lock_environment"):
        asyncio.run(decide(attempt))
    assert len(tries) == MOST_ATTEMPTS


def test_a_refusal_is_not_tried_again() -> None:
    tries = []

    async def attempt() -> None:
        tries.append(1)
        raise Unavailable("no")

    with pytest.raises(Unavailable):
        asyncio.run(decide(attempt))
    assert tries == [1]
