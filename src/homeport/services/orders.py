"""What a driver is told of a new instance, from what a component shall be."""

from __future__ import annotations

import hashlib

import msgspec

from homeport.model.buckets import Bucket
from homeport.model.changes import Statement
from homeport.model.configurations import Effective
from homeport.model.records import Component, Instance
from homeport.model.sources import limit_of
from homeport.model.workloads import Artifact, InstanceOrder, Owner
from homeport.services.context import Context
from homeport.store.base import Row

_decode = msgspec.json.Decoder(InstanceOrder).decode


class Make(msgspec.Struct, frozen=True, kw_only=True):
    """What the instances of one revision have in common. `resource_limit` is its user's JSON."""

    job_id: str
    revision: str
    """Whatever tells this revision from others: its digest is part of the instances' names."""
    fence: int
    artifact: Artifact
    runtime: str
    resource_limit: str
    workload: Effective
    buckets: tuple[Bucket, ...]
    script: str


def new_order(context: Context, owner: Owner, make: Make) -> InstanceOrder:
    """Return the order of one new instance, under a name like a pod's: `shop-5787bf845c-wzz99`."""
    digest = hashlib.sha256(make.revision.encode()).hexdigest()[:10]
    return InstanceOrder(
        name=f"{owner.component_name}-{digest}-{context.ids.suffix(5)}",
        owner=owner,
        job_id=make.job_id,
        fence=make.fence,
        asked_at=context.clock.now(),
        artifact=make.artifact,
        runtime=make.runtime,
        limit=limit_of(make.resource_limit),
        env=make.workload.env,
        health=make.workload.health,
        lifecycle=make.workload.lifecycle,
        mounts=make.workload.mounts,
        buckets=make.buckets,
        log_paths=make.workload.log_paths,
        target_port=make.workload.target_port,
        script=make.script,
    )


def addition(context: Context, order: InstanceOrder) -> Statement:
    """Return the statement that writes down a new instance; its order is sealed, for variables may be secrets."""
    return Statement(
        "add_instance",
        {
            "name": order.name,
            "component_id": order.owner.component_id,
            "environment_id": order.owner.environment_id,
            "job_id": order.job_id,
            "fence": order.fence,
            "status": "creating",
            "orders": context.vault.seal_text(msgspec.json.encode(order).decode(), _place(order.name)),
            "created_at": order.asked_at,
            "updated_at": order.asked_at,
        },
    )


def open_order(context: Context, instance: Instance) -> InstanceOrder:
    """Return the order of an instance, unsealed."""
    return _decode(context.vault.unseal_text(instance.orders, _place(instance.name)))


async def owner_of(context: Context, component: Component) -> Owner:
    """Return whose workload a component's instances are."""
    return named_owner(component, await context.store.row("names_around_component", id=component.id) or {})


def named_owner(component: Component, names: Row) -> Owner:
    """Return whose workload a component's instances are, from a row with `environment_name` and `application_name`."""
    return Owner(
        project_id=component.project_id,
        environment_id=component.environment_id,
        environment_name=str(names.get("environment_name") or ""),
        application_id=component.application_id,
        application_name=str(names.get("application_name") or ""),
        component_id=component.id,
        component_name=component.name,
    )


def _place(name: str) -> str:
    return f"instance:{name}"
