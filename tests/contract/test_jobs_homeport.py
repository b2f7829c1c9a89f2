"""Homeport's own calls about jobs: the record, every move, and the logs of tasks."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from homeport.model.states import JOB_MOVES, TASK_MOVES, Status
from support.cae import Application, code, details
from support.server import PROJECT, Server, wait_for

pytestmark = pytest.mark.unmeasured

JOBS = f"/homeport/v1/{PROJECT}/jobs"


def record(http: httpx2.Client, job_id: str) -> dict[str, Any]:
    return dict(http.get(f"{JOBS}/{job_id}").json())


def events(http: httpx2.Client, job_id: str, after: int = 0) -> list[dict[str, Any]]:
    return list(http.get(f"{JOBS}/{job_id}/events", params={"after": after}).json()["items"])


def log(http: httpx2.Client, job_id: str, index: int, **query: Any) -> str:
    answer = http.get(f"{JOBS}/{job_id}/tasks/{index}/log", params=query)
    assert answer.headers["content-type"].startswith("text/plain")
    return str(answer.text)


# --- the record -------------------------------------------------------------------------------------------------------


def test_the_record_of_a_job_agrees_with_show_job(application: Application, http: httpx2.Client) -> None:
    job_id = application.act(application.component(), "deploy", script="ready=crash")
    job = application.ended(job_id)
    told = record(http, job_id)
    assert (told["status"], told["progress"]) == (job.status, job.progress)
    assert [(task["name"], task["status"], task["detail"]) for task in told["tasks"]] == [
        (task.name, task.status, task.detail) for task in job.tasks
    ]
    assert told["driver"] == "simulated"


def test_the_record_of_a_failed_job_has_its_cause_as_a_word_and_its_story(
    application: Application, http: httpx2.Client
) -> None:
    job_id = application.act(application.component(), "deploy", script="pull=fail:image-missing")
    job = application.ended(job_id)
    told = record(http, job_id)
    assert told["cause"] == "image-missing"
    assert told["detail"] == details(job)["pull"]


def test_the_record_counts_attempts_and_forgets_the_cause_of_the_one_before(
    application: Application, http: httpx2.Client
) -> None:
    component_id = application.deployed(deploy_script="stop=stuck", script="ready=never")
    job_id = application.act(component_id, "stop")
    application.ended(job_id)
    assert (record(http, job_id)["attempt"], record(http, job_id)["cause"]) == (1, "still-alive")
    application.retry(job_id)
    application.ended(job_id)
    told = record(http, job_id)
    assert (told["status"], told["attempt"], told["cause"], told["detail"]) == ("success", 2, None, "")


def test_a_job_s_own_deadline_counts_from_its_acceptance(application: Application, http: httpx2.Client) -> None:
    job_id = application.act(application.component(), "deploy", deadline="2h")
    told = record(http, job_id)
    hours = int(told["deadline_at"][11:13]) - int(told["created_at"][11:13])
    assert hours % 24 == 2
    assert told["deadline_at"][13:] == told["created_at"][13:]


def test_a_retry_has_the_time_of_its_deadline_anew(application: Application, http: httpx2.Client) -> None:
    job_id = application.act(application.component(), "deploy", script="pull=stuck", deadline="30ms")
    assert application.ended(job_id).status == "timeout"
    first = record(http, job_id)
    application.retry(job_id)
    assert application.ended(job_id).status == "timeout"
    second = record(http, job_id)
    assert second["deadline_at"] > first["finished_at"]
    assert second["created_at"] == first["created_at"]


def test_a_job_is_still_known_once_its_component_is_gone(application: Application, http: httpx2.Client) -> None:
    component_id = application.component()
    job_id = application.act(component_id, "delete")
    application.ended(job_id)
    told = record(http, job_id)
    assert (told["status"], told["component_id"], told["component_name"]) == ("success", component_id, None)
    assert application.job(job_id).status == "success"


# --- moves ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def eventful(application: Application) -> str:
    """Return a job that failed, was retried, was terminated, and was retried once more to its good end."""
    component_id = application.deployed(deploy_script="stop=stuck", script="ready=never; stop=200ms")
    job_id = application.act(component_id, "stop")
    application.ended(job_id)
    application.retry(job_id)
    application.ended(job_id)
    return job_id


def test_sequence_numbers_rise_by_one_from_the_first_move_to_the_last(eventful: str, http: httpx2.Client) -> None:
    numbers = [move["sequence"] for move in events(http, eventful)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert record(http, eventful)["sequence"] == numbers[-1]


def test_every_move_is_one_of_the_table(eventful: str, http: httpx2.Client) -> None:
    status: dict[int, str] = {}
    for move in events(http, eventful):
        before, after = status.get(move["task"], "init"), move["status"]
        table = TASK_MOVES if move["task"] else JOB_MOVES
        assert before == after or Status(after) in table[Status(before)], move
        status[move["task"]] = after
    assert status == {0: "success", 1: "success", 2: "success"}


def test_progress_never_falls_within_an_attempt_and_is_100_with_success_alone(
    eventful: str, http: httpx2.Client
) -> None:
    progress = 0
    for move in events(http, eventful):
        progress = 0 if (move["task"], move["status"]) == (0, "init") else progress
        assert move["progress"] >= progress
        assert (move["progress"] == 100) is ((move["task"], move["status"]) == (0, "success"))
        progress = move["progress"]


def test_times_of_moves_never_go_back(eventful: str, http: httpx2.Client) -> None:
    times = [move["at"] for move in events(http, eventful)]
    assert times == sorted(times)


def test_moves_are_read_from_any_of_them_on(eventful: str, http: httpx2.Client) -> None:
    moves = events(http, eventful)
    assert [events(http, eventful, after) for after in range(len(moves) + 1)] == [
        moves[after:] for after in range(len(moves) + 1)
    ]


def test_the_tag_of_show_job_is_the_job_s_sequence_number(eventful: str, application: Application) -> None:
    path = f"/v1/{PROJECT}/cae/jobs/{eventful}"
    headers = {"X-Environment-ID": application.environment_id}
    answer = application.http.get(path, headers=headers)
    assert answer.headers["etag"] == f'"{record(application.http, eventful)["sequence"]}"'
    again = application.http.get(path, headers=headers | {"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = application.http.get(path, headers=headers | {"If-None-Match": '"1"'})
    assert (other.status_code, other.content) == (200, answer.content)


# --- logs of tasks ----------------------------------------------------------------------------------------------------


def test_a_task_s_log_holds_what_the_driver_wrote_and_how_it_ended(
    application: Application, http: httpx2.Client
) -> None:
    component_id = application.component(runtime="Python3", source=code("https://git.example.com/shop/cart.git"))
    job_id = application.act(component_id, "deploy", script="build=fail:build-failed")
    job = application.ended(job_id)
    lines = log(http, job_id, 1).splitlines()
    assert lines[0] == "simulated build of https://git.example.com/shop/cart.git"
    assert lines[1] == details(job)["build"].splitlines()[0]
    assert log(http, job_id, 2) == ""


def test_the_last_lines_of_a_log_are_had_alone(application: Application, http: httpx2.Client) -> None:
    component_id = application.component()
    job_id = application.act(component_id, "deploy", script="pull=fail:image-missing")
    application.ended(job_id)
    lines = log(http, job_id, 2).splitlines(keepends=True)
    assert len(lines) > 1
    assert log(http, job_id, 2, tail=1) == lines[-1]
    assert log(http, job_id, 2, tail=0) == ""
    assert log(http, job_id, 2, tail=100) == "".join(lines)


def part(http: httpx2.Client, job_id: str, value: str, **query: Any) -> tuple[int, str, str]:
    """Return status, Content-Range and text of a range of the log of a job's task `pull`."""
    answer = http.get(f"{JOBS}/{job_id}/tasks/2/log", headers={"Range": value}, params=query)
    return answer.status_code, answer.headers.get("content-range", ""), answer.text


@pytest.fixture
def logged(application: Application, http: httpx2.Client) -> tuple[str, str]:
    """Return a job that has ended, and the log of its task `pull`."""
    job_id = application.act(application.component(), "deploy", script="pull=fail:image-missing")
    application.ended(job_id)
    return job_id, log(http, job_id, 2)


def test_a_range_of_a_log_is_had_alone(logged: tuple[str, str], http: httpx2.Client) -> None:
    job_id, text = logged
    size = len(text)
    assert part(http, job_id, "bytes=3-7") == (206, f"bytes 3-7/{size}", text[3:8])
    assert part(http, job_id, "bytes=5-") == (206, f"bytes 5-{size - 1}/{size}", text[5:])
    assert part(http, job_id, "bytes=-4") == (206, f"bytes {size - 4}-{size - 1}/{size}", text[-4:])
    assert part(http, job_id, "bytes=0-999999") == (206, f"bytes 0-{size - 1}/{size}", text)
    assert part(http, job_id, "bytes=-999999") == (206, f"bytes 0-{size - 1}/{size}", text)


def test_a_whole_log_says_that_ranges_of_it_can_be_had(logged: tuple[str, str], http: httpx2.Client) -> None:
    assert http.get(f"{JOBS}/{logged[0]}/tasks/2/log").headers["accept-ranges"] == "bytes"


def test_a_range_behind_the_end_of_a_log_is_refused_with_its_length(
    logged: tuple[str, str], http: httpx2.Client
) -> None:
    job_id, text = logged
    for value in (f"bytes={len(text)}-", f"bytes={len(text)}-{len(text) + 5}", "bytes=-0"):
        status, place, body = part(http, job_id, value)
        assert (status, place, json.loads(body)["error_code"]) == (416, f"bytes */{len(text)}", "HOMEPORT.0416")


@pytest.mark.parametrize("value", ["lines=0-1", "bytes=x-2", "bytes=5-2", "bytes=0-1,3-4", "bytes=-", "0-1", "bytes=1"])
def test_a_range_that_is_none_is_passed_over(logged: tuple[str, str], http: httpx2.Client, value: str) -> None:
    assert part(http, logged[0], value) == (200, "", logged[1])


def test_a_range_is_passed_over_beside_parameters(logged: tuple[str, str], http: httpx2.Client) -> None:
    job_id, text = logged
    assert part(http, job_id, "bytes=0-1", tail=1) == (200, "", text.splitlines(keepends=True)[-1])
    assert part(http, job_id, "bytes=0-1", start=4) == (200, "", text[4:])


def test_a_log_is_followed_from_a_byte_on(logged: tuple[str, str], http: httpx2.Client) -> None:
    job_id, text = logged
    assert log(http, job_id, 2, follow="true", start=7) == text[7:]


class Follower:
    """Reads a stream in a thread of its own."""

    def __init__(self, http: httpx2.Client, path: str) -> None:
        self.text = ""
        self._http = http
        self._path = path
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with self._http.stream("GET", self._path, params={"follow": "true"}) as answer:
            for piece in answer.iter_text():
                self.text += piece

    def ends(self) -> None:
        """Wait for the end of the stream."""
        self._thread.join(30)
        assert not self._thread.is_alive()


@pytest.fixture
def streams(engine: Server) -> Iterator[httpx2.Client]:
    """Return a client for streams, since a connection that streams answers nothing else."""
    with engine.http() as client:
        yield client


def test_a_log_is_followed_from_its_beginning_until_the_job_ends(
    application: Application, streams: httpx2.Client
) -> None:
    component_id = application.component()
    job_id = application.holds(component_id, "deploy", task="pull", script="pull=stuck")
    follower = Follower(streams, f"{JOBS}/{job_id}/tasks/2/log")
    wait_for(lambda: "simulated pull of nginx:1\n" in follower.text, what="the first line")
    application.terminate(job_id)
    follower.ends()
    assert application.job(job_id).status == "terminated"
    assert follower.text == log(application.http, job_id, 2)


def test_the_log_of_a_job_that_has_ended_is_followed_to_its_end_at_once(
    application: Application, streams: httpx2.Client
) -> None:
    job_id = application.act(application.component(), "deploy")
    application.ended(job_id)
    follower = Follower(streams, f"{JOBS}/{job_id}/tasks/2/log")
    follower.ends()
    assert follower.text == "simulated pull of nginx:1\n"


def test_the_log_of_an_instance_is_read(application: Application, http: httpx2.Client) -> None:
    component_id = application.deployed()
    (instance,) = application.instances(component_id)
    path = f"/homeport/v1/{PROJECT}/components/{component_id}/instances/{instance.name}/log"
    assert http.get(path).text == f"{instance.name}: simulated, so there is nothing to read\n"
