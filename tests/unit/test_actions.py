"""The table of actions and component statuses (DESIGN, section 5), cell by cell."""

from __future__ import annotations

import pytest

from homeport.model.actions import ALLOWED, Go, Refusal, Standing, decide
from homeport.model.plans import Action

CREATED = Standing(status="created", deployed=False, available_replica=0, replica=2)
FIRST_FAILED = Standing(status="notReady", deployed=False, available_replica=0, replica=2)
NOT_READY = Standing(status="notReady", deployed=True, available_replica=1, replica=2)
DOWN = Standing(status="notReady", deployed=True, available_replica=0, replica=2)
RUNNING = Standing(status="running", deployed=True, available_replica=2, replica=2)
PAUSED = Standing(status="paused", deployed=True, available_replica=0, replica=2)

STATES = {
    "created": CREATED,
    "first failed": FIRST_FAILED,
    "not ready": NOT_READY,
    "down": DOWN,
    "running": RUNNING,
    "paused": PAUSED,
}

REFUSED = "refused"

TABLE: dict[Action, dict[str, str]] = {
    Action.DEPLOY: {"created": "notReady>running", "first failed": "notReady>running"},
    Action.UPGRADE: {
        "first failed": "notReady>running",
        "not ready": "notReady>running",
        "down": "notReady>running",
        "running": "notReady>running",
        "paused": "paused>paused stored",
    },
    **{
        action: {
            "not ready": "notReady>running",
            "down": "notReady>running",
            "running": "notReady>running",
            "paused": "paused>paused stored",
        }
        for action in (Action.CONFIGURE, Action.ROLLBACK)
    },
    Action.RESTART: {
        "not ready": "notReady>running",
        "down": "notReady>running",
        "running": "notReady>running",
    },
    Action.STOP: {
        "not ready": "running>paused",
        "down": "running>paused",
        "running": "running>paused",
        "paused": "paused>paused nothing",
    },
    Action.START: {"running": "running>running nothing", "paused": "notReady>running"},
    Action.DELETE_COMPONENT: {
        "created": "created>created",
        "first failed": "notReady>notReady",
        "down": "notReady>notReady",
        "paused": "paused>paused",
    },
}


def shown(decision: Go | Refusal) -> str:
    if isinstance(decision, Refusal):
        return REFUSED
    flags = (" stored" if decision.stored_only else "") + ("" if decision.needed else " nothing")
    return f"{decision.while_running}>{decision.on_success}{flags}"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", TABLE)
def test_the_table_says(action: Action, state: str) -> None:
    assert shown(decide(action, STATES[state])) == TABLE[action].get(state, REFUSED)


SCALES = {
    ("not ready", 3): "notReady>running",
    ("running", 3): "running>running",
    ("running", 2): "running>running nothing",
    ("not ready", 2): "notReady>notReady nothing",
    ("paused", 3): "paused>paused stored",
    ("paused", 2): "paused>paused stored nothing",
    ("created", 3): REFUSED,
    ("first failed", 3): REFUSED,
}


@pytest.mark.parametrize(("state", "wanted"), SCALES)
def test_a_scale_keeps_the_status_and_does_nothing_for_the_same_number(state: str, wanted: int) -> None:
    standing = STATES[state]
    wanting = Standing(
        status=standing.status,
        deployed=standing.deployed,
        available_replica=standing.available_replica,
        replica=standing.replica,
        wanted_replica=wanted,
    )
    assert shown(decide(Action.SCALE, wanting)) == SCALES[state, wanted]


@pytest.mark.parametrize("action", ALLOWED)
def test_a_refusal_says_from_where_the_action_may_be_done(action: Action) -> None:
    assert ALLOWED[action].startswith("Allowed ")
