"""Requests that Schemathesis makes from the OpenAPI document, good and bad, against a real engine.

No input makes a 5xx that is not a documented code, and no answer departs from its documented schema. The requests are
the same in every run; most ids are replaced by ones that exist, so that bodies and states are reached.

It is no file that the suite collects, for making the requests takes seconds in each of its processes:
test_schemathesis.py runs it in one of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from hypothesis import settings
from schemathesis.checks import CHECKS, load_all_checks

from contract.watching import departures
from homeport.api.openapi import document
from homeport.api.operations import OPERATIONS
from support.answers import Heard
from support.desk import Desk, open_desk

load_all_checks()
SCHEMA = schemathesis.openapi.from_dict(document(OPERATIONS))
AS_DOCUMENTED = [
    CHECKS.get_one(name)
    for name in (
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
    )
]
"""`not_a_server_error` is none of them: CAE answers a wrong state with 500."""

CREDENTIAL = "team-git"
"""The name of a credential that exists."""


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk of its own, since some of the requests succeed."""
    with open_desk(tmp_path_factory.mktemp("disturbed") / "data") as desk:
        credential = {"name": CREDENTIAL, "type": "git-https", "username": "ada", "password": "t0ken"}
        path = desk.place("/homeport/v1/{project_id}/credentials")
        assert desk.send("POST", path, desk.token, json.dumps(credential).encode()).status_code == 201
        yield desk


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


def furnished(desk: Desk, case: schemathesis.Case) -> Mapping[str, str]:
    """Give a case a project it may use, and mostly ids that exist; return the headers it is sent with."""
    known = {
        "application_id": desk.application.id,
        "component_id": desk.deployed,
        "job_id": desk.job,
        "environment_id": desk.application.environment_id,
        "name": CREDENTIAL,
    }
    for name, value in case.path_parameters.items():
        if name == "project_id" or (name in known and len(str(value)) % 4):
            case.path_parameters[name] = desk.place("{project_id}") if name == "project_id" else known[name]
    headers = dict(desk.token)
    if case.headers and len(case.headers.get("X-Environment-ID", "")) % 4 == 0:
        headers["X-Environment-ID"] = desk.application.environment_id
    return headers


@SCHEMA.parametrize()
@settings(max_examples=10, derandomize=True)
def test_an_answer_is_as_documented_whatever_was_asked(
    case: schemathesis.Case, disturbed: Desk, session: requests.Session
) -> None:
    answer: Any = case.call(base_url=disturbed.server.url, session=session, headers=dict(furnished(disturbed, case)))
    heard = Heard(
        case.method,
        urlsplit(str(answer.request.url)).path,
        answer.status_code,
        {name.lower(): ", ".join(values) for name, values in answer.headers.items()},
        answer.content,
    )
    assert departures(heard) == []
    case.validate_response(answer, checks=AS_DOCUMENTED)
