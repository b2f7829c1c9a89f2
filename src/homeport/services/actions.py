"""Actions on components: from a request to an accepted job, by the table of `model/actions.py`."""

from __future__ import annotations

import json

import msgspec

from homeport.model.actions import Go, Refusal, Standing, decide
from homeport.model.annotations import annotations_of
from homeport.model.changes import Statement, submit
from homeport.model.components import check_replica, version_of
from homeport.model.errors import ComponentHasInstances, ComponentNotFound, InvalidParameter, JobActive, WrongState
from homeport.model.plans import Action
from homeport.model.records import Component, Environment, Goal, Job, Prior, Snapshot
from homeport.model.sources import (
    build_of,
    changed_build,
    changed_limit,
    changed_source,
    check_build,
    check_limit,
    check_same_kind,
    check_source,
    limit_of,
    source_of,
)
from homeport.model.workloads import Artifact
from homeport.services.configuration_sets import newest_operation
from homeport.services.context import Context
from homeport.services.deciding import Decision, accept
from homeport.services.submission import (
    Request,
    new_job,
    script_of,
    skip_when_noop,
)
from homeport.store.loading import load_component_and_active_job, load_snapshot

_artifact = msgspec.json.Decoder(Artifact).decode


class ActionRequest(msgspec.Struct, frozen=True, kw_only=True):
    """An action as it was sent; JSON texts are the user's own, None where a field was left out."""

    action: Action
    annotations: str = "{}"
    source: str | None = None
    build: str | None = None
    resource_limit: str | None = None
    replica: int | None = None
    snapshot_index: int | None = None


async def execute_action(
    context: Context, environment: Environment, component: Component, request: ActionRequest, requested_by: str
) -> str:
    """Accept an action on a component and return the id of its job.

    Raises:
        WrongState: the component's status does not allow it.
        ComponentHasInstances: it is to be deleted and still serves.
        JobActive: another job of the component is active; the text names it.
        InvalidParameter: a field that the action needs is missing or wrong.
        ComponentNotFound: the component is gone meanwhile.
    """

    async def attempt() -> Decision[str]:
        current, active = await load_component_and_active_job(context.store, component.id)
        if current is None:
            raise ComponentNotFound(component.id)
        job = await action_job(context, environment, current, active, request, requested_by)
        return Decision(job.id, submit(job, (), (acceptance(context, current, job),)))

    return await accept(context, attempt)


def allowed(component: Component, request: ActionRequest) -> Go:
    """Return what the table says of the action; raise `WrongState` or `ComponentHasInstances` when it is refused."""
    standing = Standing(
        status=component.status,
        deployed=component.deployed,
        available_replica=component.available_replica,
        replica=component.replica,
        wanted_replica=request.replica,
    )
    decision = decide(request.action, standing)
    if isinstance(decision, Refusal) and request.action is Action.DELETE_COMPONENT:
        raise ComponentHasInstances(component.id, component.available_replica)
    if isinstance(decision, Refusal):
        raise WrongState(request.action.value, component.id, component.status, allowed=decision.allowed)
    return decision


def acceptance(context: Context, component: Component, job: Job) -> Statement:
    """Return the statement that shows an accepted job on its component: its id, and the status while it runs."""
    return Statement(
        "accept_component_job",
        {
            "id": component.id,
            "job_id": job.id,
            "status": job.goal.while_running,
            "was_status": component.status,
            "was_updated_at": component.updated_at,
            "now": max(context.clock.now(), component.updated_at + 1),
        },
    )


async def first_deployment(
    context: Context, environment: Environment, component: Component, operation_id: str | None, requested_by: str
) -> Job:
    """Return the job that deploys a component which is created in the same change.

    `operation_id` names the configuration operation that is stored with it.
    """
    request = ActionRequest(action=Action.DEPLOY, annotations=component.annotations)
    goal = _kept_goal(context, environment, component, request, allowed(component, request))
    goal = msgspec.structs.replace(goal, operation_id=operation_id)
    return _new_job(context, environment, component, request, goal, requested_by)


async def action_job(
    context: Context,
    environment: Environment,
    component: Component,
    active: str | None,
    request: ActionRequest,
    requested_by: str,
) -> Job:
    """Return the job that an action on a component becomes, of which job `active` is active; nothing is stored yet.

    Raises:
        WrongState, ComponentHasInstances, JobActive, InvalidParameter: as `execute_action`.
    """
    if active is not None:
        raise JobActive(request.action.value, component.id, active)
    goal = await _goal(context, environment, component, request, allowed(component, request))
    return _new_job(context, environment, component, request, goal, requested_by)


def _new_job(
    context: Context,
    environment: Environment,
    component: Component,
    request: ActionRequest,
    goal: Goal,
    requested_by: str,
) -> Job:
    return new_job(
        context,
        Request(
            action=request.action,
            goal=goal,
            project_id=component.project_id,
            environment_id=component.environment_id,
            application_id=component.application_id,
            component_id=component.id,
            node=environment.node,
            requested_by=requested_by,
            annotations=annotations_of(request.annotations),
        ),
    )


async def _goal(
    context: Context, environment: Environment, component: Component, request: ActionRequest, go: Go
) -> Goal:
    goal = _kept_goal(context, environment, component, request, go)
    match request.action:
        case Action.DEPLOY | Action.UPGRADE:
            return await _changed_goal(context, component, request, goal)
        case Action.CONFIGURE:
            operation_id = await newest_operation(context, component.id)
            return msgspec.structs.replace(goal, operation_id=operation_id)
        case Action.ROLLBACK:
            return await _snapshot_goal(context, component, request, goal)
        case Action.SCALE:
            return msgspec.structs.replace(goal, replica=_wanted_replica(request))
        case _:
            return goal


def _kept_goal(
    context: Context, environment: Environment, component: Component, request: ActionRequest, go: Go
) -> Goal:
    """Return the goal that leaves everything as it is; it brings along what serves."""
    prior = Prior(status=component.status, replica=component.replica, route=component.serving)
    return Goal(
        prior=prior,
        driver=environment.driver,
        while_running=go.while_running,
        needed=go.needed,
        skip_when_noop=skip_when_noop(annotations_of(request.annotations)),
        unfinished_as_failed=context.rules.unfinished_as_failed,
        stored_only=go.stored_only,
        annotations=component.annotations,
        version=component.version,
        runtime=component.runtime,
        replica=component.replica,
        source=component.source,
        build=component.build,
        resource_limit=component.resource_limit,
        operation_id=component.operation_id,
        artifact=None if component.artifact is None else _artifact(component.artifact),
        image_url=component.image_url,
        build_id=component.build_id,
        script=_script(environment, component, request),
    )


async def _changed_goal(context: Context, component: Component, request: ActionRequest, goal: Goal) -> Goal:
    """Return the goal of a deploy or upgrade: what its body has replaces what the component has."""
    source = changed_source(component.source, request.source)
    build = changed_build(component.build, request.build)
    limit = changed_limit(component.resource_limit, request.resource_limit)
    check_source(source_of(source), component.runtime)
    check_build(build_of(build), source_of(source))
    check_limit(limit_of(limit))
    if component.deployed:
        check_same_kind(source_of(component.source), source_of(source))
    sent = annotations_of(request.annotations)
    annotations = _with_version(component.annotations, sent.get("version"))
    deploys = request.action is Action.DEPLOY or not component.deployed
    operation_id = await newest_operation(context, component.id) if deploys else component.operation_id
    return msgspec.structs.replace(
        goal,
        source=source,
        build=build,
        resource_limit=limit,
        annotations=annotations,
        version=version_of(annotations_of(annotations)),
        operation_id=operation_id,
        artifact=None,
    )


def _with_version(annotations: str, version: str | None) -> str:
    """Return a component's annotations with another version; untouched, byte for byte, without one."""
    if version is None or annotations_of(annotations).get("version") == version:
        return annotations
    return json.dumps(json.loads(annotations) | {"version": version}, ensure_ascii=False)


async def _snapshot_goal(context: Context, component: Component, request: ActionRequest, goal: Goal) -> Goal:
    snapshot = await _wanted_snapshot(context, component, request)
    return msgspec.structs.replace(
        goal,
        snapshot_index=snapshot.idx,
        annotations=snapshot.annotations,
        version=snapshot.version,
        runtime=snapshot.runtime,
        source=snapshot.source,
        build=snapshot.build,
        resource_limit=snapshot.resource_limit,
        operation_id=snapshot.operation_id,
        artifact=_artifact(snapshot.artifact),
        image_url=snapshot.image_url,
        build_id=snapshot.build_id,
    )


async def _wanted_snapshot(context: Context, component: Component, request: ActionRequest) -> Snapshot:
    if request.snapshot_index is None:
        raise InvalidParameter("spec.snapshot_index", "is missing", allowed="the index of a snapshot")
    snapshot = await load_snapshot(context.store, component.id, request.snapshot_index)
    if snapshot is None:
        rows = await context.store.rows("snapshots", component_id=component.id)
        kept = ", ".join(str(row["idx"]) for row in rows)
        raise InvalidParameter("spec.snapshot_index", f"is {request.snapshot_index}", allowed=f"one of {kept}")
    return snapshot


def _wanted_replica(request: ActionRequest) -> int:
    if request.replica is None:
        raise InvalidParameter("spec.replica", "is missing", allowed="a whole number from 1 to 99")
    check_replica(request.replica)
    return request.replica


def _script(environment: Environment, component: Component, request: ActionRequest) -> str:
    """Return what the driver `simulated` shall do: the action's word counts before the component's, before the rest."""
    return script_of(request.annotations, component.annotations, environment.annotations)
