"""The signature SDK-HMAC-SHA256 of a request by an access key: reading, checking and making it.

Everything here is a pure function of the request, the secret and the time. The rules are those of contract/auth.md,
section 3, tried there against the traffic of the official SDK for Python and of the Terraform provider. Bytes are
signed as they travel, so header values stay bytes and never pass through a text encoding.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from urllib.parse import quote, unquote_to_bytes

import msgspec

from homeport.model.clock import SECOND

ALGORITHM: Final = "SDK-HMAC-SHA256"
"""The one algorithm that is understood; clients use it unless told otherwise."""

LARGEST_SKEW: Final = 15 * 60 * SECOND
"""How far the date of a signature may be from now, in microseconds, either way (contract/auth.md, section 3)."""

UNSIGNED_PAYLOAD: Final = b"UNSIGNED-PAYLOAD"
"""Value of `X-Sdk-Content-Sha256` with which a client leaves the body out of its signature."""

_DATE: Final = b"x-sdk-date"
_CONTENT: Final = b"x-sdk-content-sha256"
_SCHEME = re.compile(rb"(?:SDK|V11)-[A-Z0-9-]+(?=\s|$)")
# Printable ASCII without the comma, so that whatever stands in a claim may go into a statement or an answer as it is.
_WORD = rb"[!-+.-~-]"
_AUTHORIZATION = re.compile(
    rb"SDK-HMAC-SHA256 +Access=(%b{1,128}), *SignedHeaders=(%b{1,4096}), *Signature=([0-9a-f]{64})" % (_WORD, _WORD)
)
_MOMENT = re.compile(rb"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z")
_PLAIN_PATH = re.compile(rb"[A-Za-z0-9._~/-]*")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Headers = Iterable[tuple[bytes, bytes]]
"""Headers as ASGI gives them: names in any case, values as they came."""


class SignedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What of a request a signature covers. `path` and `query` are as they stood in the request line, undecoded."""

    method: str
    path: bytes
    query: bytes = b""
    headers: Sequence[tuple[bytes, bytes]] = ()
    body: bytes = b""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What an `Authorization` header says, before anybody believed it."""

    access_key: str
    date: bytes
    """`X-Sdk-Date` as it was sent, `20230216T112407Z`."""
    signed_headers: bytes
    """The list as it was sent, `host;x-sdk-date`."""
    signature: bytes


class Refused(StrEnum):
    """Why a signature does not count. The values are the gateway's own words (contract/errors.md, section 3)."""

    INVALID = "verify aksk signature fail"
    EXPIRED = "calc ak sk signature fail:signature expired"


class Refusal(msgspec.Struct, frozen=True):
    """A signature that does not count: the gateway's reason, and what the caller can mend (empty where nothing is)."""

    reason: Refused
    advice: str = ""

    def __str__(self) -> str:
        """Return the reason and, after a semicolon, the advice."""
        return f"{self.reason}; {self.advice}" if self.advice else str(self.reason)


def carries_signature(headers: Headers) -> bool:
    """Tell whether a request has an `Authorization` header of Huawei Cloud's signing schemes, of whatever algorithm.

    `Basic` and `Bearer`, which a proxy may add, are none of these.
    """
    return any(name.lower() == b"authorization" and _SCHEME.match(value) for name, value in headers)


def read_claim(headers: Headers, now: int) -> Claim | Refusal:
    """Return what the request claims, or why that cannot be so, without looking at any secret.

    Refused are another algorithm, a header that cannot be read, one given twice, and a date more than `LARGEST_SKEW`
    from `now` (microseconds since 1970).
    """
    index = _index(headers)
    found = _AUTHORIZATION.fullmatch(index.get(b"authorization", b"").strip())
    if found is None:
        return Refusal(Refused.INVALID, _unreadable(index.get(b"authorization", b"")))
    access_key, signed_headers, signature = found.groups()
    if _DATE not in signed_headers.lower().split(b";"):
        return Refusal(Refused.INVALID, "SignedHeaders must name x-sdk-date")
    date = index.get(_DATE, b"").strip()
    late = _skewed(date, now)
    if late is not None:
        return late
    return Claim(access_key=access_key.decode(), date=date, signed_headers=signed_headers, signature=signature)


def check(request: SignedRequest, claim: Claim, secret: str) -> Refusal | None:
    """Return None when whoever knows `secret` signed this request, else why it does not count.

    Exactly the headers that SignedHeaders names are covered; one of them that is missing or stands twice is refused.
    The comparison takes the same time wherever the signatures differ.
    """
    index = _index(request.headers)
    missing = [name for name in _names(claim.signed_headers) if name not in index]
    if missing:
        return Refusal(Refused.INVALID, f"header {_shown(missing[0])} is signed but missing or given twice")
    hashes = _payload_hashes(index.get(_CONTENT), request.body)
    if not hashes:
        return Refusal(Refused.INVALID, "X-Sdk-Content-Sha256 is not the SHA-256 of the body")
    good = False
    for payload in hashes:
        expected = _signature(request, index, claim.date, claim.signed_headers, payload, secret)
        good |= hmac.compare_digest(expected, claim.signature)
    return None if good else Refusal(Refused.INVALID)


def sign(request: SignedRequest, access_key: str, secret: str, now: int) -> list[tuple[bytes, bytes]]:
    """Return the headers `X-Sdk-Date` and `Authorization` that sign `request` with all its headers and its body.

    As the official SDK does, headers with an underscore in their name are left out. `now` is in microseconds.
    """
    date = datetime.fromtimestamp(now // SECOND, tz=UTC).strftime("%Y%m%dT%H%M%SZ").encode()
    index = _index(request.headers) | {_DATE: date}
    signed_headers = b";".join(sorted(name for name in index if b"_" not in name and name != b"authorization"))
    payload = index.get(_CONTENT, hashlib.sha256(request.body).hexdigest().encode())
    signature = _signature(request, index, date, signed_headers, payload, secret)
    authorization = b"%b Access=%b, SignedHeaders=%b, Signature=%b" % (
        ALGORITHM.encode(),
        access_key.encode(),
        signed_headers,
        signature,
    )
    return [(b"X-Sdk-Date", date), (b"Authorization", authorization)]


def _unreadable(authorization: bytes) -> str:
    scheme = _SCHEME.match(authorization)
    if scheme and scheme[0] != ALGORITHM.encode():
        return f"algorithm {_shown(scheme[0])} is not supported, set the client's signing algorithm to {ALGORITHM}"
    return f"Authorization must read once '{ALGORITHM} Access=..., SignedHeaders=..., Signature=<64 hex digits>'"


def _skewed(date: bytes, now: int) -> Refusal | None:
    signed_at = _micros_of(date)
    if signed_at is None:
        return Refusal(Refused.INVALID, "X-Sdk-Date must be given once and read like 20230216T112407Z")
    if abs(now - signed_at) <= LARGEST_SKEW:
        return None
    return Refusal(Refused.EXPIRED, f"X-Sdk-Date is {abs(now - signed_at) // SECOND} s off, check the client's clock")


def _micros_of(date: bytes) -> int | None:
    found = _MOMENT.fullmatch(date)
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return int((moment - _EPOCH).total_seconds()) * SECOND


def _index(headers: Headers) -> dict[bytes, bytes]:
    # A header that stands twice is left out: whoever reads the request might take the copy that was not signed.
    index: dict[bytes, bytes] = {}
    repeated: set[bytes] = set()
    for name, value in headers:
        key = name.lower()
        if key in index:
            repeated.add(key)
        index[key] = value
    for key in repeated:
        del index[key]
    return index


def _names(signed_headers: bytes) -> list[bytes]:
    return signed_headers.lower().split(b";")


def _payload_hashes(declared: bytes | None, body: bytes) -> tuple[bytes, ...]:
    actual = hashlib.sha256(body).hexdigest().encode()
    if declared is None:
        return (actual,)
    declared = declared.strip()
    if declared == UNSIGNED_PAYLOAD:
        # The official SDK signs the hash of an empty body whatever this header says (its `_process_hash_payload`).
        return (declared,) if body else (declared, actual)
    return (declared,) if declared.lower() == actual else ()


def _signature(
    request: SignedRequest, index: dict[bytes, bytes], date: bytes, signed_headers: bytes, payload: bytes, secret: str
) -> bytes:
    canonical = b"\n".join(
        (
            request.method.upper().encode(),
            canonical_path(request.path),
            canonical_query(request.query),
            b"".join(b"%b:%b\n" % (name, index[name].strip()) for name in _names(signed_headers)),
            signed_headers,
            payload,
        )
    )
    text = b"%b\n%b\n%b" % (ALGORITHM.encode(), date, hashlib.sha256(canonical).hexdigest().encode())
    return hmac.digest(secret.encode(), text, "sha256").hex().encode()


def canonical_path(path: bytes) -> bytes:
    """Return the path as it is signed: decoded whole, each segment encoded again, with a slash at the end.

    An encoded slash therefore counts as a separator, as in the official SDK.
    """
    if not _PLAIN_PATH.fullmatch(path):
        path = b"/".join(_encoded(segment) for segment in unquote_to_bytes(path).split(b"/"))
    return path if path.endswith(b"/") else path + b"/"


def canonical_query(query: bytes) -> bytes:
    """Return the query as it is signed: sorted by key, then by value, both encoded; a key alone becomes `key=`."""
    if not query:
        return b""
    pairs = sorted(_pair(item) for item in query.split(b"&") if item)
    return b"&".join(b"%b=%b" % (_encoded(key), _encoded(value)) for key, value in pairs)


def _pair(item: bytes) -> tuple[bytes, bytes]:
    key, _, value = item.replace(b"+", b" ").partition(b"=")
    return unquote_to_bytes(key), unquote_to_bytes(value)


def _encoded(value: bytes) -> bytes:
    return quote(value, safe="~").encode()


def _shown(name: bytes) -> str:
    return name.decode("ascii", "replace")
