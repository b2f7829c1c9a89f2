"""Events of a component: what happened to it and to its instances, under Kubernetes-like names."""

from __future__ import annotations

from typing import Final

from homeport.model.records import Component, ComponentEvent
from homeport.services.context import Context
from homeport.store.loading import record

MOST_LISTED: Final = 1_000
"""How many events a list shows, the latest first."""


async def list_events(context: Context, component: Component) -> list[ComponentEvent]:
    """Return what happened to a component, the latest first; the same event again only raises its count."""
    rows = await context.store.rows("component_events", component_id=component.id, most=MOST_LISTED)
    return [record(ComponentEvent, row) for row in rows]
