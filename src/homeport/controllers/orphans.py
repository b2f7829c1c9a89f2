"""Orphans: whatever runs on a node that no committed route and no active job names is ended."""

from __future__ import annotations

import json

from homeport.drivers.base import Driver, Known
from homeport.log_setup import get_logger
from homeport.services.context import Context
from homeport.services.keeping import forget_instance, give_up_instance
from homeport.store.base import Missed
from homeport.store.loading import load_component

_log = get_logger()


class Orphans:
    """The controller of one driver on one node."""

    def __init__(self, context: Context, driver: Driver, node: str) -> None:
        self._context = context
        self._driver = driver
        self._node = node

    @property
    def name(self) -> str:
        """`orphans:process:<node>`."""
        return f"orphans:{self._driver.name}:{self._node}"

    @property
    def pause(self) -> float:
        """Seconds between two passes."""
        return 10.0

    async def step(self) -> None:
        """Look once for instances that nobody wants any more."""
        await self._end_strays()
        for known in await self._driver.known():
            fence = await self._fence_to_end(known)
            if fence is not None:
                await self._driver.stop([known.name], fence)
                _log.info("orphan.ended", instance=known.name, component_id=known.component_id)

    async def _end_strays(self) -> None:
        """End instances that are written down but not on their component's route: what an undo could not end."""
        rows = await self._context.store.rows("stray_instances", driver=self._driver.name, node=self._node)
        for row in rows:
            name = str(row["name"])
            if name in json.loads(str(row["route"])):
                continue
            component_id, fence = str(row["component_id"]), int(row["component_fence"] or 0)
            try:
                await give_up_instance(self._context, name, component_id, fence)
            except Missed as missed:
                _log.debug("orphans.overtaken", component_id=component_id, reason=str(missed))
                continue
            if not await self._driver.stop([name], fence):
                await forget_instance(self._context, name)
                _log.info("orphan.ended", instance=name, component_id=component_id)

    async def _fence_to_end(self, known: Known) -> int | None:
        """Return the fence under which an instance is to be ended, None for one that is wanted."""
        if await self._context.store.row("instance", name=known.name) is not None:
            return None
        component = await load_component(self._context.store, known.component_id)
        if component is None:
            return known.fence
        # A job of a higher fence than was read may have begun: its instances are written down before they are started.
        return component.fence if known.fence <= component.fence else None
