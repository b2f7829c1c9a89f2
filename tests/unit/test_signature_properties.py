"""Properties of the signature: what is signed is accepted, any change of it is not."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeport.identity.signature import (
    Claim,
    Refusal,
    SignedRequest,
    canonical_path,
    canonical_query,
    check,
    read_claim,
    sign,
)
from homeport.model.clock import micros_of

pytestmark = pytest.mark.unmeasured

ACCESS_KEY = "HPTESTTESTTESTTEST01"
SECRET = "x" * 39 + "Y"
NOW = micros_of("2026-11-24T10:00:00Z")


def verdict(request: SignedRequest, *, secret: str = SECRET) -> Refusal | None:
    claim = read_claim(request.headers, NOW)
    return claim if isinstance(claim, Refusal) else check(request, claim, secret)


names = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True).filter(
    lambda name: name not in {"authorization", "x-sdk-date", "x-sdk-content-sha256"}
)
requests = st.builds(
    SignedRequest,
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE"]),
    path=st.binary(max_size=30).map(lambda tail: b"/v1/" + tail),
    query=st.binary(max_size=30),
    headers=st.dictionaries(names, st.binary(max_size=20), max_size=4).map(
        lambda found: [(name.encode(), value) for name, value in found.items()]
    ),
    body=st.binary(max_size=40),
)


def signed(request: SignedRequest) -> SignedRequest:
    return msgspec.structs.replace(request, headers=[*request.headers, *sign(request, ACCESS_KEY, SECRET, NOW)])


@given(requests)
def test_whatever_is_signed_is_accepted(request_: SignedRequest) -> None:
    assert verdict(signed(request_)) is None


@given(requests, requests, st.sampled_from(["method", "path", "query", "headers", "body"]))
def test_any_single_change_of_what_is_signed_is_refused(one: SignedRequest, other: SignedRequest, part: str) -> None:
    original = signed(one)
    changed = msgspec.structs.replace(one, **{part: getattr(other, part)})
    proof = [(name, value) for name, value in original.headers if name in {b"X-Sdk-Date", b"Authorization"}]
    sent = msgspec.structs.replace(changed, headers=[*changed.headers, *proof])
    names_signed = {name for name, _ in one.headers}
    covered = {name: value.strip() for name, value in changed.headers if name in names_signed}
    same = (
        changed.method == one.method
        and canonical_path(changed.path) == canonical_path(one.path)
        and canonical_query(changed.query) == canonical_query(one.query)
        and covered == {name: value.strip() for name, value in one.headers}
        and changed.body == one.body
    )
    assert (verdict(sent) is None) == same


@given(requests, st.text(min_size=1, max_size=50).filter(lambda text: text != SECRET))
def test_another_secret_never_fits(request_: SignedRequest, secret: str) -> None:
    assert verdict(signed(request_), secret=secret) is not None


@given(st.lists(st.tuples(st.binary(max_size=20), st.binary(max_size=200)), max_size=5), st.binary(max_size=300))
def test_no_header_makes_the_reader_stumble(headers: list[tuple[bytes, bytes]], authorization: bytes) -> None:
    found = read_claim([*headers, (b"authorization", b"SDK-HMAC-SHA256 " + authorization)], NOW)
    assert isinstance(found, Claim | Refusal)
