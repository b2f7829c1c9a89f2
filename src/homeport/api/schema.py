"""JSON Schema of the types in the table of operations.

What msgspec makes is completed where a field is kept as raw JSON: there the shape it was checked against is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, get_args, get_origin

import msgspec

from homeport.api.kept import kept_fields

REF: Final = "#/components/schemas/{name}"

Schema = dict[str, Any]


def schemas_of(types: Iterable[Any]) -> tuple[dict[Any, Schema], dict[str, Schema]]:
    """Return the schema of each type, which mostly refers to a component, and the components by name."""
    wanted = [type_ for type_ in types if type_ is not None]
    structs = list(_structs(wanted))
    named = [*wanted, *structs, *(shape for struct in structs for shape in _shown(struct).values())]
    made, components = msgspec.json.schema_components(named, ref_template=REF)
    for struct in structs:
        _complete(struct, components[struct.__name__], named, made)
    return dict(zip(wanted, made, strict=False)), components


def _complete(struct: type[msgspec.Struct], schema: Schema, named: list[Any], made: tuple[Schema, ...]) -> None:
    for name, shape in _shown(struct).items():
        shown = made[next(index for index, known in enumerate(named) if known == shape)]
        optional = name not in schema.get("required", ())
        schema["properties"][name] = {"anyOf": [shown, {"type": "null"}]} if optional and shown else shown


def _shown(struct: type[msgspec.Struct]) -> dict[str, Any]:
    return {name: kept.shown or kept.shape for name, kept in kept_fields(struct).items()}


def _structs(types: Iterable[Any]) -> Iterator[type[msgspec.Struct]]:
    """Yield every Struct that is reached from `types`, each once."""
    waiting = list(types)
    seen: set[Any] = set()
    while waiting:
        type_ = waiting.pop()
        if _is_struct(type_):
            if type_ not in seen:
                seen.add(type_)
                yield type_
                waiting += [field.type for field in msgspec.structs.fields(type_)]
                waiting += _shown(type_).values()
        elif get_origin(type_) is not None:
            waiting += get_args(type_)


def _is_struct(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, msgspec.Struct)
