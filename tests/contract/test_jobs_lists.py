"""Lists of jobs: pages, and filters."""

from typing import Any

import httpx2
import pytest

from support.cae import Application
from support.server import PROJECT, USER

JOBS = f"/homeport/v1/{PROJECT}/jobs"


def listed(http: httpx2.Client, **query: Any) -> dict[str, Any]:
    answer = http.get(JOBS, params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def ids(page: dict[str, Any]) -> list[str]:
    return [item["id"] for item in page["items"]]


def test_the_jobs_of_a_component_are_listed_the_newest_first(application: Application, http: httpx2.Client) -> None:
    component_id = application.component()
    jobs = []
    for action in ("deploy", "stop", "start"):
        jobs.append(application.act(component_id, action))
        application.ended(jobs[-1])
    page = listed(http, component_id=component_id)
    assert ids(page) == jobs[::-1]
    assert [item["action"] for item in page["items"]] == ["start", "stop", "deploy"]
    assert page["next"] is None


def test_a_list_is_read_page_by_page_and_shows_each_job_once(application: Application, http: httpx2.Client) -> None:
    component_id = application.deployed()
    jobs = [application.show(component_id).job_id]
    for _ in range(6):
        jobs.append(application.act(component_id, "restart"))
        application.ended(jobs[-1])
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = listed(http, component_id=component_id, limit=3, after=after)
        seen += ids(page)
        after = page["next"]
    assert seen == jobs[::-1]


def test_jobs_that_begin_while_a_list_is_read_do_not_move_its_pages(
    application: Application, http: httpx2.Client
) -> None:
    component_id = application.deployed()
    application.run(component_id, "restart")
    first = listed(http, component_id=component_id, limit=1)
    application.run(component_id, "restart")
    second = listed(http, component_id=component_id, limit=1, after=first["next"])
    assert second["next"] is None
    assert not set(ids(first)) & set(ids(second))


def test_a_list_is_filtered_by_status(application: Application, http: httpx2.Client) -> None:
    component_id = application.component()
    failed = application.act(component_id, "deploy", script="pull=fail")
    application.ended(failed)
    well = application.act(component_id, "deploy")
    application.ended(well)
    assert ids(listed(http, component_id=component_id, status="failed")) == [failed]
    assert ids(listed(http, component_id=component_id, status="success")) == [well]
    assert ids(listed(http, component_id=component_id, status="terminated")) == []


def test_a_list_is_filtered_by_environment(application: Application, http: httpx2.Client) -> None:
    job_id = application.act(application.component(), "deploy")
    page = listed(http, environment_id=application.environment_id, limit=500)
    assert job_id in ids(page)
    assert {item["environment_id"] for item in page["items"]} == {application.environment_id}
    assert ids(listed(http, environment_id=job_id)) == []


def test_a_list_may_be_of_several_statuses_and_actions(application: Application, http: httpx2.Client) -> None:
    component_id = application.component()
    jobs = [application.act(component_id, "deploy", script="pull=fail")]
    application.ended(jobs[-1])
    for action in ("deploy", "stop", "start"):
        jobs.append(application.act(component_id, action))
        application.ended(jobs[-1])
    jobs.append(application.holds(component_id, "restart", task="verify", script="ready=never"))
    where = {"component_id": component_id}
    assert ids(listed(http, **where, status="failed,success")) == jobs[3::-1]
    assert ids(listed(http, **where, status="running,failed")) == [jobs[4], jobs[0]]
    assert ids(listed(http, **where, action="stop,deploy")) == jobs[2::-1]
    assert ids(listed(http, **where, action="stop,deploy", status="success")) == jobs[2:0:-1]
    assert jobs[4] in ids(listed(http, status="running", limit=500))
    assert jobs[0] in ids(listed(http, status="failed", limit=500))


def test_a_list_is_filtered_by_application_and_by_who_asked(application: Application, http: httpx2.Client) -> None:
    jobs = [application.act(application.component(), "deploy") for _ in range(2)]
    assert ids(listed(http, application_id=application.id)) == jobs[::-1]
    assert ids(listed(http, application_id=application.id, requested_by=USER)) == jobs[::-1]
    assert ids(listed(http, application_id=application.id, requested_by="nobody")) == []
    assert ids(listed(http, requested_by=USER, limit=2)) == jobs[::-1]
    assert ids(listed(http, requested_by="nobody")) == []


def test_a_list_is_filtered_by_when_its_jobs_were_accepted(application: Application, http: httpx2.Client) -> None:
    component_id = application.deployed()
    for _ in range(3):
        application.run(component_id, "restart")
    items = listed(http, component_id=component_id)["items"]
    first, second = items[2]["created_at"], items[1]["created_at"]
    where = {"component_id": component_id}
    assert listed(http, **where, accepted_since=second)["items"] == items[:2]
    assert listed(http, **where, accepted_before=second)["items"] == items[2:]
    assert listed(http, **where, accepted_since=first, accepted_before=second)["items"] == items[2:3]
    assert listed(http, **where, accepted_since="2100-01-01T00:00:00Z")["items"] == []
    assert listed(http, **where, accepted_before="1999-12-31T23:59:59+01:00")["items"] == []


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("status", "done", "init, running"),
        ("status", "failed,", "init, running"),
        ("action", "explode", "deploy"),
        ("environment_id", "x", "UUID"),
        ("application_id", "X" * 36, "UUID"),
        ("component_id", "' OR 1=1", "UUID"),
        ("after", "7", "the `next` of the page before"),
        ("limit", "0", "1 to 500"),
        ("limit", "501", "1 to 500"),
        ("accepted_since", "yesterday", "RFC 3339"),
        ("accepted_before", "2026-11-24T12:00:00", "RFC 3339"),
    ],
)
def test_a_filter_that_is_none_is_refused_by_its_name_and_with_what_is_allowed(
    http: httpx2.Client, name: str, value: str, allowed: str
) -> None:
    answer = http.get(JOBS, params={name: value})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "CAE.01500001")
    assert answer.json()["error_msg"].startswith(name)
    assert allowed in answer.json()["error_msg"]


def test_a_listed_job_says_what_it_is_about_and_who_asked_for_it(application: Application, http: httpx2.Client) -> None:
    component_id = application.deployed()
    (item,) = listed(http, component_id=component_id)["items"]
    assert (item["action"], item["status"], item["progress"], item["attempt"]) == ("deploy", "success", 100, 1)
    assert (item["application_id"], item["environment_id"]) == (application.id, application.environment_id)
    assert item["component_name"].startswith("cart-")
    assert item["environment_name"].startswith("env-")
    assert item["created_by"] == USER
    assert item["created_at"] < item["finished_at"] <= item["updated_at"] < item["deadline_at"]
