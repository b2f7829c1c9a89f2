"""Readings in a store that processes share: the last of each component, until they are old."""

from homeport.model.clock import SystemClock
from homeport.model.custom_metrics import Reading, Sample
from homeport.services.custom_metrics import KEPT, SharedReadings

HALF = KEPT // 2


def reading(value: str, at: int) -> Reading:
    samples = (Sample("orders_total", value, {"shop": "\x00ö"}, "counter"),)
    return Reading(instance="cart-1", at=at, samples=samples)


def test_what_was_told_last_is_read_as_it_was_told(stores) -> None:
    now = SystemClock().now()

    async def scenario(store):
        readings = SharedReadings(store, SystemClock())
        for value in ("1", "NaN"):
            await readings.put("cart", [reading(value, now)])
        await readings.put("shop", [reading("3", now)])
        return await readings.of("cart"), await readings.of("unheard of")

    assert stores.run(scenario) == ((reading("NaN", now),), ())


def test_readings_go_when_there_are_none_any_more_and_when_they_are_old(stores) -> None:
    now = SystemClock().now()

    async def scenario(store):
        readings = SharedReadings(store, SystemClock())
        for name, at in {"unasked": now, "old": now - KEPT - 1, "gone": now - HALF, "kept": now}.items():
            await readings.put(name, [reading("1", at)])
        await readings.put("unasked", [])
        await readings.forget_before(now - HALF + 1)
        return [name for name in ("unasked", "old", "gone", "kept") if await readings.of(name)]

    assert stores.run(scenario) == ["kept"]
