"""Jobs as values, for tests of the rules and of the stores."""

from __future__ import annotations

from typing import Any

import msgspec

from homeport.model.plans import PLANS, Action
from homeport.model.records import Goal, Job, Prior, Task
from homeport.model.states import Status

NOW = 1_676_546_647_950_175
"""2023-02-16T11:24:07.950175Z, the time in the API's own example."""


def a_goal(**facts: Any) -> Goal:
    """Return a goal of the driver `simulated`."""
    return msgspec.structs.replace(
        Goal(
            prior=Prior(status="running", route=("web-1",)),
            driver="simulated",
            while_running="notReady",
            time_limit=60_000_000,
        ),
        **facts,
    )


def a_job(job_id: str = "job-1", action: Action = Action.UPGRADE, **facts: Any) -> Job:
    """Return a new job of component `component-1`, as its submission makes it."""
    tasks = tuple(
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
            created_at=NOW,
            updated_at=NOW,
        )
        for index, plan in enumerate(PLANS[action], start=1)
    )
    job = Job(
        id=job_id,
        project_id="project-1",
        environment_id="environment-1",
        application_id="application-1",
        component_id="component-1",
        action=action,
        status=Status.INIT,
        progress=0,
        seq=1,
        fence=0,
        owner=None,
        node=None,
        driver="simulated",
        attempt=1,
        deaths=0,
        goal=a_goal(),
        artifact=None,
        ending=None,
        deadline_at=NOW + 60_000_000,
        hard_deadline=False,
        accepted_at=NOW,
        started_at=None,
        finished_at=None,
        requested_by="tester",
        tasks=tasks,
    )
    return msgspec.structs.replace(job, **facts)
