"""Jobs that go on with each ShowJob: a client sees every state of them by polling, without waiting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.cae import Application, code, details, new_environment
from support.postgres import Cluster, cluster
from support.server import PROJECT, running, wait_for

pytestmark = pytest.mark.unmeasured

__all__ = ["cluster"]

QUICK = {"min_ready_seconds": 0, "log_level": "warning", "master_key": "11" * 32, "lease_seconds": 2}


def shown(application: Application, job_id: str, times: int) -> list[str]:
    """Read a job so often, one read right behind the other, and return where each read has found it."""
    return [where(application.job(job_id)) for _ in range(times)]


def where(job: Any) -> str:
    """Return the task that is under way, with its status unless it runs; without one the job's status."""
    active = [task for task in job.tasks if task.status in ("running", "terminating")]
    if not active:
        return str(job.status)
    return str(active[0].name if active[0].status == "running" else f"{active[0].name} {active[0].status}")


def record(application: Application, job_id: str) -> Any:
    """Return what Homeport's own call tells of a job."""
    return application.http.get(f"/homeport/v1/{PROJECT}/jobs/{job_id}").json()


@pytest.mark.parametrize(
    ("script", "states"),
    [
        ("pull=2reads; ready=4reads", ["pull", "pull", "verify", "verify", "success"]),
        ("start=1read; ready=2 reads", ["verify", "verify", "success"]),
        ("pull=2reads; ready=2reads", ["pull", "pull", "success"]),
        ("pull=2reads,fail:image-missing", ["pull", "pull", "failed"]),
        ("pull=1reads; start=3reads,fail", ["pull", "verify", "verify", "failed"]),
        ("ready=2reads,crash", ["verify", "verify", "failed"]),
        ("ready=1reads,oom", ["verify", "failed"]),
        ("ready=1reads,never", ["verify", "verify", "verify"]),
    ],
)
def test_a_job_is_seen_in_each_of_its_states_by_polling_alone(
    application: Application, script: str, states: list[str]
) -> None:
    job_id = application.act(application.component(replica=2), "deploy", script=script)
    assert shown(application, job_id, len(states)) == states


def test_a_build_goes_on_with_reads_too(application: Application) -> None:
    component = application.component(source=code(), runtime="Python3")
    job_id = application.act(component, "deploy", script="build=2reads; ready=3reads")
    assert shown(application, job_id, 4) == ["build", "build", "verify", "success"]


def test_times_and_reads_go_together_in_one_script(application: Application) -> None:
    job_id = application.act(application.component(), "deploy", script="pull=1ms; ready=1reads")
    wait_for(lambda: record(application, job_id)["tasks"][3]["status"] == "running", what="that the job verifies")
    assert shown(application, job_id, 2) == ["verify", "success"]


def test_a_program_that_crashes_behind_a_read_is_told_as_a_crash_loop(application: Application) -> None:
    job_id = application.act(application.component(), "deploy", script="ready=1reads,crash")
    shown(application, job_id, 1)
    assert details(application.job(job_id))["verify"].startswith("crash-loop: ")


def test_a_job_that_is_to_end_is_seen_terminating_by_polling_alone(application: Application) -> None:
    job_id = application.act(application.component(), "deploy", script="ready=never; stop=3reads")
    assert shown(application, job_id, 1) == ["verify"]
    application.terminate(job_id)
    assert shown(application, job_id, 3) == ["verify terminating", "verify terminating", "terminated"]


def test_what_served_before_stops_without_being_read(application: Application) -> None:
    component = application.deployed(script="stop=9reads")
    assert application.run(component, "stop") == "success"


def test_a_retry_counts_anew(application: Application) -> None:
    job_id = application.act(application.component(), "deploy", script="pull=1reads; ready=3reads,crash")
    assert shown(application, job_id, 4) == ["pull", "verify", "verify", "failed"]
    application.retry(job_id)
    assert shown(application, job_id, 4) == ["verify", "verify", "verify", "failed"]


def test_a_poll_that_is_answered_304_counts(application: Application) -> None:
    job_id = application.act(application.component(), "deploy", script="ready=2reads")
    headers = {"X-Environment-ID": application.environment_id}
    path = f"/v1/{PROJECT}/cae/jobs/{job_id}"
    first = application.http.get(path, headers=headers)
    again = application.http.get(path, headers=headers | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, shown(application, job_id, 1)) == (304, ["success"])


def test_nothing_but_show_job_counts(application: Application) -> None:
    job_id = application.act(application.component(), "deploy", script="ready=2reads")
    assert shown(application, job_id, 1) == ["verify"]
    for path in ("", "/events", "/wait?timeout=0"):
        assert application.http.get(f"/homeport/v1/{PROJECT}/jobs/{job_id}{path}").status_code == 200
    assert application.http.get(f"/homeport/v1/{PROJECT}/jobs").status_code == 200
    assert shown(application, job_id, 2) == ["verify", "success"]


def test_reads_of_a_job_that_has_ended_change_nothing(application: Application) -> None:
    component = application.component()
    job_id = application.act(component, "deploy", script="ready=1reads")
    assert shown(application, job_id, 4) == ["verify", "success", "success", "success"]
    assert application.stands(component) == ("running", 1)


def test_a_component_s_own_script_counts_the_reads_of_each_of_its_jobs(application: Application) -> None:
    component = application.component(script="ready=1reads")
    for action in ("deploy", "restart"):
        assert shown(application, application.act(component, action), 2) == ["verify", "success"]


@pytest.fixture
def apart(tmp_path: Path, cluster: Cluster) -> Iterator[Application]:
    """Yield an application behind two APIs' store, whose jobs a third process does."""
    store = cluster.new_database()
    with (
        running(tmp_path / "api", part="serve_api", store=store, **QUICK) as api,
        running(tmp_path / "worker", part="work", store=store, **QUICK),
        api.http() as http,
    ):
        yield Application(api, new_environment(api), http)


def test_a_job_that_another_process_does_goes_on_with_the_reads_of_this_one(apart: Application) -> None:
    job_id = apart.act(apart.component(), "deploy", script="pull=2reads; ready=4reads")
    assert shown(apart, job_id, 5) == ["pull", "pull", "verify", "verify", "success"]


def test_an_engine_that_is_killed_in_the_middle_goes_on_with_the_reads_it_had(tmp_path: Path) -> None:
    with running(tmp_path / "data", **QUICK) as server, server.http() as http:
        application = Application(server, new_environment(server), http)
        job_id = application.act(application.component(), "deploy", script="pull=2reads; ready=4reads")
        shown(application, job_id, 3)
        server.kill()
        server.start()
        assert shown(application, job_id, 1) == ["verify"]
        wait_for(lambda: record(application, job_id)["status"] == "success", what="that four reads were enough")
