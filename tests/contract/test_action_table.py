"""Every cell of the table of actions (DESIGN.md, section 5), on a real engine, through the official SDK.

The table below is that table again, as a user meets it: for each action, and each way a component may stand, whether it
is refused, nothing to do, or what the component shows while the job runs and after each of its ends.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from huaweicloudsdkcae import v1 as cae
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException

from support.cae import Application, details, limit, refused, statuses
from support.queue import Queue
from support.server import wait_for

pytestmark = pytest.mark.unmeasured


class How(NamedTuple):
    """How an action is sent: by which scripts its job stays in a task, or fails there."""

    task: str
    stays: str
    fails: str
    spec: dict[str, Any] | None = None


PULL = ("pull", "pull=stuck", "pull=fail:image-missing")
VERIFY = ("verify", "ready=never", "start=fail")
IMAGE = cae.ActionOnComponentSource(type="image", url="nginx:2")

ACTIONS = {
    "deploy": How(*PULL),
    "upgrade": How(*PULL, {"source": IMAGE}),
    "rollback": How(*PULL, {"snapshot_index": 1}),
    "configure": How(*VERIFY),
    "scale": How(*VERIFY, {"replica": 2}),
    "restart": How(*VERIFY),
    "start": How(*VERIFY),
    # These two end instances, so it is the instances' script that counts.
    "stop": How("stop", "stop=40s", "stop=stuck"),
    "delete": How("delete-component", "stop=40s", "stop=stuck"),
}

ENDING = frozenset({"stop", "delete-component"})

STATES = {
    "created": ("created", 0),
    "never deployed": ("notReady", 0),
    "down": ("notReady", 0),
    "running": ("running", 1),
    "paused": ("paused", 0),
}
"""How a component stands, by status and ready instances; `down` is one that was deployed and has lost what served."""


class Runs(NamedTuple):
    """The action is done: what the component shows meanwhile, after success, and after any other end."""

    shows: str
    success: str
    other: str


class Stored(NamedTuple):
    """The action is done without touching an instance, so there is nothing that could fail or take long."""

    status: str


class Nothing(NamedTuple):
    """Things are so already: the job ends well and has done nothing."""

    status: str


class Refused(NamedTuple):
    """The action is refused; `names` are words of the message that say from where it is allowed."""

    names: tuple[str, ...]
    code: tuple[int, str] = (500, "CAE.01500202")


NOT_AGAIN = Refused(("created", "notReady", "upgrade"))
FIRST = Refused(("deployed", "Deploy it first"))
UNDEPLOYED = Runs("notReady", "running", "notReady")
DOWN = Runs("notReady", "running", "notReady")
SERVING = Runs("notReady", "running", "running")
PAUSED = Runs("paused", "paused", "paused")
GONE = "gone"

TABLE: dict[str, dict[str, Runs | Stored | Nothing | Refused]] = {
    "deploy": {
        "created": UNDEPLOYED,
        "never deployed": UNDEPLOYED,
        "down": NOT_AGAIN,
        "running": NOT_AGAIN,
        "paused": NOT_AGAIN,
    },
    "upgrade": {
        "created": FIRST,
        "never deployed": UNDEPLOYED,
        "down": DOWN,
        "running": SERVING,
        "paused": PAUSED,
    },
    "configure": {
        "created": FIRST,
        "never deployed": FIRST,
        "down": DOWN,
        "running": SERVING,
        "paused": Stored("paused"),
    },
    "rollback": {
        "created": FIRST,
        "never deployed": FIRST,
        "down": DOWN,
        "running": SERVING,
        "paused": PAUSED,
    },
    "scale": {
        "created": FIRST,
        "never deployed": FIRST,
        "down": DOWN,
        "running": Runs("running", "running", "running"),
        "paused": Stored("paused"),
    },
    "restart": {
        "created": Refused(("running", "notReady")),
        "never deployed": Refused(("running", "notReady")),
        "down": DOWN,
        "running": SERVING,
        "paused": Refused(("running", "notReady", "Start")),
    },
    "stop": {
        "created": Refused(("running", "notReady")),
        "never deployed": Refused(("running", "notReady")),
        "down": Runs("running", "paused", "notReady"),
        "running": Runs("running", "paused", "notReady"),
        "paused": Nothing("paused"),
    },
    "start": {
        "created": Refused(("paused",)),
        "never deployed": Refused(("paused",)),
        "down": Refused(("paused",)),
        "running": Nothing("running"),
        "paused": Runs("notReady", "running", "paused"),
    },
    "delete": {
        "created": Stored(GONE),
        "never deployed": Stored(GONE),
        "down": Runs("notReady", GONE, "notReady"),
        "running": Refused(("stop",), (400, "CAE.01500207")),
        "paused": Stored(GONE),
    },
}


def cells(*kinds: type) -> list[Any]:
    """Return the cells of these kinds as parameters of a test: action, state, what the table says."""
    return [
        pytest.param(action, state, said, id=f"{action} {state}")
        for action, row in TABLE.items()
        for state, said in row.items()
        if isinstance(said, kinds)
    ]


def put(application: Application, state: str, instances: str = "") -> str:
    """Return the id of a new component that stands so; `instances` is the script of those that it has."""
    match state:
        case "created":
            return application.component()
        case "never deployed":
            component_id = application.component()
            assert application.run(component_id, "deploy", script="pull=fail:image-missing") == "failed"
        case "down":
            component_id = lost(application, instances)
        case "running":
            # What `keep` would make in their place never gets ready, so that what a job leaves can be looked at.
            component_id = application.deployed(deploy_script=instances, script="ready=never")
        case "paused":
            component_id = application.deployed()
            assert application.run(component_id, "stop") == "success"
        case _:
            raise AssertionError(state)
    assert application.stands(component_id) == STATES[state]
    return component_id


def lost(application: Application, instances: str) -> str:
    """Return a component that has lost what served, and whose new instances never get ready."""
    component_id = application.deployed(deploy_script="stop=stuck", script=f"ready=never; {instances}")
    before = {instance.name for instance in application.instances(component_id)}
    assert application.run(component_id, "stop") == "failed"

    def replaced() -> bool:
        return bool({instance.name for instance in application.instances(component_id)} - before)

    if instances:
        wait_for(replaced, what="that keep makes a new instance")
    return component_id


def begin(application: Application, component_id: str, action: str, script: str) -> str:
    """Ask for the action with a script of its own and return the job's id."""
    if action in ("stop", "delete"):
        return application.act(component_id, action)
    return application.act(component_id, action, spec=ACTIONS[action].spec, script=script)


def status(application: Application, component_id: str) -> str:
    """Return the status of a component; `gone` for one that does not exist."""
    try:
        return application.stands(component_id)[0]
    except ServiceResponseException as error:
        if (error.status_code, error.error_code) != (400, "CAE.01500208"):
            raise
        return GONE


def stuck(application: Application, action: str, state: str) -> tuple[str, str]:
    """Return a component that stands so, and a job for the action that stays in its task."""
    how = ACTIONS[action]
    component_id = put(application, state, how.stays if how.task in ENDING else "")
    job_id = begin(application, component_id, action, how.stays)
    application.reaches(job_id, lambda job: statuses(job)[how.task] == "running", f"runs its task {how.task}")
    return component_id, job_id


@pytest.mark.parametrize(("action", "state", "said"), cells(Runs, Stored))
def test_an_action_that_is_allowed_succeeds(
    application: Application, action: str, state: str, said: Runs | Stored
) -> None:
    component_id = put(application, state)
    job = application.ended(begin(application, component_id, action, ""))
    assert (job.status, job.progress) == ("success", 100), details(job)
    assert status(application, component_id) == (said.success if isinstance(said, Runs) else said.status)


@pytest.mark.parametrize(("action", "state", "said"), cells(Runs))
def test_an_action_that_fails_leaves_the_component_as_the_table_says(
    application: Application, action: str, state: str, said: Runs
) -> None:
    how = ACTIONS[action]
    component_id = put(application, state, how.fails if how.task in ENDING else "")
    job = application.ended(begin(application, component_id, action, how.fails))
    assert (job.status, statuses(job)[how.task]) == ("failed", "failed")
    assert status(application, component_id) == said.other


@pytest.mark.parametrize(("action", "state", "said"), cells(Runs))
def test_a_component_shows_what_the_table_says_while_an_action_runs_and_after_it_was_terminated(
    application: Application, action: str, state: str, said: Runs
) -> None:
    component_id, job_id = stuck(application, action, state)
    assert status(application, component_id) == said.shows
    job = application.terminated(job_id)
    assert (job.status, statuses(job)[ACTIONS[action].task]) == ("terminated", "terminated")
    assert status(application, component_id) == said.other


@pytest.mark.parametrize(("action", "state", "said"), cells(Runs, Stored, Nothing))
def test_a_component_shows_what_the_table_says_while_a_job_waits_and_is_as_before_when_that_was_terminated(
    queue: Queue, action: str, state: str, said: Runs | Stored | Nothing
) -> None:
    application = queue.application
    component_id = put(application, state)
    queue.busy()
    job_id = begin(application, component_id, action, "")
    assert application.job(job_id).status == "init"
    assert status(application, component_id) == (said.shows if isinstance(said, Runs) else STATES[state][0])
    assert application.terminate(job_id) == "terminated"
    assert application.stands(component_id) == STATES[state]


@pytest.mark.parametrize(("action", "state", "said"), cells(Nothing))
def test_an_action_that_finds_things_so_already_ends_well_and_does_nothing(
    application: Application, action: str, state: str, said: Nothing
) -> None:
    component_id = put(application, state)
    before = application.instances(component_id)
    job = application.ended(begin(application, component_id, action, ""))
    assert job.status == "success"
    assert set(statuses(job).values()) == {"skip"}
    assert status(application, component_id) == said.status
    assert application.instances(component_id) == before


@pytest.mark.parametrize(("action", "state", "said"), cells(Refused))
def test_an_action_that_is_not_allowed_is_refused_and_told_from_where_it_is(
    application: Application, action: str, state: str, said: Refused
) -> None:
    component_id = put(application, state)
    before = application.sdk.show_component(application.of(cae.ShowComponentRequest, component_id))
    http_status, code, message = refused(lambda: begin(application, component_id, action, ""))
    assert (http_status, code) == said.code
    assert component_id in message
    assert [name for name in said.names if name not in message] == []
    assert application.sdk.show_component(application.of(cae.ShowComponentRequest, component_id)) == before


@pytest.mark.parametrize("state", ["running", "paused"])
def test_a_scale_to_the_number_there_is_does_nothing(application: Application, state: str) -> None:
    component_id = put(application, state)
    job = application.ended(application.act(component_id, "scale", spec={"replica": 1}))
    assert (job.status, set(statuses(job).values())) == ("success", {"skip"})
    assert application.stands(component_id) == STATES[state]


@pytest.mark.parametrize("state", ["created", "never deployed"])
def test_a_component_is_not_updated_while_a_job_is_active_and_the_job_is_named(
    application: Application, state: str
) -> None:
    component_id, job_id = stuck(application, "deploy", state)
    body = cae.UpdateComponentRequestBody(
        api_version="v1",
        kind="Component",
        metadata=cae.UpdateComponentRequestMetadata(name="other"),
        spec=cae.UpdateComponentRequestSpec(resource_limit=limit()),
    )
    request = application.of(cae.UpdateComponentRequest, component_id, body=body)
    http_status, code, message = refused(lambda: application.sdk.update_component(request))
    assert (http_status, code) == (500, "CAE.01500202")
    assert job_id in message


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", ["never deployed", "running"])
def test_a_second_action_is_refused_and_names_the_job_that_is_active(
    application: Application, action: str, state: str
) -> None:
    component_id, job_id = stuck(application, "deploy" if state == "never deployed" else "upgrade", state)
    http_status, code, message = refused(lambda: begin(application, component_id, action, ""))
    assert (http_status, code) == (500, "CAE.01500202")
    assert job_id in message
    assert application.job(job_id).status == "running"
