"""Jobs: find one for a caller, retry it, ask for its end, and read its moves."""

from __future__ import annotations

import msgspec

from homeport.model.errors import InvalidParameter, JobNotFound, RetryRefused, TerminateRefused
from homeport.model.moves import retry, terminate, why_not_retry
from homeport.model.plans import Action
from homeport.model.records import Job, JobDocument, JobEvent
from homeport.model.states import FINISHED, Status
from homeport.services.context import Context
from homeport.services.deciding import Decision, accept
from homeport.services.environments import deletion_again
from homeport.store.loading import load_job, names_of_own_instances


async def find_document(context: Context, project_id: str, job_id: str, environment_id: str | None) -> JobDocument:
    """Return the document of a job that a caller of the project may see.

    Raises:
        JobNotFound: there is none, or it is of another project or environment.
        InvalidParameter: the job runs inside an environment and X-Environment-ID was not sent.
    """
    document = await context.store.document(job_id)
    if document is None or document.project_id != project_id:
        raise JobNotFound(job_id)
    _check_environment(document, environment_id)
    return document


def _check_environment(document: JobDocument, environment_id: str | None) -> None:
    if environment_id is None:
        if document.inside_environment:
            raise InvalidParameter("X-Environment-ID", "is missing", allowed="the id of the job's environment")
    elif environment_id != document.environment_id:
        raise JobNotFound(document.job_id)


async def retry_job(context: Context, job_id: str) -> None:
    """Start the next attempt of a job; it is `init` when this returns.

    Raises:
        RetryRefused: it has not failed, a later job of its target exists, or what it deletes is not empty any more.
        JobNotFound: there is no such job.
    """

    async def attempt() -> Decision[None]:
        job = await _require(context, job_id)
        kind = "component" if job.component_id else "environment"
        latest = await context.store.row(f"latest_job_of_{kind}", target=job.target_id)
        reason = why_not_retry(job, str(latest["id"]) if latest else job.id)
        if reason is not None:
            raise RetryRefused(job_id, reason)
        move = retry(job, context.clock.now())
        if job.action is Action.DELETE_ENVIRONMENT:
            move.also(*await deletion_again(context, job))
        return Decision(None, move.build().change)

    await accept(context, attempt)


async def terminate_job(context: Context, project_id: str, job_id: str) -> Job:
    """Ask a job to end and return it as it then is; one that nobody has claimed has ended.

    Asking again is harmless while it is terminating.

    Raises:
        JobNotFound: the project has no such job.
        TerminateRefused: it has ended.
    """

    async def attempt() -> Decision[Job]:
        job = await find_job(context, project_id, job_id)
        if job.status in FINISHED:
            raise TerminateRefused(job_id, job.status.value)
        if job.status is Status.TERMINATING:
            return Decision(job, None)
        moved = terminate(job, context.clock.now(), await names_of_own_instances(context.store, job)).build()
        return Decision(moved.job, moved.change)

    return await accept(context, attempt)


async def find_job(context: Context, project_id: str, job_id: str) -> Job:
    """Return a job of a project; raise `JobNotFound` without one."""
    job = await _require(context, job_id)
    if job.project_id != project_id:
        raise JobNotFound(job_id)
    return job


async def _require(context: Context, job_id: str) -> Job:
    job = await load_job(context.store, job_id)
    if job is None:
        raise JobNotFound(job_id)
    return job


async def list_events(context: Context, job_id: str, after: int, most: int) -> list[JobEvent]:
    """Return the moves of a job behind sequence number `after`, oldest first."""
    rows = await context.store.rows("job_events", job_id=job_id, after=after, most=most)
    return [msgspec.convert({**row, "job_id": job_id}, JobEvent) for row in rows]
