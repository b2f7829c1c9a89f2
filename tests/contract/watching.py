"""Holds every answer that a test's clients get against what is promised of it; `departures` says what is wrong.

CAE's own operations are held against the published contract (`contract/conformance.py`), Homeport's against the types
of its table, and every answer against what holds for all of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from contract.conformance import OPERATIONS as CAE
from contract.conformance import check_answer
from homeport.api.operations import OPERATIONS
from homeport.api.operations.base import Operation
from support.answers import Heard

_REQUEST_ID = re.compile(r"[0-9a-f]{32}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")
_OURS = {operation.id: operation for operation in OPERATIONS}
_INTERNAL = "CAE.01500002"


def operation_of(method: str, path: str) -> str | None:
    """Return the id of the operation that a request is for; None for a path or method that is none."""
    return next((id_ for (verb, shape), id_ in _paths().items() if verb == method and shape.fullmatch(path)), None)


def departures(heard: Heard) -> list[str]:
    """Return what is wrong with an answer, a sentence each."""
    id_ = operation_of(heard.method, heard.path)
    where = f"{heard.method} {heard.path} ({id_ or 'no operation'})"
    return [f"{where}: {wrong}" for wrong in (*_of_any(heard), *_of_operation(id_, heard))]


@cache
def _paths() -> dict[tuple[str, re.Pattern[str]], str]:
    published = {id_: (known["method"], known["path"]) for id_, known in CAE.items()}
    ours = {operation.id: (operation.method, operation.path) for operation in OPERATIONS}
    return {
        (method, re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "/?")): id_
        for id_, (method, path) in (published | ours).items()
    }


def _of_any(heard: Heard) -> Iterator[str]:
    if not _REQUEST_ID.fullmatch(heard.headers.get("x-request-id", "")):
        yield f"its X-Request-Id is {heard.headers.get('x-request-id')!r}"
    if heard.body and not heard.headers.get("content-type", ""):
        yield "it has a body of no type"
    if _INTERNAL.encode() in heard.body and heard.status >= 500:
        yield f"the engine failed: {heard.body.decode()}"


def _of_operation(id_: str | None, heard: Heard) -> Iterator[str]:
    if heard.path.startswith("/v3/"):
        yield from _of_iam(heard)
    elif id_ in CAE:
        yield from check_answer(id_, heard.status, heard.body)
    elif heard.status >= 400:
        yield from _of_failure(heard)
    elif id_ is not None:
        yield from _of_our_own(_OURS[id_], heard)


def _of_failure(heard: Heard) -> Iterator[str]:
    error = _json(heard)
    if not isinstance(error, dict) or set(error) != {"error_code", "error_msg"} or not error["error_msg"]:
        yield f"an error has exactly error_code and error_msg, this one is {heard.body[:120]!r}"


def _of_iam(heard: Heard) -> Iterator[str]:
    if heard.status < 400:
        return
    error = _json(heard)
    inner = error.get("error") if isinstance(error, dict) else None
    if not isinstance(inner, dict) or inner.get("code") != heard.status or not inner.get("message"):
        yield f"an error of IAM names its status and says something, this one is {heard.body[:120]!r}"


def _of_our_own(operation: Operation, heard: Heard) -> Iterator[str]:
    if heard.status not in (operation.status, *dict(operation.others)):
        yield f"the status is {heard.status}, not {operation.status}"
    if operation.response is None or heard.status in (204, 304):
        return
    try:
        msgspec.json.decode(heard.body, type=operation.response)
    except msgspec.MsgspecError as error:
        yield f"its body is not as documented: {error}"
        return
    yield from _of_times(_json(heard), "")


def _of_times(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, dict):
        for field, inner in value.items():
            yield from _of_times(inner, field)
    elif isinstance(value, list):
        for inner in value:
            yield from _of_times(inner, name)
    elif name.endswith("_at") and isinstance(value, str) and not _TIME.fullmatch(value):
        yield f"{name} is no time with six digits and Z: {value!r}"


def _json(heard: Heard) -> Any:
    try:
        return json.loads(heard.body)
    except ValueError:
        return None
