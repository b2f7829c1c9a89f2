"""What differs between two snapshots of a component."""

from __future__ import annotations

from homeport.api import queries
from homeport.api.calls import Answer, Call, Handler, json_answer
from homeport.api.homeport_v1.schemas import ComparedSnapshot, ComparisonAnswer, DifferenceItem
from homeport.model.clock import rfc3339
from homeport.model.errors import ComponentNotFound
from homeport.model.records import Snapshot
from homeport.services.context import Context
from homeport.services.snapshots import compare_snapshots
from homeport.store.loading import load_component


def handlers(context: Context) -> dict[str, Handler]:
    """Return the handlers by operation id."""

    async def compare(call: Call) -> Answer:
        component = await load_component(context.store, call.param("component_id"))
        if component is None or component.project_id != call.project_id:
            raise ComponentNotFound(call.param("component_id"))
        first, second = (
            queries.whole_number(call.query, name, 0, least=1, most=2**53) or None for name in ("first", "second")
        )
        found = await compare_snapshots(context, component, first, second)
        items = [DifferenceItem(field=one.field, before=one.before, after=one.after) for one in found.differences]
        return json_answer(ComparisonAnswer(first=_item(found.first), second=_item(found.second), differences=items))

    return {"CompareSnapshots": compare}


def _item(snapshot: Snapshot) -> ComparedSnapshot:
    return ComparedSnapshot(
        index=snapshot.idx,
        version=snapshot.version or "",
        operation=snapshot.operation,
        job_id=snapshot.job_id,
        created_at=rfc3339(snapshot.created_at),
    )
