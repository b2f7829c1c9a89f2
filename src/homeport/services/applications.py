"""Applications: the names under which an environment groups its components."""

from __future__ import annotations

import msgspec

from homeport.model.applications import check_name
from homeport.model.changes import Change, Statement, Value
from homeport.model.errors import ApplicationNameTaken, ApplicationNotEmpty, ApplicationNotFound
from homeport.model.records import Application, Environment
from homeport.services.context import Context
from homeport.services.deciding import Decision, accept
from homeport.services.environments import Scope, addition_guard, find_environment, refuse_addition
from homeport.store.loading import load_application, record


async def find_application(context: Context, environment: Environment, application_id: str) -> Application:
    """Return an application of an environment.

    Raises:
        ApplicationNotFound: the environment has none of this id.
    """
    application = await load_application(context.store, environment.id, application_id)
    if application is None:
        raise ApplicationNotFound(application_id)
    return application


async def list_applications(context: Context, environment: Environment) -> list[Application]:
    """Return the applications of an environment, oldest first."""
    rows = await context.store.rows("applications", environment_id=environment.id)
    return [record(Application, row) for row in rows]


async def create_application(context: Context, scope: Scope, name: str) -> Application:
    """Create an application and return it.

    Raises:
        InvalidApplicationName: the name breaks the rule.
        EnvironmentNotFound, EnvironmentBeingDeleted, EnvironmentNotReady: nothing can be put into the environment.
        ApplicationNameTaken: the environment has one of this name.
    """
    check_name(name)

    async def attempt() -> Decision[Application]:
        environment = await find_environment(context, scope)
        refuse_addition(environment)
        if any(known.name == name for known in await list_applications(context, environment)):
            raise ApplicationNameTaken(name)
        application = _new_application(context, environment, name)
        row = msgspec.structs.asdict(application)
        guard = addition_guard(environment.id, environment.project_id)
        return Decision(application, Change((guard, Statement("add_application", row))))

    return await accept(context, attempt)


def _new_application(context: Context, environment: Environment, name: str) -> Application:
    now = context.clock.now()
    return Application(
        id=context.ids.uuid(),
        project_id=environment.project_id,
        environment_id=environment.id,
        name=name,
        created_at=now,
        updated_at=now,
    )


async def delete_application(context: Context, environment: Environment, application_id: str) -> None:
    """Delete an application that holds no components.

    Raises:
        ApplicationNotFound: the environment has none of this id.
        ApplicationNotEmpty: it holds components.
    """

    async def attempt() -> Decision[None]:
        application = await find_application(context, environment, application_id)
        inside = await context.store.rows("component_names", application_id=application.id)
        if inside:
            raise ApplicationNotEmpty(application.id, [str(row["name"]) for row in inside])
        which: dict[str, Value] = {"id": application.id, "environment_id": environment.id}
        return Decision(None, Change((Statement("lock_application", which), Statement("remove_application", which))))

    await accept(context, attempt)
