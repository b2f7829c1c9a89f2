"""Instances: what runs of a component, as its rows say."""

from __future__ import annotations

from homeport.model.records import Component, Instance
from homeport.services.context import Context
from homeport.store.loading import load_instances


async def list_instances(context: Context, component: Component) -> list[Instance]:
    """Return the instances that jobs have asked for and not yet removed, oldest first."""
    return await load_instances(context.store, component.id)
