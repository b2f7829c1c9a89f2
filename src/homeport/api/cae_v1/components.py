"""The components calls but DeleteComponent, which makes a job (contract/contract.md, section 6)."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Final

from msgspec import Raw, UnsetType

from homeport.api import queries
from homeport.api.bodies import sent
from homeport.api.cae_v1 import component_views as views
from homeport.api.cae_v1.answers import ComponentsAnswer, ComponentWithConfigurationAnswer, JobId
from homeport.api.cae_v1.configurations import checked_items, stored_items
from homeport.api.cae_v1.places import Parts, application_of, component_of, environment_of, scope_of
from homeport.api.cae_v1.schemas import (
    ComponentMetadata,
    ComponentSpec,
    CreateComponentBody,
    CreateComponentWithConfigurationBody,
    UpdateComponentBody,
)
from homeport.api.calls import Answer, Call, Handler, empty_answer, json_answer
from homeport.api.once import carry_out
from homeport.model.records import Component
from homeport.services import applications, components
from homeport.services.components import Page, SpecChange
from homeport.services.context import Context
from homeport.services.deployments import Deployment, create_and_deploy

_STATUSES: Final = ("created", "running", "paused", "notReady")


def handlers(parts: Parts) -> dict[str, Handler]:
    """Return the handlers by operation id."""
    context = parts.context

    async def list_components(call: Call) -> Answer:
        environment = await environment_of(context, call)
        application = await applications.find_application(context, environment, call.param("application_id"))
        found, total = await components.list_components(context, application, _page(call.query))
        items = [await views.item(parts, component, environment) for component in found]
        return json_answer(ComponentsAnswer(items=items, total_count=total))

    async def create_component(call: Call) -> Answer:
        application = await application_of(context, call)
        body = await call.decode(CreateComponentBody)
        spec = spec_of(body.metadata, body.spec)

        def act(within: Context) -> Awaitable[Component]:
            return components.create_component(within, scope_of(call), application.id, spec)

        return await carry_out(context, call, act, lambda component: json_answer(views.created(component)))

    async def show_component(call: Call) -> Answer:
        return json_answer(await views.shown(parts, await component_of(context, call)))

    async def update_component(call: Call) -> Answer:
        component = await component_of(context, call)
        body = await call.decode(UpdateComponentBody)
        await components.update_component(context, component, _change_of(body))
        return empty_answer()

    async def create_with_configuration(call: Call) -> Answer:
        application = await application_of(context, call)
        body = await call.decode(CreateComponentWithConfigurationBody)
        items = await checked_items(body.configurations or (), "configurations")
        spec, user = spec_of(body.metadata, body.spec), call.caller.user_name

        def act(within: Context) -> Awaitable[Deployment]:
            return create_and_deploy(within, scope_of(call), application.id, spec, items, user)

        return await carry_out(context, call, act, lambda deployment: json_answer(_deployed(deployment)))

    return {
        "ListComponents": list_components,
        "CreateComponent": create_component,
        "CreateComponentWithConfiguration": create_with_configuration,
        "ShowComponent": show_component,
        "UpdateComponent": update_component,
    }


def _deployed(deployment: Deployment) -> ComponentWithConfigurationAnswer:
    component = deployment.component
    return ComponentWithConfigurationAnswer(
        metadata=views.metadata(component),
        spec=views.spec(component),
        configurations=[] if deployment.operation is None else stored_items(deployment.operation),
        status=JobId(component.job_id),
    )


def spec_of(metadata: ComponentMetadata, spec: ComponentSpec) -> components.ComponentSpec:
    """Return what a new component shall be, from its body."""
    return components.ComponentSpec(
        name=metadata.name,
        annotations=_text(metadata.annotations) or "{}",
        runtime=spec.runtime,
        replica=spec.replica,
        source=bytes(spec.source).decode(),
        resource_limit=bytes(spec.resource_limit).decode(),
        build=_text(spec.build),
    )


def _change_of(body: UpdateComponentBody) -> SpecChange:
    return SpecChange(
        name=body.metadata.name,
        annotations=_text(body.metadata.annotations),
        runtime=body.spec.runtime,
        replica=body.spec.replica,
        source=_text(body.spec.source),
        resource_limit=bytes(body.spec.resource_limit).decode(),
        build=_text(body.spec.build),
    )


def _text(raw: Raw | UnsetType) -> str | None:
    text = sent(raw)
    return None if text is None else text.decode()


def _page(query: Mapping[str, str]) -> Page:
    return Page(
        limit=queries.whole_number(query, "limit", 100, least=1, most=1_000),
        offset=queries.whole_number(query, "offset", 0, least=0, most=1_000_000_000),
        by_update=queries.one_of(query, "sort_key", "created_at", allowed=("created_at", "updated_at")) == "updated_at",
        newest_first=queries.one_of(query, "sort", "desc", allowed=("asc", "desc")) == "desc",
        status=queries.one_of(query, "status", "", allowed=_STATUSES),
    )
