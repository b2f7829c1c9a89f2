"""How the end of a job is told, and what exit code a command gives for it."""

from __future__ import annotations

from typing import Any, Final

import click

from homeport.cli.following import follow, job_document
from homeport.cli.jobview import JobView
from homeport.cli.session import Session
from homeport.cli.viewers import took, viewer_for

_WORDS: Final = {
    "failed": "failed",
    "timeout": "ran out of time",
    "terminated": "was terminated",
}


def watched(session: Session, job_id: str, *, seconds: float | None = None, after: int = 0) -> JobView:
    """Follow a job to its end on the session's output, say how it ended, and return it. Raises as `follow` does."""
    job = follow(session, job_id, viewer_for(session.out), seconds=seconds, after=after)
    tell_end(session, job)
    return job


def tell_end(session: Session, job: JobView) -> None:
    """Say how a finished job ended: in a line, or with the whole `detail` of the task that did not go well."""
    out = session.out
    if job.status == "success":
        out.line(f"{click.style('✓', fg='green')} {job.title} succeeded in {took(job):.1f} s")
    elif job.status == "skip":
        out.line(f"{click.style('✓', fg='green')} {job.title}: there was nothing to do")
    else:
        _tell_bad_end(session, job)


def _tell_bad_end(session: Session, job: JobView) -> None:
    note, culprit = session.out.note, job.culprit
    where = f" in task {culprit.name}" if culprit else ""
    note(f"{click.style('✗', fg='red')} {job.title} {_WORDS[job.status]}{where} after {took(job):.1f} s")
    detail = (culprit.detail if culprit else "") or job.detail
    for line in detail.splitlines():
        note(f"  {line}")
    note("")
    note(f"  Logs:         {session.command(f'jobs logs {job.id}')}")
    note(f"  Run it again: {session.command(f'jobs retry {job.id}')}")


def finish(session: Session, job: JobView, **beside: Any) -> None:
    """End a command that waited for a job with the job's exit code; --json has it as `job`, and what is `beside` it."""
    if session.out.as_json:
        session.out.document({**beside, "job": job_document(session.api, job.id)})
    click.get_current_context().exit(job.exit_code)


def accepted(session: Session, job_id: str, what: str, **beside: Any) -> None:
    """End a command that does not wait for its job."""
    session.out.line(f"{what} is accepted: job {job_id}")
    session.out.line(f"  Follow it: {session.command(f'jobs watch {job_id}')}")
    session.out.document({**beside, "job": {"id": job_id}})
