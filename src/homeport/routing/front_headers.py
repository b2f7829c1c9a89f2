"""Which headers go on, and which belong to one connection alone (RFC 9110, section 7.6.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from multidict import CIMultiDict
from yarl import URL

Headers = list[tuple[bytes, bytes]]

_HOP_BY_HOP: Final = frozenset(
    b"connection keep-alive proxy-connection proxy-authenticate proxy-authorization te trailer transfer-encoding "
    b"upgrade".split()
)
_ANSWERED_HERE: Final = frozenset({b"expect"})
"""The front itself says `100 Continue` when it begins to read a body."""

_HANDSHAKE: Final = frozenset(
    b"sec-websocket-key sec-websocket-version sec-websocket-extensions sec-websocket-protocol "
    b"sec-websocket-accept".split()
)
"""Agreed anew with the instance, by the client that connects to it."""


def to_instance(scope: dict[str, Any]) -> CIMultiDict[str]:
    """Return a request's headers as the instance gets them, with whom they came from.

    `X-Forwarded-For` grows by the client's address; `X-Forwarded-Proto` and `-Host` stay as a proxy before this one
    has set them.
    """
    headers: CIMultiDict[str] = CIMultiDict()
    for name, value in _end_to_end(scope["headers"], _ANSWERED_HERE | _HANDSHAKE):
        headers.add(name.decode("latin-1"), value.decode("latin-1"))
    client = scope["client"][0] if scope["client"] else "unknown"
    headers["X-Forwarded-For"] = ", ".join([*headers.popall("X-Forwarded-For", ()), client])
    headers.setdefault("X-Forwarded-Proto", "https" if scope["scheme"] in ("https", "wss") else "http")
    if "Host" in headers:
        headers.setdefault("X-Forwarded-Host", headers["Host"])
    return headers


def to_client(headers: Iterable[tuple[bytes, bytes]], status: int) -> Headers:
    """Return an answer's headers as the client gets them."""
    kept = _end_to_end(((name.lower(), value) for name, value in headers), _HANDSHAKE)
    if status in (204, 304):
        # uvicorn holds an answer to the length it names, and these have no body to fill it.
        return [(name, value) for name, value in kept if name != b"content-length"]
    return kept


def has_body(scope: dict[str, Any]) -> bool:
    """Tell whether a request has a body (RFC 9112, section 6)."""
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
        for name, value in scope["headers"]
    )


def forwarded_url(address: str, scope: dict[str, Any]) -> URL:
    """Return the URL at an instance, path and query exactly as the client wrote them."""
    query = scope["query_string"].decode("latin-1")
    path = scope["raw_path"].decode("latin-1")
    return URL(f"http://{address}{path}{'?' if query else ''}{query}", encoded=True)


def _end_to_end(headers: Iterable[tuple[bytes, bytes]], also: frozenset[bytes]) -> Headers:
    pairs = list(headers)
    dropped = _HOP_BY_HOP | also
    for name, value in pairs:
        if name == b"connection":
            dropped |= {word.strip().lower() for word in value.split(b",")}
    return [(name, value) for name, value in pairs if name not in dropped]
