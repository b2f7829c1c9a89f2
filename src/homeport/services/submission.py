"""From an accepted request to a new job: its tasks by plan, its deadline, its id."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from homeport.model.annotations import annotations_of
from homeport.model.clock import SECOND
from homeport.model.errors import InvalidParameter
from homeport.model.plans import PLANS, Action
from homeport.model.records import Goal, Job, Task
from homeport.model.scripts import parse_script
from homeport.model.states import Status
from homeport.services.context import Context

DEADLINE_ANNOTATION: Final = "homeport/deadline"
"""How long this one job may take, its build included: `90s`, `10m`, `2h`."""
NOOP_ANNOTATION: Final = "homeport/on-noop"
"""`skip` lets a job with nothing to do end `skip` instead of `success`."""
SCRIPT_ANNOTATION: Final = "homeport/script"
"""What the driver `simulated` shall do; on an action, a component or an environment."""

_DURATION: Final = re.compile(r"([0-9]{1,6})(ms|s|m|h)")
_UNITS: Final = {"ms": 1_000, "s": SECOND, "m": 60 * SECOND, "h": 3_600 * SECOND}
_LONGEST: Final = 24 * 3_600 * SECOND


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a job is asked to do, by whom, and to what."""

    action: Action
    goal: Goal
    project_id: str
    environment_id: str
    node: str | None
    """Node of the environment; None while its create job has not pinned it."""
    requested_by: str
    """Name of the user, for the record."""
    application_id: str | None = None
    component_id: str | None = None
    annotations: dict[str, str] = msgspec.field(default_factory=dict)
    """Annotations of the request; those named `homeport/…` steer the job."""


def new_job(context: Context, request: Request) -> Job:
    """Return the job that a request becomes, its first event (sequence number 1) included.

    Raises:
        InvalidParameter: an annotation `homeport/…` is not understood.
    """
    now = context.clock.now()
    job_id = context.ids.uuid()
    given = duration_of(request.annotations, DEADLINE_ANNOTATION)
    time_limit = context.rules.job_limit if given is None else given
    parse_script(request.goal.script)
    return Job(
        id=job_id,
        project_id=request.project_id,
        environment_id=request.environment_id,
        application_id=request.application_id,
        component_id=request.component_id,
        action=request.action,
        status=Status.INIT,
        progress=0,
        seq=1,
        fence=0,
        owner=None,
        node=request.node,
        driver=request.goal.driver,
        attempt=1,
        deaths=0,
        goal=msgspec.structs.replace(request.goal, time_limit=time_limit),
        artifact=None,
        ending=None,
        deadline_at=now + time_limit,
        hard_deadline=given is not None,
        accepted_at=now,
        started_at=None,
        finished_at=None,
        requested_by=request.requested_by,
        tasks=_tasks(job_id, request.action, now),
    )


def script_of(*annotations: str) -> str:
    """Return the script for the driver `simulated` in the first annotations (JSON) that have one; empty without any."""
    scripts = (annotations_of(text).get(SCRIPT_ANNOTATION) for text in annotations)
    return next((script for script in scripts if script is not None), "")


def skip_when_noop(annotations: dict[str, str]) -> bool:
    """Tell whether annotation `homeport/on-noop` asks for the end `skip`.

    Raises:
        InvalidParameter: it has another value.
    """
    value = annotations.get(NOOP_ANNOTATION, "success")
    if value not in ("skip", "success"):
        raise InvalidParameter(f"metadata.annotations.{NOOP_ANNOTATION}", f"is {value!r}", allowed="skip, success")
    return value == "skip"


def duration_of(annotations: dict[str, str], name: str) -> int | None:
    """Return the microseconds of an annotation such as `90s`, `500ms`, `10m`, `2h`; None without one.

    Raises:
        InvalidParameter: it is no such duration, or outside 1 ms to 24 h.
    """
    text = annotations.get(name)
    if text is None:
        return None
    match = _DURATION.fullmatch(text)
    micros = int(match.group(1)) * _UNITS[match.group(2)] if match else 0
    if not 0 < micros <= _LONGEST:
        allowed = "a whole number with ms, s, m or h, from 1ms to 24h"
        raise InvalidParameter(f"metadata.annotations.{name}", f"is {text!r}", allowed=allowed)
    return micros


def _tasks(job_id: str, action: Action, now: int) -> tuple[Task, ...]:
    return tuple(
        Task(
            job_id=job_id,
            idx=index,
            name=plan.name,
            status=Status.INIT,
            detail="",
            weight=plan.weight,
            time_limit=plan.limit,
            done=0,
            stands=False,
            started_at=None,
            created_at=now,
            updated_at=now,
        )
        for index, plan in enumerate(PLANS[action], start=1)
    )
