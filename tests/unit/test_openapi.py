"""The OpenAPI document and the pages made from the table of operations."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeport.api import docs_page, parity
from homeport.api.bodies import decode_now
from homeport.api.openapi import document, failures_of
from homeport.api.operations import OPERATIONS, OPERATIONS_BY_ID, Operation
from homeport.model.errors import InvalidParameter
from support.edge import call_edge

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parents[2]
DOCUMENT = document(OPERATIONS)
BUILT = [operation for operation in OPERATIONS if operation.built]
WITH_BODY = [operation for operation in BUILT if operation.request is not None]


def described(operation: Operation) -> Any:
    return DOCUMENT["paths"][operation.path][operation.method.lower()]


def everywhere(value: Any) -> Iterator[Any]:
    """Yield every object in a JSON value."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from everywhere(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from everywhere(inner)


def test_the_document_has_exactly_the_operations_that_are_built() -> None:
    found = {inner["operationId"] for path in DOCUMENT["paths"].values() for inner in path.values()}
    assert found == {operation.id for operation in BUILT}


def test_every_reference_leads_somewhere() -> None:
    for place in everywhere(DOCUMENT):
        if "$ref" in place:
            target: Any = DOCUMENT
            for step in place["$ref"].removeprefix("#/").split("/"):
                target = target[step]


def test_the_document_is_one_that_schemathesis_can_test_from() -> None:
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    found = [result.ok().definition.raw["operationId"] for result in schema.get_all_operations()]
    assert sorted(found) == sorted(operation.id for operation in BUILT)


@pytest.mark.parametrize("operation", BUILT, ids=lambda operation: operation.id)
def test_every_parameter_of_a_path_is_described(operation: Operation) -> None:
    in_path = [one["name"] for one in described(operation)["parameters"] if one["in"] == "path"]
    assert in_path == list(operation.params)


@pytest.mark.parametrize("operation", BUILT, ids=lambda operation: operation.id)
def test_every_failure_of_an_operation_is_described_by_its_code(operation: Operation) -> None:
    responses = described(operation)["responses"]
    assert all(code.text in responses[str(status)]["description"] for status, code in failures_of(operation))


def test_fields_kept_as_raw_json_are_described_by_the_shape_they_are_checked_against() -> None:
    source = DOCUMENT["components"]["schemas"]["ComponentSpec"]["properties"]["source"]
    assert source == {"$ref": "#/components/schemas/Source"}


def test_limits_are_described() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    replica = schemas["ComponentSpec"]["properties"]["replica"]
    name = schemas["ComponentMetadata"]["properties"]["name"]
    assert (replica["minimum"], replica["maximum"], name["minLength"], name["maxLength"]) == (1, 99, 4, 32)


SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)


def as_clients_write_it(value: Any) -> Any:
    """Return a JSON value with whole numbers as whole numbers: to JSON Schema 1.0 is one, to Homeport it is none."""
    if isinstance(value, dict):
        return {name: as_clients_write_it(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_clients_write_it(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def holds_nul(value: Any) -> bool:
    """Tell whether a JSON value has a NUL anywhere; a backslash with u0000 behind it, as six characters, is none."""
    if isinstance(value, dict):
        return any(holds_nul(part) for part in (*value, *value.values()))
    if isinstance(value, list):
        return any(map(holds_nul, value))
    return isinstance(value, str) and "\0" in value


def problem_with(body: bytes, type_: Any) -> str:
    """Return the field for which a body is refused; empty when it is taken."""
    try:
        decode_now(body, type_)
    except InvalidParameter as refusal:
        return refusal.field
    return ""


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda operation: operation.id)
@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_a_body_made_from_the_document_is_one_that_is_accepted(operation: Operation, data: st.DataObject) -> None:
    body = data.draw(SCHEMA[operation.path][operation.method].as_strategy()).body
    text = msgspec.json.encode(as_clients_write_it(body))
    # JSON Schema cannot forbid NUL, which is refused for the body as a whole.
    assert problem_with(text, operation.request) == ("body" if holds_nul(body) else "")


def test_the_document_is_served() -> None:
    reply = call_edge("GET", "/openapi.json", handlers=docs_page.handlers())
    assert reply.json == json.loads(msgspec.json.encode(DOCUMENT))


# The page for people


def page() -> tuple[str, str]:
    html, policy = docs_page.page(msgspec.json.encode(DOCUMENT))
    return html.decode(), policy


def test_the_page_is_served_with_a_policy() -> None:
    reply = call_edge("GET", "/docs", handlers=docs_page.handlers())
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_page_needs_nothing_from_anywhere_else() -> None:
    html, _ = page()
    assert re.findall(r"""(?:src|href)=["'](?!#|data:,|openapi\.json)""", html) == []
    assert re.findall(r"\burl\(", html) == []
    assert "@import" not in html


@pytest.mark.parametrize(("tag", "directive"), [("style", "style-src"), ("script", "script-src")])
def test_the_policy_allows_the_parts_of_the_page_and_no_others(tag: str, directive: str) -> None:
    html, policy = page()
    (part,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
    assert f"{directive} 'sha256-{digest}'" in policy


def test_nothing_in_the_document_can_break_out_of_the_page() -> None:
    html, _ = docs_page.page(b'{"info": "</script><script>alert(1)</script>"}')
    (embedded,) = re.findall(r'<script type="application/json" id="document">(.*?)</script>', html.decode(), re.DOTALL)
    assert json.loads(embedded) == {"info": "</script><script>alert(1)</script>"}


# Parity


def test_the_parity_page_is_the_one_made_from_the_table() -> None:
    written = (ROOT / "docs" / "reference" / "parity.md").read_text()
    assert written == parity.page(), "run: python -m homeport.api.parity > docs/reference/parity.md"


def test_the_parity_page_tells_what_is_built_from_what_is_not() -> None:
    text = parity.page()
    assert f"| ShowJob | GET | `{OPERATIONS_BY_ID['ShowJob'].path}` | yes |" in text
    assert f"| ListEips | GET | `{OPERATIONS_BY_ID['ListEips'].path}` | not yet |" in text
