"""The applications calls (contract/contract.md, section 5)."""

from __future__ import annotations

from collections.abc import Awaitable

from homeport.api.cae_v1.answers import ApplicationAnswer, ApplicationItem, ApplicationsAnswer
from homeport.api.cae_v1.places import Parts, application_of, environment_of, scope_of, time_text
from homeport.api.cae_v1.schemas import CreateApplicationBody
from homeport.api.calls import Answer, Call, Handler, empty_answer, json_answer
from homeport.api.once import carry_out
from homeport.model.records import Application
from homeport.services import applications
from homeport.services.context import Context


def handlers(parts: Parts) -> dict[str, Handler]:
    """Return the handlers by operation id."""
    context = parts.context

    async def list_applications(call: Call) -> Answer:
        found = await applications.list_applications(context, await environment_of(context, call))
        return json_answer(ApplicationsAnswer(items=[_item(application) for application in found]))

    async def create_application(call: Call) -> Answer:
        await environment_of(context, call)
        body = await call.decode(CreateApplicationBody)

        def act(within: Context) -> Awaitable[Application]:
            return applications.create_application(within, scope_of(call), body.metadata.name)

        return await carry_out(context, call, act, _shown)

    async def show_application(call: Call) -> Answer:
        return _shown(await application_of(context, call))

    async def delete_application(call: Call) -> Answer:
        environment = await environment_of(context, call)
        await applications.delete_application(context, environment, call.param("application_id"))
        return empty_answer()

    return {
        "ListApplications": list_applications,
        "CreateApplication": create_application,
        "ShowApplication": show_application,
        "DeleteApplication": delete_application,
    }


def _shown(application: Application) -> Answer:
    return json_answer(ApplicationAnswer(metadata=_item(application)))


def _item(application: Application) -> ApplicationItem:
    return ApplicationItem(
        id=application.id,
        name=application.name,
        created_at=time_text(application.created_at),
        updated_at=time_text(application.updated_at),
    )
