"""Jobs beyond ShowJob: list them, show all that is known of one, end one, read its moves."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Final, NamedTuple

from msgspec import convert

from homeport.api import queries
from homeport.api.cae_v1.answers import JobTask
from homeport.api.calls import Answer, Call, Handler, json_answer
from homeport.api.homeport_v1.schemas import JobEvent, JobEventsAnswer, JobItem, JobRecord, JobsAnswer
from homeport.api.once import carry_out
from homeport.model import records
from homeport.model.clock import rfc3339
from homeport.model.plans import Action
from homeport.model.records import Job, Task
from homeport.model.states import Status
from homeport.services.context import Context
from homeport.services.job_lists import Filters, list_jobs
from homeport.services.jobs import (
    find_job,
    list_events,
    terminate_job,
)
from homeport.store.base import Row
from homeport.store.loading import load_component, load_environment

_EVENTS_AT_MOST: Final = 1_000


def handlers(context: Context) -> dict[str, Handler]:
    """Return the handlers by operation id."""

    async def list_(call: Call) -> Answer:
        filters = _filters(call)
        limit = queries.whole_number(call.query, "limit", 50, least=1, most=500)
        after = queries.uuid(call.query, "after", allowed="the `next` of the page before")
        page = await list_jobs(context, filters, limit=limit, after=after)
        return json_answer(JobsAnswer(items=[_item(row) for row in page.rows], next=page.following))

    async def show(call: Call) -> Answer:
        return json_answer(await show_record(context, call.project_id, call.param("job_id")))

    async def terminate(call: Call) -> Answer:
        names = await _names(context, await find_job(context, call.project_id, call.param("job_id")))

        def act(within: Context) -> Awaitable[Job]:
            return terminate_job(within, call.project_id, call.param("job_id"))

        return await carry_out(context, call, act, lambda job: json_answer(_record(job, names)))

    async def events(call: Call) -> Answer:
        job = await find_job(context, call.project_id, call.param("job_id"))
        after = queries.whole_number(call.query, "after", 0, least=0, most=2**53)
        moves = await list_events(context, job.id, after, _EVENTS_AT_MOST)
        return json_answer(JobEventsAnswer(items=[event_of(move) for move in moves]))

    return {
        "ListJobs": list_,
        "ShowJobRecord": show,
        "TerminateJob": terminate,
        "ListJobEvents": events,
    }


def _filters(call: Call) -> Filters:
    query = call.query
    statuses = queries.several_of(query, "status", allowed=[status.value for status in Status])
    return Filters(
        project_id=call.project_id,
        statuses=tuple(Status(word) for word in statuses),
        actions=queries.several_of(query, "action", allowed=[action.value for action in Action]),
        environment_id=queries.uuid(query, "environment_id"),
        application_id=queries.uuid(query, "application_id"),
        component_id=queries.uuid(query, "component_id"),
        requested_by=query.get("requested_by", ""),
        accepted_since=queries.moment(query, "accepted_since"),
        accepted_before=queries.moment(query, "accepted_before"),
    )


async def show_record(context: Context, project_id: str, job_id: str) -> JobRecord:
    """Return everything that is known of a job; raise `JobNotFound` where the project has no such job."""
    job = await find_job(context, project_id, job_id)
    return _record(job, await _names(context, job))


class _Names(NamedTuple):
    environment: str | None
    component: str | None


async def _names(context: Context, job: Job) -> _Names:
    environment = await load_environment(context.store, job.environment_id)
    component = await load_component(context.store, job.component_id) if job.component_id else None
    return _Names(environment.name if environment else None, component.name if component else None)


def _record(job: Job, names: _Names) -> JobRecord:
    return JobRecord(
        id=job.id,
        action=job.action.value,
        status=job.status.value,
        progress=job.progress,
        attempt=job.attempt,
        environment_id=job.environment_id,
        environment_name=names.environment,
        application_id=job.application_id,
        component_id=job.component_id,
        component_name=names.component,
        created_at=rfc3339(job.accepted_at),
        updated_at=rfc3339(max([job.accepted_at, *(task.updated_at for task in job.tasks), job.finished_at or 0])),
        finished_at=_time(job.finished_at),
        deadline_at=rfc3339(job.deadline_at),
        created_by=job.requested_by,
        sequence=job.seq,
        driver=job.driver,
        cause=job.ending.cause if job.ending else None,
        detail=job.ending.detail if job.ending else "",
        tasks=[_task(task) for task in job.tasks],
    )


def _task(task: Task) -> JobTask:
    return JobTask(
        index=task.idx,
        name=task.name,
        status=task.status.value,
        detail=task.detail,
        created_at=rfc3339(task.created_at),
        updated_at=rfc3339(task.updated_at),
    )


def _item(row: Row) -> JobItem:
    times = {
        "created_at": _time(row["accepted_at"]),
        "updated_at": _time(row["updated_at"]),
        "finished_at": _time(row["finished_at"]),
        "deadline_at": _time(row["deadline_at"]),
    }
    return convert({**row, **times, "created_by": row["requested_by"]}, JobItem)


def event_of(move: records.JobEvent) -> JobEvent:
    """Return a move as it is shown."""
    return JobEvent(
        sequence=move.seq,
        at=rfc3339(move.at),
        task=move.task,
        status=move.status.value,
        progress=move.progress,
        detail=move.detail,
    )


def _time(micros: object) -> str | None:
    return rfc3339(micros) if isinstance(micros, int) else None
