"""ExecuteAction and DeleteComponent: whatever makes a job of a component (contract/contract.md, sections 6.3 and 7)."""

from __future__ import annotations

from collections.abc import Awaitable

from msgspec import Raw, UnsetType

from homeport.api.bodies import sent
from homeport.api.cae_v1.answers import JobId
from homeport.api.cae_v1.places import Parts, environment_of
from homeport.api.cae_v1.schemas import ChangeSpec, ExecuteActionBody, RollbackSpec, ScaleSpec, action_spec
from homeport.api.calls import Answer, Call, Handler, json_answer
from homeport.api.once import carry_out
from homeport.model.plans import Action
from homeport.services.actions import ActionRequest, execute_action
from homeport.services.components import find_component
from homeport.services.context import Context


def handlers(parts: Parts) -> dict[str, Handler]:
    """Return the handlers by operation id."""
    context = parts.context

    async def answer(call: Call, request: ActionRequest) -> Answer:
        environment = await environment_of(context, call)
        component = await find_component(context, environment, call.param("application_id"), call.param("component_id"))

        def act(within: Context) -> Awaitable[str]:
            return execute_action(within, environment, component, request, call.caller.user_name)

        return await carry_out(context, call, act, lambda job_id: json_answer(JobId(job_id=job_id)))

    async def execute(call: Call) -> Answer:
        environment = await environment_of(context, call)
        await find_component(context, environment, call.param("application_id"), call.param("component_id"))
        return await answer(call, request_of(await call.decode(ExecuteActionBody)))

    async def delete_component(call: Call) -> Answer:
        return await answer(call, ActionRequest(action=Action.DELETE_COMPONENT))

    return {"ExecuteAction": execute, "DeleteComponent": delete_component}


def request_of(body: ExecuteActionBody) -> ActionRequest:
    """Return the action that a body asks for; fields that the action does not need are ignored.

    Raises:
        InvalidParameter: a field that the action needs is wrong.
    """
    spec = action_spec(body)
    action = Action(body.metadata.name)
    annotations = _text(body.metadata.annotations) or "{}"
    match spec:
        case ChangeSpec():
            return ActionRequest(
                action=action,
                annotations=annotations,
                source=_text(spec.source),
                build=_text(spec.build),
                resource_limit=_text(spec.resource_limit),
            )
        case ScaleSpec():
            return ActionRequest(action=action, annotations=annotations, replica=spec.replica)
        case RollbackSpec():
            return ActionRequest(action=action, annotations=annotations, snapshot_index=spec.snapshot_index)
        case None:
            return ActionRequest(action=action, annotations=annotations)


def _text(raw: Raw | UnsetType) -> str | None:
    text = sent(raw)
    return None if text is None else text.decode()
