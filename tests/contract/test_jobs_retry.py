"""Retry: the same job again, only what does not stand, and only where there is something to repeat.

contract/contract.md, section 3.2, and DESIGN.md, section 2.
"""

from __future__ import annotations

from typing import Any

import pytest
from huaweicloudsdkcae import v1 as cae

from support.cae import (
    Application,
    ask_for_environment,
    end_of,
    environment_named,
    fresh,
    image,
    refused,
    status_of,
    statuses,
)
from support.queue import Queue

pytestmark = pytest.mark.unmeasured

NEWER = {"source": cae.ActionOnComponentSource(type="image", url="nginx:2")}


def by_name(job: Any) -> dict[str, Any]:
    """Return a job's tasks by name."""
    return {task.name: task for task in job.tasks}


@pytest.fixture
def stopped_half_way(queue: Queue) -> tuple[Application, str, str]:
    """Return an application, its component, an upgrade of it that was terminated in `verify`; the engine is busy."""
    application = queue.application
    component_id = application.deployed()
    job_id = application.holds(component_id, "upgrade", task="verify", spec=NEWER, script="ready=never")
    assert application.terminated(job_id).status == "terminated"
    queue.busy()
    return application, component_id, job_id


def test_a_retry_repeats_what_was_undone_and_keeps_what_stands(stopped_half_way: tuple[Application, str, str]) -> None:
    application, _, job_id = stopped_half_way
    application.retry(job_id)
    assert statuses(application.job(job_id)) == {
        "build": "skip",
        "pull": "success",
        "upgrade": "init",
        "verify": "init",
        "record": "init",
    }


def test_what_stands_keeps_its_times_and_its_words_in_a_retry(
    stopped_half_way: tuple[Application, str, str],
) -> None:
    application, _, job_id = stopped_half_way
    before = by_name(application.job(job_id))
    application.retry(job_id)
    after = by_name(application.job(job_id))
    assert (after["pull"], after["build"]) == (before["pull"], before["build"])
    assert after["verify"].detail == ""
    assert after["verify"].updated_at > before["verify"].updated_at
    assert after["verify"].created_at == before["verify"].created_at


def test_a_retried_upgrade_shows_its_component_as_it_is_while_an_upgrade_runs(
    stopped_half_way: tuple[Application, str, str],
) -> None:
    application, component_id, job_id = stopped_half_way
    assert application.stands(component_id) == ("running", 1)
    application.retry(job_id)
    assert application.stands(component_id) == ("notReady", 1)
    application.terminate(job_id)
    assert application.stands(component_id) == ("running", 1)


def test_a_retry_goes_on_to_a_good_end_without_a_second_pull(application: Application) -> None:
    component_id = application.deployed()
    job_id = application.holds(component_id, "upgrade", task="verify", spec=NEWER, script="ready=2s")
    before = by_name(application.terminated(job_id))
    application.retry(job_id)
    job = application.ended(job_id)
    assert (job.status, job.progress) == ("success", 100)
    assert by_name(job)["pull"] == before["pull"]
    assert by_name(job)["upgrade"].updated_at > before["upgrade"].updated_at
    assert application.show(component_id).source.url == "nginx:2"
    assert application.stands(component_id) == ("running", 1)


def test_the_old_failure_is_not_seen_any_more_once_a_retry_was_answered(application: Application) -> None:
    component_id = application.component()
    job_id = application.holds(component_id, "deploy", task="pull", script="pull=stuck")
    application.terminated(job_id)
    application.retry(job_id)
    assert application.job(job_id).status in ("init", "running")
    assert status_of(application.job(job_id), "pull") in ("init", "running")


def test_a_retried_job_brings_about_what_it_was_asked_for_and_not_what_came_later(application: Application) -> None:
    component_id = application.deployed()
    job_id = application.holds(component_id, "configure", task="verify", script="ready=2s")
    application.terminated(job_id)
    item = cae.ConfigurationItem(
        type="env", data=cae.ConfigurationData(spec=cae.ConfigurationRequestDataSpec(envs={"LATER": "1"}))
    )
    body = cae.CreateComponentConfigurationRequestBody(api_version="v1", kind="ComponentConfiguration", items=[item])
    application.sdk.create_component_configuration(
        application.of(cae.CreateComponentConfigurationRequest, component_id, body=body)
    )
    application.retry(job_id)
    assert application.ended(job_id).status == "success"
    assert application.show(component_id).configuration_operation_id is None


def test_a_stop_that_left_something_alive_can_be_retried(application: Application) -> None:
    component_id = application.deployed(deploy_script="stop=stuck", script="ready=never")
    job_id = application.act(component_id, "stop")
    job = application.ended(job_id)
    assert job.status == "failed"
    assert by_name(job)["stop"].detail.startswith("still-alive: could not end ")
    application.retry(job_id)
    assert application.ended(job_id).status == "success"
    assert application.stands(component_id) == ("paused", 0)
    assert application.instances(component_id) == []


def test_a_failed_first_deploy_can_be_deployed_again_with_a_corrected_source(application: Application) -> None:
    component_id = application.component()
    assert application.run(component_id, "deploy", script="pull=fail:image-missing") == "failed"
    assert application.run(component_id, "deploy", spec={"source": image("nginx:right")}) == "success"
    assert application.show(component_id).source.url == "nginx:right"
    assert [one.index for one in application.snapshots(component_id)] == [1]


def test_a_failed_first_deploy_can_be_mended_by_an_upgrade(application: Application) -> None:
    component_id = application.component()
    assert application.run(component_id, "deploy", script="ready=crash") == "failed"
    assert application.run(component_id, "upgrade", spec=NEWER) == "success"
    assert application.show(component_id).source.url == "nginx:2"
    assert [one.context.operation for one in application.snapshots(component_id)] == ["upgrade"]


# --- refusals -----------------------------------------------------------------------------------------------------

REFUSED = (500, "CAE.01500501")


def test_a_job_that_runs_is_not_retried(application: Application) -> None:
    job_id = application.holds(application.component(), "deploy", task="pull", script="pull=stuck")
    *answer, message = refused(lambda: application.retry(job_id))
    assert tuple(answer) == REFUSED
    assert message == f"Retrying job {job_id} is refused. It is running. Wait for its end."


def test_a_job_that_waits_is_not_retried(queue: Queue) -> None:
    application = queue.application
    component_id = application.component()
    queue.busy()
    job_id = application.act(component_id, "deploy")
    *answer, message = refused(lambda: application.retry(job_id))
    assert tuple(answer) == REFUSED
    assert "It is init. Wait for its end." in message


@pytest.mark.parametrize("end", ["success", "skip"])
def test_a_job_that_ended_well_is_not_retried(application: Application, end: str) -> None:
    component_id = application.deployed()
    application.run(component_id, "stop")
    job_id = application.act(component_id, "stop", on_noop=end)
    assert application.ended(job_id).status == end
    *answer, message = refused(lambda: application.retry(job_id))
    assert tuple(answer) == REFUSED
    assert f"It ended well ({end}); there is nothing to repeat." in message
    assert application.job(job_id).status == end


def test_a_job_that_is_not_the_latest_of_its_component_is_not_retried_and_the_latest_is_named(
    application: Application,
) -> None:
    component_id = application.component()
    older = application.act(component_id, "deploy", script="pull=fail:image-missing")
    assert application.ended(older).status == "failed"
    latest = application.act(component_id, "deploy")
    application.ended(latest)
    *answer, message = refused(lambda: application.retry(older))
    assert tuple(answer) == REFUSED
    assert f"A later job of the same target exists: {latest}." in message
    assert application.job(older).status == "failed"


def test_a_job_of_another_component_does_not_stand_in_the_way_of_a_retry(application: Application) -> None:
    job_id = application.act(application.component(), "deploy", script="pull=fail")
    application.ended(job_id)
    application.deployed()
    application.retry(job_id)
    assert application.ended(job_id).status == "failed"


def test_an_environment_that_was_not_made_is_made_by_a_retry(queue: Queue) -> None:
    queue.busy()
    sdk = queue.application.sdk
    name = fresh("env")
    job_id = ask_for_environment(sdk, name)
    assert environment_named(sdk, name).status == "creating"
    queue.application.terminate(job_id)
    assert environment_named(sdk, name).status == "create_failed"
    sdk.retry_job(cae.RetryJobRequest(job_id=job_id))
    assert environment_named(sdk, name).status == "creating"
    queue.free()
    assert end_of(sdk, job_id).status == "success"
    assert environment_named(sdk, name).status == "finish"
