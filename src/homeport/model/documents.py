"""A job as ShowJob answers it (contract/contract.md, section 3.1), made at every move and stored beside the job."""

from __future__ import annotations

import msgspec

from homeport.model.clock import rfc3339
from homeport.model.environments import SIMULATED
from homeport.model.plans import ENVIRONMENT_ACTIONS
from homeport.model.records import Job, JobDocument
from homeport.model.scripts import counts_reads
from homeport.model.states import FINISHED, Status


class TaskView(msgspec.Struct, frozen=True, gc=False):
    """One task in the answer of ShowJob."""

    index: int
    name: str
    status: Status
    detail: str
    created_at: str
    updated_at: str


class JobSpecView(msgspec.Struct, frozen=True):
    """`spec` in the answer of ShowJob; `progress` is a whole number of percent."""

    progress: int
    status: Status
    tasks: list[TaskView]


class JobView(msgspec.Struct, frozen=True):
    """The answer of ShowJob."""

    api_version: str
    kind: str
    spec: JobSpecView


_encode = msgspec.json.Encoder().encode


def document_of(job: Job) -> JobDocument:
    """Return the document of a job: the bytes of ShowJob's answer, and what has to be known before it is given."""
    tasks = [
        TaskView(task.idx, task.name, task.status, task.detail, rfc3339(task.created_at), rfc3339(task.updated_at))
        for task in job.tasks
    ]
    view = JobView("v1", "Job", JobSpecView(job.progress, job.status, tasks))
    return JobDocument(
        job_id=job.id,
        project_id=job.project_id,
        environment_id=job.environment_id,
        inside_environment=job.action not in ENVIRONMENT_ACTIONS,
        seq=job.seq,
        status=job.status,
        body=_encode(view),
        counts_reads=job.driver == SIMULATED and counts_reads(job.goal.script),
        job=None if job.status in FINISHED else job,
    )
