"""Keep: what should run does run. Routes are sent again, missing instances are made, statuses follow what is observed.

It looks only after components without an active job, and takes a fence before it makes anything, so that a job that is
accepted meanwhile is never in its way.
"""

from __future__ import annotations

from typing import Final

import msgspec

from homeport.controllers.observing import Seen, observe_all
from homeport.drivers.base import Driver
from homeport.log_setup import get_logger
from homeport.model.causes import Cause, TaskFailed
from homeport.model.records import Component
from homeport.routing.base import Backend, Route, Router
from homeport.services.access import Opened, load_opened
from homeport.services.context import Context
from homeport.services.keeping import note_failure, note_state, take_over, withdraw
from homeport.services.orders import open_order
from homeport.store.base import Missed

_ROUTE_PERIOD: Final = 30.0
"""Seconds after which a route is sent again though nothing has changed: its router may have been restarted."""

_OF_ONE: Final = frozenset({Cause.MOUNT_FAILED, Cause.CREDENTIAL_MISSING})
"""Causes that are a component's own, and keep nothing else from being looked after."""

_log = get_logger()


class Keep:
    """The controller of one driver on one node."""

    def __init__(self, context: Context, driver: Driver, node: str, router: Router | None) -> None:
        self._context = context
        self._driver = driver
        self._node = node
        self._router = router
        self._sent: dict[str, tuple[Route, float]] = {}
        self._opened: dict[str, tuple[str | None, Opened, float]] = {}
        """What each component opens, by which operation, and when that was looked up."""
        self._began = context.clock.now()
        self._restarts: dict[str, int] = {}
        """How often each instance had restarted at the last pass: an end between two passes is told all the same."""

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
        seen = await observe_all(self._context, self._driver, self._node)
        for one in seen:
            try:
                await self._look_after(one)
            except Missed as missed:
                # A job was accepted or a fence was taken meanwhile: whoever did that looks after the component now.
                _log.debug("keep.overtaken", component_id=one.component.id, reason=str(missed))
            except TaskFailed as error:
                if error.failure.cause not in _OF_ONE:
                    raise
                # The others are looked after all the same.
                _log.warning("keep.failed", component_id=one.component.id, error=str(error))
                await note_failure(self._context, one.component, error.failure)
        self._restarts = {name: one.restarts for each in seen for name, one in each.observed.items()}
        for gone in self._sent.keys() - {one.component.id for one in seen}:
            del self._sent[gone]
            self._opened.pop(gone, None)

    async def _look_after(self, seen: Seen) -> None:
        component = seen.component
        if not component.deployed or component.status == "paused":
            if seen.serving:
                await self._withdraw(component)
            return
        if seen.absent or len(seen.serving) != component.replica:
            await self._make(seen)
        else:
            await self._send_route(seen)
            turns = [*seen.restarted(self._restarts, self._began), *seen.turns]
            await note_state(self._context, component, ready=seen.ready, turns=turns)

    async def _make(self, seen: Seen) -> None:
        """Start what is missing: instances that are written down and not there, and those there are too few of.

        Where there are too many, as a scale leaves them that nobody could end, the oldest that are there stay.
        """
        kept = tuple(sorted(seen.serving, key=lambda one: one.name in seen.absent)[: seen.component.replica])
        orders = await take_over(self._context, seen.component, kept)
        if len(kept) < len(seen.serving):
            component = msgspec.structs.replace(seen.component, fence=seen.component.fence + 1)
            observed = {instance.name: seen.observed[instance.name] for instance in kept}
            # Before `orphans` ends the others.
            await self._send_route(Seen(component=component, serving=kept, observed=observed))
        again = [instance for instance in kept if instance.name in seen.absent]
        for order in (*(open_order(self._context, instance) for instance in again), *orders):
            await self._driver.start(msgspec.structs.replace(order, fence=seen.component.fence + 1))
            _log.info("keep.started", instance=order.name, component_id=seen.component.id)

    async def _withdraw(self, component: Component) -> None:
        """Take the traffic from what a first deployment or a start left that nobody could undo: before, nothing served.

        Its instances are on no route then, so `orphans` ends them.
        """
        fence = await withdraw(self._context, component)
        if self._router is not None:
            nowhere = Route(component_id=component.id, component_name=component.name, fence=fence, port=component.port)
            await self._router.set(nowhere)
        _log.info("keep.withdrawn", component_id=component.id)

    async def _send_route(self, seen: Seen) -> None:
        if self._router is None:
            return
        opened = await self._opened_by(seen.component)
        where = [(one.name, one.address) for one in seen.observed.values()]
        route = Route(
            component_id=seen.component.id,
            component_name=seen.component.name,
            fence=seen.component.fence,
            port=seen.component.port,
            backends=tuple(Backend(name=name, address=address) for name, address in where if address),
            entrances=opened.entrances,
            certificates=opened.certificates,
        )
        now = self._context.clock.monotonic()
        known, sent_at = self._sent.get(seen.component.id, (None, 0.0))
        if route != known or now - sent_at > _ROUTE_PERIOD:
            await self._router.set(route)
            self._sent[seen.component.id] = (route, now)

    async def _opened_by(self, component: Component) -> Opened:
        """Return what a component opens; a certificate that was renewed meanwhile is seen after `_ROUTE_PERIOD`."""
        now = self._context.clock.monotonic()
        operation_id, opened, looked_up = self._opened.get(component.id, (None, Opened(), 0.0))
        if component.operation_id != operation_id or now - looked_up > _ROUTE_PERIOD:
            opened = await load_opened(self._context, component, component.operation_id)
            self._opened[component.id] = (component.operation_id, opened, now)
        return opened
