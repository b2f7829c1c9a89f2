"""Bodies that are none, and bodies with something wrong in them: what is told, and that nothing changes.

contract/errors.md, section 4: the status and code of each case; every message names the field and what is allowed.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from homeport.api.operations import OPERATIONS_BY_ID
from homeport.api.operations.base import Operation
from support.certificates import certificate
from support.desk import Desk

pytestmark = pytest.mark.unmeasured

WITH_BODY = [
    operation
    for operation in OPERATIONS_BY_ID.values()
    if operation.built and operation.request is not None and not operation.iam
]

SPEC = {
    "runtime": "Docker",
    "replica": 1,
    "source": {"type": "image", "url": "nginx:1"},
    "resource_limit": {"cpu_limit": "500m", "memory_limit": "1Gi"},
}
PAIR = dict(zip(("crt", "key"), certificate("shop.test"), strict=True))
GOOD: dict[str, dict[str, Any]] = {
    "CreateEnvironment": {"metadata": {"name": "fine", "annotations": {"type": "exclusive"}}},
    "CreateApplication": {"metadata": {"name": "fine"}},
    "CreateComponent": {"metadata": {"name": "fine", "annotations": {"version": "1.0.0"}}, "spec": SPEC},
    "UpdateComponent": {"metadata": {"name": "fine"}, "spec": SPEC},
    "CreateComponentWithConfiguration": {
        "metadata": {"name": "fine"},
        "spec": SPEC,
        "configurations": [{"type": "env", "data": {"spec": {"envs": {"A": "1"}}}}],
    },
    "CreateComponentConfiguration": {"items": [{"type": "env", "data": {"spec": {"envs": {"A": "1"}}}}]},
    "ExecuteAction": {"metadata": {"name": "upgrade", "annotations": {}}, "spec": {"source": {"url": "nginx:2"}}},
    "CreateCredential": {"name": "fine", "type": "git-https", "username": "ada", "password": "t0ken"},
    "CreateCertificate": {"metadata": {"name": "fine"}, "spec": PAIR},
    "UpdateCertificate": {"spec": PAIR},
    "CreateDomain": {"metadata": {"name": "shop.example.com"}},
    "CreateVolume": {"spec": {"resource_type": "sfs", "resource_sub_type": "sfs3.0", "resources": ["data"]}},
}

UPDATABLE = {"UpdateComponent"}


def place(desk: Desk, operation: Operation) -> str:
    """Return the operation's path on components where it could succeed."""
    component = desk.created if operation.id in UPDATABLE else desk.deployed
    return desk.place(operation.path, component_id=component)


def refuse(desk: Desk, id_: str, body: Any) -> tuple[tuple[int, str], str]:
    """Return how an operation refuses a body: status and code, and the message."""
    operation = OPERATIONS_BY_ID[id_]
    refused = desk.refusal(operation.method, place(desk, operation), desk.inside, body)
    return (refused.status, refused.code), refused.message


def by_id(operation: Operation) -> str:
    return operation.id


def test_every_operation_with_a_body_has_a_good_one_here() -> None:
    assert GOOD.keys() == {operation.id for operation in WITH_BODY}


# --- bodies that are none ---------------------------------------------------------------------------------------------

NO_BODIES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "body is missing. Allowed: a JSON object."),
    "blanks": (b"  \n", "body "),
    "text": (b"name=fine", "body is no JSON: "),
    "half of it": (b'{"metadata": {"name": "fi', "body is no JSON: it ends too early. Allowed: a JSON object"),
    "more behind it": (b'{"metadata":{"name":"fine"}} {}', "body is no JSON: "),
    "single quotes": (b"{'metadata': {}}", "body is no JSON: "),
    "not a number": (b'{"metadata": NaN}', "body is no JSON: "),
    "another encoding": (b'{"metadata":{"name":"caf\xe9"}}', "body is no UTF-8. Allowed: JSON in UTF-8."),
    "two bytes a character": ('{"metadata":{}}'.encode("utf-16"), "body is no "),
    "half a surrogate": (b'{"metadata":{"name":"\\ud800"}}', "body "),
    "NUL": (b'{"metadata":{"name":"fi\x00ne"}}', "body "),
    "NUL as an escape": (b'{"metadata":{"name":"fi\\u0000ne"}}', "body holds a NUL character (\\u0000)"),
    "a list": (b"[]", "body is no JSON object. Allowed: an object: {…}."),
    "null": (b"null", "body is no JSON object. Allowed: an object: {…}."),
    "a number": (b"1", "body is no JSON object. Allowed: an object: {…}."),
    "a string": (b'"fine"', "body is no JSON object. Allowed: an object: {…}."),
    "lists in lists": (b"[" * 100_000 + b"]" * 100_000, "body "),
    "objects in objects": (b'{"metadata":' * 5_000 + b"1" + b"}" * 5_000, "body "),
}


def test_what_is_accepted_changes_the_contents_that_no_refusal_may_change(desk: Desk) -> None:
    before = desk.contents()
    component_id = desk.application.component()
    assert component_id not in str(before)
    assert component_id in str(desk.contents())


@pytest.mark.parametrize("case", NO_BODIES)
@pytest.mark.parametrize("operation", WITH_BODY, ids=by_id)
def test_a_body_that_is_none_is_refused(desk: Desk, operation: Operation, case: str) -> None:
    body, message = NO_BODIES[case]
    answer, told = refuse(desk, operation.id, body)
    assert answer == (400, "CAE.01500001")
    assert told.startswith(message)


@pytest.mark.parametrize("pieces", [False, True], ids=["with its length", "in pieces"])
@pytest.mark.parametrize("operation", WITH_BODY, ids=by_id)
def test_a_body_that_is_too_large_is_refused(desk: Desk, operation: Operation, pieces: bool) -> None:
    body = json.dumps(GOOD[operation.id] | {"padding": "x" * 1_048_576}).encode()
    before = desk.contents()

    def in_pieces() -> Iterator[bytes]:
        yield from (body[start : start + 65_536] for start in range(0, len(body), 65_536))

    answer = desk.send(operation.method, place(desk, operation), desk.inside, in_pieces() if pieces else body)
    error = answer.json()
    assert (answer.status_code, error["error_code"]) == (413, "APIGW.0201")
    assert error["error_msg"] == "The body is too large. Allowed: 1048576 bytes."
    assert desk.contents() == before


# --- fields -----------------------------------------------------------------------------------------------------------

WRONG_TYPES = (None, 1, 1.5, "text", True, [], [1], {}, {"a": 1})


def fields(value: Any, path: str = "") -> Iterator[str]:
    """Yield the paths of all that a body has, but for what its user may write as they like."""
    if isinstance(value, dict) and path != "metadata.annotations":
        for name, inner in value.items():
            yield f"{path}.{name}".removeprefix(".")
            yield from fields(inner, f"{path}.{name}".removeprefix("."))
    elif isinstance(value, list):
        yield from fields(value[0], f"{path}[0]")


def replaced(body: Any, path: str, value: Any) -> Any:
    """Return a body with another value at a path."""
    changed = copy.deepcopy(body)
    *steps, last = path.replace("[0]", ".0").split(".")
    inner = changed
    for step in steps:
        inner = inner[int(step) if step == "0" else step]
    inner[last] = value
    return changed


REQUIRED = {
    "CreateEnvironment": ("metadata", "metadata.name"),
    "CreateApplication": ("metadata", "metadata.name"),
    "CreateComponent": (
        "metadata",
        "metadata.name",
        "spec",
        "spec.runtime",
        "spec.replica",
        "spec.source",
        "spec.source.type",
        "spec.source.url",
        "spec.resource_limit",
        "spec.resource_limit.cpu_limit",
        "spec.resource_limit.memory_limit",
    ),
    "UpdateComponent": ("metadata", "metadata.name", "spec", "spec.resource_limit"),
    "CreateComponentWithConfiguration": ("metadata", "spec", "spec.source.url", "configurations[0].type"),
    "CreateComponentConfiguration": ("items[0].type",),
    "ExecuteAction": ("metadata", "metadata.name"),
    "CreateCredential": ("name", "type"),
    "CreateCertificate": ("metadata", "metadata.name", "spec", "spec.crt", "spec.key"),
    "UpdateCertificate": ("spec", "spec.crt", "spec.key"),
    "CreateDomain": ("metadata", "metadata.name"),
    "CreateVolume": ("spec", "spec.resource_type", "spec.resource_sub_type", "spec.resources"),
}


@pytest.mark.parametrize(("id_", "path"), [(id_, path) for id_, paths in REQUIRED.items() for path in paths])
def test_a_field_that_is_missing_is_named_with_what_belongs_there(desk: Desk, id_: str, path: str) -> None:
    body = copy.deepcopy(GOOD[id_])
    *steps, last = path.replace("[0]", ".0").split(".")
    inner = body
    for step in steps:
        inner = inner[int(step) if step == "0" else step]
    del inner[last]
    answer, told = refuse(desk, id_, body)
    assert answer == (400, "CAE.01500001")
    assert told.startswith(f"{path} is missing. Allowed: ")


@pytest.mark.parametrize(
    ("id_", "path"), [(id_, path) for id_, body in GOOD.items() for path in fields(body) if ".data" not in path]
)
def test_a_field_of_another_type_is_named_with_what_is_allowed(desk: Desk, id_: str, path: str) -> None:
    for value in WRONG_TYPES:
        if type(value) is type(_at(GOOD[id_], path)) or _fine(id_, path, value):
            continue
        answer, told = refuse(desk, id_, replaced(GOOD[id_], path, value))
        assert answer in [(400, "CAE.01500001"), (400, "CAE.01500206"), (400, "CAE.01500214")], f"{path} = {value!r}"
        assert told.startswith(path), f"{path} = {value!r}: {told}"
        assert "Allowed: " in told


def _at(body: Any, path: str) -> Any:
    for step in path.replace("[0]", ".0").split("."):
        body = body[int(step) if step == "0" else step]
    return body


def _fine(id_: str, path: str, value: Any) -> bool:
    """Tell whether a value may stand there, though it is of another type than the one in the good body."""
    if id_ == "ExecuteAction" and path in ("spec", "spec.source", "spec.source.url"):
        return value in (None, {})
    if id_ == "UpdateComponent" and path in ("spec.runtime", "spec.replica", "spec.source"):
        return value is None
    return path in ("metadata.annotations", "configurations", "items") and not value
