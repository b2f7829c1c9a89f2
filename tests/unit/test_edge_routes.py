"""From a request line to an operation."""

import pytest

from homeport.api.operations import OPERATIONS, Operation
from homeport.api.routes import Routes, UnmatchedTable
from support.edge import ENVIRONMENT, IN_ENVIRONMENT, PROJECT, TOKEN, call_edge, tell

CAE = f"/v1/{PROJECT}/cae"
BUILT = {operation.id: tell for operation in OPERATIONS if operation.built}
ROUTES = Routes(OPERATIONS, BUILT)


def filled(operation: Operation) -> str:
    """Return the path with a value for each parameter that tells which it is."""
    path = operation.path
    for name in operation.params:
        path = path.replace(f"{{{name}}}", f"the-{name}")
    return path


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_every_operation_of_the_table_is_found_by_its_method_and_path(operation: Operation) -> None:
    path = filled(operation)
    route, params = ROUTES.find({"method": operation.method, "path": path, "raw_path": path.encode()})
    assert (route.operation.id, params) == (operation.id, tuple(f"the-{name}" for name in operation.params))


def test_no_two_operations_share_a_method_and_path() -> None:
    places = [(operation.method, operation.path) for operation in OPERATIONS]
    assert sorted(set(places)) == sorted(places)


def test_an_operation_that_acts_in_a_project_has_it_first_in_its_path() -> None:
    assert all(operation.params[0] == "project_id" for operation in OPERATIONS if operation.in_project)


def test_a_handler_that_is_missing_is_a_defect_of_the_assembly() -> None:
    with pytest.raises(UnmatchedTable, match=r"without a handler: \['ShowJob'\]"):
        Routes(OPERATIONS, {name: handler for name, handler in BUILT.items() if name != "ShowJob"})


@pytest.mark.parametrize("name", ["ShowNothing", "ListEips"])
def test_a_handler_of_an_operation_that_is_not_built_is_a_defect_of_the_assembly(name: str) -> None:
    with pytest.raises(UnmatchedTable, match=rf"without a built operation: \['{name}'\]"):
        Routes(OPERATIONS, {**BUILT, name: tell})


def test_a_segment_is_decoded_and_an_encoded_slash_does_not_separate() -> None:
    assert call_edge("GET", f"{CAE}/jobs/a%2Fb%20c", TOKEN).json["params"] == [PROJECT, "a/b c"]


def test_an_encoded_word_of_the_path_is_the_word() -> None:
    assert call_edge("GET", f"/v1/{PROJECT}/c%61e/jobs/j", TOKEN).json["operation"] == "ShowJob"


def test_a_long_path_is_found_like_any_other() -> None:
    assert call_edge("GET", f"{CAE}/jobs/{'j' * 10_000}", TOKEN).json["params"] == [PROJECT, "j" * 10_000]


@pytest.mark.parametrize("server_gives_raw_path", [True, False])
def test_one_slash_at_the_end_is_allowed(server_gives_raw_path: bool) -> None:
    path = f"{CAE}/environments/"
    scope = {"method": "GET", "path": path} | ({"raw_path": path.encode()} if server_gives_raw_path else {})
    assert ROUTES.find(scope)[0].operation.id == "ListEnvironments"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", ""),
        ("GET", "/v1"),
        ("GET", f"{CAE}/jobs"),
        ("GET", f"{CAE}/jobs/"),  # Terraform asks so for a job whose id it was not given
        ("GET", f"{CAE}//jobs/j"),
        ("GET", f"{CAE}/environments//"),
        ("GET", f"{CAE}/jobs/j/tasks"),
        ("GET", f"/V1/{PROJECT}/cae/jobs/j"),
        ("DELETE", f"{CAE}/jobs/j"),
        ("OPTIONS", f"{CAE}/jobs/j"),
        ("BREW", f"{CAE}/jobs/j"),
        ("PATCH", "/openapi.json"),
    ],
)
def test_a_path_or_method_that_is_none_is_404(method: str, path: str) -> None:
    reply = call_edge(method, path, IN_ENVIRONMENT)
    assert (reply.status, reply.code) == (404, "APIGW.0101")


def test_below_v3_an_unknown_path_is_answered_in_the_shape_of_iam() -> None:
    reply = call_edge("GET", "/v3/regions", TOKEN)
    assert (reply.status, reply.json["error"]["code"], reply.json["error"]["title"]) == (404, 404, "Not Found")


def test_the_method_counts_in_lower_case_too() -> None:
    assert call_edge("get", f"{CAE}/jobs/j", TOKEN).json["operation"] == "ShowJob"


def test_head_is_answered_as_get_without_the_body() -> None:
    get, head = (call_edge(method, f"{CAE}/jobs/j", TOKEN) for method in ("GET", "HEAD"))
    assert (head.status, head.headers["content-length"], head.body) == (200, str(len(get.body)), b"")


def test_a_nul_in_the_path_is_refused_before_anybody_looks_it_up() -> None:
    reply = call_edge("GET", f"{CAE}/jobs/a%00b", TOKEN)
    assert (reply.status, reply.code) == (400, "APIGW.0201")


def test_a_path_that_is_no_utf8_is_one_that_nobody_knows() -> None:
    assert call_edge("GET", f"{CAE}/jobs/%ff%fe", TOKEN).json["params"] == [PROJECT, "\ufffd\ufffd"]


def test_an_operation_that_is_not_built_says_so_and_where_to_read_on() -> None:
    reply = call_edge("GET", f"{CAE}/eips", {**TOKEN, "X-Environment-ID": ENVIRONMENT})
    assert (reply.status, reply.code, "parity" in reply.message) == (501, "HOMEPORT.0501", True)
