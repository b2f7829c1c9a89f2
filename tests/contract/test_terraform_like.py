"""Whole runs as the Terraform provider makes them: apply, a plan without changes, destroy; and each of its resources.

contract/terraform.md; the sections are named where a test holds one. Waits between polls are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from support.cae import fresh
from support.server import Server
from support.terraform import GONE_APPLICATION, Gone, JobFailed, Provider, Unexpected, read
from support.terraform_stack import CODE_SPEC, CONFIGURED, SPEC, Stack, envelope, stack_of

pytestmark = pytest.mark.unmeasured

OTHER_ENTERPRISE = "2f9a8a3c-7b1d-4b0e-9a51-0c5a7b8f1e22"


@pytest.fixture(scope="module")
def provider(engine: Server) -> Iterator[Provider]:
    with Provider(engine) as tf:
        yield tf


@pytest.fixture(scope="module")
def place(provider: Provider) -> Stack:
    """Return a stack whose environment and application stand."""
    stack = stack_of(provider)
    stack.create_environment()
    stack.create_application()
    return stack


@pytest.fixture
def stack(place: Stack) -> Stack:
    """Return a stack with a component of its own, which is not deployed."""
    own = msgspec.structs.replace(place)
    own.create_component()
    return own


@pytest.mark.parametrize("spec", [SPEC, CODE_SPEC], ids=["image", "code"])
@pytest.mark.parametrize(
    ("by_token", "enterprise"),
    [(False, None), (True, None), (False, "0"), (False, OTHER_ENTERPRISE)],
    ids=["access key", "token", "default enterprise project", "an enterprise project"],
)
def test_a_whole_run_applies_plans_no_change_and_destroys(
    engine: Server, spec: dict[str, Any], by_token: bool, enterprise: str | None
) -> None:
    with Provider(engine, by_token=by_token, enterprise=enterprise) as tf:
        stack = stack_of(tf, spec)
        stack.create_environment()
        stack.create_application()
        stack.create_component()
        stack.configure([{"type": type_, "data": data} for type_, data in CONFIGURED.items()])
        stack.deploy()
        found = next(one for one in stack.environments(stack.came_back) if one["id"] == stack.environment)
        assert stack.came_back == (enterprise or "0")
        assert stack.annotations.items() <= found["annotations"].items()
        assert stack.inside("GET", f"/applications/{stack.application}").json()["metadata"]["name"]
        assert (stack.changes(), stack.configured()) == ({}, CONFIGURED)
        assert stack.shown()["spec"]["status"] == "running"
        stack.unconfigure()
        stack.delete_component()
        stack.inside("DELETE", f"/applications/{stack.application}")
        stack.delete_environment()
        assert stack.environment not in [one["id"] for one in stack.environments(None)]


# --- environments (4.1, 4.5) ------------------------------------------------------------------------------------------


def test_the_job_of_an_environment_stays_readable_once_the_environment_is_gone(provider: Provider) -> None:
    stack = stack_of(provider)
    stack.create_environment()
    job_id = stack.delete_environment()
    provider.environment_job(job_id)
    provider.environment_job(job_id, stack.came_back)


def test_the_jobs_of_a_component_stay_readable_once_its_environment_is_gone(provider: Provider) -> None:
    stack = stack_of(provider)
    stack.create_environment()
    stack.create_application()
    stack.create_component()
    stack.deploy()
    job_id = stack.shown()["spec"]["job_id"]
    stack.delete_component()
    stack.inside("DELETE", f"/applications/{stack.application}")
    stack.delete_environment()
    provider.action_job(job_id, stack.environment)


def test_the_job_of_an_environment_is_found_in_no_other_one(provider: Provider, environment: str) -> None:
    stack = stack_of(provider)
    stack.create_environment()
    job_id = next(one["job_id"] for one in stack.environments(None) if one["id"] == stack.environment)
    assert provider.call("GET", f"/jobs/{job_id}", environment=stack.environment).status_code == 200
    with pytest.raises(Unexpected) as other:
        provider.call("GET", f"/jobs/{job_id}", environment=environment)
    assert (other.value.status, other.value.code) == (404, "CAE.01500005")


def test_an_environment_that_is_gone_already_is_told_from_one_that_cannot_be_deleted(provider: Provider) -> None:
    stack = stack_of(provider)
    stack.create_environment()
    stack.delete_environment()
    with pytest.raises(Unexpected) as gone:
        stack.delete_environment()
    assert (gone.value.status, gone.value.code) == (400, "CAE.01500404")


def test_the_data_source_lists_the_environments_of_every_enterprise_project(engine: Server) -> None:
    with Provider(engine, enterprise=OTHER_ENTERPRISE) as tf:
        stack = stack_of(tf)
        stack.create_environment()
        assert stack.environment in [one["id"] for one in stack.environments(None)]
        assert stack.environment not in [one["id"] for one in stack.environments("0")]
        assert all(isinstance(value, str) for value in stack.environments(None)[-1]["annotations"].values())


# --- jobs (4.8, and contract.md, section 3.1) -------------------------------------------------------------------------


def test_a_component_s_job_is_polled_without_the_enterprise_project_also_where_it_is_another_one(
    engine: Server,
) -> None:
    with Provider(engine, enterprise=OTHER_ENTERPRISE) as tf:
        stack = stack_of(tf)
        stack.create_environment()
        stack.create_application()
        stack.create_component()
        stack.deploy()
        assert stack.shown()["spec"]["status"] == "running"


def test_an_action_that_fails_is_reported_by_the_name_and_detail_of_its_first_failed_task(stack: Stack) -> None:
    with pytest.raises(JobFailed, match=r"^pull: image-missing: .* Check the image reference and its tag\."):
        stack.act("deploy", annotations={"homeport/script": "pull=fail:image-missing"})


def test_a_component_s_job_is_not_read_without_its_environment(stack: Stack) -> None:
    body = envelope("Action", metadata={"name": "deploy"})
    job_id = stack.inside("POST", f"{stack.path}/action", body).json()["job_id"]
    with pytest.raises(Unexpected, match=r"X-Environment-ID is missing") as missing:
        stack.tf.call("GET", f"/jobs/{job_id}")
    assert (missing.value.status, missing.value.code) == (400, "CAE.01500001")


def test_a_job_of_another_environment_is_an_error_and_never_gone(stack: Stack, environment: str) -> None:
    body = envelope("Action", metadata={"name": "deploy"})
    job_id = stack.inside("POST", f"{stack.path}/action", body).json()["job_id"]
    with pytest.raises(Unexpected) as other:
        stack.tf.call("GET", f"/jobs/{job_id}", environment=environment)
    assert (other.value.status, other.value.code) == (404, "CAE.01500005")


# --- components (4.3, 4.7) --------------------------------------------------------------------------------------------


def test_a_component_that_was_never_deployed_is_put_with_the_environment_alone(stack: Stack) -> None:
    stack.spec = SPEC | {"replica": 5, "source": {"type": "image", "url": "nginx:5"}}
    stack.component_name = fresh("cart")
    stack.bare("PUT", stack.path, stack.component_body())
    assert stack.changes() == {}


def test_a_deploy_after_a_failed_first_one_brings_the_corrected_source(stack: Stack) -> None:
    with pytest.raises(JobFailed):
        stack.act("deploy", annotations={"homeport/script": "pull=fail:image-missing"})
    stack.spec = SPEC | {"source": {"type": "image", "url": "nginx:right"}}
    stack.deploy()
    assert stack.changes() == {}


def test_a_component_whose_first_deploy_failed_is_replaced(stack: Stack) -> None:
    with pytest.raises(JobFailed):
        stack.act("deploy", annotations={"homeport/script": "pull=fail:image-missing"})
    name = stack.component_name
    stack.delete_component()
    stack.create_component()
    assert stack.component_name != name
    assert stack.shown()["spec"]["status"] == "created"


def test_an_upgrade_that_changes_nothing_is_run(stack: Stack) -> None:
    stack.deploy()
    stack.act("upgrade")
    assert stack.changes() == {}


def test_an_upgrade_sends_what_changed_and_a_plan_is_clean_again(stack: Stack) -> None:
    stack.deploy()
    stack.spec = SPEC | {"source": {"type": "image", "url": "nginx:2"}}
    stack.act("upgrade", {"runtime": "Docker", "source": stack.spec["source"]}, {"version": "1.1.0"})
    assert stack.changes() == {}


@pytest.mark.parametrize("action", ["configure", "restart", "stop", "upgrade"])
def test_an_action_is_repeated_at_every_update_and_takes_a_spec_it_does_not_need(stack: Stack, action: str) -> None:
    stack.deploy()
    spec = {name: value for name, value in SPEC.items() if name not in ("replica", "resource_limit")}
    for _ in range(2):
        stack.act(action, spec)
    assert stack.changes() == {}


@pytest.mark.parametrize("action", ["start", "stop"])
def test_an_action_whose_goal_stands_already_succeeds(stack: Stack, action: str) -> None:
    stack.deploy()
    if action == "stop":
        stack.act("stop")
    before = stack.shown()["spec"]["status"]
    stack.act(action, annotations=None)
    assert stack.shown()["spec"]["status"] == before


def test_actions_run_without_annotations(stack: Stack) -> None:
    for name, spec in (
        ("deploy", None),
        ("scale", {"replica": 3}),
        ("rollback", {"snapshot_index": 1}),
        ("stop", None),
        ("start", None),
    ):
        stack.act(name, spec, None)
    assert stack.shown()["spec"]["available_replica"] == 3


def test_components_are_listed_until_an_empty_page(stack: Stack) -> None:
    stack.create_application()
    for _ in range(5):
        stack.create_component()
    seen: list[Any] = []
    while page := stack.inside("GET", f"{stack.components}?limit=2&offset={len(seen)}").json()["items"]:
        seen += page
    assert len({item["id"] for item in seen}) == len(seen) == 5
    for item in seen:
        assert {"runtime", "env_id", "replica", "available_replica", "image_url", "status"} <= item["spec"].keys()
        assert all(item["spec"][name] is not None for name in ("source", "build", "resource_limit"))


def test_a_stopped_component_is_deleted_without_a_stop(stack: Stack) -> None:
    stack.deploy()
    stack.act("stop")
    stack.delete_component()
    assert isinstance(stack.shown(), Gone)


# --- configurations (4.7, 4.9) ----------------------------------------------------------------------------------------


def test_configurations_are_read_back_as_they_were_configured_and_are_gone_after_a_destroy(stack: Stack) -> None:
    stack.configure([{"type": type_, "data": data} for type_, data in CONFIGURED.items()])
    assert stack.configured() == CONFIGURED
    stack.unconfigure()
    assert stack.configured() == {}


def test_a_change_of_configurations_is_a_destroy_and_a_create(stack: Stack) -> None:
    stack.configure([{"type": type_, "data": data} for type_, data in CONFIGURED.items()])
    stack.deploy()
    changed = {"env": {"spec": {"envs": {"URL": "https://b"}}}}
    stack.unconfigure()
    stack.configure([{"type": "env", "data": changed["env"]}])
    assert stack.configured() == changed


def test_an_item_with_only_a_type_resets_that_type_and_no_other(stack: Stack) -> None:
    stack.configure([{"type": type_, "data": data} for type_, data in CONFIGURED.items()])
    stack.configure([{"type": "env"}])
    stack.deploy()
    path = f"{stack.path}/configurations?displayMode=latestEffective"
    effective = stack.bare("GET", path, typed=False).json()["items"]
    assert {item["type"] for item in effective} == CONFIGURED.keys() - {"env"}


def test_configurations_without_items_are_accepted_and_change_nothing(stack: Stack) -> None:
    stack.configure([{"type": "env", "data": CONFIGURED["env"]}])
    stack.configure(None)
    assert stack.configured() == {"env": CONFIGURED["env"]}


@pytest.mark.parametrize(
    "data",
    [
        {"spec": {"envs": {"A": "<&>", "B": "\u00e9\u4e2d", "C": '"quoted" \\ back'}}},
        {"spec": {"envs": {"NUMBER": "1e3", "LONG": "x" * 5_000}}},
    ],
    ids=["characters", "long"],
)
def test_configured_values_come_back_as_they_were_sent(stack: Stack, data: dict[str, Any]) -> None:
    stack.configure([{"type": "env", "data": data}])
    assert stack.configured() == {"env": data}


# --- echoes (requirements 7 and 8) ------------------------------------------------------------------------------------

AS_SENT = {
    "source": rb'{ "url":"reg.example.com/cart@sha256:\u0030\u0026", "type" : "image" , "code":null}',
    "resource_limit": b'{"memory_limit":"2Gi",  "cpu_limit":"500m"}',
    "build": b'{"parameters": {"b":"1","a":"2"}, "archive":{} }',
}


@pytest.mark.parametrize("field", AS_SENT)
def test_a_component_s_parts_come_back_byte_for_byte(stack: Stack, field: str) -> None:
    parts = b",".join(b'"%b":%b' % (name.encode(), text) for name, text in AS_SENT.items())
    body = b'{"metadata":{"name":"%b"},"spec":{"runtime":"Docker","replica":1,%b}}' % (fresh("echo").encode(), parts)
    made = stack.inside("POST", stack.components, body)
    shown = stack.inside("GET", f"{stack.components}/{made.json()['metadata']['id']}")
    for answer in (made, shown, stack.inside("GET", stack.components)):
        assert b'"%b":%b' % (field.encode(), AS_SENT[field]) in answer.content


# --- what counts as gone (section 6) ----------------------------------------------------------------------------------

NOBODY = "11111111-2222-3333-4444-555555555555"


def test_an_application_that_is_not_there_is_gone(stack: Stack) -> None:
    path = f"/applications/{NOBODY}"
    assert isinstance(read(lambda: stack.inside("GET", path), GONE_APPLICATION), Gone)
    assert isinstance(read(lambda: stack.inside("DELETE", path), GONE_APPLICATION), Gone)


def test_a_component_that_is_not_there_is_gone_to_every_call_that_asks(stack: Stack) -> None:
    stack.component = NOBODY
    assert isinstance(stack.shown(), Gone)
    assert isinstance(stack.configured(), Gone)
    with pytest.raises(Unexpected) as unknown:
        stack.inside("DELETE", stack.path)
    assert (unknown.value.status, unknown.value.code) == (400, "CAE.01500208")


def test_everything_in_an_environment_that_is_not_there_is_gone(stack: Stack) -> None:
    stack.environment = NOBODY
    assert isinstance(stack.shown(), Gone)
    assert isinstance(stack.configured(), Gone)
    path = f"/applications/{stack.application}"
    assert isinstance(read(lambda: stack.inside("GET", path), GONE_APPLICATION), Gone)


def test_a_name_that_is_taken_is_an_error_and_never_gone(stack: Stack) -> None:
    with pytest.raises(Unexpected) as taken:
        stack.inside("POST", stack.components, stack.component_body())
    assert (taken.value.status, taken.value.code) == (400, "CAE.01500205")
