"""Environments: list, create, delete, and who may put something into one."""

from __future__ import annotations

import msgspec

from homeport.model.annotations import annotations_of
from homeport.model.changes import Statement, Value, submit
from homeport.model.environments import check_enterprise_project, check_name, driver_of, enterprise_project_of
from homeport.model.errors import (
    EnvironmentBeingDeleted,
    EnvironmentBusy,
    EnvironmentHasVolumes,
    EnvironmentNameTaken,
    EnvironmentNotEmpty,
    EnvironmentNotFound,
    EnvironmentNotReady,
    RetryRefused,
    listed,
)
from homeport.model.plans import Action
from homeport.model.records import Environment, Goal, Job, Prior
from homeport.services.context import Context
from homeport.services.deciding import Decision, accept
from homeport.services.submission import SCRIPT_ANNOTATION, Request, new_job
from homeport.store.loading import record


class Scope(msgspec.Struct, frozen=True):
    """Where a call acts: a project, an environment of it, and the enterprise project it names (None: it names none)."""

    project_id: str
    environment_id: str
    enterprise_project_id: str | None = None


class NewEnvironment(msgspec.Struct, frozen=True, kw_only=True):
    """What an environment shall be; `annotations` is its user's JSON."""

    project_id: str
    name: str
    annotations: str
    enterprise_project_id: str | None
    requested_by: str


async def find_environment(context: Context, scope: Scope) -> Environment:
    """Return the environment of a call.

    Raises:
        EnvironmentNotFound: the project has none of this id.
        InvalidParameter: the call names another enterprise project than the environment's.
    """
    row = await context.store.row("environment", id=scope.environment_id, project_id=scope.project_id)
    if row is None:
        raise EnvironmentNotFound(scope.environment_id)
    environment = record(Environment, row)
    check_enterprise_project(scope.enterprise_project_id, environment.id, environment.enterprise_project_id)
    return environment


async def list_environments(context: Context, project_id: str, enterprise_project_id: str | None) -> list[Environment]:
    """Return a project's environments, oldest first; all of them when no enterprise project is named."""
    rows = await context.store.rows(
        "environments", project_id=project_id, enterprise_project_id=enterprise_project_id or ""
    )
    return [record(Environment, row) for row in rows]


async def create_environment(context: Context, new: NewEnvironment) -> str:
    """Accept an environment and return the id of the job that makes it; it is listed as `creating` from now on.

    Raises:
        InvalidEnvironmentName, InvalidParameter: name, driver or another annotation is wrong.
        EnvironmentNameTaken: the project has one of this name.
    """
    check_name(new.name)
    annotations = annotations_of(new.annotations)
    driver = driver_of(annotations, context.rules.default_driver)
    enterprise_project_id = enterprise_project_of(new.enterprise_project_id, annotations)

    async def attempt() -> Decision[str]:
        if await context.store.row("environment_by_name", project_id=new.project_id, name=new.name) is not None:
            raise EnvironmentNameTaken(new.name)
        job = _creation_job(context, new, driver, annotations.get(SCRIPT_ANNOTATION, ""))
        row = msgspec.structs.asdict(_environment_of(new, job, enterprise_project_id))
        return Decision(job.id, submit(job, (Statement("add_environment", row),), ()))

    return await accept(context, attempt)


def _creation_job(context: Context, new: NewEnvironment, driver: str, script: str) -> Job:
    goal = Goal(
        prior=Prior(status="creating"),
        driver=driver,
        while_running="creating",
        unfinished_as_failed=context.rules.unfinished_as_failed,
        annotations=new.annotations,
        script=script,
    )
    request = Request(
        action=Action.CREATE_ENVIRONMENT,
        goal=goal,
        project_id=new.project_id,
        environment_id=context.ids.uuid(),
        node=None,
        requested_by=new.requested_by,
        annotations=annotations_of(new.annotations),
    )
    return new_job(context, request)


def _environment_of(new: NewEnvironment, job: Job, enterprise_project_id: str) -> Environment:
    return Environment(
        id=job.environment_id,
        project_id=new.project_id,
        name=new.name,
        status="creating",
        annotations=new.annotations,
        enterprise_project_id=enterprise_project_id,
        driver=job.driver,
        node=None,
        job_id=job.id,
        fence=0,
        created_at=job.accepted_at,
        updated_at=job.accepted_at,
    )


async def delete_environment(context: Context, scope: Scope, requested_by: str) -> str:
    """Accept the deletion of an environment and return the id of the job that carries it out.

    Raises:
        EnvironmentNotFound, InvalidParameter: as `find_environment`.
        EnvironmentBeingDeleted: a job is at it already.
        EnvironmentBusy: the job that creates it has not ended.
        EnvironmentNotEmpty: applications are inside.
        EnvironmentHasVolumes: volumes are bound to it.
    """

    async def attempt() -> Decision[str]:
        environment = await find_environment(context, scope)
        await _refuse_deletion(context, environment)
        job = _deletion_job(context, environment, requested_by)
        return Decision(job.id, submit(job, _deletion_guards(environment, job), ()))

    return await accept(context, attempt)


def _deletion_job(context: Context, environment: Environment, requested_by: str) -> Job:
    # The script goes for both jobs of an environment, its deadline only for the one that made it: a deadline too short
    # to create it would make it impossible to be rid of.
    script = annotations_of(environment.annotations).get(SCRIPT_ANNOTATION, "")
    goal = Goal(
        prior=Prior(status=environment.status),
        driver=environment.driver,
        while_running="deleting",
        unfinished_as_failed=context.rules.unfinished_as_failed,
        annotations=environment.annotations,
        script=script,
    )
    request = Request(
        action=Action.DELETE_ENVIRONMENT,
        goal=goal,
        project_id=environment.project_id,
        environment_id=environment.id,
        node=environment.node,
        requested_by=requested_by,
    )
    return new_job(context, request)


async def _refuse_deletion(context: Context, environment: Environment) -> None:
    active = await context.store.row("active_job_of", target=environment.id)
    if environment.status == "deleting":
        raise EnvironmentBeingDeleted(environment.id, environment.job_id)
    if active is not None:
        raise EnvironmentBusy(environment.id, str(active["id"]))
    inside = await context.store.rows("applications", environment_id=environment.id)
    if inside:
        raise EnvironmentNotEmpty(environment.id, [str(row["name"]) for row in inside])
    volumes = await context.store.rows("volumes", environment_id=environment.id)
    if volumes:
        raise EnvironmentHasVolumes(environment.id, [str(row["name"]) for row in volumes])


async def deletion_again(context: Context, job: Job) -> tuple[Statement, ...]:
    """Return what keeps a deletion that is retried from taking along what was put into the environment meanwhile.

    The statements follow those by which the retry shows the environment as `deleting`, which hold its row.

    Raises:
        RetryRefused: applications are inside, or volumes are bound to it.
    """
    for kind in ("applications", "volumes"):
        inside = await context.store.rows(kind, environment_id=job.environment_id)
        if inside:
            names = listed([str(row["name"]) for row in inside])
            raise RetryRefused(job.id, f"Its environment has the {kind} {names} by now. Delete them first.")
    was: dict[str, Value] = {"id": job.environment_id, "was_status": "deleting", "was_job_id": job.id}
    return (Statement("accept_environment_deletion", was | {"job_id": job.id, "now": context.clock.now()}),)


def _deletion_guards(environment: Environment, job: Job) -> tuple[Statement, ...]:
    # The row is held before what is inside is looked at: only then can nothing be put in beside it (DESIGN, section 2).
    was: dict[str, Value] = {"id": environment.id, "was_status": environment.status, "was_job_id": environment.job_id}
    return (
        Statement("hold_environment", was),
        Statement("accept_environment_deletion", was | {"job_id": job.id, "now": job.accepted_at}),
    )


def refuse_addition(environment: Environment) -> None:
    """Pass when something may be put into the environment.

    Raises:
        EnvironmentBeingDeleted: it is on its way out.
        EnvironmentNotReady: it is not there yet, or could not be made or deleted.
    """
    if environment.status == "deleting":
        raise EnvironmentBeingDeleted(environment.id, environment.job_id)
    if environment.status != "finish":
        raise EnvironmentNotReady(environment.id, environment.status)


def addition_guard(environment_id: str, project_id: str) -> Statement:
    """Return the first guard of whatever puts something into an environment: it holds while that is allowed."""
    return Statement("lock_environment", {"id": environment_id, "project_id": project_id})
