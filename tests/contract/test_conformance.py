"""The table of operations against the published contract, and the checker of answers against answers that are wrong."""

import json
from typing import Any

import pytest

from contract.conformance import CODES, DEPARTURES, OPERATIONS, applies, check_answer, operation_of
from homeport.api import codes
from homeport.api.codes import Code
from homeport.api.errors import TABLE
from homeport.api.operations import CAE, EnvironmentHeader, Operation

JOB: dict[str, Any] = {
    "api_version": "v1",
    "kind": "Job",
    "spec": {
        "progress": 40,
        "status": "running",
        "tasks": [
            {
                "index": 1,
                "name": "upgrade",
                "status": "init",
                "detail": "",
                "created_at": "2023-02-16T11:24:07.950175Z",
                "updated_at": "2023-02-16T11:24:07.950175Z",
            }
        ],
    },
}
ENVIRONMENT: dict[str, Any] = {
    "id": "e",
    "name": "home",
    "job_id": "j",
    "status": "finish",
    "annotations": {"enterprise_project_id": "0"},
    "created_at": "2023-02-16T11:24:07.950175Z",
    "updated_at": "2023-02-16T11:24:07.950175Z",
}


def encoded(value: Any) -> bytes:
    return json.dumps(value).encode()


def environments(**changed: Any) -> bytes:
    return encoded({"api_version": "v1", "kind": "Environment", "items": [{**ENVIRONMENT, **changed}]})


def job(**changed: Any) -> bytes:
    return encoded({**JOB, "spec": {**JOB["spec"], **changed}})


def task(**changed: Any) -> bytes:
    return job(tasks=[{**JOB["spec"]["tasks"][0], **changed}])


def error(code: str, message: Any = "No.") -> bytes:
    return encoded({"error_code": code, "error_msg": message})


# The table


@pytest.mark.parametrize("operation", CAE, ids=lambda operation: operation.id)
def test_the_table_has_method_path_and_status_as_the_contract(operation: Operation) -> None:
    known = OPERATIONS[operation.id]
    assert (operation.method, operation.path, operation.status) == (known["method"], known["path"], known["status"])


def test_the_table_has_every_operation_of_the_contract_and_no_other() -> None:
    assert sorted(operation.id for operation in CAE) == sorted(OPERATIONS)


@pytest.mark.parametrize("operation", CAE, ids=lambda operation: operation.id)
def test_the_table_has_headers_and_parameters_as_the_contract(operation: Operation) -> None:
    known = OPERATIONS[operation.id]
    wants_environment = operation.environment is not EnvironmentHeader.UNUSED
    assert (wants_environment, operation.enterprise) == (
        "X-Environment-ID*" in known["headers"],
        "X-Enterprise-Project-ID" in known["headers"],
    )
    if operation.built:
        more = [one["name"] for one in DEPARTURES["query"] if applies(one, operation.id)]
        assert [f"{one.name}{'*' * one.required}" for one in operation.query] == known["query"] + more


@pytest.mark.parametrize("operation", CAE, ids=lambda operation: operation.id)
def test_the_table_has_a_body_and_an_answer_where_the_contract_has_them(operation: Operation) -> None:
    known = OPERATIONS[operation.id]
    if operation.built:
        assert (operation.request is not None, operation.response is not None) == (
            "request" in known,
            "response" in known,
        )


def test_every_code_of_cae_or_its_gateway_is_a_published_one_or_listed() -> None:
    ours = {code.text for code in vars(codes).values() if isinstance(code, Code)}
    listed = {departure["code"] for departure in DEPARTURES["code"]}
    assert {code for code in ours if not code.startswith("HOMEPORT.")} <= CODES.keys() | listed


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.refusal.__name__} {' '.join(row.operations)}")
def test_every_refusal_is_answered_as_published_or_listed(row: Any) -> None:
    if row.code.text in ("HOMEPORT.0404", "HOMEPORT.0409", "HOMEPORT.0416"):  # only Homeport's own calls answer these
        return
    operations = row.operations or (["ShowJob"] if row.refusal.__name__ == "JobNotFound" else ["CreateComponent"])
    for operation in operations:
        assert check_answer(operation, row.status or row.code.status, error(row.code.text)) == []


# The checker


@pytest.mark.parametrize(
    ("operation", "status", "body"),
    [
        ("ShowJob", 200, encoded(JOB)),
        ("ShowJob", 304, b""),
        ("RetryJob", 200, b""),
        ("ListEnvironments", 200, environments()),
        ("ListEnvironments", 200, environments(status="create_failed")),
        ("ListEnvironments", 200, encoded({"api_version": "v1", "kind": "Environment", "items": []})),
        ("ListComponentInstances", 200, encoded({"api_version": "v1", "kind": "ComponentInstance", "items": []})),
        ("DeleteApplication", 204, b""),
        ("ShowApplication", 500, error("CAE.01500003")),
        ("DeleteApplication", 404, error("CAE.01500003")),
        ("ListEips", 501, error("HOMEPORT.0501")),
    ],
)
def test_a_right_answer_has_no_faults(operation: str, status: int, body: bytes) -> None:
    assert check_answer(operation, status, body) == []


@pytest.mark.parametrize(
    ("operation", "status", "body", "fault"),
    [
        ("ShowJob", 201, encoded(JOB), "the status is 201, not 200"),
        ("ShowJob", 304, b"{}", "a 304 has a body"),
        ("ShowJob", 200, b"", "the body is no JSON"),
        ("ShowJob", 200, b"[]", "the body is list, not an object"),
        ("ShowJob", 200, encoded({**JOB, "kind": "job"}), "kind is 'job', not one of Job"),
        ("ShowJob", 200, encoded({**JOB, "id": "j"}), "id is no field of the contract"),
        ("ShowJob", 200, encoded({"api_version": "v1", "kind": "Job"}), "spec is missing"),
        ("ShowJob", 200, job(progress="40"), "spec.progress is str, not number"),
        ("ShowJob", 200, job(progress=True), "spec.progress is bool, not number"),
        ("ShowJob", 200, job(status=None), "spec.status is null, not string"),
        ("ShowJob", 200, job(tasks={}), "spec.tasks is dict, not a list"),
        ("ShowJob", 200, task(index=1.0), "spec.tasks[].index is float, not integer"),
        ("ShowJob", 200, task(detail=None), "spec.tasks[].detail is null, not string"),
        ("ShowJob", 200, task(created_at="2023-02-16T11:24:07Z"), "spec.tasks[].created_at is no time"),
        ("ShowJob", 200, task(updated_at="2023-02-16T11:24:07.950175+00:00"), "spec.tasks[].updated_at is no time"),
        ("ShowJob", 200, task(log="x"), "spec.tasks[].log is no field of the contract"),
        ("RetryJob", 200, b"{}", "the body should be empty"),
        ("ListEnvironments", 200, environments(status="broken"), "items[].status is 'broken', not one of"),
        ("ListEnvironments", 200, environments(annotations={"a": 1}), "items[].annotations.a is int, not string"),
        ("ListEnvironments", 200, environments(annotations=[]), "items[].annotations is list, not an object"),
        ("ShowApplication", 400, error("CAE.01500003"), "CAE.01500003 does not come with status 400"),
        ("ShowApplication", 404, error("CAE.01500003"), "CAE.01500003 does not come with status 404"),
        ("ShowJob", 500, error("CAE.99999999"), "CAE.99999999 does not come with status 500"),
        ("ShowJob", 404, error("CAE.01500005", ""), "error_msg says nothing"),
        ("ShowJob", 404, error("CAE.01500005", None), "error_msg says nothing"),
        ("ShowJob", 404, b"Not Found", "an error has exactly error_code and error_msg"),
        ("ShowJob", 404, encoded({"error": {"code": 404}}), "an error has exactly error_code and error_msg"),
    ],
)
def test_a_wrong_answer_is_caught(operation: str, status: int, body: bytes, fault: str) -> None:
    (found,) = check_answer(operation, status, body)
    assert found.startswith(fault)


def test_what_a_user_sent_goes_back_unchecked_but_as_the_type_it_has() -> None:
    item = {"type": "env", "data": {"new": [1]}, "operation_id": "o", "operated_at": "2023-02-16T11:24:07.950175Z"}
    item |= {"is_activated": True, "is_using": False}

    def faults(**changed: Any) -> list[str]:
        answer = {"api_version": "v1", "kind": "ComponentConfiguration", "items": [{**item, **changed}]}
        return check_answer("ListComponentConfigurations", 200, encoded(answer))

    assert (faults(), faults(data="x")) == ([], ["items[].data is str, not an object"])


@pytest.mark.parametrize("operation", CAE, ids=lambda operation: operation.id)
def test_a_request_is_known_by_its_method_and_path(operation: Operation) -> None:
    assert operation_of(operation.method.lower(), operation.path.replace("{", "a-").replace("}", "")) == operation.id


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/v3/projects"), ("PATCH", "/v1/p/cae/jobs/j"), ("GET", "/v1/p/cae/jobs/")]
)
def test_a_request_that_is_none_of_cae_is_known_as_such(method: str, path: str) -> None:
    assert operation_of(method, path) is None


# The departures


def tree_at(operation: str, path: str) -> Any:
    """Return what the contract has at a path of an answer; None when it has nothing there."""
    tree: Any = OPERATIONS[operation]["response"]
    for step in path.split("."):
        fields = {name.rstrip("*"): inner for name, inner in tree.items()}
        tree = fields.get(step.removesuffix("[]"))
        if step.endswith("[]"):
            tree = tree[0]
    return tree


@pytest.mark.parametrize("departure", DEPARTURES["field"], ids=lambda one: one["at"])
def test_a_listed_field_is_one_that_the_contract_has_not(departure: dict[str, Any]) -> None:
    assert [tree_at(operation, departure["at"]) for operation in departure["operations"]] == [None]


@pytest.mark.parametrize("departure", DEPARTURES["value"], ids=lambda one: one["at"])
def test_a_listed_word_is_one_that_the_contract_has_not(departure: dict[str, Any]) -> None:
    for operation in departure["operations"]:
        tree = tree_at(operation, departure["at"])
        assert departure["value"] not in tree.removeprefix("enum:").split("|")


@pytest.mark.parametrize("departure", DEPARTURES["absent"], ids=lambda one: one["at"])
def test_a_field_listed_as_absent_is_one_that_the_contract_has(departure: dict[str, Any]) -> None:
    assert all(tree_at(operation, departure["at"]) is not None for operation in departure["operations"])


@pytest.mark.parametrize("departure", DEPARTURES["code"], ids=lambda one: f"{one['code']} {one['status']}")
def test_a_listed_code_is_one_that_the_contract_has_not_with_this_status(departure: dict[str, Any]) -> None:
    assert departure["status"] not in CODES.get(departure["code"], [])


@pytest.mark.parametrize("sort", ["query", "field", "value", "absent", "code"])
def test_every_departure_has_its_reason(sort: str) -> None:
    assert all(departure["reason"].endswith(".") for departure in DEPARTURES[sort])
