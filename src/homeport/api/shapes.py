"""What is wrong with a value of some type, and what the type allows there, in words a user understands."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec
from msgspec import inspect

from homeport.api.kept import kept_fields
from homeport.model.errors import InvalidParameter

_FAULT: Final = re.compile(r"(?P<what>.*?)(?: - at `(?P<path>[^`]*)`)?", re.DOTALL)
_MISSING: Final = re.compile(r"Object missing required field `(\w+)`")
_KIND: Final = re.compile(r"Expected `[^`]*`, got `(\w+)`")
_JSON_WORDS: Final = {"str": "string", "int": "number", "float": "number", "bool": "boolean"}
_STEP: Final = re.compile(r"\.(?P<field>[^.\[]+)|\[(?P<index>\d+|\.\.\.)\]")


def refusal_of(error: msgspec.ValidationError, type_: Any, field: str) -> InvalidParameter:
    """Return the refusal of JSON that is no value of `type_`; `field` is the path of that JSON, empty for a body."""
    what, path, problem = _parts(str(error))
    missing = _MISSING.fullmatch(what)
    if missing:
        path, problem = f"{path}.{missing[1]}", "is missing"
    return InvalidParameter(_join(field, path), problem, allowed=allowed_at(type_, path))


def _parts(message: str) -> tuple[str, str, str]:
    """Return what msgspec says, the path where, and how we say it."""
    match = _FAULT.fullmatch(message)
    what, path = (match["what"], match["path"] or "$") if match else (message, "$")
    kind = _KIND.fullmatch(what)
    return what, path, f"is of type {_JSON_WORDS.get(kind[1], kind[1])}" if kind else "has a wrong value"


def _join(field: str, path: str) -> str:
    inner = path.removeprefix("$")
    return f"{field}{inner}" if field else inner.removeprefix(".") or "body"


def allowed_at(type_: Any, path: str) -> str:
    """Return what may stand at `path` (as msgspec writes it: `$.spec.ports[0].port`) below a value of `type_`."""
    node: inspect.Type | None = inspect.type_info(type_)
    for step in _STEP.finditer(path):
        node = _child(node, step["field"])
    return "what the documentation of this operation says" if node is None else in_words(node)


def _child(node: inspect.Type | None, field: str | None) -> inspect.Type | None:
    bare = _without_null(node)
    if isinstance(bare, inspect.StructType) and field is not None:
        return _field(bare, field)
    if isinstance(bare, inspect.DictType):
        return bare.value_type
    if isinstance(bare, inspect.ListType | inspect.VarTupleType):
        return bare.item_type
    return None


def _field(struct: inspect.StructType, name: str) -> inspect.Type | None:
    kept = kept_fields(struct.cls).get(name)
    if kept is not None:
        return inspect.type_info(kept.shape)
    return next((known.type for known in struct.fields if known.encode_name == name), None)


def _without_null(node: inspect.Type | None) -> inspect.Type | None:
    if isinstance(node, inspect.Metadata):
        return _without_null(node.type)
    if not isinstance(node, inspect.UnionType):
        return node
    return next((_without_null(inner) for inner in node.types if not isinstance(inner, inspect.NoneType)), None)


def in_words(node: inspect.Type) -> str:
    """Return what a type allows: `a whole number from 1 to 99`, `one of deploy, upgrade`."""
    bare = _without_null(node)
    if isinstance(bare, inspect.LiteralType):
        return "one of " + ", ".join(str(value) for value in bare.values)
    if isinstance(bare, inspect.IntType):
        return "a whole number" + _span(bare.ge, bare.le)
    if isinstance(bare, inspect.DictType):
        return f"an object whose values are {_plural(bare.value_type)}"
    if isinstance(bare, inspect.ListType | inspect.VarTupleType):
        return f"an array of {_plural(bare.item_type)}"
    return _PLAIN.get(type(bare), "an object")


_PLAIN: Final[dict[type, str]] = {
    inspect.StrType: "a string",
    inspect.BoolType: "true, false",
    inspect.FloatType: "a number",
    inspect.AnyType: "any JSON",
    inspect.RawType: "any JSON",
}


_PLURAL: Final[dict[type, str]] = {
    inspect.StrType: "strings",
    inspect.IntType: "whole numbers",
    inspect.AnyType: "any JSON",
}


def _span(least: int | None, most: int | None) -> str:
    if least is None:
        return ""
    return f" from {least} to {most}" if most is not None else f" of at least {least}"


def _plural(node: inspect.Type) -> str:
    return _PLURAL.get(type(_without_null(node)), "objects")
