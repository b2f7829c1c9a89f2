"""The environments calls: ListEnvironments, CreateEnvironment, DeleteEnvironment (contract/contract.md, section 4)."""

from __future__ import annotations

from collections.abc import Awaitable

from homeport.api.bodies import sent
from homeport.api.cae_v1.answers import EnvironmentItem, EnvironmentsAnswer, JobId
from homeport.api.cae_v1.places import Parts, time_text
from homeport.api.cae_v1.schemas import CreateEnvironmentBody
from homeport.api.calls import Answer, Call, Handler, json_answer
from homeport.api.once import carry_out
from homeport.model.annotations import annotations_of
from homeport.model.environments import DRIVER_ANNOTATION, ENTERPRISE_ANNOTATION
from homeport.model.records import Environment
from homeport.services import environments
from homeport.services.context import Context
from homeport.services.environments import NewEnvironment, Scope


def handlers(parts: Parts) -> dict[str, Handler]:
    """Return the handlers by operation id."""
    context = parts.context

    async def list_environments(call: Call) -> Answer:
        found = await environments.list_environments(context, call.project_id, call.enterprise_project_id)
        return json_answer(EnvironmentsAnswer(items=[_item(environment) for environment in found]))

    async def create_environment(call: Call) -> Answer:
        body = await call.decode(CreateEnvironmentBody)
        new = NewEnvironment(
            project_id=call.project_id,
            name=body.metadata.name,
            annotations=(sent(body.metadata.annotations) or b"{}").decode(),
            enterprise_project_id=call.enterprise_project_id,
            requested_by=call.caller.user_name,
        )

        def act(within: Context) -> Awaitable[str]:
            return environments.create_environment(within, new)

        return await carry_out(context, call, act, lambda job_id: json_answer(JobId(job_id)))

    async def delete_environment(call: Call) -> Answer:
        scope = Scope(call.project_id, call.param("environment_id"), call.enterprise_project_id)
        return json_answer(JobId(await environments.delete_environment(context, scope, call.caller.user_name)))

    return {
        "ListEnvironments": list_environments,
        "CreateEnvironment": create_environment,
        "DeleteEnvironment": delete_environment,
    }


def _item(environment: Environment) -> EnvironmentItem:
    return EnvironmentItem(
        id=environment.id,
        name=environment.name,
        status=environment.status,
        job_id=environment.job_id,
        annotations=annotations_of(environment.annotations)
        | {ENTERPRISE_ANNOTATION: environment.enterprise_project_id, DRIVER_ANNOTATION: environment.driver},
        created_at=time_text(environment.created_at),
        updated_at=time_text(environment.updated_at),
    )
