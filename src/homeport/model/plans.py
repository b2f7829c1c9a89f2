"""Which tasks each action has, how much of the progress each is worth, and how long each may take.

The task names are Homeport's own except `upgrade`, which the API's example uses (contract/contract.md, section 3.1).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from homeport.model.clock import SECOND


class Action(StrEnum):
    """What a job does: CAE's eight actions on a component, and the calls that answer with a job of their own."""

    DEPLOY = "deploy"
    UPGRADE = "upgrade"
    CONFIGURE = "configure"
    ROLLBACK = "rollback"
    SCALE = "scale"
    RESTART = "restart"
    START = "start"
    STOP = "stop"
    DELETE_COMPONENT = "delete-component"
    CREATE_ENVIRONMENT = "create-environment"
    DELETE_ENVIRONMENT = "delete-environment"


COMPONENT_ACTIONS: Final = (
    Action.DEPLOY,
    Action.UPGRADE,
    Action.CONFIGURE,
    Action.ROLLBACK,
    Action.SCALE,
    Action.RESTART,
    Action.START,
    Action.STOP,
)
"""The actions of ExecuteAction, in the order of contract/contract.md, section 7."""

ENVIRONMENT_ACTIONS: Final = frozenset({Action.CREATE_ENVIRONMENT, Action.DELETE_ENVIRONMENT})
"""Actions whose target is an environment; their jobs are read without X-Environment-ID."""

SNAPSHOT_ACTIONS: Final = frozenset({Action.DEPLOY, Action.UPGRADE, Action.CONFIGURE, Action.ROLLBACK})
"""Actions that add a snapshot when they succeed (DESIGN: numbered from 1, append-only)."""


class TaskPlan(msgspec.Struct, frozen=True):
    """One task of a plan: its name, its share of the progress, and its deadline in microseconds from its start."""

    name: str
    weight: int
    limit: int


_MINUTE: Final = 60 * SECOND

BUILD: Final = TaskPlan("build", 40, 30 * _MINUTE)
"""Makes the artifact from code or a package."""
PULL: Final = TaskPlan("pull", 10, 5 * _MINUTE)
"""Brings the image to the node."""
VERIFY: Final = TaskPlan("verify", 20, 5 * _MINUTE)
"""Waits until what was started is ready and stays so."""
RECORD: Final = TaskPlan("record", 5, 5 * _MINUTE)
"""Gives the traffic to what is new, stops what is old, and writes down what serves now."""


def _own(action: Action) -> TaskPlan:
    return TaskPlan(action.value, 25, 5 * _MINUTE)


PLANS: Final[dict[Action, tuple[TaskPlan, ...]]] = {
    Action.DEPLOY: (BUILD, PULL, _own(Action.DEPLOY), VERIFY, RECORD),
    Action.UPGRADE: (BUILD, PULL, _own(Action.UPGRADE), VERIFY, RECORD),
    Action.ROLLBACK: (BUILD, PULL, _own(Action.ROLLBACK), VERIFY, RECORD),
    Action.CONFIGURE: (_own(Action.CONFIGURE), VERIFY, RECORD),
    Action.RESTART: (_own(Action.RESTART), VERIFY, RECORD),
    Action.SCALE: (_own(Action.SCALE), VERIFY, RECORD),
    Action.START: (_own(Action.START), VERIFY, RECORD),
    Action.STOP: (_own(Action.STOP), RECORD),
    Action.DELETE_COMPONENT: (_own(Action.DELETE_COMPONENT), RECORD),
    Action.CREATE_ENVIRONMENT: (_own(Action.CREATE_ENVIRONMENT), RECORD),
    Action.DELETE_ENVIRONMENT: (_own(Action.DELETE_ENVIRONMENT), RECORD),
}
"""The tasks of each action, in order."""

JOB_LIMIT: Final = 9 * _MINUTE
"""How long a job may take from its acceptance, its build's time not counted: Terraform gives up at ten minutes."""

UNDO_LIMIT: Final = 45 * SECOND
"""How long undoing may take; what is not undone by then is named."""

DEATHS_ALLOWED: Final = 3
"""A job over which so many workers died is given up with cause `worker-lost`."""
