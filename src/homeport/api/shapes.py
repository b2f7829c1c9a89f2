"""What a type allows at one place, in words a user understands."""

from __future__ import annotations

import re
from typing import Any, Final

from msgspec import inspect

_STEP: Final = re.compile(r"\.(?P<field>[^.\[]+)|\[(?P<index>\d+|\.\.\.)\]")


def allowed_at(type_: Any, path: str) -> str:
    """Return what may stand at `path` (as msgspec writes it: `$.spec.ports[0].port`) below a value of `type_`."""
    node: inspect.Type | None = inspect.type_info(type_)
    for step in _STEP.finditer(path):
        node = _child(node, step["field"])
    return "what the documentation of this operation says" if node is None else in_words(node)


def _child(node: inspect.Type | None, field: str | None) -> inspect.Type | None:
    bare = _without_null(node)
    if isinstance(bare, inspect.StructType) and field is not None:
        return next((known.type for known in bare.fields if known.encode_name == field), None)
    if isinstance(bare, inspect.DictType):
        return bare.value_type
    if isinstance(bare, inspect.ListType | inspect.VarTupleType):
        return bare.item_type
    return None


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
    if isinstance(bare, inspect.EnumType):
        return "one of " + ", ".join(str(member.value) for member in bare.cls)
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
