"""What differs between two versions of a component, field by field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec

HIDDEN: Final = "***"
"""What is shown of a value that is a secret: that it is there, and that it has changed."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A field that is not the same in both: its path, and its values; None where it is not there.

    Values that are no text are JSON.
    """

    field: str
    before: str | None = None
    after: str | None = None


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], shown: Callable[[str, str], str]
) -> tuple[Difference, ...]:
    """Return what differs between two JSON objects, by path in the order of the alphabet: `source.url`, `ports[0]`.

    An object or list without anything in it is as good as none. `shown(path, value)` returns what is shown of a value;
    it is asked after the values were compared.
    """
    old, new = dict(_leaves("", before)), dict(_leaves("", after))
    return tuple(
        Difference(
            field=path,
            before=shown(path, old[path]) if path in old else None,
            after=shown(path, new[path]) if path in new else None,
        )
        for path in sorted(old.keys() | new.keys())
        if old.get(path) != new.get(path)
    )


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(f"{path}.{name}" if path else str(name), inner)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _leaves(f"{path}[{position}]", inner)
    elif value is not None:
        yield path, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
