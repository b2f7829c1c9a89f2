"""The instances behind an address: what is still under way at those that have left."""

import asyncio

from homeport.routing.base import Backend
from homeport.routing.front_targets import Targets, drain

OLD = Backend(name="cart-old", address="127.0.0.1:22001")
NEW = Backend(name="cart-new", address="127.0.0.1:22002")


def test_an_instance_that_left_is_told_again_as_long_as_a_request_is_under_way_at_it() -> None:
    targets = Targets(lambda name: True)
    targets.change([OLD])
    old = targets.choose()
    assert old is not None
    with old.used():
        first = targets.change([NEW])
        again = targets.change([NEW])
    assert (first, again, targets.change([NEW])) == ([old], [old], [])


def test_an_instance_that_comes_back_is_no_longer_one_that_left() -> None:
    targets = Targets(lambda name: True)
    targets.change([OLD])
    old = targets.choose()
    assert old is not None
    with old.used():
        targets.change([NEW])
        assert targets.change([OLD]) == []
        assert targets.choose() is old


def test_a_second_one_who_waits_for_the_same_request_waits_too() -> None:
    async def scenario() -> tuple[bool, bool]:
        targets = Targets(lambda name: True)
        targets.change([OLD])
        old = targets.choose()
        assert old is not None
        with old.used():
            targets.change([NEW])
            waiting = asyncio.ensure_future(drain(targets.change([NEW]), 20))
            await asyncio.sleep(0)
            during = waiting.done()
        await waiting
        return during, waiting.done()

    assert asyncio.run(scenario()) == (False, True)
