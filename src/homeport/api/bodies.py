"""From the bytes of a request's body to a typed value, or to words about what is wrong with it.

Fields that are kept as raw JSON (`kept.py`) are checked against their shape like any other.
"""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any, Final, TypeVar

import msgspec

from homeport.api.json_text import check_object
from homeport.api.kept import kept_fields, sent
from homeport.api.shapes import refusal_of

__all__ = ["LARGEST", "decode", "decode_kept", "decode_now", "sent"]

T = TypeVar("T")

LARGEST: Final = 1024 * 1024
"""The most bytes a body may have."""

_QUICK: Final = 32 * 1024


async def decode(body: bytes, type_: type[T]) -> T:
    """Return the body as a value of `type_`, a Struct.

    A large body is read in a thread, so that others need not wait for it. Raises `InvalidParameter` for anything that
    is no JSON object of this shape: the error names the field and what is allowed there.
    """
    if len(body) <= _QUICK:
        return decode_now(body, type_)
    return await asyncio.to_thread(decode_now, body, type_)


def decode_kept(text: bytes, type_: type[T], field: str) -> T:
    """Return the JSON of a kept field as a value of `type_`; `field` is its path, for messages.

    Raises `InvalidParameter`.
    """
    value = _read(text, type_, field)
    _check_kept(value, field)
    return value


def decode_now(body: bytes, type_: type[T]) -> T:
    """Return the body as a value of `type_`, like `decode`, but at once."""
    check_object(body)
    value = _read(body, type_, "")
    _check_kept(value, "")
    return value


def _read(text: bytes, type_: type[T], field: str) -> T:
    """Return JSON as a value of `type_`; `field` is the path of what is read."""
    try:
        return msgspec.json.decode(text, type=type_)
    except msgspec.ValidationError as error:
        raise refusal_of(error, type_, field) from None


def _check_kept(value: Any, path: str) -> None:
    """Check every raw field below `value` against its shape."""
    if isinstance(value, msgspec.Struct):
        _check_fields(value, path)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _check_kept(inner, f"{path}[{index}]")


def _check_fields(value: msgspec.Struct, path: str) -> None:
    kept = kept_fields(type(value))
    for name in value.__struct_fields__:
        inner = getattr(value, name)
        place = f"{path}.{name}" if path else name
        if name not in kept:
            _check_kept(inner, place)
        elif sent(inner) is not None or name in _required(type(value)):
            _read(bytes(inner), kept[name].shape, place)


@cache
def _required(type_: type[msgspec.Struct]) -> frozenset[str]:
    return frozenset(field.name for field in msgspec.structs.fields(type_) if field.required)
