"""Whether a request's body is a JSON object that can be read, stored and shown without surprises."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any, Final

import msgspec

from homeport.model.errors import InvalidParameter

DEEPEST: Final = 64
"""How many arrays and objects may stand inside each other."""

_STRING: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_NO_BRACKETS: Final = bytes(byte for byte in range(256) if byte not in b"[]{}")
_STEP: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_MALFORMED: Final = re.compile(r"JSON is malformed: (?P<what>.*) \(byte (?P<at>\d+)\)")


def check_object(body: bytes) -> None:
    """Raise `InvalidParameter` for what is no JSON object in UTF-8, holds NUL, or is nested too deeply.

    The whole is decoded once without a type, because a raw field is otherwise not looked into: it could hold bytes that
    are no UTF-8, or numbers nothing can read.
    """
    if not body.strip():
        raise InvalidParameter("body", "is missing", allowed="a JSON object")
    value = _any_json(body)
    if nesting(body) > DEEPEST:
        raise _too_deep()
    if not isinstance(value, dict):
        raise InvalidParameter("body", "is no JSON object", allowed="an object: {…}")
    if b"u0000" in body and _NUL.search(body):
        raise InvalidParameter("body", "holds a NUL character (\\u0000)", allowed="any other text")


def _any_json(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except RecursionError:
        raise _too_deep() from None
    except UnicodeDecodeError:
        raise InvalidParameter("body", "is no UTF-8", allowed="JSON in UTF-8") from None
    except (msgspec.DecodeError, ValueError) as error:
        raise InvalidParameter("body", f"is no JSON: {_where(str(error))}", allowed="a JSON object in UTF-8") from None


def _too_deep() -> InvalidParameter:
    return InvalidParameter("body", "is nested too deeply", allowed=f"{DEEPEST} levels")


def _where(text: str) -> str:
    match = _MALFORMED.fullmatch(text)
    if match:
        return f"{match['what']} at byte {match['at']}"
    return "it ends too early" if "truncated" in text else "it holds a value that cannot be read"


def nesting(body: bytes) -> int:
    """Return how many arrays and objects stand inside each other at the deepest place of a JSON text.

    Only for text that is JSON: where strings may be without an end, looking for them takes time without one, too. A
    text with too few brackets to be deep is not looked at: its nesting counts as the number of them.
    """
    most = body.count(b"[") + body.count(b"{")
    if most <= DEEPEST:
        return most
    brackets = _STRING.sub(b"", body).translate(None, _NO_BRACKETS)
    return max(accumulate(map(_STEP.__getitem__, brackets)), default=0)
