"""What a caller reads when a call fails."""

import asyncio
import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from homeport.api import codes
from homeport.api.calls import Answer, Call, Handler
from homeport.api.codes import GONE, INTERNAL, NOT_BUILT, Code
from homeport.api.errors import TABLE, ApiError, error_of, row_of
from homeport.api.operations import OPERATIONS_BY_ID
from homeport.model import errors as model
from homeport.model.errors import ApplicationNotFound, EnvironmentNotFound, Refused, TooManyAttempts, shown
from support.edge import IN_ENVIRONMENT, PROJECT, TOKEN, Tokens, call_edge, edge_of, request

JOB = f"/v1/{PROJECT}/cae/jobs/j"
ALL_CODES = [code for code in vars(codes).values() if isinstance(code, Code)]


def failing(error: BaseException) -> Handler:
    async def handler(call: Call) -> Answer:
        raise error

    return handler


def refusals() -> Iterator[type[Refused]]:
    """Yield the refusals of the model, without the bases they share."""
    waiting: list[type[Refused]] = [Refused]
    while waiting:
        found = [one for one in waiting.pop().__subclasses__() if one.__module__.startswith("homeport.model.")]
        waiting += found
        yield from (one for one in found if not one.__name__.startswith("_"))


REFUSALS = list(refusals())


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_every_refusal_of_the_model_has_a_row_of_its_own(refusal: type[Refused]) -> None:
    assert row_of(refusal, "") in TABLE


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_every_refusal_has_a_kind_of_its_own_and_says_what_it_means(refusal: type[Refused]) -> None:
    others = {one.kind for one in REFUSALS if one is not refusal}
    assert refusal.kind
    assert refusal.kind not in others
    assert inspect.getdoc(refusal)


def test_rows_by_operation_name_operations_there_are() -> None:
    named = {operation for row in TABLE for operation in row.operations}
    assert named <= OPERATIONS_BY_ID.keys()


@pytest.mark.parametrize(
    ("refusal", "operation", "expected"),
    [
        (ApplicationNotFound("a"), "ShowApplication", (500, "CAE.01500003")),
        (ApplicationNotFound("a"), "DeleteApplication", (404, "CAE.01500003")),
        (ApplicationNotFound("a"), "ListComponents", (400, "CAE.01500208")),
        (model.ComponentNotFound("c"), "DeleteComponent", (400, "CAE.01500208")),
        (EnvironmentNotFound("e"), "DeleteEnvironment", (400, "CAE.01500404")),
        (EnvironmentNotFound("e"), "ListApplications", (400, "CAE.01500404")),
        (EnvironmentNotFound("e"), "RetryJob", (404, "CAE.01500005")),
        (model.JobNotFound("j"), "ShowJob", (404, "CAE.01500005")),
        (model.WrongState("stop", "c", "created", allowed="Deploy first."), "ExecuteAction", (500, "CAE.01500202")),
        (model.JobActive("stop", "c", "j"), "ExecuteAction", (500, "CAE.01500202")),
        (model.RetryRefused("j", "It runs."), "RetryJob", (500, "CAE.01500501")),
        (model.EnvironmentNotEmpty("e", ["a"]), "DeleteEnvironment", (500, "CAE.01500402")),
        (model.EnvironmentBeingDeleted("e", "j"), "DeleteEnvironment", (500, "CAE.01500403")),
        (model.EnvironmentNameTaken("n"), "CreateEnvironment", (400, "CAE.01500001")),
        (model.ApplicationNameTaken("n"), "CreateApplication", (400, "CAE.01500001")),
        (model.ComponentNameTaken("n"), "CreateComponent", (400, "CAE.01500205")),
        (model.InvalidEnvironmentName("n", allowed="x"), "CreateEnvironment", (400, "CAE.01500001")),
        (model.InvalidApplicationName("n", allowed="x"), "CreateApplication", (400, "CAE.01500214")),
        (model.InvalidComponentName("n", allowed="x"), "CreateComponent", (400, "CAE.01500206")),
        (model.ApplicationNotEmpty("a", ["c"]), "DeleteApplication", (400, "CAE.01500212")),
        (model.ComponentHasInstances("c", 1), "DeleteComponent", (400, "CAE.01500207")),
        (model.EnvValueNotText("PORT"), "CreateComponentConfiguration", (400, "CAE.01500211")),
        (model.ProjectForbidden("p"), "ShowJob", (400, "CAE.01501800")),
        (model.RoleMissing("cae:job:retry", has="a", needs="b"), "RetryJob", (403, "APIGW.0302")),
        (model.Unauthenticated("decrypt token fail"), "ShowJob", (401, "APIGW.0301")),
        (model.TokenExpired("2026-01-01T00:00:00.000000Z"), "ShowJob", (401, "APIGW.0307")),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Refused) else str(value),
)
def test_a_refusal_is_answered_as_the_contract_has_it(
    refusal: Refused, operation: str, expected: tuple[int, str]
) -> None:
    error = error_of(refusal, operation)
    assert error is not None
    assert (error.status, error.code, error.message) == (*expected, refusal.text)


def test_codes_are_used_once_each() -> None:
    assert len({code.text for code in ALL_CODES}) == len(ALL_CODES)


@pytest.mark.parametrize("code", [INTERNAL, NOT_BUILT, codes.UNAVAILABLE, codes.CONFLICT, codes.KEY_REUSED])
def test_terraform_takes_no_failure_of_ours_for_a_resource_that_is_gone(code: Code) -> None:
    assert code.text not in GONE
    assert code.status != 404


def test_a_defect_is_500_with_a_code_of_no_meaning_and_nothing_of_the_inside(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reply = call_edge("GET", JOB, TOKEN, handlers={"ShowJob": failing(ValueError("the secret"))})
    assert (reply.status, reply.code) == (500, "CAE.01500002")
    assert "secret" not in reply.message
    assert "ValueError" not in reply.message


def test_a_defect_stands_in_the_log_under_the_request_id_that_the_caller_reads(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reply = call_edge("GET", JOB, TOKEN, handlers={"ShowJob": failing(ValueError("the secret"))})
    logged = capsys.readouterr().out
    assert reply.headers["x-request-id"] in reply.message
    assert reply.headers["x-request-id"] in logged
    assert "the secret" in logged


def test_a_defect_of_the_authenticator_is_no_caller_either(capsys: pytest.CaptureFixture[str]) -> None:
    class Broken(Tokens):
        async def authenticate(self, call: Call) -> Any:
            raise ZeroDivisionError

    assert call_edge("GET", JOB, {}, authenticator=Broken()).status == 500


def test_a_refusal_of_a_sort_the_table_does_not_know_is_a_defect(capsys: pytest.CaptureFixture[str]) -> None:
    class Strange(Refused, kind="strange"):
        pass

    assert call_edge("GET", JOB, TOKEN, handlers={"ShowJob": failing(Strange("strange"))}).status == 500


def test_an_error_of_an_iam_call_has_iams_shape() -> None:
    reply = call_edge("GET", "/v3/projects", {})
    assert reply.json == {
        "error": {
            "code": 401,
            "message": "Incorrect IAM authentication information: decrypt token fail",
            "title": "Unauthorized",
        }
    }


def test_who_tried_too_often_is_told_when_to_come_back() -> None:
    reply = call_edge("GET", JOB, TOKEN, handlers={"ShowJob": failing(TooManyAttempts(30))})
    assert (reply.status, reply.code, reply.headers["retry-after"]) == (429, "APIGW.0308", "30")


def test_an_error_that_only_the_edge_knows_is_answered_as_it_says() -> None:
    error = ApiError(codes.CONFLICT, "No.", status=418)
    reply = call_edge("GET", JOB, TOKEN, handlers={"ShowJob": failing(error)})
    assert (reply.status, reply.json) == (418, {"error_code": "HOMEPORT.0409", "error_msg": "No."})


def test_a_call_that_is_cancelled_is_not_answered() -> None:
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(
            request(edge_of({"ShowJob": failing(asyncio.CancelledError())}), "GET", JOB, IN_ENVIRONMENT),
        )


def test_text_of_a_user_is_shown_quoted_short_and_without_control_characters() -> None:
    assert (shown("a\n\x00b"), len(shown("x" * 1000))) == ("'a\\n\\x00b'", 82)


def test_names_are_listed_up_to_ten() -> None:
    message = model.EnvironmentNotEmpty("e", [f"app-{number}" for number in range(12)]).text
    assert "app-9 and 2 more" in message
    assert "app-10" not in message
