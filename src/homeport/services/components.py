"""Components: list, create, and change as long as they never were deployed. What runs is changed by actions alone."""

from __future__ import annotations

import msgspec

from homeport.model.annotations import annotations_of
from homeport.model.changes import Change, Statement, Value
from homeport.model.components import check_name, check_replica, check_updatable, version_of
from homeport.model.errors import ComponentNameTaken, ComponentNotFound, InvalidParameter, JobActive
from homeport.model.records import Application, Component, Environment
from homeport.model.scripts import parse_script
from homeport.model.sources import (
    build_of,
    check_build,
    check_limit,
    check_source,
    image_url_of,
    limit_of,
    source_of,
)
from homeport.services.applications import find_application
from homeport.services.context import Context
from homeport.services.deciding import Decision, accept
from homeport.services.environments import Scope, addition_guard, find_environment, refuse_addition
from homeport.services.submission import SCRIPT_ANNOTATION
from homeport.store.loading import record


class ComponentSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What a component shall be. JSON texts are its user's own."""

    name: str
    annotations: str
    runtime: str
    replica: int
    source: str
    resource_limit: str
    build: str | None


class SpecChange(msgspec.Struct, frozen=True, kw_only=True):
    """What of a component shall be otherwise; None leaves it as it is."""

    name: str
    resource_limit: str
    annotations: str | None = None
    runtime: str | None = None
    replica: int | None = None
    source: str | None = None
    build: str | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Which components of an application a list shows, and in which order."""

    limit: int
    offset: int = 0
    by_update: bool = False
    """Whether they are ordered by their last update instead of their creation."""
    newest_first: bool = True
    status: str = ""
    """Only those of this status; empty for all."""


async def find_component(
    context: Context, environment: Environment, application_id: str, component_id: str
) -> Component:
    """Return a component of an application of an environment.

    Raises:
        ApplicationNotFound: the environment has no such application.
        ComponentNotFound: the application has no such component.
    """
    row = await context.store.row("component", id=component_id, application_id=application_id)
    if row is None or row["environment_id"] != environment.id:
        await find_application(context, environment, application_id)
        raise ComponentNotFound(component_id)
    return record(Component, row)


async def list_components(context: Context, application: Application, page: Page) -> tuple[list[Component], int]:
    """Return one page of an application's components, and how many there are of the status asked for."""
    rows = await context.store.rows(
        f"components_by_{'update' if page.by_update else 'creation'}{'_newest' if page.newest_first else ''}",
        application_id=application.id,
        status=page.status,
        most=page.limit,
        skipped=page.offset,
    )
    count = await context.store.row("count_components", application_id=application.id, status=page.status)
    return [record(Component, row) for row in rows], int((count or {}).get("total") or 0)


async def create_component(context: Context, scope: Scope, application_id: str, spec: ComponentSpec) -> Component:
    """Create a component that is not deployed yet, and return it.

    Raises:
        InvalidComponentName, InvalidParameter: the spec breaks a rule, or the environment has no room.
        EnvironmentNotFound, EnvironmentBeingDeleted, EnvironmentNotReady: nothing can be put into the environment.
        ApplicationNotFound: the environment has no such application.
        ComponentNameTaken: the application has a component of this name.
    """
    check_spec(spec)

    async def attempt() -> Decision[Component]:
        environment = await find_environment(context, scope)
        component = await plan_component(context, environment, application_id, spec)
        return Decision(component, Change(creation(context, component)))

    return await accept(context, attempt)


def check_spec(spec: ComponentSpec) -> None:
    """Pass when a component may be like this; raise `InvalidComponentName` or `InvalidParameter` otherwise."""
    check_name(spec.name)
    check_replica(spec.replica)
    annotations = annotations_of(spec.annotations)
    version_of(annotations)
    parse_script(annotations.get(SCRIPT_ANNOTATION, ""))
    source = source_of(spec.source)
    check_source(source, spec.runtime)
    check_build(build_of(spec.build), source)
    check_limit(limit_of(spec.resource_limit))


async def plan_component(
    context: Context, environment: Environment, application_id: str, spec: ComponentSpec
) -> Component:
    """Return a component as it would be created now, in status `created` and under a new id; nothing is written.

    Raises as `create_component` does, but for the spec, which was checked.
    """
    application = await find_application(context, environment, application_id)
    refuse_addition(environment)
    if await context.store.row("component_by_name", application_id=application.id, name=spec.name) is not None:
        raise ComponentNameTaken(spec.name)
    await _refuse_crowding(context, environment)
    return _new_component(context, application, spec)


async def _refuse_crowding(context: Context, environment: Environment) -> None:
    most = context.rules.components_per_environment
    row = await context.store.row("count_components_of_environment", environment_id=environment.id)
    count = int((row or {}).get("total") or 0)
    if count >= most:
        allowed = f"at most {most}; delete one, or use another environment"
        raise InvalidParameter(f"Environment {environment.id}", f"has {count} components", allowed=allowed)


def _new_component(context: Context, application: Application, spec: ComponentSpec) -> Component:
    now = context.clock.now()
    return Component(
        id=context.ids.uuid(),
        project_id=application.project_id,
        environment_id=application.environment_id,
        application_id=application.id,
        version=version_of(annotations_of(spec.annotations)),
        image_url=image_url_of(source_of(spec.source)),
        status="created",
        available_replica=0,
        job_id="",
        build_id="",
        snapshot_index=None,
        operation_id=None,
        artifact=None,
        port=0,
        route="[]",
        fence=0,
        created_at=now,
        updated_at=now,
        **msgspec.structs.asdict(spec),
    )


def creation(context: Context, component: Component) -> tuple[Statement, ...]:
    """Return the statements that create a component; the first are the guards, and miss when there is no place for it.

    The parents' rows are held before what is inside them is looked at (DESIGN.md, section 2).
    """
    most = context.rules.components_per_environment
    return (
        addition_guard(component.environment_id, component.project_id),
        _application_guard(component),
        Statement("check_environment_room", {"id": component.environment_id, "most": most}),
        Statement("add_component", msgspec.structs.asdict(component)),
    )


async def update_component(context: Context, component: Component, change: SpecChange) -> None:
    """Change a component that never was deployed; what the change leaves out stays.

    Raises:
        WrongState: it was deployed.
        JobActive: a job is at it.
        InvalidComponentName, InvalidParameter: it would break a rule.
        ComponentNameTaken: the application has another component of this name.
        ComponentNotFound: it is gone meanwhile.
    """

    async def attempt() -> Decision[None]:
        row = await context.store.row("component_by_id", id=component.id)
        if row is None:
            raise ComponentNotFound(component.id)
        current = record(Component, row)
        await _refuse_update(context, current)
        spec = _changed(current, change)
        check_spec(spec)
        await _refuse_name(context, current, spec.name)
        return Decision(None, _update(context, current, spec))

    await accept(context, attempt)


async def _refuse_update(context: Context, component: Component) -> None:
    check_updatable(component.id, component.status, deployed=component.deployed)
    active = await context.store.row("active_job_of", target=component.id)
    if active is not None:
        raise JobActive("update", component.id, str(active["id"]))


async def _refuse_name(context: Context, component: Component, name: str) -> None:
    if name == component.name:
        return
    row = await context.store.row("component_by_name", application_id=component.application_id, name=name)
    if row is not None:
        raise ComponentNameTaken(name)


def _changed(current: Component, change: SpecChange) -> ComponentSpec:
    given = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not None}
    kept = {name: getattr(current, name) for name in ComponentSpec.__struct_fields__}
    return ComponentSpec(**(kept | given))


def _update(context: Context, component: Component, spec: ComponentSpec) -> Change:
    params: dict[str, Value] = msgspec.structs.asdict(spec) | {
        "id": component.id,
        "version": version_of(annotations_of(spec.annotations)),
        "image_url": image_url_of(source_of(spec.source)),
        # Always another time than before, since the next change is guarded by it.
        "now": max(context.clock.now(), component.updated_at + 1),
        "was_updated_at": component.updated_at,
    }
    return Change((_application_guard(component), Statement("update_component", params)))


def _application_guard(component: Component) -> Statement:
    which: dict[str, Value] = {"id": component.application_id, "environment_id": component.environment_id}
    return Statement("lock_application", which)
