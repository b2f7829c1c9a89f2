"""How the target of a job stands when the job has not brought about its goal."""

from __future__ import annotations

from homeport.jobs.defects import is_defect
from homeport.jobs.work import Work
from homeport.log_setup import get_logger
from homeport.model.causes import TaskFailed
from homeport.model.changes import Statement, Value
from homeport.model.plans import ENVIRONMENT_ACTIONS, Action
from homeport.model.records import Component, Job

_log = get_logger()


async def settle(work: Work, *, looks: bool = True) -> tuple[Statement, ...]:
    """Return the statements that set the target's status after an end that is no success, as it was observed.

    Without `looks` nothing is observed, and so nothing is said to be ready.
    """
    job = work.job
    settled: dict[str, Value] = {"fence": job.fence, "now": work.tools.clock.now()}
    if job.action in ENVIRONMENT_ACTIONS:
        status = "create_failed" if job.action is Action.CREATE_ENVIRONMENT else "delete_failed"
        return (Statement("settle_environment", settled | {"id": job.environment_id, "status": status}),)
    component = await work.component()
    ready = await _ready_count(work, component) if looks else 0
    status = component_status(job, component, ready)
    values: dict[str, Value] = {"id": component.id, "status": status, "available_replica": ready}
    return (Statement("settle_component", settled | values),)


def component_status(job: Job, component: Component, ready: int) -> str:
    """Return a component's status after a job that failed (DESIGN, section 5, the table's last column).

    `ready` counts the ready instances of the committed route.
    """
    if not component.deployed:
        return "created" if job.action is Action.DELETE_COMPONENT and job.goal.prior.status == "created" else "notReady"
    if job.goal.prior.status == "paused":
        return "paused"
    return "running" if ready >= component.replica else "notReady"


async def _ready_count(work: Work, component: Component) -> int:
    route = set(component.serving)
    serving = [instance for instance in await work.instances() if instance.name in route]
    if not serving:
        return 0
    try:
        observed = await work.observe(serving)
    except Exception as error:
        if not isinstance(error, TaskFailed) and not is_defect(error):
            raise
        # Nobody can say how they do, so nothing is claimed; `keep` corrects it as soon as the driver answers.
        _log.warning("job.unobserved", job_id=work.job.id, error=str(error))
        return 0
    return sum(seen.ready for seen in observed.values())
