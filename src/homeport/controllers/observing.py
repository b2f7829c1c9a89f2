"""What the controllers see of the components without an active job on one node, and what of it has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping

import msgspec

from homeport.drivers.base import Driver, InstanceState, Observed
from homeport.jobs.happenings import instance_event
from homeport.jobs.judging import exit_in_words
from homeport.jobs.orders import open_order
from homeport.jobs.tasks.verify import instance_status
from homeport.jobs.tools import Tools
from homeport.model.changes import Statement
from homeport.model.records import Component, Instance
from homeport.store.loading import load_instances, record


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A component, the instances its committed route names, and what there is of them."""

    component: Component
    serving: tuple[Instance, ...]
    observed: Mapping[str, Observed]

    @property
    def absent(self) -> frozenset[str]:
        """Names of instances that should be there and are not."""
        return frozenset(one.name for one in self.observed.values() if one.state is InstanceState.ABSENT)

    @property
    def ready(self) -> int:
        """How many instances are ready."""
        return sum(one.ready for one in self.observed.values())


async def observe_all(tools: Tools, driver: Driver, node: str) -> list[Seen]:
    """Return every component of a node that no job is at; the driver is asked once for all, and not at all for none."""
    rows = await tools.store.rows("unsettled_components", driver=driver.name, node=node)
    serving: dict[str, tuple[Instance, ...]] = {}
    components = [record(Component, row) for row in rows]
    for component in components:
        route = set(json.loads(component.route))
        instances = await load_instances(tools.store, component.id) if route else []
        serving[component.id] = tuple(instance for instance in instances if instance.name in route)
    orders = [open_order(tools, instance) for instances in serving.values() for instance in instances]
    observed = await driver.observe(orders) if orders else {}
    return [
        Seen(
            component=component,
            serving=serving[component.id],
            observed={instance.name: observed[instance.name] for instance in serving[component.id]},
        )
        for component in components
    ]


def changes_of(seen: Seen, now: int) -> tuple[Statement, ...]:
    """Return the statements that write down what has changed, guarded against a job accepted meanwhile; or none."""
    component = seen.component
    status = "running" if seen.ready >= component.replica else "notReady"
    turned = [instance for instance in seen.serving if instance.status != instance_status(seen.observed[instance.name])]
    if status == component.status and seen.ready == component.available_replica and not turned:
        return ()
    guard = Statement(
        "keep_component",
        {
            "id": component.id,
            "fence": component.fence,
            "status": status,
            "available_replica": seen.ready,
            "was_updated_at": component.updated_at,
            "now": max(now, component.updated_at + 1),
        },
    )
    told = [statement for instance in turned for statement in _turned(seen, instance, now)]
    return (guard, *told)


def _turned(seen: Seen, instance: Instance, now: int) -> list[Statement]:
    one = seen.observed[instance.name]
    status = instance_status(one)
    name, text = ("Healthy", "is ready") if one.ready else ("Unhealthy", _trouble(one))
    message = f"Instance {instance.name} {text}"
    return [
        Statement("set_instance_status", {"name": instance.name, "status": status, "now": now}, rows=None),
        instance_event(seen.component.id, name, message, now=now, instance=instance.name, warning=not one.ready),
    ]


def _trouble(one: Observed) -> str:
    if one.fault:
        return f"could not be started: {one.fault}"
    if one.state in (InstanceState.BACKOFF, InstanceState.ENDED):
        memory = " at its memory limit" if one.out_of_memory else ""
        return f"ended with {exit_in_words(one.exit_code)}{memory} and is started again"
    return f"is not ready: {one.probe_failure or 'its port does not accept'}"
