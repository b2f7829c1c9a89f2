"""The engine's loops of one process: a worker, and the controllers of its drivers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from homeport.controllers.keep import Keep
from homeport.controllers.leases import Controller, run_controllers
from homeport.controllers.metrics import Metrics
from homeport.controllers.orphans import Orphans
from homeport.controllers.remains import Remains
from homeport.controllers.retention import Retention
from homeport.controllers.scaling import Scaling
from homeport.drivers.base import Driver
from homeport.jobs.log_desk import LogDesk
from homeport.jobs.tools import Tools
from homeport.jobs.working import Working
from homeport.log_setup import get_logger
from homeport.model.causes import TaskFailed

_log = get_logger()

_PAUSE: Final = 5.0
"""Seconds before a driver that cannot be reached is asked again."""


@asynccontextmanager
async def engine_at_work(tools: Tools, drain_seconds: float, *, shared: bool) -> AsyncIterator[None]:
    """Let a worker and the controllers work; at the end tasks under way have so many seconds, then are handed back.

    `shared` tells that other processes have the store too, and may ask for logs of instances of this node.
    """
    working = Working(tools)
    work = asyncio.create_task(working.run())
    loops = asyncio.create_task(_control(tools, shared=shared))
    try:
        yield
    finally:
        loops.cancel()
        working.drain(drain_seconds)
        await asyncio.wait({work, loops})
        for task in (work, loops):
            if not task.cancelled() and task.exception() is not None:
                _log.error("engine.part_failed", error=str(task.exception()))


async def _control(tools: Tools, *, shared: bool) -> None:
    owner = tools.ids.uuid()
    async with asyncio.TaskGroup() as group:
        group.create_task(run_controllers(tools.context, owner, [Retention(tools.context)]))
        for driver in tools.drivers.values():
            group.create_task(_control_driver(tools, driver, owner, shared=shared))


async def _control_driver(tools: Tools, driver: Driver, owner: str, *, shared: bool) -> None:
    node = await _node_of(tools, driver)
    router = tools.routers.get(driver.name)
    controllers: list[Controller] = [
        Keep(tools.context, driver, node, router),
        Orphans(tools.context, driver, node),
        Remains(tools.context, driver, node),
        Scaling(tools.context, driver, node, tools.rules.scaling_period),
        Metrics(tools.context, driver, node, tools.readings, tools.rules.metrics_period),
    ]
    async with asyncio.TaskGroup() as group:
        group.create_task(run_controllers(tools.context, owner, controllers))
        if shared:
            group.create_task(LogDesk(tools.context, tools.drivers, driver.name, node).run())


async def _node_of(tools: Tools, driver: Driver) -> str:
    while True:
        try:
            return await driver.node()
        except TaskFailed as error:
            # Told once by the worker; that there is no Docker Engine is nothing to complain of for ever.
            _log.debug("engine.driver_unreachable", driver=driver.name, error=str(error))
            await tools.clock.sleep(_PAUSE)
