"""Paths, headers, ids and queries that lead nowhere: what is told, with which code, and that nothing changes.

contract/errors.md, section 4; DESIGN.md, section 3 on the order of the checks and on the headers.
"""

from __future__ import annotations

import pytest

from homeport.api.operations import OPERATIONS_BY_ID
from homeport.api.operations.base import EnvironmentHeader, Operation
from homeport.model.states import Status
from support.cae import Application, new_environment
from support.desk import NOBODY, Desk
from support.server import PROJECT

pytestmark = pytest.mark.unmeasured

BUILT = [operation for operation in OPERATIONS_BY_ID.values() if operation.built]
IN_AN_ENVIRONMENT = [operation for operation in BUILT if operation.environment is EnvironmentHeader.REQUIRED]
OF_JOBS = [OPERATIONS_BY_ID["ShowJob"], OPERATIONS_BY_ID["RetryJob"]]
ENTERPRISE = [operation for operation in BUILT if operation.enterprise]

MALFORMED_IDS = {
    "empty": "",
    "a name": "production",
    "upper case": NOBODY.replace("1", "A"),
    "without hyphens": NOBODY.replace("-", ""),
    "two": f"{NOBODY},{NOBODY}",
    "long": "1" * 4_000,
    "other letters": "\xe9\xe9\xe9\xe9",
}


def by_id(operation: Operation) -> str:
    return operation.id


# --- headers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", [*IN_AN_ENVIRONMENT, *OF_JOBS], ids=by_id)
def test_a_call_without_its_environment_names_the_header(desk: Desk, operation: Operation) -> None:
    refused = desk.refusal(operation.method, desk.place(operation.path), desk.token)
    assert (refused.status, refused.code) == (400, "CAE.01500001")
    assert refused.message.startswith("X-Environment-ID is missing. Allowed: the id of ")


@pytest.mark.parametrize("operation", [*IN_AN_ENVIRONMENT, *OF_JOBS], ids=by_id)
@pytest.mark.parametrize("case", MALFORMED_IDS)
def test_an_environment_s_id_that_is_none_is_told_so(desk: Desk, operation: Operation, case: str) -> None:
    headers = desk.token | {"X-Environment-ID": MALFORMED_IDS[case]}
    refused = desk.refusal(operation.method, desk.place(operation.path), headers)
    assert (refused.status, refused.code) == (400, "CAE.01500001")
    assert refused.message == "X-Environment-ID is no id. Allowed: a UUID in lower case with hyphens."


@pytest.mark.parametrize("operation", IN_AN_ENVIRONMENT, ids=by_id)
def test_an_environment_that_is_not_there_is_told_so_by_every_call_inside_of_one(
    desk: Desk, operation: Operation
) -> None:
    refused = desk.refusal(operation.method, desk.place(operation.path), desk.token | {"X-Environment-ID": NOBODY})
    assert (refused.status, refused.code) == (400, "CAE.01500404")
    assert NOBODY in refused.message


@pytest.mark.parametrize("operation", OF_JOBS, ids=by_id)
@pytest.mark.parametrize("environment", ["nobody's", "another"])
def test_a_job_is_not_found_in_another_environment(desk: Desk, operation: Operation, environment: str) -> None:
    other = NOBODY if environment == "nobody's" else new_environment(desk.server)
    refused = desk.refusal(operation.method, desk.place(operation.path), desk.token | {"X-Environment-ID": other})
    assert (refused.status, refused.code) == (404, "CAE.01500005")
    assert desk.job in refused.message


@pytest.mark.parametrize("operation", ENTERPRISE, ids=by_id)
def test_an_enterprise_project_that_is_none_is_told_so(desk: Desk, operation: Operation) -> None:
    for value in ("1", "default", "00000000"):
        headers = desk.inside | {"X-Enterprise-Project-ID": value}
        refused = desk.refusal(operation.method, desk.place(operation.path), headers)
        assert (refused.status, refused.code) == (400, "CAE.01500001")
        assert refused.message.startswith("X-Enterprise-Project-ID is no id. Allowed: 0, or a UUID")


@pytest.mark.parametrize("operation", IN_AN_ENVIRONMENT, ids=by_id)
def test_an_enterprise_project_must_be_the_environment_s(desk: Desk, operation: Operation) -> None:
    headers = desk.inside | {"X-Enterprise-Project-ID": NOBODY}
    refused = desk.refusal(operation.method, desk.place(operation.path), headers)
    assert (refused.status, refused.code) == (400, "CAE.01500001")
    assert "X-Enterprise-Project-ID" in refused.message


@pytest.mark.parametrize("enterprise", ["0", NOBODY])
def test_no_job_is_hidden_by_an_enterprise_project(desk: Desk, enterprise: str) -> None:
    headers = desk.inside | {"X-Enterprise-Project-ID": enterprise}
    assert desk.send("GET", desk.place("/v1/{project_id}/cae/jobs/{job_id}"), headers).status_code == 200


@pytest.mark.parametrize("name", ["x-environment-id", "X-ENVIRONMENT-ID", "X-Environment-Id"])
def test_a_header_s_name_is_known_in_any_case(desk: Desk, name: str) -> None:
    headers = desk.token | {name: desk.application.environment_id}
    assert desk.send("GET", desk.place("/v1/{project_id}/cae/applications"), headers).status_code == 200


# --- ids in paths -----------------------------------------------------------------------------------------------------

OF_APPLICATION = [
    (operation, {"ShowApplication": (500, "CAE.01500003"), "DeleteApplication": (404, "CAE.01500003")})
    for operation in BUILT
    if "application_id" in operation.params
]
OF_COMPONENT = [
    operation for operation in BUILT if "component_id" in operation.params and "application_id" in operation.params
]
IDS = [NOBODY, "0", "x" * 5_000, "%2E%2E", "a%2Fb", "%C3%A9", "%FF", "'", '"%20or%201=1']


@pytest.mark.parametrize(("operation", "others"), OF_APPLICATION, ids=lambda value: getattr(value, "id", ""))
def test_an_application_that_is_not_there_is_told_so(
    desk: Desk, operation: Operation, others: dict[str, tuple[int, str]]
) -> None:
    for id_ in IDS:
        refused = desk.refusal(operation.method, desk.place(operation.path, application_id=id_), desk.inside)
        assert (refused.status, refused.code) == others.get(operation.id, (400, "CAE.01500208"))
        assert "Application " in refused.message
        assert len(refused.message) < 300


@pytest.mark.parametrize("operation", OF_COMPONENT, ids=by_id)
def test_a_component_that_is_not_there_is_told_so(desk: Desk, operation: Operation) -> None:
    for id_ in IDS:
        refused = desk.refusal(operation.method, desk.place(operation.path, component_id=id_), desk.inside)
        assert (refused.status, refused.code) == (400, "CAE.01500208")
        assert "Component " in refused.message


@pytest.mark.parametrize("operation", OF_COMPONENT, ids=by_id)
def test_a_component_is_not_there_in_another_application(desk: Desk, operation: Operation) -> None:
    other = Application(desk.server, desk.application.environment_id, desk.application.http)
    refused = desk.refusal(operation.method, desk.place(operation.path, application_id=other.id), desk.inside)
    assert (refused.status, refused.code) == (400, "CAE.01500208")


@pytest.mark.parametrize("operation", OF_COMPONENT, ids=by_id)
def test_an_application_is_not_there_in_another_environment(desk: Desk, operation: Operation) -> None:
    headers = desk.token | {"X-Environment-ID": new_environment(desk.server)}
    refused = desk.refusal(operation.method, desk.place(operation.path), headers)
    assert (refused.status, refused.code) == (400, "CAE.01500208")


@pytest.mark.parametrize("operation", OF_JOBS, ids=by_id)
def test_a_job_that_is_not_there_is_told_so(desk: Desk, operation: Operation) -> None:
    for id_ in IDS:
        for headers in (desk.inside, desk.token):
            refused = desk.refusal(operation.method, desk.place(operation.path, job_id=id_), headers)
            assert (refused.status, refused.code) == (404, "CAE.01500005")
            assert refused.message.startswith("Job ")


def test_an_environment_to_delete_that_is_not_there_is_told_so(desk: Desk) -> None:
    for id_ in IDS:
        path = desk.place("/v1/{project_id}/cae/environments/{environment_id}", environment_id=id_)
        refused = desk.refusal("DELETE", path, desk.token)
        assert (refused.status, refused.code) == (400, "CAE.01500404")


@pytest.mark.parametrize("id_", ["ShowJobRecord", "TerminateJob", "ListJobEvents", "ShowTaskLog"])
def test_a_job_of_homeport_s_own_calls_that_is_not_there_is_told_so(desk: Desk, id_: str) -> None:
    operation = OPERATIONS_BY_ID[id_]
    refused = desk.refusal(operation.method, desk.place(operation.path, job_id=NOBODY), desk.token)
    assert (refused.status, refused.code) == (404, "CAE.01500005")


@pytest.mark.parametrize("index", ["0", "6", "9999", "x", "-1", "1.0", "%D9%A1"])
def test_a_task_that_is_not_there_is_told_so(desk: Desk, index: str) -> None:
    refused = desk.refusal("GET", desk.place(OPERATIONS_BY_ID["ShowTaskLog"].path, index=index), desk.token)
    assert (refused.status, refused.code) in [(404, "HOMEPORT.0404"), (400, "CAE.01500001")]


def test_an_instance_that_is_not_there_is_told_so(desk: Desk) -> None:
    refused = desk.refusal("GET", desk.place(OPERATIONS_BY_ID["ShowInstanceLog"].path), desk.token)
    assert (refused.status, refused.code) == (404, "HOMEPORT.0404")


@pytest.mark.parametrize("id_", ["ShowCredential", "DeleteCredential"])
def test_a_credential_that_is_not_there_is_told_so(desk: Desk, id_: str) -> None:
    operation = OPERATIONS_BY_ID[id_]
    for name in ("none", "a%2Fb", "team%20git", "x" * 4_000):
        refused = desk.refusal(operation.method, desk.place(operation.path, name=name), desk.token)
        assert (refused.status, refused.code) == (404, "HOMEPORT.0404")


# --- paths and methods ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/v1"),
        ("GET", "//v1/{project_id}/cae/environments"),
        ("GET", "/v1/{project_id}/cae"),
        ("GET", "/v1/{project_id}/cae/nothing"),
        ("GET", "/v2/{project_id}/cae/environments"),
        ("GET", "/v1/{project_id}/cae/environments/{environment_id}"),
        ("GET", "/v1/{project_id}/cae/jobs"),
        ("GET", "/v1/{project_id}/cae/jobs/"),
        ("PATCH", "/v1/{project_id}/cae/environments"),
        ("PUT", "/v1/{project_id}/cae/jobs/{job_id}"),
        ("DELETE", "/v1/{project_id}/cae/jobs/{job_id}"),
        ("OPTIONS", "/v1/{project_id}/cae/environments"),
        ("GET", "/homeport/v1/{project_id}/nothing"),
    ],
)
def test_a_path_or_method_that_is_none_is_told_so(desk: Desk, method: str, path: str) -> None:
    refused = desk.refusal(method, desk.place(path), desk.inside)
    assert (refused.status, refused.code) == (404, "APIGW.0101")
    assert refused.message.startswith("There is no ")
    assert method in refused.message


@pytest.mark.parametrize("path", ["/v1/{project_id}/cae/jobs/%00", "/v1/%00/cae/environments", "/%00"])
def test_a_path_with_nul_is_refused(desk: Desk, path: str) -> None:
    refused = desk.refusal("GET", desk.place(path), desk.inside)
    assert (refused.status, refused.code) == (400, "APIGW.0201")
    assert "NUL" in refused.message


# --- queries ----------------------------------------------------------------------------------------------------------

COMPONENTS = "/v1/{project_id}/cae/applications/{application_id}/components"
CONFIGURATIONS = COMPONENTS + "/{component_id}/configurations"
JOBS = "/homeport/v1/{project_id}/jobs"
NUMBERS = ("-1", "1.5", "x", "%D9%A1", "9" * 400, "1e3", "0x1")


@pytest.mark.parametrize(
    ("path", "name", "values", "allowed"),
    [
        (COMPONENTS, "limit", ("0", "1001", *NUMBERS), "a whole number from 1 to 1000"),
        (COMPONENTS, "offset", ("1000000001", *NUMBERS), "a whole number from 0 to 1000000000"),
        (COMPONENTS, "sort_key", ("name", "CREATED_AT"), "created_at, updated_at"),
        (COMPONENTS, "sort", ("up", "DESC"), "asc, desc"),
        (CONFIGURATIONS, "displayMode", ("all", "latesteffective"), "latestEffective"),
        (JOBS, "limit", ("0", "501", *NUMBERS), "a whole number from 1 to 500"),
        (JOBS, "status", ("done", "SUCCESS", "failed,"), f"{', '.join(Status)}; several with commas between"),
        (JOBS, "after", ("1", "x", NOBODY.replace("1", "A")), "the `next` of the page before"),
        (JOBS + "/{job_id}/events", "after", NUMBERS, "a whole number from 0 to 9007199254740992"),
        (JOBS, "component_id", ("x", NOBODY.replace("1", "A")), "a UUID in lower case with hyphens"),
        (JOBS + "/{job_id}/events/stream", "after", NUMBERS, "a whole number from 0 to 9007199254740992"),
        (JOBS + "/{job_id}/wait", "timeout", ("61", *NUMBERS), "a whole number from 0 to 60"),
        (JOBS + "/{job_id}/wait", "after_seq", NUMBERS, "a whole number from 0 to 9007199254740992"),
        (JOBS + "/{job_id}/tasks/{index}/log", "start", NUMBERS, "a whole number from 0 to 9007199254740992"),
        (JOBS + "/{job_id}/tasks/{index}/log", "tail", ("10001", *NUMBERS), "a whole number from 0 to 10000"),
        (JOBS + "/{job_id}/tasks/{index}/log", "follow", ("yes", "2"), "true, false"),
    ],
)
def test_a_query_that_is_not_understood_names_the_parameter_and_what_is_allowed(
    desk: Desk, path: str, name: str, values: tuple[str, ...], allowed: str
) -> None:
    for value in values:
        refused = desk.refusal("GET", f"{desk.place(path)}?{name}={value}", desk.inside)
        assert (refused.status, refused.code) == (400, "CAE.01500001"), value
        assert refused.message.startswith(f"{name} ")
        assert refused.message.endswith(f"Allowed: {allowed}.")


@pytest.mark.parametrize("query", ["limit=1%00", "%00=1", "&".join(f"a{number}=1" for number in range(101))])
def test_a_query_with_nul_or_too_many_parameters_is_refused(desk: Desk, query: str) -> None:
    refused = desk.refusal("GET", f"{desk.place(COMPONENTS)}?{query}", desk.inside)
    assert (refused.status, refused.code) == (400, "CAE.01500001")
    assert refused.message.startswith("query ")


def test_the_project_in_the_path_is_looked_at_before_anything_inside_of_it(desk: Desk) -> None:
    path = f"/v1/{PROJECT[::-1]}/cae/applications/{NOBODY}"
    refused = desk.refusal("GET", path, desk.token | {"X-Environment-ID": "none"})
    assert refused.code == "CAE.01501800"
