"""ListComponentInstances (contract/contract.md, section 10)."""

from __future__ import annotations

from homeport.api.cae_v1.answers import InstanceItem, InstancesAnswer
from homeport.api.cae_v1.places import Parts, component_of
from homeport.api.calls import Answer, Call, Handler, json_answer
from homeport.model.ids import derived_uuid
from homeport.model.records import Instance
from homeport.services import instances


def handlers(parts: Parts) -> dict[str, Handler]:
    """Return the handlers by operation id."""
    context = parts.context

    async def list_instances(call: Call) -> Answer:
        found = await instances.list_instances(context, await component_of(context, call))
        return json_answer(InstancesAnswer(items=[_item(instance) for instance in found]))

    return {"ListComponentInstances": list_instances}


def _item(instance: Instance) -> InstanceItem:
    # An instance's name is its identity; clients of CAE expect a UUID beside it, so one is made from the two.
    id_ = derived_uuid(instance.component_id, instance.name)
    return InstanceItem(id=id_, name=instance.name, status=instance.status)
