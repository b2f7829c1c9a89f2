"""The volumes calls (contract/contract.md, section 16)."""

from __future__ import annotations

from collections.abc import Awaitable

from homeport.api import queries
from homeport.api.cae_v1.answers import MountingAnswer, MountingItem, VolumeItem, VolumesAnswer
from homeport.api.cae_v1.places import Parts, environment_of, scope_of, time_text
from homeport.api.cae_v1.schemas import CreateVolumeBody, VolumeSpec
from homeport.api.calls import Answer, Call, Handler, empty_answer, json_answer
from homeport.api.once import carry_out
from homeport.model.errors import InvalidParameter
from homeport.model.records import BoundVolume, Environment
from homeport.model.volumes import NewVolumes
from homeport.services import volumes
from homeport.services.context import Context
from homeport.services.volumes import Mounted


def handlers(parts: Parts) -> dict[str, Handler]:
    """Return the handlers by operation id."""
    context = parts.context

    async def list_volumes(call: Call) -> Answer:
        environment = await environment_of(context, call)
        kind = queries.one_of(call.query, "resource_type", "", allowed=("obs", "sfs"))
        if not kind:
            raise InvalidParameter("resource_type", "is missing", allowed="obs, sfs")
        found = await volumes.list_volumes(context, environment.id)
        return json_answer(VolumesAnswer(items=[_item(one) for one in found if one.resource_type == kind]))

    async def create_volume(call: Call) -> Answer:
        await environment_of(context, call)
        body = await call.decode(CreateVolumeBody)

        def act(within: Context) -> Awaitable[None]:
            return volumes.create_volumes(within, scope_of(call), _new(body.spec))

        return await carry_out(context, call, act, lambda _: empty_answer())

    async def delete_volume(call: Call) -> Answer:
        environment = await environment_of(context, call)
        mounted = await volumes.delete_volume(context, environment, call.param("id"))
        if not mounted:
            return json_answer(MountingAnswer())
        items = [_mounting(environment, one) for one in mounted]
        return json_answer(MountingAnswer(api_version="v1", kind="Component", items=items))

    return {"ListVolumes": list_volumes, "CreateVolume": create_volume, "DeleteVolume": delete_volume}


def _new(spec: VolumeSpec) -> NewVolumes:
    return NewVolumes(
        resource_type=spec.resource_type,
        resource_sub_type=spec.resource_sub_type,
        resources=spec.resources,
        credentials=len(spec.resources_credentials or ()),
    )


def _item(volume: BoundVolume) -> VolumeItem:
    return VolumeItem(
        id=volume.id,
        resource_name=volume.name,
        resource_type=volume.resource_type,
        resource_sub_type=volume.resource_sub_type,
        time=time_text(volume.created_at),
    )


def _mounting(environment: Environment, mounted: Mounted) -> MountingItem:
    return MountingItem(
        env_id=environment.id,
        env_name=environment.name,
        app_id=mounted.application_id,
        app_name=mounted.application_name,
        component_id=mounted.component_id,
        component_name=mounted.component_name,
    )
