"""Remains: what drivers keep of instances that ended, their logs above all, goes when it is old."""

from __future__ import annotations

from homeport.drivers.base import Driver
from homeport.services.context import Context


class Remains:
    """The controller of one driver on one node."""

    pause = 600.0

    def __init__(self, context: Context, driver: Driver, node: str) -> None:
        self._context = context
        self._driver = driver
        self._node = node

    @property
    def name(self) -> str:
        """`remains:process:<node>`."""
        return f"remains:{self._driver.name}:{self._node}"

    async def step(self) -> None:
        """Remove what is too old."""
        await self._driver.forget_ended(self._context.clock.now() - self._context.rules.history_time)
