"""Scaling: components whose rule calls for another number of instances get a scale job.

What was advised before is kept in memory, as Kubernetes does: after a restart a component counts as rightly scaled, and
fewer instances wait for a whole window.
"""

from __future__ import annotations

from collections.abc import Mapping

from homeport.controllers.observing import serving_of
from homeport.drivers.base import Driver, Observed, Usage
from homeport.log_setup import get_logger
from homeport.model.causes import TaskFailed
from homeport.model.clock import SECOND
from homeport.model.errors import JobActive, WrongState
from homeport.model.records import Component
from homeport.model.scaling import Advice, Load, ScalingRule, advise_by_load, decide
from homeport.model.workloads import InstanceOrder
from homeport.services.context import Context
from homeport.services.orders import open_order
from homeport.services.scaling import is_quiet, load_rule, rescale
from homeport.store.loading import record

_log = get_logger()

_Uses = dict[str, list[float | None]]


class Scaling:
    """The controller of one driver on one node."""

    def __init__(self, context: Context, driver: Driver, node: str, period: int = 15 * SECOND) -> None:
        """`period` is the time between two looks at the load, in microseconds; 15 s is HPA's."""
        self._context = context
        self._driver = driver
        self._node = node
        self._period = period
        self._rules: dict[str, tuple[str | None, ScalingRule | None]] = {}
        """By component: the operation in effect, and its rule."""
        self._advice: dict[str, list[Advice]] = {}
        self._used: dict[str, Usage] = {}

    @property
    def name(self) -> str:
        """`scaling:process:<node>`."""
        return f"scaling:{self._driver.name}:{self._node}"

    @property
    def pause(self) -> float:
        """Seconds between two passes."""
        return self._period / SECOND

    async def step(self) -> None:
        """Look once at every component of the node that has a rule and no active job."""
        ruled = await self._ruled()
        orders = {component.id: await self._orders(component) for component, _ in ruled}
        every = [order for some in orders.values() for order in some]
        observed = await self._driver.observe(every) if every else {}
        used = await self._usage(every) if every else {}
        for component, rule in ruled:
            uses = self._uses(orders[component.id], observed, used)
            await self._scale(component, rule, Load(current=component.replica, uses=uses))
        self._used = used
        self._advice = {component.id: self._advice[component.id] for component, _ in ruled}

    async def _ruled(self) -> list[tuple[Component, ScalingRule]]:
        rows = await self._context.store.rows("unsettled_components", driver=self._driver.name, node=self._node)
        components = [record(Component, row) for row in rows]
        candidates = [one for one in components if one.deployed and one.status != "paused" and one.operation_id]
        for one in candidates:
            if self._rules.get(one.id, ("", None))[0] != one.operation_id:
                self._rules[one.id] = (one.operation_id, await load_rule(self._context, one))
        self._rules = {one.id: self._rules[one.id] for one in candidates}
        return [(one, rule) for one in candidates if (rule := self._rules[one.id][1]) is not None]

    async def _orders(self, component: Component) -> list[InstanceOrder]:
        return [open_order(self._context, one) for one in await serving_of(self._context, component)]

    async def _usage(self, orders: list[InstanceOrder]) -> dict[str, Usage]:
        try:
            return await self._driver.usage(orders)
        except TaskFailed as error:
            # Bounds and times hold all the same.
            _log.warning("scaling.blind", driver=self._driver.name, error=str(error))
            return {}

    def _uses(self, orders: list[InstanceOrder], observed: Mapping[str, Observed], used: Mapping[str, Usage]) -> _Uses:
        """Return by metric how much of its limit each instance uses, in percent."""
        uses: _Uses = {"cpu": [], "memory": []}
        for order in orders:
            now = used.get(order.name) if observed[order.name].ready else None
            size = None if now is None or now.memory_bytes is None else now.memory_bytes
            uses["cpu"].append(_busy(order, self._used.get(order.name), now))
            uses["memory"].append(None if size is None else 100 * size / order.limit.memory_bytes)
        return uses

    async def _scale(self, component: Component, rule: ScalingRule, load: Load) -> None:
        now = self._context.clock.now()
        longest = max(rule.advanced.scaledown_stabilization_seconds, rule.advanced.scaleup_stabilization_seconds)
        kept = [one for one in self._advice.get(component.id, ()) if one.at > now - longest * SECOND]
        begun = component.id in self._advice
        history = [*(kept if begun else [Advice(now, component.replica)]), advise_by_load(rule, load, now)]
        self._advice[component.id] = history
        advice = decide(rule, load, history, now)
        if advice.replica == component.replica or await is_quiet(self._context, component):
            return
        try:
            job_id = await rescale(self._context, component, advice)
        except (JobActive, WrongState) as refusal:
            _log.debug("scaling.overtaken", component_id=component.id, reason=str(refusal))
            return
        _log.info("scaling.moved", component_id=component.id, replica=advice.replica, job_id=job_id)


def _busy(order: InstanceOrder, before: Usage | None, now: Usage | None) -> float | None:
    """Return the percent of its cores that an instance has used between two readings; None when that is not known."""
    if before is None or now is None or before.cpu_seconds is None or now.cpu_seconds is None:
        return None
    seconds = (now.at - before.at) / SECOND
    spent = now.cpu_seconds - before.cpu_seconds
    return 100 * spent / seconds / order.limit.cores if seconds > 0 and spent >= 0 else None
