"""ListComponentSnapshots (contract/contract.md, section 9)."""

from __future__ import annotations

from msgspec import UNSET

from homeport.api.cae_v1.answers import SnapshotContext, SnapshotItem, SnapshotsAnswer
from homeport.api.cae_v1.places import Parts, component_of, time_text
from homeport.api.calls import Answer, Call, Handler, json_answer
from homeport.model.records import Component, Snapshot
from homeport.services import snapshots


def handlers(parts: Parts) -> dict[str, Handler]:
    """Return the handlers by operation id."""
    context = parts.context

    async def list_snapshots(call: Call) -> Answer:
        component = await component_of(context, call)
        found = await snapshots.list_snapshots(context, component)
        return json_answer(SnapshotsAnswer(items=[_item(component, snapshot) for snapshot in found]))

    return {"ListComponentSnapshots": list_snapshots}


def _item(component: Component, snapshot: Snapshot) -> SnapshotItem:
    return SnapshotItem(
        component_id=component.id,
        index=snapshot.idx,
        context=_context(component, snapshot),
        created_at=time_text(snapshot.created_at),
        updated_at=time_text(snapshot.updated_at),
    )


def _context(component: Component, snapshot: Snapshot) -> SnapshotContext:
    """Return the component as the snapshot has it; `source`, `build` and `resource_limit` are JSON in a string."""
    return SnapshotContext(
        app_id=component.application_id,
        env_id=component.environment_id,
        id=component.id,
        name=component.name,
        runtime=snapshot.runtime,  # type: ignore[arg-type]  # checked when it was stored
        replica=snapshot.replica,
        available_replica=snapshot.available_replica,
        source=snapshot.source,
        build=snapshot.build or "{}",
        resource_limit=snapshot.resource_limit,
        image_url=snapshot.image_url,
        operation=snapshot.operation,
        operation_status=snapshot.operation_status,
        status=snapshot.status,
        version=snapshot.version or "",
        job_id=snapshot.job_id,
        created_at=time_text(component.created_at),
        updated_at=time_text(snapshot.updated_at),
        build_id=snapshot.build_id or UNSET,
        build_log_id=snapshot.build_id or UNSET,
        log_group_id=component.environment_id,
        log_stream_id=component.id,
    )
