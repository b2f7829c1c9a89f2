"""The moves of a job, as pure rules: from a job and what happened to the job as it will be and the change to it.

Each function returns a `Move` that may still be added to (effects on the target, topics) before it is built.
"""

from __future__ import annotations

from typing import Final

import msgspec

from homeport.model.causes import Cause, Failure
from homeport.model.changes import JOBS_TOPIC, Move, Statement
from homeport.model.clock import rfc3339
from homeport.model.plans import DEATHS_ALLOWED, Action
from homeport.model.records import Ending, Job, Task
from homeport.model.states import FINISHED, RETRYABLE, Status

NOT_RUN: Final = "not run: {reason}"
"""`detail` of a task that another one's end kept from running."""

FORWARD_ONLY: Final = frozenset({"record"})
"""Tasks from which on a job only goes forward: what is new serves already, so a terminate comes too late."""


def terminate_topic(job_id: str) -> str:
    """Return the topic that is signalled when a job that runs is asked to terminate."""
    return f"terminate:{job_id}"


def current_task(job: Job) -> Task | None:
    """Return the task that is under way, None between two of them."""
    for task in job.tasks:
        if task.status in (Status.RUNNING, Status.TERMINATING):
            return task
    return None


def next_task(job: Job) -> Task | None:
    """Return the first task that has yet to run, None when all are done."""
    for task in job.tasks:
        if task.status is Status.INIT:
            return task
    return None


def past_return(job: Job) -> bool:
    """Tell whether the job only goes forward from here."""
    task = current_task(job)
    return task is not None and task.name in FORWARD_ONLY


def effective_deadline(job: Job, task: Task) -> int | None:
    """Return when the job's own deadline ends `task`, in microseconds since 1970; None while it does not count.

    It does not count during a build, which has a deadline of its own, unless it was given for this job; and not once
    the job only goes forward.
    """
    if task.name in FORWARD_ONLY or (task.name == "build" and not job.hard_deadline):
        return None
    return job.deadline_at


def claim(job: Job, *, worker: str, node: str | None, fence: int, now: int) -> Move:
    """Take a job that nobody alive owns: a new fence, and one death more when its owner died over it."""
    return Move(job, now).set(
        owner=worker,
        node=job.node or node,
        fence=fence,
        deaths=deaths_at_claim(job),
        started_at=job.started_at or now,
    )


def deaths_at_claim(job: Job) -> int:
    """Return how many workers have died over a job when it is claimed: one more when it still names an owner."""
    return job.deaths + (job.owner is not None)


def hand_back(job: Job, now: int, *, died: bool = False) -> Move:
    """Give up a job that is to be gone on with by whoever claims it next; `died` counts as the death of a worker."""
    return Move(job, now).set(owner=None, deaths=job.deaths + died).signal(JOBS_TOPIC)


def given_up(job: Job) -> Ending | None:
    """Return the end of a job that is claimed after too many workers died over it, None while it may be tried again."""
    deaths = deaths_at_claim(job)
    if deaths < DEATHS_ALLOWED or job.ending is not None:
        return None
    what = f"the engine ended {deaths} times while it worked on this job"
    return ending_of(job, Status.FAILED, Failure(cause=Cause.WORKER_LOST, what=what))


def ending_of(job: Job, status: Status, failure: Failure) -> Ending:
    """Return the end that a job is going to have, told by the task that is under way, or the next one.

    A job made with `unfinished_as_failed` ends `failed` where it would end `timeout` or `terminated`.
    """
    task = current_task(job) or next_task(job)
    status = Status.FAILED if job.goal.unfinished_as_failed else status
    return Ending(status=status, cause=failure.cause.value, detail=failure.detail(), task=task.idx if task else 0)


def begin_end(move: Move, job: Job, ending: Ending) -> Move:
    """Commit the intended end and its cause before anything is undone; the task that caused it ends at once.

    A task under a terminate stays `terminating` until its workload was seen gone.
    """
    move.set(ending=ending)
    task = current_task(job)
    if task is None or ending.cause == Cause.TERMINATED:
        return move
    return move.task(task.idx, ending.status, detail=ending.detail)


def refuse_task(move: Move, index: int, failure: Failure) -> Move:
    """Start a task that cannot be done and fail it in the same commit, with which the end of its job begins.

    In two commits the reason would be lost with a worker that dies between them, and whoever takes up the job would
    find a task that runs and has nothing to do.
    """
    ending = Ending(status=Status.FAILED, cause=failure.cause.value, detail=failure.detail(), task=index)
    return move.task(index, Status.RUNNING).set(ending=ending).task(index, Status.FAILED, detail=ending.detail)


def finish_end(
    move: Move,
    job: Job,
    ending: Ending,
    *,
    undone: frozenset[int],
    left: tuple[str, ...],
    serving: tuple[str, ...] = (),
    unknown: frozenset[int] = frozenset(),
) -> Move:
    """End a job as intended: what was undone is marked, what never ran is skipped, what is still alive is named.

    Of what is left, `serving` has the traffic and so was not to be ended. `unknown` are tasks of which nobody can say
    whether their effect still stands, so that a retry does them again.
    """
    reason = f"task {ending.task} ended the job ({ending.cause})"
    for task in job.tasks:
        if task.idx in undone:
            text = f"{task.detail}\n{_undone(job)}".strip()
            move.mark(task.idx, stands=False, detail=text if task.status is Status.SUCCESS else None)
        elif task.idx in unknown:
            text = f"{task.detail}\n{_UNKNOWN}".strip()
            move.mark(task.idx, stands=False, detail=text if task.status is Status.SUCCESS else None)
        if task.status is Status.INIT:
            move.task(task.idx, Status.SKIP, detail=NOT_RUN.format(reason=reason))
    _end_current(move, job, ending)
    if left:
        _name_left(move, job, ending, left, serving)
    return move.job(ending.status, ending.detail)


_STILL_ALIVE: Final = "still-alive: {reason}: {names}"
_UNKNOWN: Final = "undone: not known, since nobody could look; a retry does it again"


def _undone(job: Job) -> str:
    served = "what served before the job serves" if job.goal.prior.route else "nothing served before the job"
    return f"undone: {served}"


def end_needless(move: Move, job: Job) -> Move:
    """End a job that was not begun and has nothing to do: `success`, or `skip` where that was asked for."""
    if not job.goal.skip_when_noop:
        move.job(Status.RUNNING)
    for task in job.tasks:
        move.task(task.idx, Status.SKIP, detail="nothing to do: it is so already", stands=True)
    return move.job(Status.SKIP if job.goal.skip_when_noop else Status.SUCCESS)


def end_unbegun(move: Move, job: Job, ending: Ending, left: tuple[str, ...] = ()) -> Move:
    """End a job whose tasks have not begun: they are skipped with the reason, its target is as it was.

    A job that ends `failed` has one failed task all the same, since most clients show no other cause
    (contract/terraform.md). `left` names the instances that an attempt before this one could not end.
    """
    if left:
        alive = _STILL_ALIVE.format(reason="was not ended by the attempt before", names=", ".join(left))
        ending = msgspec.structs.replace(ending, detail=f"{ending.detail}\n{alive}")
    blamed = next_task(job) if ending.status is Status.FAILED else None
    if blamed is not None:
        move.job(Status.RUNNING).task(blamed.idx, Status.RUNNING).task(blamed.idx, Status.FAILED, detail=ending.detail)
    for task in job.tasks:
        if task.status is Status.INIT and task is not blamed:
            reason = ending.detail if task.idx == ending.task else ending.detail.partition("\n")[0]
            move.task(task.idx, Status.SKIP, detail=NOT_RUN.format(reason=reason))
    status = "create_failed" if job.action is Action.CREATE_ENVIRONMENT else job.goal.prior.status
    move.also(restatement(job, status, move.now))
    return move.set(ending=ending).job(ending.status, ending.detail)


def overdue(job: Job) -> Ending:
    """Return the end of a job whose deadline has passed."""
    what = f"the job was not done by its deadline, {rfc3339(job.deadline_at)}"
    return ending_of(job, Status.TIMEOUT, Failure(cause=Cause.DEADLINE_EXCEEDED, what=what))


def terminated_ending(job: Job) -> Ending:
    """Return the end of a job that was asked to terminate."""
    task = current_task(job)
    what = f"stopped by request during task {task.idx} {task.name}" if task else "stopped by request before it began"
    return ending_of(job, Status.TERMINATED, Failure(cause=Cause.TERMINATED, what=what))


def terminate(job: Job, now: int, left: tuple[str, ...] = ()) -> Move:
    """Ask a job to terminate: it ends at once when nobody has claimed it, else its worker is told.

    `left` names the instances that an attempt before this one could not end.
    """
    move = Move(job, now)
    if job.status is Status.INIT and job.owner is None:
        return end_unbegun(move, job, terminated_ending(job), left)
    move.job(Status.TERMINATING)
    task = current_task(job)
    if task is not None and task.status is Status.RUNNING:
        move.task(task.idx, Status.TERMINATING)
    return move.signal(terminate_topic(job.id), JOBS_TOPIC)


def retry(job: Job, now: int) -> Move:
    """Start the next attempt of a job in place: what still stands keeps its `success`, all else runs again."""
    move = Move(job, now)
    for task in job.tasks:
        if not task.stands and task.status is not Status.INIT:
            move.task(task.idx, Status.INIT, detail="")
    move.set(attempt=job.attempt + 1, deaths=0, ending=None, owner=None, started_at=None, finished_at=None)
    move.also(restatement(job, job.goal.while_running, now))
    return move.set(deadline_at=now + job.goal.time_limit).job(Status.INIT).signal(JOBS_TOPIC)


def why_not_retry(job: Job, latest_id: str) -> str | None:
    """Return why a job cannot be retried, as a sentence; None when it can."""
    if latest_id != job.id:
        return f"A later job of the same target exists: {latest_id}. Retry that one, or send the action anew."
    if job.status in RETRYABLE:
        return None
    if job.status in FINISHED:
        return f"It ended well ({job.status}); there is nothing to repeat."
    return f"It is {job.status}. Wait for its end."


def _end_current(move: Move, job: Job, ending: Ending) -> None:
    task = current_task(job)
    if task is not None:
        status = ending.status if task.status is Status.RUNNING else _end_of_terminating(ending.status)
        move.task(task.idx, status, detail=ending.detail)


def _end_of_terminating(status: Status) -> Status:
    return status if status in (Status.FAILED, Status.TIMEOUT) else Status.TERMINATED


def _name_left(move: Move, job: Job, ending: Ending, left: tuple[str, ...], serving: tuple[str, ...]) -> None:
    index = ending.task or len(job.tasks)
    head, _, rest = ending.detail.partition("\n")
    stuck = tuple(name for name in left if name not in serving)
    named = [
        _STILL_ALIVE.format(reason=reason, names=", ".join(names))
        for reason, names in (
            ("could not be ended within the time for undoing", stuck),
            ("serves already, and goes on", serving),
        )
        if names
    ]
    move.mark(index, detail="\n".join(part for part in (head, *named, rest) if part))


def restatement(job: Job, status: str, now: int) -> Statement:
    """Return the statement that sets the status of a job's target from outside of the engine."""
    kind = "component" if job.component_id else "environment"
    return Statement(f"restate_{kind}", {"id": job.target_id, "job_id": job.id, "status": status, "now": now})


def first_ending(job: Job, now: int) -> Ending | None:
    """Return the end a claim finds due for a job: given up, or past its deadline. None when it goes on."""
    lost = given_up(job)
    if lost is not None:
        return lost
    if job.ending is not None:
        return None
    task = current_task(job) or next_task(job)
    if task is None:
        return None
    deadline = effective_deadline(job, task)
    return overdue(job) if deadline is not None and now >= deadline else None
