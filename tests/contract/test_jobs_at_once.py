"""What comes at the same moment: of two that want the same one has it, and a terminate may come whenever it likes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from support.cae import Application, end_of, fresh, image, new_environment, statuses
from support.queue import Queue
from support.server import PROJECT, Server

pytestmark = pytest.mark.unmeasured

AT_ONCE = 8
ROOT = f"/v1/{PROJECT}/cae"

Answers = list[tuple[int, Any]]


def at_once(call: Callable[[], httpx2.Response]) -> Answers:
    """Make a call from several threads at once and return what each was answered: status, and body."""

    def answer() -> tuple[int, Any]:
        response = call()
        return response.status_code, response.json() if response.content else None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [future.result() for future in [pool.submit(answer) for _ in range(AT_ONCE)]]


def post(application: Application, path: str, body: Any = None) -> Callable[[], httpx2.Response]:
    headers = {"X-Environment-ID": application.environment_id}
    return lambda: application.http.post(f"{ROOT}{path}", headers=headers, json=body)


def one_only(answers: Answers, code: str) -> tuple[Any, list[str]]:
    """Hold that one call succeeded and all others got `code`; return the body of the one, the others' messages."""
    good = [body for status, body in answers if status == 200]
    bad = [body for status, body in answers if status != 200]
    assert (len(good), {body["error_code"] for body in bad}) == (1, {code})
    return good[0], [body["error_msg"] for body in bad]


def test_of_actions_at_once_one_is_accepted_and_the_others_name_its_job(queue: Queue) -> None:
    application = queue.application
    component_id = application.deployed()
    queue.busy()
    path = f"/applications/{application.id}/components/{component_id}/action"
    accepted, told = one_only(at_once(post(application, path, {"metadata": {"name": "restart"}})), "CAE.01500202")
    assert all(accepted["job_id"] in message for message in told)


def test_of_retries_at_once_one_is_accepted(queue: Queue) -> None:
    application = queue.application
    component_id = application.component()
    queue.busy()
    job_id = application.act(component_id, "deploy")
    application.terminate(job_id)
    answers = at_once(post(application, f"/jobs/{job_id}"))
    one_only(answers, "CAE.01500501")
    record = application.http.get(f"/homeport/v1/{PROJECT}/jobs/{job_id}").json()
    assert (record["status"], record["attempt"]) == ("init", 2)


def test_of_components_of_one_name_made_at_once_one_is_made(application: Application) -> None:
    spec = {
        "runtime": "Docker",
        "replica": 1,
        "source": {"type": "image", "url": "nginx:1"},
        "resource_limit": {"cpu_limit": "500m", "memory_limit": "1Gi"},
    }
    body = {"metadata": {"name": fresh("twin")}, "spec": spec}
    one_only(at_once(post(application, f"/applications/{application.id}/components", body)), "CAE.01500205")


def test_of_environments_of_one_name_made_at_once_one_is_made(application: Application) -> None:
    one_only(at_once(post(application, "/environments", {"metadata": {"name": fresh("twin")}})), "CAE.01500001")


def test_terminates_at_once_end_a_job_once(application: Application) -> None:
    job_id = application.holds(application.component(), "deploy", task="pull", script="pull=stuck")
    path = f"/homeport/v1/{PROJECT}/jobs/{job_id}/terminate"
    answers = at_once(lambda: application.http.post(path))
    assert {status for status, _ in answers} <= {202, 409}
    assert application.ended(job_id).status == "terminated"
    moves = application.http.get(f"/homeport/v1/{PROJECT}/jobs/{job_id}/events").json()["items"]
    assert [move["status"] for move in moves if move["task"] == 0].count("terminated") == 1


def test_an_environment_is_deleted_or_gets_an_application_and_never_both(engine: Server, http: httpx2.Client) -> None:
    for _ in range(5):
        environment_id = new_environment(engine)
        headers = {"X-Environment-ID": environment_id}
        with ThreadPoolExecutor(2) as pool:
            made = pool.submit(http.post, f"{ROOT}/applications", headers=headers, json={"metadata": {"name": "late"}})
            deleted = pool.submit(http.delete, f"{ROOT}/environments/{environment_id}")
        assert sorted([made.result().status_code < 300, deleted.result().status_code < 300]) == [False, True]


ACTIONS: dict[str, dict[str, Any] | None] = {
    "upgrade": {"source": image("nginx:2")},
    "scale": {"replica": 3},
    "rollback": {"snapshot_index": 1},
    "restart": None,
    "configure": None,
    "stop": None,
    "start": None,
}


def serving(application: Application, action: str) -> str:
    """Return a component to which the action may be done."""
    component_id = application.deployed(replica=2)
    if action == "start":
        application.run(component_id, "stop")
    return component_id


@pytest.mark.parametrize("action", ACTIONS)
def test_whenever_a_terminate_comes_the_job_has_one_end_and_the_component_agrees_with_it(
    application: Application, action: str
) -> None:
    for looks in range(0, 10, 2):
        component_id = serving(application, action)
        before = application.show(component_id)
        job_id = application.act(component_id, action, spec=ACTIONS[action])
        for _ in range(looks):
            application.job(job_id)
        application.http.post(f"/homeport/v1/{PROJECT}/jobs/{job_id}/terminate")
        job = application.ended(job_id)
        assert job.status in ("success", "terminated")
        agrees(application, component_id, action, job, before)


@pytest.mark.parametrize("action", ACTIONS)
def test_whenever_a_deadline_passes_the_job_has_one_end_and_the_component_agrees_with_it(
    application: Application, action: str
) -> None:
    for deadline in (1, 4, 8, 12, 20):
        component_id = serving(application, action)
        before = application.show(component_id)
        job_id = application.act(component_id, action, spec=ACTIONS[action], deadline=f"{deadline}ms")
        job = application.ended(job_id)
        assert job.status in ("success", "timeout")
        agrees(application, component_id, action, job, before)


def agrees(application: Application, component_id: str, action: str, job: Any, before: Any) -> None:
    """Hold that a component is as the end of its job says."""
    shown = application.show(component_id)
    instances = [one.status for one in application.instances(component_id)]
    done = job.status == "success"
    assert (job.progress == 100) is done
    assert not {"init", "running", "terminating"} & set(statuses(job).values())
    assert shown.source.url == ("nginx:2" if done and action == "upgrade" else before.source.url)
    assert shown.replica == (3 if done and action == "scale" else before.replica)
    if action == "stop" and not done:
        # A stop is not undone: what it had ended already is made again by `keep`.
        assert shown.status in ("notReady", "running")
        return
    paused = action == "stop" if done else before.status == "paused"
    assert (shown.status, shown.available_replica) == (("paused", 0) if paused else ("running", shown.replica))
    assert instances == ["running"] * shown.available_replica


# --- environments that are on their way out ---------------------------------------------------------------------------


class Leaving:
    """An environment whose deletion waits for its turn."""

    def __init__(self, queue: Queue, server: Server) -> None:
        self.queue = queue
        self.http = queue.application.http
        self.id = new_environment(server)
        queue.busy()
        self.job = str(self.delete().json()["job_id"])

    def delete(self) -> httpx2.Response:
        return self.http.delete(f"{ROOT}/environments/{self.id}")

    def furnish(self) -> httpx2.Response:
        """Ask for an application in it."""
        headers = {"X-Environment-ID": self.id}
        return self.http.post(f"{ROOT}/applications", headers=headers, json={"metadata": {"name": "late"}})

    def retry(self) -> httpx2.Response:
        return self.http.post(f"{ROOT}/jobs/{self.job}")

    def status(self) -> str | None:
        items = self.http.get(f"{ROOT}/environments").json()["items"]
        return next((item["status"] for item in items if item["id"] == self.id), None)


@pytest.fixture
def leaving(queue: Queue, narrow: Server) -> Leaving:
    return Leaving(queue, narrow)


def test_an_environment_on_its_way_out_takes_nothing_in_and_names_the_job_that_deletes_it(leaving: Leaving) -> None:
    assert leaving.status() == "deleting"
    for answer in (leaving.furnish(), leaving.delete()):
        assert (answer.status_code, answer.json()["error_code"]) == (500, "CAE.01500403")
        assert leaving.job in answer.json()["error_msg"]


def test_an_environment_whose_deletion_was_terminated_before_it_began_is_whole_again(leaving: Leaving) -> None:
    leaving.queue.application.terminate(leaving.job)
    assert leaving.status() == "finish"
    assert leaving.furnish().status_code == 200


def test_a_deletion_that_is_retried_is_carried_out(leaving: Leaving) -> None:
    leaving.queue.application.terminate(leaving.job)
    assert leaving.retry().status_code == 200
    assert leaving.status() == "deleting"
    leaving.queue.free()
    assert end_of(leaving.queue.application.sdk, leaving.job).status == "success"
    assert leaving.status() is None


def test_a_deletion_is_not_retried_once_something_was_put_into_the_environment(leaving: Leaving) -> None:
    leaving.queue.application.terminate(leaving.job)
    leaving.furnish()
    answer = leaving.retry()
    assert (answer.status_code, answer.json()["error_code"]) == (500, "CAE.01500501")
    assert "late" in answer.json()["error_msg"]
    assert leaving.status() == "finish"


def test_a_deletion_is_retried_or_something_is_put_in_and_never_both(leaving: Leaving) -> None:
    leaving.queue.application.terminate(leaving.job)
    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(leaving.retry), pool.submit(leaving.furnish)]
    assert sorted(answer.result().status_code < 300 for answer in answers) == [False, True]
