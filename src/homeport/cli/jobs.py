"""`homeport jobs`: every change is a job; list them, follow one, read its logs, run it again, end it."""

from __future__ import annotations

from typing import Final

import click
import msgspec

from homeport.cli.failures import ExitCode, Failure
from homeport.cli.following import follow as follow_job
from homeport.cli.following import job_document, show_job
from homeport.cli.jobend import accepted, finish, watched
from homeport.cli.jobview import FINISHED, JobItem, JobView, TaskView
from homeport.cli.logreader import LogReader, log_query, read_logs
from homeport.cli.options import wait_options
from homeport.cli.output import clipped
from homeport.cli.params import DURATION
from homeport.cli.places import find_component, find_environment
from homeport.cli.session import Session, connected
from homeport.cli.viewers import viewer_for

_job_argument = click.argument("job_id", metavar="JOB")
_FILTERS: Final = {
    "status": "status",
    "action": "action",
    "by": "requested_by",
    "since": "accepted_since",
    "before": "accepted_before",
}
"""Options of the list and the query parameters that they stand for."""

_newest_argument = click.argument("job_id", metavar="[JOB]", required=False)


@click.group()
def jobs() -> None:
    """List, follow, retry and terminate jobs, and read their logs."""


@jobs.command("list")
@click.option("--status", metavar="STATUS", help="Only jobs in this status, or these: failed,timeout")
@click.option("--action", metavar="ACTION", help="Only jobs of this action, or these: deploy,upgrade")
@click.option("--by", metavar="USER", help="Only jobs that this user asked for.")
@click.option("--since", metavar="TIME", help="Only jobs accepted at this time or later: 2026-11-24T12:00:00Z")
@click.option("--before", metavar="TIME", help="Only jobs accepted before this time.")
@click.option("--env", metavar="NAME", help="Only jobs of this environment.")
@click.option("--component", metavar="NAME", help="Only jobs of this component.")
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True, help="How many at most.")
@click.option("--after", metavar="JOB", help="Only jobs older than this one: the next page.")
@connected
def list_jobs(
    session: Session, /, env: str | None, component: str | None, limit: int, after: str | None, **filters: str | None
) -> None:
    """List jobs, newest first."""
    given = {name: value for name, value in filters.items() if value}
    query: dict[str, str | int] = {"limit": limit, **{_FILTERS[name]: value for name, value in given.items()}}
    asked: dict[str, str | None] = {f"--{name}": value for name, value in given.items()}
    asked |= {"--env": env, "--component": component, "--limit": str(limit)}
    if after:
        query["after"] = after
    if component:
        query["component_id"] = find_component(session.api, component, env).component.id
    elif env:
        query["environment_id"] = find_environment(session.api, env).id
    page = session.api.call("GET", session.api.own("/jobs"), query=query)
    items = msgspec.convert(page["items"], list[JobItem])
    heads = ("JOB", "ACTION", "TARGET", "STATUS", "%", "ACCEPTED", "BY")
    session.out.table(heads, [_row(job) for job in items], none="There are no such jobs.")
    if page["next"]:
        again = " ".join(f"{flag} {value}" for flag, value in asked.items() if value)
        session.out.note("There are more: " + session.command(f"jobs list {again} --after {page['next']}"))
    session.out.document(page)


@jobs.command()
@_newest_argument
@connected
def show(session: Session, job_id: str | None) -> None:
    """Show a job and its tasks; the newest one where none is named."""
    document = job_document(session.api, job_id or newest(session))
    job = msgspec.convert(document, JobView)
    out = session.out
    out.line(click.style(f"{job.title} ", bold=True) + f"({job.status})")
    out.facts(
        {
            "job": job.id,
            "status": job.status,
            "progress": f"{job.progress} %",
            "environment": job.environment_name or job.environment_id,
            "component": job.component_name or job.component_id,
            "driver": job.driver,
            "attempt": job.attempt,
            "accepted": f"{job.created_at}, by {job.created_by}",
            "ended": job.finished_at,
            "deadline": None if job.finished else job.deadline_at,
            "cause": job.cause,
            "detail": "" if job.culprit and job.culprit.detail == job.detail else job.detail,
        }
    )
    out.line()
    rows = [(task.index, task.name, task.status, clipped(task.detail, 90)) for task in job.tasks]
    out.table(("#", "TASK", "STATUS", "DETAIL"), rows, none="It has no tasks.")
    if job.culprit and "\n" in job.culprit.detail:
        out.line()
        out.line(f"Task {job.culprit.name}:")
        out.line("\n".join(f"  {line}" for line in job.culprit.detail.splitlines()))
    out.document(document)


@jobs.command()
@_newest_argument
@click.option("--timeout", "seconds", type=DURATION, metavar="DURATION", help="Watch so long at most; exit code 3.")
@connected
def watch(session: Session, job_id: str | None, seconds: float | None) -> None:
    """Follow a job to its end, the newest one where none is named; the exit code says how it ended."""
    finish(session, watched(session, job_id or newest(session), seconds=seconds))


@jobs.command()
@_newest_argument
@click.option("--task", metavar="TASK", help="Only this task's, by name or index.")
@click.option("--tail", type=click.IntRange(0, 10_000), metavar="LINES", help="Only the last lines of each task.")
@click.option("--follow", "-f", is_flag=True, help="Stay, and print what is added, until the job has ended.")
@connected
def logs(session: Session, job_id: str | None, task: str | None, tail: int | None, follow: bool) -> None:
    """Print what the tasks of a job have written; of the newest job where none is named."""
    job = show_job(session.api, job_id or newest(session))
    chosen = [_task(job, task)] if task else job.tasks
    width = max(len(one.name) for one in chosen) if len(chosen) > 1 else 0
    query = log_query(tail=tail, follow=follow)
    readers = [
        LogReader(session, session.api.own(f"/jobs/{job.id}/tasks/{one.index}/log"), query, head=one.name.ljust(width))
        for one in chosen
    ]
    read_logs(readers, at_once=follow)
    if not any(reader.lines for reader in readers):
        session.out.note(f"Nothing was written by {'this task' if task else 'the tasks of this job'}.")
    texts = [
        {"index": one.index, "name": one.name, "log": reader.text} for one, reader in zip(chosen, readers, strict=True)
    ]
    session.out.document({"job_id": job.id, "tasks": texts})


@jobs.command()
@_job_argument
@wait_options
@connected
def retry(session: Session, job_id: str, wait: bool, seconds: float | None) -> None:
    """Run a job again that failed, ran out of time or was terminated; what still stands is not repeated."""
    api = session.api
    job = show_job(api, job_id)
    api.call("POST", api.cae(f"/jobs/{job.id}"), environment_id=job.environment_id)
    if not wait:
        return accepted(session, job.id, f"Another attempt at {job.title}")
    return finish(session, watched(session, job.id, seconds=seconds, after=job.sequence))


@jobs.command()
@_job_argument
@wait_options
@connected
def terminate(session: Session, job_id: str, wait: bool, seconds: float | None) -> None:
    """End a job, and put back what served before. Exit code 0 when it is so, 1 when it came too late."""
    api = session.api
    before = show_job(api, job_id)
    document = api.call("POST", api.own(f"/jobs/{job_id}/terminate"))
    if not wait and document["status"] not in FINISHED:
        return accepted(session, job_id, f"The end of {before.title}")
    job = _ended(session, job_id, seconds, before.sequence)
    session.out.document({"job": job_document(api, job_id)})
    if job.status == "terminated" or job.cause == "terminated":
        session.out.line(f"{click.style('✓', fg='green')} {job.title} was terminated")
        _tell_detail(session, job)
        return None
    raise click.exceptions.Exit(ExitCode.FAILED)


def newest(session: Session) -> str:
    """Return the id of the project's newest job; raise a `Failure` when there is none."""
    items = session.api.call("GET", session.api.own("/jobs"), query={"limit": 1})["items"]
    if not items:
        raise Failure("There are no jobs yet", advice=f"Deploy something: {session.command('deploy PATH')}")
    return str(items[0]["id"])


def _row(job: JobItem) -> tuple[object, ...]:
    accepted_at = f"{job.created_at[:19]}Z"
    return job.id, job.action, job.target, job.status, job.progress, accepted_at, job.created_by


def _ended(session: Session, job_id: str, seconds: float | None, after: int) -> JobView:
    job = follow_job(session, job_id, viewer_for(session.out), seconds=seconds, after=after)
    if job.status != "terminated" and job.cause != "terminated":
        session.out.note(f"It was too late: {job.title} ended {job.status}.")
    return job


def _tell_detail(session: Session, job: JobView) -> None:
    detail = job.detail or (job.culprit.detail if job.culprit else "")
    for line in detail.splitlines():
        session.out.line(f"  {line}")


def _task(job: JobView, word: str) -> TaskView:
    for task in job.tasks:
        if word in (task.name, str(task.index)):
            return task
    names = ", ".join(task.name for task in job.tasks)
    raise Failure(f"Job {job.id} has no task {word}", advice=f"Its tasks: {names}", code=ExitCode.USAGE)
