"""What the controllers change: statuses as observed, instances that are made again or forgotten.

All of it is guarded against a job that was accepted meanwhile: `Missed` then says that it looks after the component.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from homeport.model.causes import Cause, Failure
from homeport.model.changes import Change, Statement, Value
from homeport.model.configurations import Effective, effective
from homeport.model.environments import SIMULATED
from homeport.model.happenings import FAILED_MOUNT, component_event, instance_event
from homeport.model.records import Component, Instance
from homeport.model.secret_references import missing_secrets
from homeport.model.workloads import Artifact, InstanceOrder
from homeport.services.configuration_sets import load_set
from homeport.services.context import Context
from homeport.services.credentials import open_buckets, with_secrets
from homeport.services.orders import Make, addition, new_order, owner_of
from homeport.services.submission import script_of
from homeport.store.loading import load_environment, load_snapshot

_artifact = msgspec.json.Decoder(Artifact).decode


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """An instance whose status has changed, and what there is to say of it."""

    name: str
    status: str
    message: str
    healthy: bool
    event: str = ""
    """The event that tells of it; when empty Healthy or Unhealthy."""


async def note_state(context: Context, component: Component, *, ready: int, turns: Sequence[Turn]) -> None:
    """Write down how a component and its instances do; nothing is written when nothing has changed.

    Raises:
        Missed: a job was accepted, or somebody else changed the component.
    """
    status = "running" if ready >= component.replica else "notReady"
    if status == component.status and ready == component.available_replica and not turns:
        return
    now = max(context.clock.now(), component.updated_at + 1)
    guard = Statement(
        "keep_component",
        {
            "id": component.id,
            "fence": component.fence,
            "status": status,
            "available_replica": ready,
            "was_updated_at": component.updated_at,
            "now": now,
        },
    )
    told = [statement for turn in turns for statement in _told(component, turn, now)]
    await context.store.commit(Change((guard, *told)))


def _told(component: Component, turn: Turn, now: int) -> tuple[Statement, Statement]:
    name = turn.event or ("Healthy" if turn.healthy else "Unhealthy")
    status: dict[str, Value] = {"name": turn.name, "status": turn.status, "now": now}
    return (
        Statement("set_instance_status", status, rows=None),
        instance_event(component.id, name, turn.message, now=now, instance=turn.name, warning=not turn.healthy),
    )


async def withdraw(context: Context, component: Component) -> int:
    """Take a fence for a component that no job is at and that nothing is to serve, and empty its route; return it.

    Raises:
        Missed: a job was accepted, or somebody else took a fence.
    """
    now = max(context.clock.now(), component.updated_at + 1)
    fence = component.fence + 1
    emptied: dict[str, Value] = {"id": component.id, "fence": fence, "was_fence": component.fence, "now": now}
    noted: dict[str, Value] = {
        "id": component.id,
        "fence": fence,
        "status": component.status,
        "available_replica": 0,
        "was_updated_at": now,
        "now": now,
    }
    change = Change((Statement("keep_route", emptied | {"route": "[]"}), Statement("keep_component", noted)))
    await context.store.commit(change)
    return fence


async def take_over(context: Context, component: Component, serving: Sequence[Instance]) -> list[InstanceOrder]:
    """Take a fence for a component that no job is at, and write down the instances it lacks; return their orders.

    The route then names the serving instances and the new ones.

    Raises:
        Missed: a job was accepted, or somebody else took a fence.
        TaskFailed: a variable refers to a secret that is not there (`credential-missing`).
    """
    missing = max(component.replica - len(serving), 0)
    orders = await _new_orders(context, component, missing) if missing else []
    names = [instance.name for instance in serving] + [order.name for order in orders]
    taken = Statement(
        "keep_route",
        {
            "id": component.id,
            "fence": component.fence + 1,
            "was_fence": component.fence,
            "route": json.dumps(names),
            "now": context.clock.now(),
        },
    )
    await context.store.commit(Change((taken, *(addition(context, order) for order in orders))))
    return orders


async def _new_orders(context: Context, component: Component, count: int) -> list[InstanceOrder]:
    environment = await load_environment(context.store, component.environment_id)
    is_simulated = environment is not None and environment.driver == SIMULATED
    workload = await _workload(context, component, is_simulated=is_simulated)
    version_job = await _job_of_version(context, component)
    make = Make(
        job_id=version_job,
        revision=f"{version_job}/{component.fence + 1}",
        fence=component.fence + 1,
        artifact=_artifact(component.artifact or ""),
        runtime=component.runtime,
        resource_limit=component.resource_limit,
        workload=workload,
        buckets=() if is_simulated else await open_buckets(context, component.project_id, workload.volumes),
        script=script_of(component.annotations, environment.annotations if environment else "{}"),
    )
    owner = await owner_of(context, component)
    return [new_order(context, owner, make) for _ in range(count)]


async def _job_of_version(context: Context, component: Component) -> str:
    """Return the job that wrote down the version that serves.

    Not the latest: one that failed may be retried, and would take for its own what was made of the version before it.
    """
    index = component.snapshot_index
    snapshot = await load_snapshot(context.store, component.id, index) if index is not None else None
    return snapshot.job_id if snapshot is not None else component.job_id


async def _workload(context: Context, component: Component, *, is_simulated: bool) -> Effective:
    """Return what is in effect for a component, with the secrets it refers to; simulated instances need none."""
    workload = effective(await load_set(context, component.id, component.operation_id))
    if is_simulated:
        return workload
    workload = await with_secrets(context, component.project_id, workload)
    missing = missing_secrets(workload.secrets, workload.env)
    if missing is not None:
        raise missing
    return workload


async def note_failure(context: Context, component: Component, failure: Failure) -> None:
    """Tell why instances of a component cannot be made again; it is tried again, and the event counts how often."""
    name = FAILED_MOUNT if failure.cause is Cause.MOUNT_FAILED else "FailedCreate"
    told = component_event(
        component.id,
        name,
        f"Instances cannot be made again: {failure.what}",
        now=context.clock.now(),
        involved=component.name,
        kind="Component",
        warning=True,
    )
    await context.store.commit(Change((told,)))


async def give_up_instance(context: Context, name: str, component_id: str, fence: int) -> None:
    """Write down that a left instance is being ended, before it is: a retry of its job is not to take it up again.

    Raises:
        Missed: a job was accepted or retried, or somebody took a fence: whoever did that looks after the instance.
    """
    idle: dict[str, Value] = {"id": component_id, "fence": fence}
    ending: dict[str, Value] = {"name": name, "status": "terminating", "now": context.clock.now()}
    guard = Statement("hold_idle_component", idle)
    await context.store.commit(Change((guard, Statement("set_instance_status", ending, rows=None))))


async def forget_instance(context: Context, name: str) -> None:
    """Remove an instance that is gone from what is written down; harmless when it is not there."""
    await context.store.commit(Change((Statement("remove_instance", {"name": name}, rows=None),)))
