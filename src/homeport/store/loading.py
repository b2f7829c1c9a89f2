"""From rows to records: the reads that services, the engine and the controllers share."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from homeport.model.plans import Action
from homeport.model.records import (
    Application,
    Component,
    Ending,
    Environment,
    Goal,
    Instance,
    Job,
    Snapshot,
    Task,
)
from homeport.model.states import Status
from homeport.model.workloads import Artifact
from homeport.store.base import Query, Row, Store

T = TypeVar("T")

_goal = msgspec.json.Decoder(Goal).decode
_artifact = msgspec.json.Decoder(Artifact).decode
_ending = msgspec.json.Decoder(Ending).decode


def record(kind: type[T], row: Row) -> T:
    """Return a row as the record of its table; columns that the record does not have are left out."""
    return msgspec.convert(row, kind)


async def load_job(store: Store, job_id: str) -> Job | None:
    """Return a job with its tasks and its frozen goal; None for an unknown one."""
    known = store.remembered(job_id)
    if known is not None:
        return known
    rows, tasks = await store.results(*_job_queries(job_id))
    return job_of(rows[0], tasks) if rows else None


async def load_unowned_job(store: Store, job_id: str) -> Job | None:
    """Return a job that no living worker owns; None for one that is owned, or unknown.

    Whoever takes it under the fence it was read with takes it from nobody: a lease that has ended is never renewed.
    """
    return await _unless_owned(store, await load_job(store, job_id))


async def load_unowned_job_and_component(store: Store, job_id: str, component_id: str) -> tuple[Job | None, Row | None]:
    """Return a job as `load_unowned_job`, and the row of its component with the names of where that is, if any."""
    known = store.remembered(job_id)
    asked = _job_queries(job_id) if known is None else ()
    *read, components = await store.results(*asked, Query("component_and_names", {"id": component_id}))
    if read:
        rows, tasks = read
        known = job_of(rows[0], tasks) if rows else None
    return await _unless_owned(store, known), components[0] if components else None


def _job_queries(job_id: str) -> tuple[Query, Query]:
    # The job first: if it moves in between, the tasks are newer, and whoever moves the older job misses.
    return Query("job", {"id": job_id}), Query("tasks_of_job", {"job_id": job_id})


async def _unless_owned(store: Store, job: Job | None) -> Job | None:
    if job is None or job.owner is None:
        return job
    return None if await store.row("living_worker", id=job.owner) else job


def job_of(row: Row, tasks: list[Row]) -> Job:
    """Return the job of a row of table `job` and its rows of table `task`, in order of their index."""
    artifact, ending = row["artifact"], row["ending"]
    fields = {name: row[name] for name in _PLAIN_COLUMNS}
    return Job(
        **fields,  # type: ignore[arg-type]  # the columns are checked by the schema
        action=Action(str(row["action"])),
        status=Status(str(row["status"])),
        goal=_goal(str(row["goal"])),
        artifact=None if artifact is None else _artifact(str(artifact)),
        ending=None if ending is None else _ending(str(ending)),
        hard_deadline=bool(row["hard_deadline"]),
        tasks=msgspec.convert(tasks, tuple[Task, ...], strict=False),
    )


_PLAIN_COLUMNS = tuple(
    name
    for name in Job.__struct_fields__
    if name not in {"action", "status", "goal", "artifact", "ending", "hard_deadline", "tasks"}
)


async def load_environment(store: Store, environment_id: str) -> Environment | None:
    """Return an environment; None for an unknown one."""
    row = await store.row("environment_by_id", id=environment_id)
    return None if row is None else record(Environment, row)


async def load_application(store: Store, environment_id: str, application_id: str) -> Application | None:
    """Return an application of an environment; None for an unknown one."""
    row = await store.row("application", id=application_id, environment_id=environment_id)
    return None if row is None else record(Application, row)


async def load_component(store: Store, component_id: str) -> Component | None:
    """Return a component; None for an unknown one."""
    row = await store.row("component_by_id", id=component_id)
    return None if row is None else record(Component, row)


async def load_component_and_active_job(store: Store, component_id: str) -> tuple[Component | None, str | None]:
    """Return a component, None for an unknown one, and the id of the job of it that is active, if any."""
    rows, active = await store.results(
        Query("component_by_id", {"id": component_id}), Query("active_job_of", {"target": component_id})
    )
    return record(Component, rows[0]) if rows else None, str(active[0]["id"]) if active else None


async def load_snapshot(store: Store, component_id: str, index: int) -> Snapshot | None:
    """Return a snapshot of a component by its index; None for an unknown one."""
    row = await store.row("snapshot", component_id=component_id, idx=index)
    return None if row is None else record(Snapshot, row)


async def load_instances(store: Store, component_id: str) -> list[Instance]:
    """Return the instances of a component that jobs have asked for and not yet removed, oldest first."""
    return [record(Instance, row) for row in await store.rows("instances_of_component", component_id=component_id)]


async def names_of_own_instances(store: Store, job: Job) -> tuple[str, ...]:
    """Return the names of the instances that a job has asked for, in this attempt or before, and not yet removed."""
    if job.component_id is None:
        return ()
    return tuple(one.name for one in await load_instances(store, job.component_id) if one.job_id == job.id)
