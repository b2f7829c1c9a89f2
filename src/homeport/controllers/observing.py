"""What the controllers see of the components without an active job on one node."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from homeport.drivers.base import Driver, InstanceState, Observed
from homeport.drivers.telling import end_in_words, instance_status, trouble_in_words
from homeport.model.causes import Cause
from homeport.model.happenings import FAILED_MOUNT
from homeport.model.records import Component, Instance
from homeport.services.context import Context
from homeport.services.keeping import Turn
from homeport.services.orders import open_order
from homeport.store.loading import load_instances, record


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A component, the instances its committed route names, and what there is of them."""

    component: Component
    serving: tuple[Instance, ...]
    observed: Mapping[str, Observed]

    @property
    def absent(self) -> frozenset[str]:
        """Names of instances that should be there and are not: lost, or ended by `homeport down`.

        One that could not be started at all would not be the second time either.
        """
        return frozenset(
            one.name
            for one in self.observed.values()
            if one.state is InstanceState.ABSENT or (one.state is InstanceState.ENDED and not one.fault)
        )

    @property
    def ready(self) -> int:
        """How many instances are ready."""
        return sum(one.ready for one in self.observed.values())

    @property
    def turns(self) -> list[Turn]:
        """The instances whose status is another than was written down."""
        return [
            _turn(self.observed[instance.name])
            for instance in self.serving
            if instance.status != instance_status(self.observed[instance.name])
        ]

    def restarted(self, before: Mapping[str, int], since: int) -> list[Turn]:
        """The instances that are ready again after an end since a time; `before` is how often each had restarted."""
        return [
            Turn(
                name=one.name,
                status=instance_status(one),
                message=f"Instance {one.name} {end_in_words(one)} and was started again",
                healthy=False,
            )
            for one in self.observed.values()
            if one.ready and one.restarts > before.get(one.name, 0) and (one.started_at or 0) >= since
        ]


def _turn(one: Observed) -> Turn:
    what = "is ready" if one.ready else trouble_in_words(one)
    event = FAILED_MOUNT if one.fault and one.fault_cause is Cause.MOUNT_FAILED else ""
    message = f"Instance {one.name} {what}"
    return Turn(name=one.name, status=instance_status(one), message=message, healthy=one.ready, event=event)


async def observe_all(context: Context, driver: Driver, node: str) -> list[Seen]:
    """Return every component of a node that no job is at; the driver is asked once for all, and not at all for none."""
    rows = await context.store.rows("unsettled_components", driver=driver.name, node=node)
    components = [record(Component, row) for row in rows]
    serving = {component.id: await serving_of(context, component) for component in components}
    orders = [open_order(context, instance) for instances in serving.values() for instance in instances]
    observed = await driver.observe(orders) if orders else {}
    return [
        Seen(
            component=component,
            serving=serving[component.id],
            observed={instance.name: observed[instance.name] for instance in serving[component.id]},
        )
        for component in components
    ]


async def serving_of(context: Context, component: Component) -> tuple[Instance, ...]:
    """Return the instances that a component's committed route names."""
    route = set(component.serving)
    instances = await load_instances(context.store, component.id) if route else []
    return tuple(instance for instance in instances if instance.name in route)
