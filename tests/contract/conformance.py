"""Holds an answer of the API against the published contract: status, shape, types, words, times.

`check_answer` says what is wrong; nothing is wrong when it says nothing. `operation_of` tells which operation a request
is for. What the contract says stands in `schema/`, where Homeport departs from it on purpose in `departures.toml`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

_HERE = Path(__file__).parent
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")
_TIME_NAMES = ("_at", "_time")
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "time": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
}

OPERATIONS: dict[str, Any] = json.loads((_HERE / "schema" / "operations.json").read_text())
CODES: dict[str, list[int]] = json.loads((_HERE / "schema" / "codes.json").read_text())
DEPARTURES: dict[str, Any] = tomllib.loads((_HERE / "departures.toml").read_text())


class Place(NamedTuple):
    """Where in an answer something stands: the operation, the path of fields, the field's own name."""

    operation: str
    path: str
    name: str = ""

    def child(self, name: str) -> Place:
        """Return the place of a field below this one."""
        return Place(self.operation, f"{self.path}.{name}" if self.path else name, name)

    def item(self) -> Place:
        """Return the place of an item of the list here."""
        return Place(self.operation, f"{self.path}[]", self.name)


def operation_of(method: str, path: str) -> str | None:
    """Return the id of the CAE operation that a request is for; None when it is for none. `path` has no query."""
    segments = path.split("/")
    for id_, known in OPERATIONS.items():
        template = known["path"].split("/")
        if known["method"] == method.upper() and len(template) == len(segments) and _fits(template, segments):
            return id_
    return None


def _fits(template: list[str], segments: list[str]) -> bool:
    return all(want == have or (want.startswith("{") and have) for want, have in zip(template, segments, strict=True))


def check_answer(operation: str, status: int, body: bytes) -> list[str]:
    """Return what is wrong with an answer of a CAE operation, a sentence each."""
    if status >= 400:
        return list(_failure(operation, status, body))
    if status == 304:
        return ["a 304 has a body"] if body else []
    known = OPERATIONS[operation]
    return [*_success_status(known, status), *_success_body(operation, known, body)]


def _success_status(known: dict[str, Any], status: int) -> Iterator[str]:
    if status != known["status"]:
        yield f"the status is {status}, not {known['status']}"


def _success_body(operation: str, known: dict[str, Any], body: bytes) -> Iterator[str]:
    if "response" not in known:
        if body:
            yield f"the body should be empty and is {body[:60]!r}"
        return
    try:
        value = json.loads(body)
    except ValueError:
        yield f"the body is no JSON: {body[:60]!r}"
        return
    yield from _walk(value, known["response"], Place(operation, ""))


def _failure(operation: str, status: int, body: bytes) -> Iterator[str]:
    try:
        error = json.loads(body)
    except ValueError:
        error = None
    if not isinstance(error, dict) or set(error) != {"error_code", "error_msg"}:
        yield f"an error has exactly error_code and error_msg, this one is {body[:120]!r}"
        return
    code, message = error["error_code"], error["error_msg"]
    if status not in _statuses(operation, code):
        yield f"{code} does not come with status {status}; it comes with {_statuses(operation, code)}"
    if not isinstance(message, str) or not message.strip():
        yield f"error_msg says nothing: {message!r}"


def _statuses(operation: str, code: str) -> list[int]:
    listed = [one["status"] for one in DEPARTURES["code"] if one["code"] == code and applies(one, operation)]
    return CODES.get(code, []) + listed


def _walk(value: Any, tree: Any, place: Place) -> Iterator[str]:
    if isinstance(tree, list):
        yield from _list(value, tree[0], place)
    elif isinstance(tree, dict):
        yield from _object(value, tree, place)
    elif tree.startswith("enum:"):
        yield from _word(value, tree.removeprefix("enum:").split("|"), place)
    elif tree.startswith("map:"):
        yield from _map(value, tree.removeprefix("map:"), place)
    else:
        yield from _leaf(value, tree, place)


def _list(value: Any, tree: Any, place: Place) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{place.path} is {_type(value)}, not a list"
        return
    for item in value:
        yield from _walk(item, tree, place.item())


def _object(value: Any, tree: dict[str, Any], place: Place) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place.path or 'the body'} is {_type(value)}, not an object"
        return
    if place.name in DEPARTURES["echoed"]["fields"]:
        return
    known = {name.rstrip("*"): inner for name, inner in tree.items()}
    for name in known.keys() - value.keys():
        if not _listed("absent", place.child(name)):
            yield f"{place.child(name).path} is missing"
    for name, inner in value.items():
        where = place.child(name)
        if name in known:
            yield from _walk(inner, known[name], where)
        elif listed := _listed("field", where):
            yield from _walk(inner, listed[0]["type"], where)
        else:
            yield f"{where.path} is no field of the contract"


def _map(value: Any, type_: str, place: Place) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place.path} is {_type(value)}, not an object"
    elif place.name not in DEPARTURES["echoed"]["fields"]:
        for name, inner in value.items():
            yield from _leaf(inner, type_, place.child(name))


def _word(value: Any, words: list[str], place: Place) -> Iterator[str]:
    if value not in words and value not in [one["value"] for one in _listed("value", place)]:
        yield f"{place.path} is {value!r}, not one of {', '.join(words)}"


def _leaf(value: Any, type_: str, place: Place) -> Iterator[str]:
    wanted = _TYPES[type_]
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        yield f"{place.path} is {_type(value)}, not {type_}"
    elif (
        isinstance(value, str) and (type_ == "time" or place.name.endswith(_TIME_NAMES)) and not _TIME.fullmatch(value)
    ):
        yield f"{place.path} is no time with six digits and Z: {value!r}"


def _is_time(type_: str, place: Place) -> bool:
    return type_ == "time" or (type_ == "string" and place.name.endswith(_TIME_NAMES))


def _listed(sort: str, place: Place) -> list[dict[str, Any]]:
    return [one for one in DEPARTURES.get(sort, []) if applies(one, place.operation) and one["at"] == place.path]


def applies(departure: dict[str, Any], operation: str) -> bool:
    """Tell whether a departure is one of this operation."""
    return operation in departure["operations"] or "*" in departure["operations"]


def _type(value: Any) -> str:
    return "null" if value is None else type(value).__name__
