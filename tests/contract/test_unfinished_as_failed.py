"""The setting `report_unfinished_as_failed`: jobs end `failed` where they would end `timeout` or `terminated`.

For clients that wait for ever on those: Terraform's component resource knows no other bad end (DESIGN.md, section 10).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.cae import Application, details, new_environment, status_of
from support.server import running


@pytest.fixture(scope="module")
def reporting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """Return an application in an engine with the setting."""
    folder = tmp_path_factory.mktemp("reporting") / "data"
    settings = {"min_ready_seconds": 0, "report_unfinished_as_failed": "true", "log_level": "warning"}
    with running(folder, **settings) as server, server.http() as http:
        yield Application(server, new_environment(server), http)


def test_a_job_past_its_deadline_is_failed_and_its_task_says_why(reporting: Application) -> None:
    job = reporting.ended(reporting.act(reporting.component(), "deploy", script="pull=stuck", deadline="50ms"))
    assert (job.status, status_of(job, "pull")) == ("failed", "failed")
    assert details(job)["pull"].startswith("deadline-exceeded: ")


def test_a_job_that_was_terminated_is_failed_and_its_task_says_why(reporting: Application) -> None:
    component_id = reporting.deployed()
    job = reporting.terminated(reporting.holds(component_id, "upgrade", task="verify", script="ready=never"))
    assert (job.status, status_of(job, "verify")) == ("failed", "failed")
    assert details(job)["verify"].startswith("terminated: stopped by request")
    assert reporting.stands(component_id) == ("running", 1)


def test_such_a_job_can_be_retried(reporting: Application) -> None:
    component_id = reporting.deployed()
    job_id = reporting.holds(component_id, "restart", task="verify", script="ready=2s")
    assert reporting.terminated(job_id).status == "failed"
    reporting.retry(job_id)
    assert reporting.ended(job_id).status == "success"
