"""Orphans: whatever runs on a node that no committed route and no active job names is ended."""

from __future__ import annotations

import json
from typing import Final

import structlog

from homeport.drivers.base import Driver, Known
from homeport.jobs.tools import Tools
from homeport.model.changes import Change, Statement
from homeport.store.loading import load_component

_log = structlog.get_logger()

_STRAY: Final = "orphan.ended"


class Orphans:
    """The controller of one driver on one node."""

    def __init__(self, tools: Tools, driver: Driver, node: str) -> None:
        self._tools = tools
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
        for known in await self._driver.known() if await self._in_use() else []:
            if await self._unwanted(known):
                await self._driver.stop([known.name], known.fence)
                _log.info(_STRAY, instance=known.name, component_id=known.component_id)

    async def _in_use(self) -> bool:
        return bool(await self._tools.store.rows("environments_of_driver", driver=self._driver.name))

    async def _end_strays(self) -> None:
        """End instances that are written down but not on their component's route: what an undo could not end."""
        rows = await self._tools.store.rows("stray_instances", driver=self._driver.name, node=self._node)
        for row in rows:
            name = str(row["name"])
            if name in json.loads(str(row["route"])):
                continue
            left = await self._driver.stop([name], int(row["component_fence"] or 0))
            if not left:
                await self._tools.store.commit(Change((Statement("remove_instance", {"name": name}),)))
                _log.info(_STRAY, instance=name, component_id=row["component_id"])

    async def _unwanted(self, known: Known) -> bool:
        if await self._tools.store.row("instance", name=known.name) is not None:
            return False
        component = await load_component(self._tools.store, known.component_id)
        # A job of a higher fence than was read may have begun: its instances are written down before they are started.
        return component is None or known.fence <= component.fence
