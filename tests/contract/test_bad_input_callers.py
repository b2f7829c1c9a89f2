"""Whoever cannot say who they are, or may not go where they want, is told what is wrong, and nothing changes.

contract/errors.md, sections 3 and 4; the real engine, over the wire.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing

import httpx2
import pytest

from homeport.api.operations import OPERATIONS
from homeport.api.operations.base import Operation
from support.answers import http_hooks
from support.desk import NOBODY, Desk, refusal_of
from support.server import PROJECT, Server, running
from support.terraform import signed

pytestmark = pytest.mark.unmeasured

PREFIX = "Incorrect IAM authentication information: "
ENVIRONMENTS = f"/v1/{PROJECT}/cae/environments"
BODY = b'{"metadata":{"name":"never-made"}}'
TYPE = {"Content-Type": "application/json"}

Sign = Callable[[], Mapping[str, str]]


def signature(**options: object) -> Mapping[str, str]:
    """Return headers that sign the creation of an environment."""
    return TYPE | signed("POST", ENVIRONMENTS, TYPE, BODY, **options)  # type: ignore[arg-type]


def altered(name: str, change: Callable[[str], str]) -> Mapping[str, str]:
    """Return a good signature with one header that was changed afterwards."""
    headers = dict(signature())
    headers[name] = change(headers[name])
    return headers


BAD_CREDENTIALS: dict[str, tuple[Sign, str]] = {
    "nothing": (dict, "x-auth-token not found; send the header X-Auth-Token, or sign"),
    "an empty token": (lambda: {"X-Auth-Token": ""}, "x-auth-token not found"),
    "an unknown token": (lambda: {"X-Auth-Token": "0" * 43}, "decrypt token fail; ask for a new token at POST"),
    "a token of other characters": (lambda: {"X-Auth-Token": "(\xe9;'\\\")"}, "decrypt token fail"),
    "a token of 16 KiB": (lambda: {"X-Auth-Token": "t" * 16_384}, "decrypt token fail"),
    "a bearer's token": (lambda: {"Authorization": "Bearer abc"}, "x-auth-token not found"),
    "an unknown access key": (
        lambda: signature(access_key="NOBODY0000000000000K"),
        "Get secretKey failed,ak:NOBODY0000000000000K,err:ak not exist",
    ),
    "a wrong secret": (lambda: signature(secret_key="wrong"), "verify aksk signature fail"),
    "a clock behind": (lambda: signature(minutes_off=-16), "calc ak sk signature fail:signature expired"),
    "a clock ahead": (lambda: signature(minutes_off=16), "calc ak sk signature fail:signature expired"),
    "another date than was signed": (
        lambda: altered("X-Sdk-Date", lambda text: text[:-2] + ("0Z" if text[-2] != "0" else "1Z")),
        "verify aksk signature fail",
    ),
    "a date that is none": (lambda: altered("X-Sdk-Date", lambda _: "yesterday"), "X-Sdk-Date must be given once"),
    "another type than was signed": (
        lambda: altered("Content-Type", lambda _: "text/plain"),
        "verify aksk signature fail",
    ),
    "another algorithm": (
        lambda: altered("Authorization", lambda text: text.replace("SHA256", "SM3")),
        "verify aksk signature fail; ",
    ),
    "a signature without its date": (
        lambda: altered("Authorization", lambda text: text.replace("x-sdk-date", "accept")),
        "SignedHeaders must name x-sdk-date",
    ),
    "a signature cut short": (
        lambda: altered("Authorization", lambda text: text[:-1]),
        "verify aksk signature fail; ",
    ),
    "a header signed that is not sent": (
        lambda: altered("Authorization", lambda text: text.replace("content-type;", "content-type;x-more;")),
        "is signed but missing",
    ),
}


@pytest.mark.parametrize("case", BAD_CREDENTIALS)
def test_whoever_does_not_prove_who_they_are_is_refused_with_the_reason(desk: Desk, case: str) -> None:
    headers, reason = BAD_CREDENTIALS[case]
    refused = desk.refusal("POST", ENVIRONMENTS, headers(), BODY)
    assert (refused.status, refused.code) == (401, "APIGW.0301")
    assert refused.message.startswith(PREFIX)
    assert reason in refused.message


def test_a_signature_does_not_count_for_another_body(desk: Desk) -> None:
    refused = desk.refusal("POST", ENVIRONMENTS, signature(), BODY.replace(b"never", b"evil"))
    assert (refused.status, refused.code) == (401, "APIGW.0301")


def test_a_signature_does_not_count_for_another_path(desk: Desk) -> None:
    refused = desk.refusal("POST", f"{ENVIRONMENTS}/{NOBODY}", signature(), BODY)
    assert refused.status in (401, 404)


def test_a_wrong_signature_counts_more_than_a_good_token_beside_it(desk: Desk) -> None:
    refused = desk.refusal("POST", ENVIRONMENTS, desk.token | signature(secret_key="wrong"), BODY)
    assert (refused.status, refused.code) == (401, "APIGW.0301")


NEEDING_CALLERS = [operation for operation in OPERATIONS if operation.role is not None]


@pytest.mark.parametrize("operation", NEEDING_CALLERS, ids=lambda operation: operation.id)
def test_no_operation_answers_a_stranger(desk: Desk, operation: Operation) -> None:
    headers = {"X-Environment-ID": desk.application.environment_id}
    refused = desk.refusal(operation.method, desk.place(operation.path), headers)
    assert refused.status == 401


IN_A_PROJECT = [operation for operation in OPERATIONS if operation.in_project]


@pytest.mark.parametrize("operation", IN_A_PROJECT, ids=lambda operation: operation.id)
def test_no_operation_goes_into_a_project_that_is_not_the_caller_s(desk: Desk, operation: Operation) -> None:
    refused = desk.refusal(operation.method, desk.place(operation.path, project_id="f" * 32), desk.inside)
    assert (refused.status, refused.code) == (400, "CAE.01501800")
    assert "f" * 32 in refused.message
    assert "Use the id of a project of the token or access key" in refused.message


def test_a_client_without_a_project_id_is_told_so(desk: Desk) -> None:
    refused = desk.refusal("GET", "/v1/%7Bproject_id%7D/cae/environments", desk.token)
    assert (refused.status, refused.code) == (400, "CAE.01500001")
    assert "the client was given no project id" in refused.message


# --- tokens that were good once ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """Return an engine, and a token that was good a day ago."""
    folder = tmp_path_factory.mktemp("later") / "data"
    with running(folder, log_level="warning") as server:
        token = server.token()
        server.stop()
        with closing(sqlite3.connect(folder / "homeport.db")) as database, database:
            database.execute(
                "UPDATE token SET issued_at = issued_at - 86401000000, expires_at = expires_at - 86401000000"
            )
        yield server.start(), token


def test_a_token_that_was_good_once_is_told_from_one_that_never_was(later: tuple[Server, str]) -> None:
    server, token = later
    answer = httpx2.get(server.url + ENVIRONMENTS, headers={"X-Auth-Token": token})
    refused = refusal_of(answer)
    assert (refused.status, refused.code) == (401, "APIGW.0307")
    assert refused.message.startswith(f"{PREFIX}token expires, expires_at: 20")
    assert refused.message.endswith("Ask for a new token.")


def test_a_token_that_was_revoked_is_not_good_any_more(later: tuple[Server, str]) -> None:
    server, _ = later
    fresh = Server(server.data_dir)
    fresh.url = server.url
    token = fresh.token()
    with httpx2.Client(base_url=server.url, headers={"X-Auth-Token": token}, event_hooks=http_hooks()) as http:
        assert http.get(ENVIRONMENTS).status_code == 200
        assert http.delete("/v3/auth/tokens", headers={"X-Subject-Token": token}).status_code == 204
        refused = refusal_of(http.get(ENVIRONMENTS))
    assert (refused.status, refused.code) == (401, "APIGW.0301")
