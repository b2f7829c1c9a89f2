"""Query parameters: decoded, and read by simple rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl

from homeport.model.clock import micros_of
from homeport.model.errors import InvalidParameter, shown
from homeport.model.ids import is_uuid

_MOST_PARAMETERS: Final = 100


def parse(query_string: bytes) -> Mapping[str, str]:
    """Return the parameters of a query; of one that comes twice the first counts.

    Bytes that are no UTF-8 become U+FFFD. Raises `InvalidParameter` for more than 100 parameters and for NUL.
    """
    try:
        pairs = parse_qsl(
            query_string.decode("utf-8", "replace"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=_MOST_PARAMETERS,
        )
    except ValueError as error:
        raise InvalidParameter("query", "has too many parameters", allowed=f"{_MOST_PARAMETERS}") from error
    if any("\0" in part for pair in pairs for part in pair):
        raise InvalidParameter("query", "holds a NUL character", allowed="any other text")
    return dict(reversed(pairs))


def whole_number(query: Mapping[str, str], name: str, default: int, *, least: int, most: int) -> int:
    """Return a parameter that is a whole number from `least` to `most`; absent or empty it is `default`.

    Raises `InvalidParameter`.
    """
    text = query.get(name, "")
    if not text:
        return default
    if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most:
        return int(text)
    raise InvalidParameter(name, "is no such number", allowed=f"a whole number from {least} to {most}")


def one_of(query: Mapping[str, str], name: str, default: str, *, allowed: Sequence[str]) -> str:
    """Return a parameter that is one of a few words; absent or empty it is `default`. Raises `InvalidParameter`."""
    text = query.get(name, "")
    if not text:
        return default
    if text in allowed:
        return text
    raise InvalidParameter(name, "is no such word", allowed=", ".join(allowed))


def several_of(query: Mapping[str, str], name: str, *, allowed: Sequence[str]) -> tuple[str, ...]:
    """Return a parameter that is some of a few words, separated by commas; absent or empty it is none of them.

    Raises `InvalidParameter`.
    """
    words = tuple(dict.fromkeys(query.get(name, "").split(","))) if query.get(name) else ()
    for word in words:
        if word not in allowed:
            raise InvalidParameter(
                name, f"has {shown(word)}", allowed=f"{', '.join(allowed)}; several with commas between"
            )
    return words


def uuid(query: Mapping[str, str], name: str, *, allowed: str = "a UUID in lower case with hyphens") -> str:
    """Return a parameter that is an id; absent or empty it is empty. Raises `InvalidParameter`."""
    text = query.get(name, "")
    if text and not is_uuid(text):
        raise InvalidParameter(name, "is no id", allowed=allowed)
    return text


def moment(query: Mapping[str, str], name: str) -> int | None:
    """Return a parameter that is a time, in microseconds since 1970; absent or empty it is None.

    Raises `InvalidParameter`.
    """
    text = query.get(name, "")
    try:
        return micros_of(text) if text else None
    except ValueError:
        raise InvalidParameter(
            name, "is no time", allowed="RFC 3339 with Z, as 2026-11-24T12:00:00Z; a + has to be sent as %2B"
        ) from None


def flag(query: Mapping[str, str], name: str) -> bool:
    """Return whether a parameter is set: `true`, `1` or without a value; `false`, `0` and absence mean no.

    Raises `InvalidParameter`.
    """
    text = query.get(name)
    if text is None or text in ("false", "0"):
        return False
    if text in ("", "true", "1"):
        return True
    raise InvalidParameter(name, "is neither yes nor no", allowed="true, false")
