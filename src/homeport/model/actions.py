"""The one table of actions and component statuses: refused, nothing to do, or a plan with the statuses around it.

DESIGN, section 5, row by row. What "deployed" means stands at `Component.deployed`.
"""

from __future__ import annotations

from typing import Final

import msgspec

from homeport.model.plans import Action


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What the table looks at: a component as it is, and the number a scale asks for."""

    status: str
    deployed: bool
    available_replica: int
    replica: int
    wanted_replica: int | None = None


class Refusal(msgspec.Struct, frozen=True):
    """The action may not be done in this state; `allowed` says from where it may, and what to do instead."""

    allowed: str


class Go(msgspec.Struct, frozen=True, kw_only=True):
    """The action may be done.

    `while_running` is the component's status from acceptance to the job's end, `on_success` the one after it.
    """

    while_running: str
    on_success: str
    needed: bool = True
    """False when things are already so: the job is accepted and ends well without touching anything."""
    stored_only: bool = False
    """The component is paused: what changes is kept for its next start, and no instance is touched."""


Decision = Refusal | Go

_NOT_DEPLOYED: Final = "Deploy it first."
_UPGRADE_INSTEAD: Final = "Deploy is for components that never served; use upgrade to change what serves."

ALLOWED: Final[dict[Action, str]] = {
    Action.DEPLOY: "Allowed from created, or from notReady when it never was deployed. " + _UPGRADE_INSTEAD,
    Action.UPGRADE: "Allowed once it was deployed, and after a failed deploy. " + _NOT_DEPLOYED,
    Action.CONFIGURE: "Allowed once it was deployed. " + _NOT_DEPLOYED,
    Action.ROLLBACK: "Allowed once it was deployed. " + _NOT_DEPLOYED,
    Action.SCALE: "Allowed once it was deployed. " + _NOT_DEPLOYED,
    Action.RESTART: "Allowed from running or notReady, once it was deployed. Start a paused component instead.",
    Action.STOP: "Allowed from running or notReady, once it was deployed.",
    Action.START: "Allowed from paused.",
    Action.DELETE_COMPONENT: "Allowed from created, paused, or notReady without ready instances. Stop it first.",
}
"""From where each action may be done, in a sentence or two."""


def decide(action: Action, component: Standing) -> Decision:
    """Return what the table says of an action on a component as it stands."""
    rule = _RULES[action](component)
    return rule if rule is not None else Refusal(ALLOWED[action])


def _deploy(component: Standing) -> Go | None:
    if component.deployed or component.status not in ("created", "notReady"):
        return None
    return Go(while_running="notReady", on_success="running")


def _replace(component: Standing) -> Go | None:
    if not component.deployed:
        return None
    if component.status == "paused":
        return Go(while_running="paused", on_success="paused", stored_only=True)
    return Go(while_running="notReady", on_success="running")


def _upgrade(component: Standing) -> Go | None:
    if not component.deployed and component.status == "notReady":
        return Go(while_running="notReady", on_success="running")
    return _replace(component)


def _scale(component: Standing) -> Go | None:
    if not component.deployed:
        return None
    needed = component.wanted_replica != component.replica
    paused = component.status == "paused"
    success = "paused" if paused else "running" if needed else component.status
    return Go(while_running=component.status, on_success=success, needed=needed, stored_only=paused)


def _restart(component: Standing) -> Go | None:
    if not component.deployed or component.status not in ("running", "notReady"):
        return None
    return Go(while_running="notReady", on_success="running")


def _stop(component: Standing) -> Go | None:
    if not component.deployed:
        return None
    if component.status == "paused":
        return Go(while_running="paused", on_success="paused", needed=False)
    return Go(while_running="running", on_success="paused")


def _start(component: Standing) -> Go | None:
    if not component.deployed or component.status == "created":
        return None
    if component.status == "paused":
        return Go(while_running="notReady", on_success="running")
    if component.status == "running":
        return Go(while_running="running", on_success="running", needed=False)
    return None


def _delete(component: Standing) -> Go | None:
    gone_already = component.status == "notReady" and component.available_replica == 0
    if component.status in ("created", "paused") or gone_already:
        return Go(while_running=component.status, on_success=component.status)
    return None


_RULES: Final = {
    Action.DEPLOY: _deploy,
    Action.UPGRADE: _upgrade,
    Action.CONFIGURE: _replace,
    Action.ROLLBACK: _replace,
    Action.SCALE: _scale,
    Action.RESTART: _restart,
    Action.STOP: _stop,
    Action.START: _start,
    Action.DELETE_COMPONENT: _delete,
}
