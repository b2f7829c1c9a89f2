"""Volumes of an environment: list, bind, and unbind those that no component has mounted.

A volume is a folder of the node, made when something is mounted of it first, and never removed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from homeport.model.changes import Change, Statement, Value
from homeport.model.configurations import NewItem, volume_ids, volumes_of, with_volume_names
from homeport.model.records import BoundVolume, Component, Environment
from homeport.model.volumes import NewVolumes, VolumeBound, VolumeNotFound, check_new_volumes
from homeport.services.configuration_sets import load_set
from homeport.services.context import Context
from homeport.services.deciding import Decision, accept
from homeport.services.environments import Scope, addition_guard, find_environment, refuse_addition
from homeport.store.loading import record


class Mounted(NamedTuple):
    """A component that has a volume mounted."""

    component_id: str
    component_name: str
    application_id: str
    application_name: str


async def list_volumes(context: Context, environment_id: str) -> list[BoundVolume]:
    """Return the volumes of an environment, oldest first."""
    return [record(BoundVolume, row) for row in await context.store.rows("volumes", environment_id=environment_id)]


async def create_volumes(context: Context, scope: Scope, new: NewVolumes) -> None:
    """Bind volumes to an environment, all or none.

    Raises:
        InvalidParameter: a name or a type breaks a rule, or credentials are given.
        EnvironmentNotFound, EnvironmentBeingDeleted, EnvironmentNotReady: nothing can be put into the environment.
        VolumeBound: the environment has one of a name.
    """
    check_new_volumes(new)

    async def attempt() -> Decision[None]:
        environment = await find_environment(context, scope)
        refuse_addition(environment)
        known = {volume.name for volume in await list_volumes(context, environment.id)}
        for index, name in enumerate(new.resources):
            if name in known:
                raise VolumeBound(f"spec.resources[{index}]", name)
        added = [Statement("add_volume", _row(context, environment, new, name)) for name in new.resources]
        return Decision(None, Change((addition_guard(environment.id, environment.project_id), *added)))

    await accept(context, attempt)


async def delete_volume(context: Context, environment: Environment, volume_id: str) -> list[Mounted]:
    """Unbind a volume, unless components have it mounted: these are returned then. What is in it stays.

    Raises:
        VolumeNotFound: the environment has none of this id.
    """

    async def attempt() -> Decision[list[Mounted]]:
        found = next((one for one in await list_volumes(context, environment.id) if one.id == volume_id), None)
        if found is None:
            raise VolumeNotFound(volume_id)
        mounted = await _mounted(context, environment, found.name)
        which: dict[str, Value] = {"id": volume_id, "environment_id": environment.id}
        return Decision(mounted, None if mounted else Change((Statement("remove_volume", which),)))

    return await accept(context, attempt)


async def named_volumes(context: Context, component: Component, items: Sequence[NewItem]) -> list[NewItem]:
    """Return checked items in which volumes that are called by the id of a bound one have its name."""
    if not any(item.type == "volume" and volume_ids(item) for item in items):
        return list(items)
    names: Mapping[str, str] = {one.id: one.name for one in await list_volumes(context, component.environment_id)}
    return [with_volume_names(item, names) if item.type == "volume" else item for item in items]


async def _mounted(context: Context, environment: Environment, name: str) -> list[Mounted]:
    rows = await context.store.rows("components_that_may_mount", environment_id=environment.id)
    found = []
    for row in rows:
        settings = await load_set(context, str(row["id"]), str(row["operation_id"]))
        if any(mount.volume == name for mount in volumes_of(settings)):
            place = (row["id"], row["name"], row["application_id"], row["application_name"])
            found.append(Mounted(*map(str, place)))
    return found


def _row(context: Context, environment: Environment, new: NewVolumes, name: str) -> dict[str, Value]:
    volume = BoundVolume(
        id=context.ids.uuid(),
        environment_id=environment.id,
        name=name,
        resource_type=new.resource_type,
        resource_sub_type=new.resource_sub_type,
        created_at=context.clock.now(),
    )
    return msgspec.structs.asdict(volume)
