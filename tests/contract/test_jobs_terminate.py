"""An upgrade that does not succeed leaves the old version serving, however it ends; and what a terminate may do.

DESIGN.md, section 2, "Undo" and "Terminate".
"""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from huaweicloudsdkcae import v1 as cae

from support.cae import Application, details, statuses
from support.server import PROJECT

pytestmark = pytest.mark.unmeasured

CHANGE = {
    "source": cae.ActionOnComponentSource(type="image", url="nginx:2"),
    "resource_limit": cae.ResourceLimitForUpgrade(cpu_limit="2000m", memory_limit="4Gi"),
}


def serving(application: Application, component_id: str) -> tuple[Any, ...]:
    """Return all that says what serves: the spec but for the job that acts on it, instances, snapshots."""
    answer = application.sdk.show_component(application.of(cae.ShowComponentRequest, component_id))
    spec = answer.spec.to_dict() | {"job_id": None}
    return (
        spec,
        answer.metadata.annotations,
        application.instances(component_id),
        application.snapshots(component_id),
    )


@pytest.mark.parametrize("script", ["pull=fail:image-missing", "start=fail", "ready=crash", "ready=oom"])
def test_a_failed_upgrade_leaves_the_old_version_serving(application: Application, script: str) -> None:
    component_id = application.deployed(replica=2)
    before = serving(application, component_id)
    assert application.run(component_id, "upgrade", spec=CHANGE, version="2.0.0", script=script) == "failed"
    assert serving(application, component_id) == before


@pytest.mark.parametrize(("task", "script"), [("pull", "pull=stuck"), ("verify", "ready=never")])
def test_a_terminated_upgrade_leaves_the_old_version_serving(application: Application, task: str, script: str) -> None:
    component_id = application.deployed(replica=2)
    before = serving(application, component_id)
    job_id = application.holds(component_id, "upgrade", task=task, spec=CHANGE, version="2.0.0", script=script)
    assert application.terminated(job_id).status == "terminated"
    assert serving(application, component_id) == before


@pytest.mark.parametrize("script", ["pull=stuck", "ready=never"])
def test_an_upgrade_that_times_out_leaves_the_old_version_serving(application: Application, script: str) -> None:
    component_id = application.deployed(replica=2)
    before = serving(application, component_id)
    assert application.run(component_id, "upgrade", spec=CHANGE, script=script, deadline="300ms") == "timeout"
    assert serving(application, component_id) == before


@pytest.mark.parametrize("script", ["start=fail", "ready=crash"])
def test_a_failed_scale_keeps_the_old_number(application: Application, script: str) -> None:
    component_id = application.deployed(replica=2)
    before = serving(application, component_id)
    assert application.run(component_id, "scale", spec={"replica": 5}, script=script) == "failed"
    assert serving(application, component_id) == before


def test_an_undone_task_says_so(application: Application) -> None:
    component_id = application.deployed()
    job = application.ended(application.act(component_id, "upgrade", spec=CHANGE, script="ready=crash"))
    assert statuses(job)["upgrade"] == "success"
    assert "undone: what served before the job serves" in details(job)["upgrade"]


def test_old_and_new_instances_stand_beside_each_other_until_the_new_ones_are_ready(application: Application) -> None:
    component_id = application.deployed(replica=2)
    old = {one.name for one in application.instances(component_id)}
    job_id = application.holds(component_id, "upgrade", task="verify", spec=CHANGE, script="ready=never")
    now = {one.name: one.status for one in application.instances(component_id)}
    assert old < now.keys()
    assert {name: now[name] for name in old} == dict.fromkeys(old, "running")
    assert [status for name, status in now.items() if name not in old] == ["creating", "creating"]
    application.terminate(job_id)


def test_a_terminate_that_comes_too_late_ends_as_what_the_job_became(application: Application) -> None:
    component_id = application.deployed(deploy_script="stop=2s")
    job_id = application.holds(component_id, "upgrade", task="record", spec=CHANGE)
    assert application.terminate(job_id) == "terminating"
    job = application.ended(job_id)
    assert (job.status, job.progress) == ("success", 100)
    assert statuses(job)["record"] == "success"
    assert application.show(component_id).source.url == "nginx:2"
    assert application.stands(component_id) == ("running", 1)


def test_a_terminate_is_harmless_while_the_job_is_already_terminating(application: Application) -> None:
    component_id = application.component()
    job_id = application.holds(component_id, "deploy", task="verify", script="ready=never; stop=40s")
    assert [application.terminate(job_id) for _ in range(3)] == ["terminating"] * 3


@pytest.mark.parametrize("end", ["success", "failed", "terminated"])
def test_a_job_that_has_ended_is_not_terminated(application: Application, http: httpx2.Client, end: str) -> None:
    scripts = {"success": "", "failed": "pull=fail", "terminated": "pull=stuck"}
    job_id = application.act(application.component(), "deploy", script=scripts[end])
    if end == "terminated":
        application.reaches(job_id, lambda job: job.status == "running", "runs")
        application.terminate(job_id)
    assert application.ended(job_id).status == end
    answer = http.post(f"/homeport/v1/{PROJECT}/jobs/{job_id}/terminate")
    assert (answer.status_code, answer.json()["error_code"]) == (409, "HOMEPORT.0409")
    assert f"it has ended as {end}" in answer.json()["error_msg"]
    assert application.job(job_id).status == end
