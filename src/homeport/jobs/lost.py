"""Jobs of a node that no living worker acts on: any worker ends them once their deadline has passed.

Nothing can be undone there, so what may still live is named, and a worker that comes back finds a higher fence.
"""

from __future__ import annotations

from homeport.jobs.settling import component_status
from homeport.jobs.tools import Tools
from homeport.jobs.undoing import not_known
from homeport.log_setup import get_logger
from homeport.model.causes import Cause, Failure
from homeport.model.changes import Move, Statement, Value
from homeport.model.moves import end_unbegun, ending_of, finish_end
from homeport.model.plans import ENVIRONMENT_ACTIONS, Action
from homeport.model.records import Job
from homeport.model.states import FINISHED, Status
from homeport.store.base import Missed
from homeport.store.loading import load_component, load_unowned_job, names_of_own_instances

_log = get_logger()

_AT_ONCE = 16


async def end_lost_jobs(tools: Tools) -> None:
    """End the jobs past their deadline that nobody can work on."""
    for row in await tools.store.rows("overdue_jobs", most=_AT_ONCE):
        job = await load_unowned_job(tools.store, str(row["id"]))
        if job is not None and job.status not in FINISHED:
            await _end(tools, job)


async def _end(tools: Tools, job: Job) -> None:
    left = await names_of_own_instances(tools.store, job)
    place = f"node {job.node}" if job.node else f"a node with driver {job.driver}"
    alive = f"; what may still live there: {', '.join(left)}" if left else ""
    what = f"no worker acted on {place} until the job's deadline had passed{alive}"
    ending = ending_of(job, Status.TIMEOUT, Failure(cause=Cause.NODE_LOST, what=what))
    move = Move(job, tools.clock.now()).set(ending=ending)
    if job.status is Status.INIT:
        # Nobody holds it, so no fence is raised: the job's must not overtake its target's, which the next claim reads.
        end_unbegun(move, job, ending)
    else:
        move.set(fence=job.fence + 1)
        finish_end(move, job, ending, undone=frozenset(), left=(), unknown=not_known(job))
        move.also(*await _unsettled(tools, job))
    try:
        await tools.store.commit(move.build().change)
        _log.warning("job.node_lost", job_id=job.id, node=job.node)
    except Missed:
        _log.info("job.found_again", job_id=job.id)


async def _unsettled(tools: Tools, job: Job) -> tuple[Statement, ...]:
    """Return the statements that raise the target's fence and say that nobody knows how it does."""
    fences: dict[str, Value] = {"id": job.target_id, "fence": job.fence + 1, "was_fence": job.fence}
    settled: dict[str, Value] = {"id": job.target_id, "fence": job.fence + 1, "now": tools.clock.now()}
    if job.action in ENVIRONMENT_ACTIONS:
        status = "create_failed" if job.action is Action.CREATE_ENVIRONMENT else "delete_failed"
        return (
            Statement("raise_environment_fence", fences),
            Statement("settle_environment", settled | {"status": status}),
        )
    component = await load_component(tools.store, job.target_id)
    status = component_status(job, component, ready=0) if component else "notReady"
    return (
        Statement("raise_component_fence", fences),
        Statement("settle_component", settled | {"status": status, "available_replica": 0}),
    )
