"""From the bytes of a request's body to a typed value, or to words about what is wrong with it.

What a user must get back exactly as sent stays raw JSON: a field annotated `Annotated[Raw | UnsetType, Kept(Shape)]` is
checked against `Shape` and then kept byte for byte.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Any, Final, TypeVar, get_type_hints

import msgspec
from msgspec import UNSET, Raw, UnsetType

from homeport.api.shapes import allowed_at
from homeport.model.errors import InvalidParameter

T = TypeVar("T")

LARGEST: Final = 1024 * 1024
"""The most bytes a body may have."""

DEEPEST: Final = 64
"""How many arrays and objects may stand inside each other."""

_QUICK: Final = 32 * 1024
_STRING: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_NO_BRACKETS: Final = bytes(byte for byte in range(256) if byte not in b"[]{}")
_STEP: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_FAULT: Final = re.compile(r"(?P<what>.*?)(?: - at `(?P<path>[^`]*)`)?", re.DOTALL)
_MALFORMED: Final = re.compile(r"JSON is malformed: (?P<what>.*) \(byte (?P<at>\d+)\)")


class Kept(msgspec.Struct, frozen=True):
    """Marks a field of type Raw: the shape its JSON must have. The JSON itself is kept as it was sent.

    `shown` is what the documentation says of it, where that is more than what is checked.
    """

    shape: Any
    shown: Any = None


def sent(raw: Raw | UnsetType) -> bytes | None:
    """Return the JSON of a kept field; None when it was left out or null."""
    if raw is UNSET:
        return None
    text = bytes(raw)
    return None if text == b"null" else text


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
    value = read(text, type_, field)
    _check_kept(value, field)
    return value


def decode_now(body: bytes, type_: type[T]) -> T:
    """Return the body as a value of `type_`, like `decode`, but at once."""
    _check_text(body)
    value = read(body, type_, "")
    _check_kept(value, "")
    return value


def read(text: bytes, type_: type[T], field: str) -> T:
    """Return JSON as a value of `type_`; `field` is the path of what is read, for the message of `InvalidParameter`."""
    try:
        return msgspec.json.decode(text, type=type_)
    except msgspec.ValidationError as error:
        raise _wrong_shape(error, type_, field) from None


def _check_text(body: bytes) -> None:
    """Refuse what is no JSON object, with NUL, or nested too deeply.

    The whole is decoded once without a type, because a raw field is otherwise not looked into: it could hold bytes that
    are no UTF-8, or numbers nothing can read.
    """
    if not body.strip():
        raise InvalidParameter("body", "is missing", allowed="a JSON object")
    if nesting(body) > DEEPEST:
        raise InvalidParameter("body", "is nested too deeply", allowed=f"{DEEPEST} levels")
    if not isinstance(_generic(body), dict):
        raise InvalidParameter("body", "is no JSON object", allowed="an object: {…}")
    if _NUL.search(body):
        raise InvalidParameter("body", "holds a NUL character (\\u0000)", allowed="any other text")


def _generic(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except UnicodeDecodeError:
        raise InvalidParameter("body", "is no UTF-8", allowed="JSON in UTF-8") from None
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise InvalidParameter("body", f"is no JSON: {_where(str(error))}", allowed="a JSON object in UTF-8") from None


def _where(text: str) -> str:
    match = _MALFORMED.fullmatch(text)
    if match:
        return f"{match['what']} at byte {match['at']}"
    return "it ends too early" if "truncated" in text else "it holds a value that cannot be read"


def nesting(body: bytes) -> int:
    """Return how many arrays and objects stand inside each other at the deepest place of a JSON text."""
    if body.count(b"[") + body.count(b"{") <= DEEPEST:
        return 0 if not body else 1
    brackets = _STRING.sub(b"", body).translate(None, _NO_BRACKETS)
    return max(accumulate(map(_STEP.__getitem__, brackets)), default=0)


def _wrong_shape(error: msgspec.ValidationError, type_: Any, field: str) -> InvalidParameter:
    match = _FAULT.fullmatch(str(error))
    what, path = (match["what"], match["path"] or "$") if match else (str(error), "$")
    missing = re.fullmatch(r"Object missing required field `(\w+)`", what)
    if missing:
        path, what = f"{path}.{missing[1]}", "is missing"
    elif what.startswith("Expected"):
        what = "has a wrong value" if ", got" not in what else f"is of type {_json_word(what.rpartition('got ')[2])}"
    else:
        what = "has a wrong value"
    return InvalidParameter(_join(field, path), what, allowed=allowed_at(type_, path))


_WORDS: Final = {"str": "string", "int": "number", "float": "number", "bool": "boolean"}


def _json_word(name: str) -> str:
    bare = name.strip("`")
    return _WORDS.get(bare, bare)


def _join(field: str, path: str) -> str:
    inner = path.removeprefix("$").removeprefix(".")
    if not field:
        return inner or "body"
    return f"{field}{path.removeprefix('$')}"


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
            read(bytes(inner), kept[name].shape, place)


@cache
def kept_fields(type_: type[msgspec.Struct]) -> dict[str, Kept]:
    """Return how a Struct's raw fields are marked, by name."""
    return dict(_kept_of(type_))


def _kept_of(type_: type[msgspec.Struct]) -> Iterator[tuple[str, Kept]]:
    for name, hint in get_type_hints(type_, include_extras=True).items():
        for mark in getattr(hint, "__metadata__", ()):
            if isinstance(mark, Kept):
                yield name, mark


@cache
def _required(type_: type[msgspec.Struct]) -> frozenset[str]:
    return frozenset(field.name for field in msgspec.structs.fields(type_) if field.required)
