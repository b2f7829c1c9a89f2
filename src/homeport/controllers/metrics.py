"""Metrics: instances of components that are configured so are asked what they tell of themselves.

What they told last is kept and shown. An instance that does not tell is told of once, until it tells again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from homeport.controllers.observing import serving_of
from homeport.drivers.base import Driver, Observed
from homeport.drivers.scraping import NotTold, told_by
from homeport.model.clock import SECOND
from homeport.model.custom_metrics import Reading, Unreadable, read_samples
from homeport.model.records import Component
from homeport.model.workloads import InstanceOrder
from homeport.services.context import Context
from homeport.services.custom_metrics import KEPT, Asked, Readings, load_asked, tell_of_failures
from homeport.services.orders import open_order
from homeport.store.loading import record

_PATIENCE: Final = 5.0
"""Seconds that an instance may take to answer, at most."""
_AT_ONCE: Final = 16


class Metrics:
    """The controller of one driver on one node."""

    def __init__(
        self, context: Context, driver: Driver, node: str, readings: Readings, period: int = 15 * SECOND
    ) -> None:
        """`period` is the time between two questions to an instance, in microseconds."""
        self._context = context
        self._driver = driver
        self._node = node
        self._readings = readings
        self._period = period
        self._asked: dict[str, tuple[str | None, Asked | None]] = {}
        """By component: the operation in effect, and what its instances are asked for."""
        self._failing: dict[str, frozenset[str]] = {}
        """By component: the instances of which it was told that they do not tell."""
        self._gate = asyncio.Semaphore(_AT_ONCE)

    @property
    def name(self) -> str:
        """`metrics:process:<node>`."""
        return f"metrics:{self._driver.name}:{self._node}"

    @property
    def pause(self) -> float:
        """Seconds between two passes."""
        return self._period / SECOND

    async def step(self) -> None:
        """Ask every ready instance once that is to be asked."""
        to_ask = await self._to_ask()
        orders = {component.id: await self._orders(component) for component, _ in to_ask}
        every = [order for some in orders.values() for order in some]
        observed = await self._driver.observe(every) if every else {}
        answers = await asyncio.gather(
            *(self._read_all(orders[component.id], observed, asked) for component, asked in to_ask)
        )
        for (component, _), readings in zip(to_ask, answers, strict=True):
            await self._readings.put(component.id, readings)
            await self._tell(component, {order.name for order in orders[component.id]}, readings)
        self._failing = {component.id: self._failing[component.id] for component, _ in to_ask}
        await self._readings.forget_before(self._context.clock.now() - KEPT)

    async def _orders(self, component: Component) -> list[InstanceOrder]:
        return [open_order(self._context, one) for one in await serving_of(self._context, component)]

    async def _to_ask(self) -> list[tuple[Component, Asked]]:
        rows = await self._context.store.rows("unsettled_components", driver=self._driver.name, node=self._node)
        candidates = [one for one in (record(Component, row) for row in rows) if one.deployed and one.operation_id]
        for one in candidates:
            if self._asked.get(one.id, ("", None))[0] != one.operation_id:
                self._asked[one.id] = (one.operation_id, await load_asked(self._context, one))
                if self._asked[one.id][1] is None:
                    await self._readings.put(one.id, ())
        self._asked = {one.id: self._asked[one.id] for one in candidates}
        return [(one, asked) for one in candidates if (asked := self._asked[one.id][1]) is not None]

    async def _read_all(
        self, orders: Sequence[InstanceOrder], observed: Mapping[str, Observed], asked: Asked
    ) -> list[Reading]:
        seen = (observed[order.name] for order in orders)
        ready = [one for one in seen if one.ready and one.address is not None]
        return await asyncio.gather(*(self._read(one, asked) for one in ready))

    async def _read(self, one: Observed, asked: Asked) -> Reading:
        host, _, own = (one.address or "").rpartition(":")
        port = (asked.metrics.port if self._driver.apart else None) or int(own)
        at = self._context.clock.now()
        try:
            async with self._gate:
                text = await told_by(host, port, asked.metrics.way, min(_PATIENCE, self.pause))
                samples, left_out = await asyncio.to_thread(read_samples, text, asked.metrics, asked.hide)
        except (NotTold, Unreadable) as error:
            return Reading(instance=one.name, at=at, failure=asked.hide(str(error)))
        return Reading(instance=one.name, at=at, samples=samples, left_out=left_out)

    async def _tell(self, component: Component, names: set[str], readings: Sequence[Reading]) -> None:
        before = self._failing.get(component.id, frozenset())
        failed = [one for one in readings if one.failure]
        told = {one.instance for one in readings if not one.failure}
        self._failing[component.id] = (before & names - told) | {one.instance for one in failed}
        await tell_of_failures(self._context, component, [one for one in failed if one.instance not in before])
