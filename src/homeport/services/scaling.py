"""Scaling of components by their rules: what a rule is, when its last move went wrong, and a move as a job."""

from __future__ import annotations

import json
from typing import Final

from homeport.model.changes import submit
from homeport.model.clock import SECOND
from homeport.model.configuration_rules import checked_item
from homeport.model.configurations import scaling_of
from homeport.model.errors import InvalidParameter
from homeport.model.happenings import component_event
from homeport.model.plans import Action
from homeport.model.records import Component
from homeport.model.scaling import Advice, ScalingRule
from homeport.model.states import FINISHED, Status
from homeport.services.actions import ActionRequest, acceptance, action_job
from homeport.services.configuration_sets import load_set
from homeport.services.context import Context
from homeport.services.deciding import Decision, accept
from homeport.services.submission import NOOP_ANNOTATION
from homeport.store.loading import load_component_and_active_job, load_environment, load_job

REQUESTED_BY: Final = "scaling"
"""Who has asked for the jobs, as their records show it."""
QUIET: Final = 300 * SECOND
"""Microseconds without a move after a scale job that did not succeed, so that no rule asks for the same for ever."""


async def load_rule(context: Context, component: Component) -> ScalingRule | None:
    """Return the rule that is in effect for a component; None when it is not scaled.

    One that was stored before rules were checked, and breaks them, counts as none.
    """
    settings = await load_set(context, component.id, component.operation_id)
    try:
        checked_item("scaling", bytes(settings.get("scaling", b"null")), "scaling")
    except InvalidParameter:
        return None
    return scaling_of(settings)


async def is_quiet(context: Context, component: Component) -> bool:
    """Tell whether the component's latest job is a scale job that failed, ran out of time or was terminated lately."""
    job = await load_job(context.store, component.job_id)
    if job is None or job.action is not Action.SCALE or job.status not in FINISHED - {Status.SUCCESS, Status.SKIP}:
        return False
    return (job.finished_at or 0) > context.clock.now() - QUIET


async def rescale(context: Context, component: Component, advice: Advice) -> str | None:
    """Accept a scale job for what was decided and return its id; the event that says why is stored with it.

    None when the component is not as it was when that was decided: it is looked at anew then.

    Raises:
        JobActive: another job of the component is active.
        WrongState: its status does not allow it.
    """
    annotations = json.dumps({NOOP_ANNOTATION: "skip"})
    request = ActionRequest(action=Action.SCALE, annotations=annotations, replica=advice.replica)

    async def attempt() -> Decision[str | None]:
        environment = await load_environment(context.store, component.environment_id)
        current, active = await load_component_and_active_job(context.store, component.id)
        if environment is None or current is None or not _is_as_it_was(current, component):
            return Decision(None, None)
        job = await action_job(context, environment, current, active, request, REQUESTED_BY)
        told = component_event(
            current.id,
            "SuccessfulRescale",
            f"New size: {advice.replica} (was {current.replica}); reason: {advice.reason}",
            now=context.clock.now(),
            involved=current.name,
            kind="Component",
        )
        return Decision(job.id, submit(job, (), (acceptance(context, current, job), told)))

    return await accept(context, attempt)


def _is_as_it_was(current: Component, before: Component) -> bool:
    return (current.operation_id, current.replica, current.job_id) == (
        before.operation_id,
        before.replica,
        before.job_id,
    )
