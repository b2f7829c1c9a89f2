"""What is looked at before a job does any work: whether it could open what it is going to open at its end."""

from __future__ import annotations

from typing import Final

from homeport.jobs.tasks.record import ROUTED
from homeport.jobs.work import Work
from homeport.log_setup import get_logger
from homeport.model.causes import Cause, TaskFailed
from homeport.model.environments import SIMULATED
from homeport.model.secret_references import missing_secrets
from homeport.routing.base import Route
from homeport.services.access import load_opened

_REFUSALS: Final = frozenset({Cause.PORT_TAKEN, Cause.CERTIFICATE_UNUSABLE})

_log = get_logger()


async def check_secrets(work: Work) -> None:
    """Pass when there is every secret that variables of the instances refer to that the job is going to start.

    Raises:
        TaskFailed: one is not there (`credential-missing`).
    """
    if work.job.action not in ROUTED or work.job.goal.stored_only or work.job.driver == SIMULATED:
        return
    workload = await work.workload()
    missing = missing_secrets(workload.secrets, workload.env)
    if missing is not None:
        raise missing


async def check_entrances(work: Work) -> None:
    """Pass when the further addresses of the job's component can be opened as things are; nothing is changed.

    What the router cannot say now, the task `record` finds out.

    Raises:
        TaskFailed: a port is taken (`port-taken`), or a certificate cannot be used (`certificate-unusable`).
    """
    router = work.router
    if router is None or work.job.action not in ROUTED or work.job.goal.stored_only:
        return
    if not (await work.workload()).access:
        return
    component = await work.component()
    opened = await load_opened(work.tools.context, component, work.job.goal.operation_id)
    route = Route(
        component_id=component.id,
        component_name=component.name,
        fence=work.job.fence,
        port=component.port,
        entrances=opened.entrances,
        certificates=opened.certificates,
    )
    try:
        await router.check(route)
    except TaskFailed as error:
        if error.failure.cause in _REFUSALS:
            raise
        _log.warning("job.entrances_not_checked", job_id=work.job.id, error=str(error))
