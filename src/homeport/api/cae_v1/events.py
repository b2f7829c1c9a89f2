"""ListComponentEvents (contract/contract.md, section 11): an old call that clients still make."""

from __future__ import annotations

from homeport.api.cae_v1.answers import EventItem, EventsAnswer
from homeport.api.cae_v1.places import Parts, component_of, time_text
from homeport.api.calls import Answer, Call, Handler, json_answer
from homeport.model.records import ComponentEvent
from homeport.services import events


def handlers(parts: Parts) -> dict[str, Handler]:
    """Return the handlers by operation id."""
    context = parts.context

    async def list_events(call: Call) -> Answer:
        found = await events.list_events(context, await component_of(context, call))
        return json_answer(EventsAnswer(items=[_item(event) for event in found]))

    return {"ListComponentEvents": list_events}


def _item(event: ComponentEvent) -> EventItem:
    return EventItem(
        name=event.name,
        message=event.message,
        status=event.type,
        count=event.count,
        involved_object=event.involved_object,
        involved_object_kind=event.involved_object_kind,
        created_at=time_text(event.created_at),
        updated_at=time_text(event.updated_at),
    )
