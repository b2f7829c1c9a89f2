"""Idempotency-Key: a request that is sent again under its key is answered as it was, and carried out once (P7)."""

import base64
import json
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest

from homeport.api.operations import OPERATIONS
from support.cae import Application, fresh, new_environment
from support.certificates import certificate
from support.server import PROJECT, Server, running, wait_for

pytestmark = pytest.mark.unmeasured

ROOT = f"/v1/{PROJECT}/cae"
OURS = f"/homeport/v1/{PROJECT}"
SECRET = "s3cr3t-of-the-test"
AT_ONCE = 8


class Post(NamedTuple):
    """A request: where to, what, and the environment it names."""

    path: str
    body: Any = None
    environment: str | None = None


class Sender:
    """Sends requests under keys."""

    def __init__(self, http: httpx2.Client) -> None:
        self._http = http

    def __call__(self, post: Post, key: str | None) -> httpx2.Response:
        headers = {"Idempotency-Key": key, "X-Environment-ID": post.environment}
        content = None if post.body is None else json.dumps(post.body).encode()
        given = {name: value for name, value in headers.items() if value is not None}
        return self._http.post(post.path, headers=given, content=content)

    def job(self, job_id: str) -> dict[str, Any]:
        """Return all that is known of a job."""
        return dict(self._http.get(f"{OURS}/jobs/{job_id}").json())

    def count(self, **query: Any) -> int:
        """Return how many jobs there are."""
        return len(self._http.get(f"{OURS}/jobs", params={"limit": 500, **query}).json()["items"])


@pytest.fixture
def send(http: httpx2.Client) -> Sender:
    return Sender(http)


@pytest.fixture(scope="module")
def forgetful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An engine for which equal requests are one for a while, and keys stand for a moment alone."""
    folder = tmp_path_factory.mktemp("forgetful") / "data"
    settings = {"same_request_seconds": 600, "idempotency_key_seconds": 1, "min_ready_seconds": 0}
    with running(folder, log_level="warning", **settings) as server:
        yield server


# --- each operation ---------------------------------------------------------------------------------------------------

SPEC = {
    "runtime": "Docker",
    "replica": 1,
    "source": {"type": "image", "url": "nginx:1"},
    "resource_limit": {"cpu_limit": "500m", "memory_limit": "1Gi"},
}
ENV = {"type": "env", "data": {"spec": {"envs": {"PASSWORD": SECRET}}}}


def named(stem: str) -> dict[str, Any]:
    return {"metadata": {"name": fresh(stem)}}


def component(application: Application, component_id: str, call: str, body: Any) -> Post:
    path = f"{ROOT}/applications/{application.id}/components/{component_id}/{call}"
    return Post(path, body, application.environment_id)


def environment_post(application: Application) -> Post:
    return Post(f"{ROOT}/environments", named("env"))


def application_post(application: Application) -> Post:
    return Post(f"{ROOT}/applications", named("app"), application.environment_id)


def component_post(application: Application) -> Post:
    path = f"{ROOT}/applications/{application.id}/components"
    return Post(path, named("cart") | {"spec": SPEC}, application.environment_id)


def whole_post(application: Application) -> Post:
    path = f"{ROOT}/applications/{application.id}/component-with-configurations"
    return Post(path, named("cart") | {"spec": SPEC, "configurations": [ENV]}, application.environment_id)


def action_post(application: Application) -> Post:
    return component(application, application.deployed(), "action", {"metadata": {"name": "restart"}})


def configuration_post(application: Application) -> Post:
    return component(application, application.component(), "configurations", {"items": [ENV]})


def empty_configuration_post(application: Application) -> Post:
    return component(application, application.component(), "configurations", {"items": []})


def terminate_post(application: Application) -> Post:
    job_id = application.holds(application.component(), "deploy", task="pull", script="pull=stuck")
    return Post(f"{OURS}/jobs/{job_id}/terminate")


def terminate_again_post(application: Application) -> Post:
    job_id = application.holds(application.component(), "deploy", task="verify", script="ready=never; stop=40s")
    application.terminate(job_id)
    return Post(f"{OURS}/jobs/{job_id}/terminate")


def retry_post(application: Application) -> Post:
    job_id = application.act(application.component(), "deploy", script="pull=fail")
    application.ended(job_id)
    return Post(f"{ROOT}/jobs/{job_id}", None, application.environment_id)


def credential_post(application: Application) -> Post:
    body = {"name": fresh("git"), "type": "git-https", "username": "ada", "password": SECRET}
    return Post(f"{OURS}/credentials", body)


def certificate_post(application: Application) -> Post:
    crt, key = (base64.b64encode(half.encode()).decode() for half in certificate("shop.test"))
    body = {"metadata": {"name": fresh("shop")}, "spec": {"crt": crt, "key": key}}
    return Post(f"{ROOT}/certificates", body, application.environment_id)


def domain_post(application: Application) -> Post:
    body = {"metadata": {"name": f"{fresh('shop')}.example.com"}}
    return Post(f"{ROOT}/domains", body, application.environment_id)


def volume_post(application: Application) -> Post:
    spec = {"resource_type": "sfs", "resource_sub_type": "sfs3.0", "resources": [fresh("data")]}
    return Post(f"{ROOT}/volumes", {"spec": spec}, application.environment_id)


POSTS: dict[str, Callable[[Application], Post]] = {
    "CreateEnvironment": environment_post,
    "CreateApplication": application_post,
    "CreateComponent": component_post,
    "CreateComponentWithConfiguration": whole_post,
    "ExecuteAction": action_post,
    "CreateComponentConfiguration": configuration_post,
    "TerminateJob": terminate_post,
    "RetryJob": retry_post,
    "CreateCredential": credential_post,
    "CreateCertificate": certificate_post,
    "CreateDomain": domain_post,
    "CreateVolume": volume_post,
}
MORE = {"no configurations": empty_configuration_post, "a second terminate": terminate_again_post}


def test_every_post_in_a_project_is_tried_here() -> None:
    built = {one.id for one in OPERATIONS if one.built and one.method == "POST" and one.in_project}
    assert built == set(POSTS)


@pytest.mark.parametrize("make", [*POSTS.values(), *MORE.values()], ids=[*POSTS, *MORE])
def test_a_request_under_the_same_key_is_answered_the_same_however_often(
    make: Callable[[Application], Post], application: Application, send: Sender
) -> None:
    post, key = make(application), fresh("key")
    first = send(post, key)
    assert first.is_success, first.text
    assert "idempotent-replayed" not in first.headers
    for _ in range(3):
        again = send(post, key)
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert again.headers.get("content-type") == first.headers.get("content-type")
        assert again.headers["idempotent-replayed"] == "true"


@pytest.mark.parametrize("make", POSTS.values(), ids=POSTS)
def test_of_requests_under_one_key_at_once_each_gets_the_answer_of_the_one_that_was_carried_out(
    make: Callable[[Application], Post], application: Application, send: Sender
) -> None:
    post, key = make(application), fresh("key")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [answer.result() for answer in [pool.submit(send, post, key) for _ in range(AT_ONCE)]]
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1
    assert answers[0].is_success, answers[0].text
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1


def test_a_request_that_came_again_is_carried_out_once(application: Application, send: Sender) -> None:
    post = action_post(application)
    component_id = post.path.split("/")[-2]
    before = send.count(component_id=component_id)
    job_ids = {send(post, "once-" + component_id).json()["job_id"] for _ in range(5)}
    assert len(job_ids) == 1
    application.ended(job_ids.pop())
    send(post, "once-" + component_id)
    assert send.count(component_id=component_id) == before + 1


def test_a_retry_that_came_again_begins_one_attempt(application: Application, send: Sender) -> None:
    post, key = retry_post(application), fresh("key")
    job_id = post.path.split("/")[-1]
    for _ in range(3):
        assert send(post, key).status_code == 200
        application.ended(job_id)
    assert send.job(job_id)["attempt"] == 2


def test_an_answer_is_given_again_when_what_it_names_is_gone(application: Application, send: Sender) -> None:
    post, key = component_post(application), fresh("key")
    first = send(post, key)
    application.run(first.json()["metadata"]["id"], "delete")
    assert send(post, key).content == first.content


def test_without_a_key_each_request_counts(application: Application, send: Sender) -> None:
    post = configuration_post(application)
    assert [send(post, None).status_code for _ in range(2)] == [200, 200]
    items = application.http.get(post.path, headers={"X-Environment-ID": application.environment_id}).json()["items"]
    assert len(items) == 2


# --- other requests under a key ---------------------------------------------------------------------------------------


def refusal(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error_code"]


def test_another_body_under_the_key_is_refused_by_the_name_of_the_header(
    application: Application, send: Sender
) -> None:
    post, key = component_post(application), fresh("key")
    send(post, key)
    other = send(post._replace(body=post.body | named("other")), key)
    assert refusal(other) == (422, "HOMEPORT.0422")
    message = other.json()["error_msg"]
    assert all(part in message for part in ("Idempotency-Key", key, "CreateComponent", "choose a new key")), message


def test_another_operation_under_the_key_is_refused(application: Application, send: Sender) -> None:
    key = fresh("key")
    send(application_post(application), key)
    assert refusal(send(environment_post(application), key)) == (422, "HOMEPORT.0422")


def test_the_same_body_for_another_component_under_the_key_is_refused(application: Application, send: Sender) -> None:
    key = fresh("key")
    assert send(configuration_post(application), key).is_success
    assert refusal(send(configuration_post(application), key)) == (422, "HOMEPORT.0422")


def test_the_same_body_for_another_environment_under_the_key_is_refused(
    application: Application, engine: Server, send: Sender
) -> None:
    post, key = application_post(application), fresh("key")
    assert send(post, key).is_success
    assert refusal(send(post._replace(environment=new_environment(engine)), key)) == (422, "HOMEPORT.0422")


def test_a_request_that_was_refused_leaves_its_key_as_good_as_new(application: Application, send: Sender) -> None:
    post, key = component_post(application), fresh("key")
    assert send(post._replace(body={"metadata": {"name": "UPPER"}, "spec": SPEC}), key).status_code == 400
    assert send(post, key).is_success
    taken = fresh("key")
    assert refusal(send(post, taken)) == (400, "CAE.01500205")
    assert send(post._replace(body=post.body | named("other")), taken).is_success


def test_a_request_that_a_job_under_way_refuses_may_be_made_under_its_key_once_the_job_has_ended(
    application: Application, send: Sender
) -> None:
    component_id = application.deployed()
    job_id = application.holds(component_id, "restart", task="verify", script="ready=never")
    post, key = component(application, component_id, "action", {"metadata": {"name": "restart"}}), fresh("key")
    assert refusal(send(post, key)) == (500, "CAE.01500202")
    application.terminated(job_id)
    accepted = send(post, key)
    assert accepted.status_code == 200
    assert accepted.json()["job_id"] != job_id


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "caf\xe9"], ids=repr)
def test_a_malformed_key_is_refused(key: str, application: Application, send: Sender, http: httpx2.Client) -> None:
    post = application_post(application)
    headers = [(b"Idempotency-Key", key.encode("latin-1")), (b"X-Environment-ID", post.environment.encode())]
    answer = http.post(post.path, headers=headers, content=json.dumps(post.body).encode())
    assert refusal(answer) == (400, "CAE.01500001")
    assert "Idempotency-Key" in answer.json()["error_msg"]


def test_a_key_may_have_255_characters(application: Application, send: Sender) -> None:
    post, key = application_post(application), fresh("key").ljust(255, "~")
    assert send(post, key).content == send(post, key).content


# --- what is kept, and for how long -----------------------------------------------------------------------------------


def test_no_secret_of_a_request_stands_in_the_table_of_requests(
    application: Application, engine: Server, send: Sender
) -> None:
    post, key = whole_post(application), fresh("key")
    first = send(post, key)
    assert SECRET.encode() in first.content
    assert send(post, key).content == first.content
    with closing(sqlite3.connect(f"file:{engine.data_dir}/homeport.db?mode=ro", uri=True)) as database:
        rows = [row for row in database.execute("SELECT * FROM request") if key in row]
        (row,) = rows
        assert not [value for value in row if SECRET in str(value) or post.body["metadata"]["name"] in str(value)]


@pytest.fixture
def hasty(forgetful: Server) -> Iterator[tuple[Application, Sender]]:
    with forgetful.http() as client:
        yield Application(forgetful, new_environment(forgetful), client), Sender(client)


def test_a_key_stands_for_its_request_as_long_as_the_setting_says(
    hasty: tuple[Application, Sender], forgetful: Server
) -> None:
    application, send = hasty
    key = fresh("key")
    assert send(application_post(application), key).is_success
    wait_for(lambda: send(application_post(application), key).is_success, what="the end of the key's time")


def test_an_equal_request_without_a_key_counts_as_the_same_one_where_the_setting_says_so(
    hasty: tuple[Application, Sender],
) -> None:
    application, send = hasty
    post = configuration_post(application)
    answers = [send(post, None) for _ in range(3)]
    assert [answer.headers.get("idempotent-replayed") for answer in answers] == [None, "true", "true"]
    inside = {"X-Environment-ID": application.environment_id}
    assert len(application.http.get(post.path, headers=inside).json()["items"]) == 1


def test_equal_requests_at_once_count_as_one_where_the_setting_says_so(hasty: tuple[Application, Sender]) -> None:
    application, send = hasty
    post = action_post(application)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [answer.result() for answer in [pool.submit(send, post, None) for _ in range(AT_ONCE)]]
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].is_success


def test_a_request_with_a_key_of_its_own_is_never_taken_for_an_equal_one(hasty: tuple[Application, Sender]) -> None:
    application, send = hasty
    post = configuration_post(application)
    assert send(post, None).is_success
    assert "idempotent-replayed" not in send(post, fresh("key")).headers


def test_a_request_and_its_answer_outlive_the_engine_that_gave_it(tmp_path: Path) -> None:
    with running(tmp_path / "data", min_ready_seconds=0, log_level="warning") as server:
        with server.http() as client:
            application = Application(server, new_environment(server), client)
            post = action_post(application)
            first = Sender(client)(post, "before-the-crash")
        server.kill()
        server.start()
        with server.http() as client:
            again = Sender(client)(post, "before-the-crash")
            assert (again.status_code, again.content) == (first.status_code, first.content)
            assert Sender(client).count(component_id=post.path.split("/")[-2]) == 2
