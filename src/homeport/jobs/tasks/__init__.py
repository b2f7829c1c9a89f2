"""What each task does and how it is undone; the names are those of `model/plans.py`, compared here at start."""

from __future__ import annotations

from typing import Final

from homeport.jobs.tasks.base import TaskKind
from homeport.jobs.tasks.build import Building
from homeport.jobs.tasks.delete_component import ComponentDeletion
from homeport.jobs.tasks.environments import EnvironmentCreation, EnvironmentDeletion
from homeport.jobs.tasks.pull import Pulling
from homeport.jobs.tasks.record import Recording
from homeport.jobs.tasks.rollout import Rollout
from homeport.jobs.tasks.stop import Stopping
from homeport.jobs.tasks.verify import Verification
from homeport.model.plans import PLANS

TASK_KINDS: Final[dict[str, TaskKind]] = {
    "build": Building(),
    "pull": Pulling(),
    **{name: Rollout() for name in ("deploy", "upgrade", "rollback", "configure", "restart", "start", "scale")},
    "verify": Verification(),
    "stop": Stopping(),
    "delete-component": ComponentDeletion(),
    "create-environment": EnvironmentCreation(),
    "delete-environment": EnvironmentDeletion(),
    "record": Recording(),
}
"""The kind of every task that a plan names."""

_unknown = {task.name for plan in PLANS.values() for task in plan} ^ set(TASK_KINDS)
if _unknown:
    raise RuntimeError(f"plans and tasks differ over {', '.join(sorted(_unknown))}")
