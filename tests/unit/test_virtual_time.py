"""The virtual time of the model tests."""

from __future__ import annotations

import pytest

from support.model_time import VirtualClock, VirtualLoop


@pytest.mark.parametrize("years", [0, 1, 8])
def test_timers_are_called_however_long_virtual_time_has_gone_on(years: int) -> None:
    async def scenario() -> list[float]:
        clock = VirtualClock(loop)
        await clock.sleep(years * 31_536_000)
        began, called = loop.time(), []
        for _ in range(1_000):
            await clock.sleep(0.1)
            called.append(loop.time() - began)
        return called

    loop = VirtualLoop()
    try:
        called = loop.run_until_complete(scenario())
    finally:
        loop.close()
    assert called == pytest.approx([number / 10 for number in range(1, 1_001)])
