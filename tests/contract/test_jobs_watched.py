"""Waiting for a job instead of polling: the long poll, and the stream of its moves."""

import threading
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from support.cae import Application, new_environment
from support.events import Event, Reader
from support.server import PROJECT, Server, running, wait_for

pytestmark = pytest.mark.unmeasured

JOBS = f"/homeport/v1/{PROJECT}/jobs"


def record(http: httpx2.Client, job_id: str) -> dict[str, Any]:
    return dict(http.get(f"{JOBS}/{job_id}").json())


def moves(http: httpx2.Client, job_id: str, after: int = 0) -> list[Any]:
    return list(http.get(f"{JOBS}/{job_id}/events", params={"after": after}).json()["items"])


def held(application: Application, script: str = "pull=stuck") -> str:
    """Return a job that stays in its task `pull`."""
    return application.holds(application.component(), "deploy", task="pull", script=script)


def ended(application: Application) -> str:
    """Return a job that has ended."""
    job_id = application.act(application.component(), "deploy")
    application.ended(job_id)
    return job_id


class Waiter:
    """Waits for a job in a thread of its own."""

    def __init__(self, server: Server, job_id: str, **query: Any) -> None:
        self.answer: httpx2.Response | None = None
        self._client = server.http()
        self._path = f"{JOBS}/{job_id}/wait"
        self._query = query
        self._thread = threading.Thread(target=self._wait, daemon=True)
        self._thread.start()

    def _wait(self) -> None:
        with self._client:
            self.answer = self._client.get(self._path, params=self._query)

    def result(self) -> dict[str, Any]:
        """Return the job as the wait has answered it."""
        self._thread.join(50)
        assert self.answer is not None, "it still waits"
        assert self.answer.status_code == 200, self.answer.text
        return dict(self.answer.json())


# --- the long poll ----------------------------------------------------------------------------------------------------


def test_a_wait_for_a_job_that_has_ended_is_answered_with_its_record(
    application: Application, http: httpx2.Client
) -> None:
    job_id = ended(application)
    assert http.get(f"{JOBS}/{job_id}/wait", params={"timeout": 60}).json() == record(http, job_id)


def test_a_wait_lasts_until_the_job_has_ended(application: Application, engine: Server) -> None:
    job_id = held(application)
    waiter = Waiter(engine, job_id, timeout=60)
    application.terminate(job_id)
    told = waiter.result()
    assert told["status"] == "terminated"
    assert told == record(application.http, job_id)


def test_a_wait_beyond_a_move_lasts_until_the_next(application: Application, engine: Server) -> None:
    job_id = held(application, script="pull=stuck; stop=2s")
    before = record(application.http, job_id)
    waiter = Waiter(engine, job_id, timeout=60, after_seq=before["sequence"])
    application.terminate(job_id)
    told = waiter.result()
    assert told["sequence"] > before["sequence"]
    assert told["status"] in ("terminating", "terminated")


def test_a_wait_beyond_a_move_that_lies_behind_is_answered_at_once(
    application: Application, http: httpx2.Client
) -> None:
    job_id = held(application)
    before = record(http, job_id)
    told = http.get(f"{JOBS}/{job_id}/wait", params={"timeout": 60, "after_seq": before["sequence"] - 1}).json()
    assert (told["status"], told["sequence"]) == ("running", before["sequence"])


@pytest.mark.parametrize("seconds", [0, 1])
def test_a_wait_whose_time_is_over_is_answered_with_the_job_as_it_is(
    application: Application, http: httpx2.Client, seconds: int
) -> None:
    job_id = held(application)
    answer = http.get(f"{JOBS}/{job_id}/wait", params={"timeout": seconds})
    assert (answer.status_code, answer.json()["status"]) == (200, "running")


@pytest.mark.parametrize(
    ("name", "value"),
    [("timeout", "61"), ("timeout", "-1"), ("timeout", "1.5"), ("timeout", "soon"), ("after_seq", "x")],
)
def test_a_wait_that_cannot_be_understood_is_refused_by_the_name_of_the_parameter(
    application: Application, http: httpx2.Client, name: str, value: str
) -> None:
    answer = http.get(f"{JOBS}/{ended(application)}/wait", params={name: value})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "CAE.01500001")
    assert answer.json()["error_msg"].startswith(name)


@pytest.mark.parametrize("call", ["wait", "events/stream"])
def test_there_is_nothing_to_wait_for_at_an_unknown_job(http: httpx2.Client, call: str) -> None:
    answer = http.get(f"{JOBS}/11111111-2222-3333-4444-555555555555/{call}")
    assert (answer.status_code, answer.json()["error_code"]) == (404, "CAE.01500005")


# --- the stream -------------------------------------------------------------------------------------------------------


def test_a_stream_shows_each_move_once_and_then_the_end(application: Application, engine: Server) -> None:
    job_id = ended(application)
    reader = Reader(engine, job_id).to_its_end()
    told = moves(application.http, job_id)
    assert reader.moves == told
    assert reader.ids == [str(move["sequence"]) for move in told]
    assert reader.events[-1] == Event("end", "", {"status": "success", "sequence": told[-1]["sequence"]})
    assert not reader.broke


def test_a_stream_is_an_event_stream_that_nobody_may_keep(application: Application, http: httpx2.Client) -> None:
    with http.stream("GET", f"{JOBS}/{ended(application)}/events/stream") as answer:
        headers = answer.headers
        answer.read()
    assert (headers["content-type"], headers["cache-control"]) == ("text/event-stream", "no-store")


def test_a_stream_follows_a_job_to_its_end(application: Application, engine: Server) -> None:
    job_id = held(application)
    reader = Reader(engine, job_id)
    wait_for(lambda: len(reader.moves) == len(moves(application.http, job_id)), what="the moves so far")
    application.terminate(job_id)
    reader.to_its_end()
    assert reader.moves == moves(application.http, job_id)
    assert reader.events[-1].data["status"] == "terminated"


def test_a_stream_that_is_taken_up_at_any_move_shows_those_behind_it(application: Application, engine: Server) -> None:
    job_id = ended(application)
    told = moves(application.http, job_id)
    for number in range(len(told)):
        assert Reader(engine, job_id, last=str(number)).to_its_end().moves == told[number:]


def test_a_stream_may_be_taken_up_by_the_query_too_and_the_header_counts_before_it(
    application: Application, http: httpx2.Client
) -> None:
    job_id = ended(application)
    last = moves(http, job_id)[-1]["sequence"]
    path = f"{JOBS}/{job_id}/events/stream"
    assert f"id: {last}\n" in http.get(path, params={"after": last - 1}).text
    assert f"id: {last - 1}\n" not in http.get(path, params={"after": last - 1}).text
    assert "id: 1\n" in http.get(path, params={"after": last - 1}, headers={"Last-Event-ID": "0"}).text


def test_who_has_seen_all_moves_of_a_job_that_has_ended_is_told_to_come_no_more(
    application: Application, http: httpx2.Client
) -> None:
    job_id = ended(application)
    last = str(record(http, job_id)["sequence"])
    answer = http.get(f"{JOBS}/{job_id}/events/stream", headers={"Last-Event-ID": last})
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_retried_job_goes_on_in_a_new_stream_behind_its_last_move(application: Application, engine: Server) -> None:
    component_id = application.deployed(deploy_script="stop=stuck", script="ready=never; stop=200ms")
    job_id = application.act(component_id, "stop")
    first = Reader(engine, job_id).to_its_end()
    assert first.events[-1].data["status"] == "failed"
    application.retry(job_id)
    second = Reader(engine, job_id, last=first.ids[-1]).to_its_end()
    assert second.events[-1].data["status"] == "success"
    assert first.moves + second.moves == moves(application.http, job_id)


@pytest.mark.parametrize("value", ["x", "-1", "1000000", "9" * 30])
def test_a_last_event_id_that_is_no_move_of_the_job_is_refused(
    application: Application, http: httpx2.Client, value: str
) -> None:
    answer = http.get(f"{JOBS}/{ended(application)}/events/stream", headers={"Last-Event-ID": value})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "CAE.01500001")
    assert answer.json()["error_msg"].startswith("Last-Event-ID")


# --- engines that go away ---------------------------------------------------------------------------------------------


@pytest.fixture
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An engine of the test's own, whose streams say often that they live."""
    folder = tmp_path_factory.mktemp("mortal") / "data"
    with running(folder, min_ready_seconds=0, keep_alive_seconds=0.05, log_level="warning") as server:
        yield server


def test_engines_that_stop_end_waits_and_streams_and_a_stream_is_taken_up_without_loss_after_a_crash(
    mortal: Server,
) -> None:
    with mortal.http() as client:
        application = Application(mortal, new_environment(mortal), client)
        job_id = held(application)
        reader = Reader(mortal, job_id)
        waiter = Waiter(mortal, job_id, timeout=60)
        wait_for(lambda: len(reader.comments) > 2, what="signs of life")
        so_far = list(reader.moves)
    assert mortal.stop() == 0
    assert waiter.result()["status"] == "running"
    assert not reader.to_its_end().broke
    assert reader.moves[: len(so_far)] == so_far
    assert "end" not in [event.kind for event in reader.events]
    mortal.start()
    second = Reader(mortal, job_id, last=reader.ids[-1])
    wait_for(lambda: second.comments, what="a sign of life")
    mortal.kill()
    assert second.to_its_end().broke
    mortal.start()
    third = Reader(mortal, job_id, last=[*reader.ids, *second.ids][-1])
    with mortal.http() as client:
        client.post(f"{JOBS}/{job_id}/terminate")
        third.to_its_end()
        assert reader.moves + second.moves + third.moves == moves(client, job_id)
