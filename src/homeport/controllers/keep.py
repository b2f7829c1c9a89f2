"""Keep: what should run does run. Routes are sent again, missing instances are made, statuses follow what is observed.

It looks only after components without an active job, and takes a fence before it makes anything, so that a job that is
accepted meanwhile is never in its way.
"""

from __future__ import annotations

import json
from typing import Final

import msgspec

from homeport.controllers.observing import Seen, changes_of, observe_all
from homeport.drivers.base import Driver
from homeport.jobs.orders import Make, addition, new_order, open_order, owner_of
from homeport.jobs.tools import Tools
from homeport.model.changes import Change, Statement
from homeport.model.configurations import effective
from homeport.model.records import Component
from homeport.model.workloads import Artifact, InstanceOrder
from homeport.routing.base import Backend, Route, Router
from homeport.services.configurations import load_set
from homeport.store.base import Missed

_ROUTE_PERIOD: Final = 30.0
"""Seconds after which a route is sent again though nothing has changed: its router may have been restarted."""

_artifact = msgspec.json.Decoder(Artifact).decode


class Keep:
    """The controller of one driver on one node."""

    def __init__(self, tools: Tools, driver: Driver, node: str) -> None:
        self._tools = tools
        self._driver = driver
        self._node = node
        self._router: Router | None = tools.routers.get(driver.name)
        self._sent: dict[str, tuple[Route, float]] = {}

    @property
    def name(self) -> str:
        """`keep:process:<node>`."""
        return f"keep:{self._driver.name}:{self._node}"

    @property
    def pause(self) -> float:
        """Seconds between two passes."""
        return 2.0

    async def step(self) -> None:
        """Look once after every component of the node."""
        seen = await observe_all(self._tools, self._driver, self._node)
        for one in seen:
            try:
                await self._look_after(one)
            except Missed:
                # A job was accepted or a fence was taken meanwhile: whoever did that looks after the component now.
                continue
        for gone in self._sent.keys() - {one.component.id for one in seen}:
            del self._sent[gone]

    async def _look_after(self, seen: Seen) -> None:
        component = seen.component
        if not component.deployed or component.status == "paused":
            return
        if seen.absent or len(seen.serving) < component.replica:
            await self._make(seen)
            return
        await self._send_route(seen)
        statements = changes_of(seen, self._tools.clock.now())
        if statements:
            await self._tools.store.commit(Change(statements))

    async def _make(self, seen: Seen) -> None:
        """Start what is missing, under a fence of its own."""
        component = seen.component
        missing = component.replica - len(seen.serving)
        orders = [] if missing <= 0 else [await self._new_order(component) for _ in range(missing)]
        names = [instance.name for instance in seen.serving] + [order.name for order in orders]
        fence = component.fence + 1
        taken = Statement(
            "keep_route",
            {"id": component.id, "fence": fence, "was_fence": component.fence, "route": json.dumps(names)},
        )
        await self._tools.store.commit(Change((taken, *(addition(self._tools, order) for order in orders))))
        again = [open_order(self._tools, instance) for instance in seen.serving if instance.name in seen.absent]
        for order in (*again, *orders):
            await self._driver.start(msgspec.structs.replace(order, fence=fence))

    async def _new_order(self, component: Component) -> InstanceOrder:
        settings = await load_set(self._tools.context, component.id, component.operation_id)
        make = Make(
            job_id=component.job_id,
            revision=f"{component.job_id}/keep",
            fence=component.fence + 1,
            artifact=_artifact(component.artifact or ""),
            runtime=component.runtime,
            resource_limit=component.resource_limit,
            workload=effective(settings),
            script="",
        )
        return new_order(self._tools, await owner_of(self._tools, component), make)

    async def _send_route(self, seen: Seen) -> None:
        if self._router is None:
            return
        where = [(one.name, one.address) for one in seen.observed.values()]
        route = Route(
            component_id=seen.component.id,
            component_name=seen.component.name,
            fence=seen.component.fence,
            port=seen.component.port,
            backends=tuple(Backend(name=name, address=address) for name, address in where if address),
        )
        now = self._tools.clock.monotonic()
        known, sent_at = self._sent.get(seen.component.id, (None, 0.0))
        if route != known or now - sent_at > _ROUTE_PERIOD:
            await self._router.set(route)
            self._sent[seen.component.id] = (route, now)
