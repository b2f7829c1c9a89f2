"""Who may call what, with which headers; and in which order that is asked."""

import asyncio
from typing import Any

import pytest

from homeport.api.calls import Answer, Call
from homeport.api.headers import idempotency_key
from homeport.model.caller import Role
from homeport.model.errors import InvalidParameter
from support.edge import ENVIRONMENT, IN_ENVIRONMENT, PROJECT, TOKEN, Tokens, call_edge, edge_of, request

CAE = f"/v1/{PROJECT}/cae"
JOB = f"{CAE}/jobs/j"


@pytest.mark.parametrize(
    ("target", "headers", "role", "expected"),
    [
        (f"{CAE}/nothing", {}, Role.READ_ONLY, (404, "APIGW.0101")),
        (f"{CAE}x/applications", {}, Role.READ_ONLY, (404, "APIGW.0101")),
        ("/v1/another/cae/applications", {}, Role.READ_ONLY, (401, "APIGW.0301")),
        ("/v1/another/cae/applications", TOKEN, Role.READ_ONLY, (400, "CAE.01501800")),
        (f"{CAE}/applications", TOKEN, Role.READ_ONLY, (403, "APIGW.0302")),
        (f"{CAE}/applications", TOKEN, Role.OPERATOR, (400, "CAE.01500001")),
        (f"{CAE}/applications", IN_ENVIRONMENT, Role.OPERATOR, (200, None)),
    ],
)
def test_route_caller_project_role_and_headers_are_checked_in_that_order(
    target: str, headers: dict[str, str], role: Role, expected: tuple[int, str | None]
) -> None:
    reply = call_edge("POST", target, headers, b"no JSON", authenticator=Tokens(role))
    assert (reply.status, reply.json.get("error_code")) == expected


def test_a_caller_who_is_known_is_not_asked_for_again() -> None:
    tokens = Tokens()
    call_edge("GET", JOB, TOKEN, authenticator=tokens)
    assert tokens.asked == []


def test_a_caller_who_is_not_known_yet_is_found_out() -> None:
    reply = call_edge("GET", JOB, TOKEN, authenticator=Tokens(remembers=False))
    assert reply.status == 200


def test_the_authenticator_sees_the_body_of_any_method_since_a_signature_covers_it() -> None:
    tokens = Tokens(remembers=False)
    call_edge("GET", "/v3/projects", TOKEN, b"{}", authenticator=tokens)
    assert tokens.bodies == [b"{}"]


def test_the_authenticator_sees_path_query_and_every_header_line_as_they_were_sent() -> None:
    tokens = Tokens(remembers=False)
    lines = [(b"X-Auth-Token", b"good"), (b"X-A", b"1"), (b"x-a", b" 2")]
    call_edge("GET", f"{CAE}/jobs/a%2Fb?x=%41", lines, authenticator=tokens)
    (call,) = tokens.asked
    assert (call.method, call.raw_path, call.query_string, list(call.header_lines), call.client) == (
        "GET",
        f"{CAE}/jobs/a%2Fb".encode(),
        b"x=%41",
        [(b"x-auth-token", b"good"), (b"x-a", b"1"), (b"x-a", b" 2")],
        "127.0.0.1",
    )


@pytest.mark.parametrize("remembers", [True, False])
@pytest.mark.parametrize("project", ["%7Bproject_id%7D", "{project_id}"])
def test_the_placeholder_for_a_project_is_named_before_a_signature_is_looked_at(project: str, remembers: bool) -> None:
    tokens = Tokens(remembers=remembers)
    reply = call_edge("GET", f"/v1/{project}/cae/jobs/j", TOKEN, authenticator=tokens)
    assert (reply.status, reply.code, tokens.asked) == (400, "CAE.01500001", [])


def test_a_token_of_one_project_is_good_for_no_other() -> None:
    reply = call_edge("GET", JOB, TOKEN, authenticator=Tokens(scope="another"))
    assert (reply.status, reply.code) == (400, "CAE.01501800")


@pytest.mark.parametrize(
    ("role", "method", "status"),
    [
        (Role.READ_ONLY, "GET", 200),
        (Role.READ_ONLY, "POST", 403),
        (Role.OPERATOR, "GET", 200),
        (Role.OPERATOR, "POST", 200),
        (Role.ADMIN, "GET", 200),
        (Role.ADMIN, "POST", 200),
    ],
)
def test_reading_is_for_every_role_and_changing_from_operator_up(role: Role, method: str, status: int) -> None:
    assert call_edge(method, JOB, TOKEN, authenticator=Tokens(role)).status == status


def test_a_missing_role_is_named_with_the_one_that_is_needed() -> None:
    message = call_edge("POST", JOB, TOKEN, authenticator=Tokens(Role.READ_ONLY)).message
    assert all(word in message for word in ("cae:job:retry", "operator", "read-only"))


def test_an_operation_for_anybody_asks_nobody_who_they_are() -> None:
    tokens = Tokens(remembers=False)
    reply = call_edge("GET", "/homeport/v1/health", authenticator=tokens)
    assert (reply.status, tokens.asked) == (200, [])


def test_an_operation_for_anybody_has_no_caller_to_rely_on() -> None:
    async def who(call: Call) -> Answer:
        with pytest.raises(LookupError):
            _ = call.caller
        return Answer(b"{}")

    assert call_edge("GET", "/homeport/v1/health", TOKEN, handlers={"ShowHealth": who}).status == 200


def test_the_handler_is_given_the_caller() -> None:
    seen: list[Any] = []

    async def who(call: Call) -> Answer:
        seen.append(call.caller.user_name)
        return Answer(b"{}")

    call_edge("GET", JOB, TOKEN, handlers={"ShowJob": who})
    assert seen == ["ada"]


@pytest.mark.parametrize("name", ["X-Environment-ID", "x-environment-id", "X-Environment-Id"])
def test_header_names_are_taken_in_any_case(name: str) -> None:
    reply = call_edge("GET", f"{CAE}/applications", {**TOKEN, name: ENVIRONMENT})
    assert reply.json["environment"] == ENVIRONMENT


@pytest.mark.parametrize(
    "value", ["", "x", ENVIRONMENT.upper().replace("1", "A"), ENVIRONMENT.replace("-", ""), "a" * 36, "\xff" * 8, "0"]
)
def test_a_malformed_environment_header_is_refused_by_its_name(value: str) -> None:
    reply = call_edge("GET", f"{CAE}/applications", {**TOKEN, "X-Environment-ID": value})
    assert (reply.status, reply.code, reply.message.split()[0]) == (400, "CAE.01500001", "X-Environment-ID")


def test_a_missing_environment_header_is_refused_by_its_name() -> None:
    reply = call_edge("GET", f"{CAE}/applications", TOKEN)
    assert (reply.status, reply.code, reply.message.split()[0]) == (400, "CAE.01500001", "X-Environment-ID")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_jobs_calls_leave_it_to_their_handler_whether_the_environment_header_is_due(method: str) -> None:
    assert call_edge(method, JOB, TOKEN).json["environment"] is None


def test_a_malformed_environment_header_is_refused_on_the_jobs_calls_too() -> None:
    assert call_edge("GET", JOB, {**TOKEN, "X-Environment-ID": "x"}).code == "CAE.01500001"


def test_an_environment_header_plays_no_part_where_the_contract_has_none() -> None:
    assert call_edge("GET", "/v3/projects", {**TOKEN, "X-Environment-ID": "x"}).json["environment"] is None


@pytest.mark.parametrize("value", ["0", ENVIRONMENT])
def test_the_enterprise_project_is_handed_on_as_sent(value: str) -> None:
    reply = call_edge("GET", f"{CAE}/environments", {**TOKEN, "X-Enterprise-Project-ID": value})
    assert reply.json["enterprise"] == value


def test_without_an_enterprise_project_there_is_none() -> None:
    assert call_edge("GET", f"{CAE}/environments", TOKEN).json["enterprise"] is None


@pytest.mark.parametrize("value", ["", "00", "default"])
def test_a_malformed_enterprise_project_is_refused_by_its_name(value: str) -> None:
    reply = call_edge("GET", f"{CAE}/environments", {**TOKEN, "X-Enterprise-Project-ID": value})
    assert (reply.status, reply.message.split()[0]) == (400, "X-Enterprise-Project-ID")


def test_of_a_header_sent_twice_the_last_line_counts() -> None:
    lines = [(b"x-auth-token", b"bad"), (b"x-auth-token", b"good")]
    assert call_edge("GET", JOB, lines).status == 200


@pytest.mark.parametrize("value", [b"", b"a b", b"\xff", b"a" * 256])
def test_a_malformed_idempotency_key_is_refused(value: bytes) -> None:
    with pytest.raises(InvalidParameter, match="Idempotency-Key"):
        idempotency_key(value)


def test_an_idempotency_key_is_any_short_visible_text() -> None:
    assert (idempotency_key(b"deploy-7/of:today"), idempotency_key(None)) == ("deploy-7/of:today", None)


def test_every_request_has_an_id_of_its_own() -> None:
    async def some() -> list[str]:
        edge = edge_of()
        replies = [await request(edge, "GET", target, TOKEN) for target in (JOB, "/nothing", f"{CAE}/applications")]
        return [reply.headers["x-request-id"] for reply in replies]

    ids = asyncio.run(some())
    assert len(set(ids)) == 3
