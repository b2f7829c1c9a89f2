"""Operators on single entries of a configuration of type `access` (contract/contract.md, section 8).

An item, and a port of it, that names an operator changes what is in effect instead of replacing all of it: `add` adds
it, `copy` adds a copy of the entry of its `uid` with the fields that are given, `modify` changes these fields of that
entry, `delete` removes it. Entries that are not named stay. Either every item and every port names one, or none does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final

from homeport.model.errors import InvalidParameter, shown

OPERATORS: Final = ("add", "copy", "modify", "delete")

_CHILDREN: Final = "ports"

Entry = dict[str, Any]


def has_operators(spec: Mapping[str, Any]) -> bool:
    """Tell whether a decoded `data.spec` changes single entries."""
    return any(entry.get("operator") for _, entry in _entries(spec, ""))


def check_operators(spec: Mapping[str, Any], field: str) -> None:
    """Pass when each operator is one, all entries have one, and those that need a `uid` have it.

    `field` is the path of `spec` in the request.

    Raises:
        InvalidParameter: one of them is not so.
    """
    for at, entry in _entries(spec, field):
        operator = entry.get("operator") or ""
        if not operator:
            problem = "is missing, and other items or ports have one"
            raise InvalidParameter(f"{at}.operator", problem, allowed="an operator in every item and port, or in none")
        if operator not in OPERATORS:
            raise InvalidParameter(f"{at}.operator", f"is {shown(str(operator))}", allowed=", ".join(OPERATORS))
        if operator != "add" and not _uid(entry):
            raise InvalidParameter(f"{at}.uid", "is missing", allowed="the uid of an entry that is in effect")


def with_uids(spec: Mapping[str, Any]) -> Entry:
    """Return a decoded `data.spec` in which every item and port has a `uid`; those that have one keep it.

    The same spec always gets the same ones.
    """
    return _numbered(spec, _next_number(spec))


def applied(spec: Mapping[str, Any], effective: Mapping[str, Any], field: str) -> Entry:
    """Return what operators make of what is in effect; both are decoded `data.spec`, and the answer has no operators.

    Raises:
        InvalidParameter: a `uid` is not in effect, or is there twice.
    """
    base = with_uids(effective)
    items = _changed(base.get("items") or (), spec.get("items") or (), f"{field}.items")
    return _numbered({**base, **spec, "items": items}, max(_next_number(base), _next_number({"items": items})))


def _changed(before: Sequence[Entry], edits: Sequence[Mapping[str, Any]], field: str) -> list[Entry]:
    """Return entries as edits make them; each edit is of an entry as it was before all of them."""
    after: dict[int, Entry] = dict(enumerate(before))
    for index, edit in enumerate(edits):
        at, operator = f"{field}[{index}]", edit["operator"]
        new = len(before) + index
        if operator == "add":
            _refuse_known(before, edit, at)
            after[new] = _merged({}, edit, at)
            continue
        place = _place(before, edit, at)
        if operator == "delete":
            after.pop(place, None)
        elif operator == "modify":
            after[place] = _merged(before[place], edit, at)
        else:
            after[new] = _without_uids(_merged(before[place], edit, at))
    return [after[place] for place in sorted(after)]


def _merged(entry: Entry, edit: Mapping[str, Any], at: str) -> Entry:
    """Return an entry with the fields of an edit that are neither left out nor empty."""
    given = {name: value for name, value in edit.items() if name != "operator" and value not in (None, "", [], {})}
    if _CHILDREN in given:
        given[_CHILDREN] = _changed(entry.get(_CHILDREN) or (), given[_CHILDREN], f"{at}.{_CHILDREN}")
    return {**entry, **given, **({"uid": entry["uid"]} if _uid(entry) else {})}


def _without_uids(entry: Entry) -> Entry:
    bare = {name: value for name, value in entry.items() if name != "uid"}
    if bare.get(_CHILDREN):
        bare[_CHILDREN] = [_without_uids(child) for child in bare[_CHILDREN]]
    return bare


def _place(entries: Sequence[Entry], edit: Mapping[str, Any], at: str) -> int:
    places = [place for place, entry in enumerate(entries) if _uid(entry) == _uid(edit)]
    if len(places) == 1:
        return places[0]
    problem = f"{shown(_uid(edit))} is {'that of several entries' if places else 'not'} in effect"
    there = ", ".join(dict.fromkeys(_uid(entry) for entry in entries)) or "none: nothing is in effect there"
    raise InvalidParameter(f"{at}.uid", problem, allowed=there)


def _refuse_known(entries: Sequence[Entry], edit: Mapping[str, Any], at: str) -> None:
    if _uid(edit) and any(_uid(entry) == _uid(edit) for entry in entries):
        problem = f"{shown(_uid(edit))} is that of another entry"
        raise InvalidParameter(f"{at}.uid", problem, allowed="no uid: one is given to each new entry")


def _next_number(spec: Mapping[str, Any]) -> int:
    numbers = [int(_uid(entry)) for _, entry in _entries(spec, "") if _uid(entry).isdecimal()]
    return max(numbers, default=0) + 1


def _numbered(spec: Mapping[str, Any], first: int) -> Entry:
    numbers = count(first)

    def named(entry: Mapping[str, Any]) -> Entry:
        with_own = dict(entry) if _uid(entry) else {**entry, "uid": str(next(numbers))}
        if entry.get(_CHILDREN):
            with_own[_CHILDREN] = [named(child) for child in entry[_CHILDREN]]
        return with_own

    if not spec.get("items"):
        return dict(spec)
    return {**spec, "items": [named(item) for item in spec["items"]]}


def _uid(entry: Mapping[str, Any]) -> str:
    """Return an entry's uid as text: it is a string by schema, and a number in CAE's examples."""
    uid = entry.get("uid")
    return "" if uid is None else str(uid)


def _entries(spec: Mapping[str, Any], field: str) -> Iterator[tuple[str, Entry]]:
    """Yield every item and every port with its path."""
    for index, item in enumerate(spec.get("items") or ()):
        yield f"{field}.items[{index}]", item
        for number, port in enumerate(item.get(_CHILDREN) or ()):
            yield f"{field}.items[{index}].{_CHILDREN}[{number}]", port
