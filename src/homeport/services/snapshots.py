"""Snapshots: the versions of a component that served, and that it can be rolled back to."""

from __future__ import annotations

from homeport.model.records import Component, Snapshot
from homeport.services.context import Context
from homeport.store.loading import record


async def list_snapshots(context: Context, component: Component) -> list[Snapshot]:
    """Return a component's snapshots in the order of their index."""
    return [record(Snapshot, row) for row in await context.store.rows("snapshots", component_id=component.id)]
