"""The client: what it sends, and what it makes of answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from homeport import __version__
from homeport.cli.api import Api, NotReachable, Refused
from homeport.cli.connection import Credentials, Target
from homeport.cli.failures import ExitCode, Failure
from homeport.identity.signature import Claim, SignedRequest, check, read_claim
from homeport.model.clock import SystemClock

KEYS = Credentials(access_key="AK", secret_key="SK")


@contextmanager
def engine(answer: Callable[[httpx2.Request], httpx2.Response], project: str = "P") -> Iterator[Api]:
    """Yield a client of an engine that answers so."""
    target = Target(url="http://127.0.0.1:8223", credentials=KEYS, project_id=project)
    api = Api(target, transport=httpx2.MockTransport(answer))
    yield api
    api.close()


def said(status: int, **options: Any) -> Callable[[httpx2.Request], httpx2.Response]:
    return lambda request: httpx2.Response(status, **options)


def broken(error: type[httpx2.TransportError]) -> Callable[[httpx2.Request], httpx2.Response]:
    def answer(request: httpx2.Request) -> httpx2.Response:
        raise error("it broke", request=request)

    return answer


def sent(method: str, path: str, **options: Any) -> httpx2.Request:
    """Return the request that a call becomes."""
    requests: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        return httpx2.Response(200, json={})

    with engine(answer) as api:
        api.call(method, path, **options)
    return requests[0]


class Patient:
    """A clock that moves when it is waited by."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    def pause(self, seconds: float) -> None:
        self.seconds += seconds


def asked(method: str, *outcomes: type[httpx2.TransportError] | int) -> tuple[list[str | None], object]:
    """Return the keys of the requests that a call became whose attempts ended so, the last for ever, and its end."""
    keys: list[str | None] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        keys.append(request.headers.get("idempotency-key"))
        outcome = outcomes[min(len(keys), len(outcomes)) - 1]
        if isinstance(outcome, int):
            return httpx2.Response(outcome, json={})
        raise outcome("it broke", request=request)

    target = Target(url="http://127.0.0.1:8223", credentials=KEYS, project_id="P")
    api = Api(target, transport=httpx2.MockTransport(answer), waiter=Patient())
    try:
        return keys, api.call(method, "/v1/P/cae/environments")
    except NotReachable as error:
        return keys, error
    finally:
        api.close()


@pytest.mark.parametrize("lost", [httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError])
def test_a_post_whose_answer_was_lost_is_sent_again_under_its_key(lost: type[httpx2.TransportError]):
    keys, answer = asked("POST", lost, httpx2.ConnectError, 200)
    assert answer == {}
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert keys[0]


def test_a_post_whose_answer_stays_lost_is_given_up():
    keys, error = asked("POST", httpx2.ReadError)
    assert isinstance(error, NotReachable)
    assert 10 < len(keys) < 100


def test_each_post_has_a_key_of_its_own():
    assert asked("POST", 200)[0] != asked("POST", 200)[0]


@pytest.mark.parametrize(("method", "lost"), [("POST", httpx2.ConnectError), ("DELETE", httpx2.ReadError)])
def test_what_never_arrived_or_has_no_key_is_not_sent_again(method: str, lost: type[httpx2.TransportError]):
    keys, error = asked(method, lost, 200)
    assert isinstance(error, NotReachable)
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("/v1/P/cae/environments", {}),
        ("/v1/P/cae/jobs/a b", {"environment_id": "E"}),
        ("/v1/P/cae/x", {"body": {"name": "Ü"}, "query": {"after": "b c", "limit": 2}}),
    ],
)
def test_every_request_is_signed_as_the_engine_checks_it(path: str, options: dict[str, Any]):
    request = sent("POST", path, **options)
    raw_path, _, query = request.url.raw_path.partition(b"?")
    signed = SignedRequest(method="POST", path=raw_path, query=query, headers=request.headers.raw, body=request.content)
    claim = read_claim(request.headers.raw, SystemClock().now())
    assert isinstance(claim, Claim)
    assert check(signed, claim, "SK") is None


def test_the_signature_leaves_out_what_a_proxy_may_change():
    claim = read_claim(sent("GET", "/v1/P/cae/environments").headers.raw, SystemClock().now())
    assert isinstance(claim, Claim)
    assert claim.signed_headers == b"host;x-sdk-date"


def test_the_client_says_who_it_is():
    assert sent("GET", "/").headers["user-agent"] == f"homeport/{__version__}"


def test_the_secret_travels_nowhere():
    assert "SK" not in str(sent("GET", "/v1/P/cae/environments").headers.raw)


def test_an_empty_answer_is_none():
    with engine(said(204)) as api:
        assert api.call("DELETE", "/") is None


def test_a_refusal_carries_the_words_and_the_code_of_the_engine():
    answer = said(400, json={"error_code": "CAE.01500001", "error_msg": "spec.replica is 0."})
    with engine(answer) as api, pytest.raises(Refused, match=r"spec\.replica is 0\.") as caught:
        api.call("POST", "/")
    assert (caught.value.error_code, caught.value.status, caught.value.code) == ("CAE.01500001", 400, ExitCode.FAILED)


def test_a_refusal_of_iam_is_read_too():
    answer = said(404, json={"error": {"code": 404, "message": "No such token.", "title": "Not Found"}})
    with engine(answer) as api, pytest.raises(Refused, match=r"No such token\."):
        api.call("GET", "/v3/auth/tokens")


@pytest.mark.parametrize(
    "answer",
    [said(404, text="<html>"), said(200, text="<html>"), said(502, json={"detail": "x"}), said(500, json=["x"])],
)
def test_what_does_not_answer_like_an_engine_is_told(answer: Callable[[httpx2.Request], httpx2.Response]):
    with engine(answer) as api, pytest.raises(NotReachable, match="is no Homeport engine") as caught:
        api.call("GET", "/")
    assert caught.value.code == ExitCode.UNREACHABLE


def test_an_engine_that_is_not_there_is_told_with_what_to_do():
    with engine(broken(httpx2.ConnectError)) as api, pytest.raises(NotReachable, match="Nothing answers at") as caught:
        api.call("GET", "/")
    assert "homeport serve" in caught.value.advice


def test_an_engine_that_takes_too_long_is_told_as_such():
    with engine(broken(httpx2.ReadTimeout)) as api, pytest.raises(NotReachable, match="does not answer in time"):
        api.call("GET", "/")


def test_a_stream_comes_piece_by_piece():
    with engine(said(200, content=iter([b"one\n", b"two\n"]))) as api:
        assert b"".join(api.stream("/log", {})) == b"one\ntwo\n"


def test_a_stream_that_is_refused_is_told():
    answer = said(404, json={"error_code": "HOMEPORT.0404", "error_msg": "No such instance."})
    with engine(answer) as api, pytest.raises(Refused, match=r"No such instance\."):
        list(api.stream("/log", {}))


def test_a_stream_that_breaks_off_is_told():
    with engine(broken(httpx2.ReadError)) as api, pytest.raises(NotReachable):
        list(api.stream("/log", {}))


def test_a_caller_with_one_project_need_not_name_it():
    with engine(said(200, json={"projects": [{"id": "P1", "name": "local-1"}]}), project="") as api:
        assert api.cae("/environments") == "/v1/P1/cae/environments"


@pytest.mark.parametrize("ids", [[], ["P1", "P2"]])
def test_a_caller_with_another_number_of_projects_is_asked(ids: list[str]):
    answer = said(200, json={"projects": [{"id": id_, "name": "x"} for id_ in ids]})
    with engine(answer, project="") as api, pytest.raises(Failure) as caught:
        api.own("/jobs")
    assert caught.value.code == ExitCode.USAGE
    assert "--project ID" in caught.value.advice


def test_certificates_that_cannot_be_read_are_a_usage_error(tmp_path: Path):
    target = Target(url="https://127.0.0.1:1", credentials=KEYS, ca=str(tmp_path / "none.pem"))
    with pytest.raises(Failure, match=r"none\.pem cannot be used") as caught:
        Api(target)
    assert caught.value.code == ExitCode.USAGE
