"""Ports that a stored configuration would open and another component has: refused before any job meets them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from homeport.model.access import placed_entrances
from homeport.model.configuration_rules import APPLIED
from homeport.model.configurations import NewItem, access_of, json_object, without_nulls
from homeport.model.environments import SIMULATED
from homeport.model.records import Component
from homeport.model.sharing import Neighbour, check_free
from homeport.services.configuration_sets import load_set
from homeport.services.context import Context
from homeport.store.base import Row
from homeport.store.loading import load_environment


async def refuse_taken_ports(context: Context, component: Component, items: Sequence[NewItem], field: str) -> None:
    """Pass when no other component has, in effect, a port that checked items would open.

    `field` is the path of the items in the request. Only components of the same driver and node are known to be behind
    the same front; what else has a port, the job finds out before it begins.

    Raises:
        PortClash: one has it, and cannot share it.
    """
    wanted = [
        placed
        for index, item in enumerate(items)
        if item.type == "access" and item.data is not None
        for placed in placed_entrances(
            json_object(without_nulls(msgspec.json.decode(item.data)), "spec"),
            f"{field}[{index}].data.spec{APPLIED if item.applied else ''}",
        )
    ]
    environment = await load_environment(context.store, component.environment_id) if wanted else None
    if environment is None or environment.driver == SIMULATED:
        return
    rows = await context.store.rows("components_at_front", driver=environment.driver, node=environment.node)
    check_free(wanted, [await _neighbour(context, component, row) for row in rows])


async def _neighbour(context: Context, component: Component, row: Row) -> Neighbour:
    id_, operation_id = str(row["id"]), row["operation_id"]
    is_own = id_ == component.id
    # What another project has is none of this one's business, names included.
    name = str(row["name"]) if row["project_id"] == component.project_id else "of another project"
    others = operation_id is not None and not is_own
    settings = await load_set(context, id_, str(operation_id)) if others else {}
    return Neighbour(name=name, stable_port=int(row["port"] or 0), entrances=access_of(settings))
