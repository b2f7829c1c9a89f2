"""Signatures: those of real clients are accepted, and nothing that was changed on the way is."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from urllib.parse import quote, unquote

import msgspec
import pytest

from homeport.identity.signature import (
    ALGORITHM,
    LARGEST_SKEW,
    Refusal,
    Refused,
    SignedRequest,
    canonical_path,
    canonical_query,
    carries_signature,
    check,
    read_claim,
)
from homeport.model.clock import SECOND, micros_of

ACCESS_KEY = "HPTESTTESTTESTTEST01"
SECRET = "x" * 39 + "Y"
PROJECT = "0123456789abcdef0123456789abcdef"
ENVIRONMENT = "0195a5a0-0000-7000-8000-000000000001"
NOW = micros_of("2026-11-24T10:00:00Z")


def verdict(request: SignedRequest, *, secret: str = SECRET, now: int = NOW) -> Refusal | None:
    claim = read_claim(request.headers, now)
    return claim if isinstance(claim, Refusal) else check(request, claim, secret)


def header(request: SignedRequest, name: str) -> bytes:
    return next(value for key, value in request.headers if key.lower() == name.lower().encode())


def with_header(request: SignedRequest, name: str, value: bytes) -> SignedRequest:
    others = [(key, old) for key, old in request.headers if key.lower() != name.lower().encode()]
    return msgspec.structs.replace(request, headers=[*others, (name.encode(), value)])


def signed_by_the_book(
    request: SignedRequest,
    signed: tuple[str, ...],
    *,
    date: str = "20261124T100000Z",
    decode_path: bool = True,
    payload: str | None = None,
) -> SignedRequest:
    """Sign as contract/auth.md, section 3, says it in words: in text, step by step, apart from the code under test."""
    values = {name.decode().lower(): value.decode().strip() for name, value in request.headers} | {"x-sdk-date": date}
    path = unquote(request.path.decode()) if decode_path else request.path.decode()
    path = "/".join(quote(segment, safe="-_.~") for segment in path.split("/"))
    pairs = sorted(item.split("=", 1) for item in request.query.decode().split("&") if item)
    query = "&".join(f"{quote(unquote(k), safe='-_.~')}={quote(unquote(v), safe='-_.~')}" for k, v in pairs)
    canonical = "\n".join(
        [
            request.method,
            path if path.endswith("/") else path + "/",
            query,
            "".join(f"{name}:{values[name]}\n" for name in signed),
            ";".join(signed),
            payload or hashlib.sha256(request.body).hexdigest(),
        ]
    )
    text = f"SDK-HMAC-SHA256\n{date}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    authorization = f"SDK-HMAC-SHA256 Access={ACCESS_KEY}, SignedHeaders={';'.join(signed)}, Signature={signature}"
    added = [(b"X-Sdk-Date", date.encode()), (b"Authorization", authorization.encode())]
    return msgspec.structs.replace(request, headers=[*request.headers, *added])


TERRAFORM_HEADERS = ("accept", "content-type", "user-agent", "x-environment-id", "x-sdk-date")


def terraform_request(**changes: Any) -> SignedRequest:
    """A request as the Terraform provider sends it: host is not signed, X-Project-Id comes after the signature."""
    request = SignedRequest(
        method="POST",
        path=f"/v1/{PROJECT}/cae/applications/a/components/c/action".encode(),
        query=b"limit=100&offset=0",
        headers=[
            (b"Host", b"127.0.0.1:8223"),
            (b"User-Agent", b"terraform-provider-iac golangsdk/2.0.0"),
            (b"Accept", b"application/json"),
            (b"Content-Type", b"application/json"),
            (b"X-Environment-Id", ENVIRONMENT.encode()),
            (b"Accept-Encoding", b"gzip"),
        ],
        body=b'{"api_version":"v1"}\n',
    )
    signed = signed_by_the_book(msgspec.structs.replace(request, **changes), TERRAFORM_HEADERS)
    return with_header(signed, "X-Project-Id", PROJECT.encode())


NODE_HEADERS = ("content-type", "host", "x-environment-id", "x-sdk-date")


def node_request(path: bytes) -> SignedRequest:
    """A GET as the Node.js SDK sends it: host and content type are signed, and the path is not decoded before."""
    request = SignedRequest(
        method="GET",
        path=path,
        headers=[
            (b"content-type", b"application/json"),
            (b"host", b"127.0.0.1:8223"),
            (b"user-agent", b"huaweicloud-usdk-nodejs/3.0"),
            (b"x-environment-id", ENVIRONMENT.encode()),
        ],
    )
    return signed_by_the_book(request, NODE_HEADERS, decode_path=False)


def test_a_request_of_the_terraform_provider_is_accepted() -> None:
    assert verdict(terraform_request()) is None


def test_headers_that_terraform_adds_after_signing_are_not_covered() -> None:
    assert verdict(with_header(terraform_request(), "X-Project-Id", b"f" * 32)) is None


def test_a_request_of_the_node_sdk_is_accepted() -> None:
    assert verdict(node_request(f"/v1/{PROJECT}/cae/jobs/job-1".encode())) is None


def test_a_path_with_percent_signs_counts_only_decoded_as_the_contract_has_it() -> None:
    assert verdict(node_request(b"/v1/%7Bproject_id%7D/cae/jobs/job-1")) == Refusal(Refused.INVALID)


TAMPERINGS: dict[str, dict[str, Any]] = {
    "method": {"method": "DELETE"},
    "path": {"path": f"/v1/{PROJECT}/cae/applications/a/components/d/action".encode()},
    "query": {"query": b"limit=100&offset=1"},
    "query left out": {"query": b""},
    "body": {"body": b'{"api_version":"v2"}\n'},
    "body left out": {"body": b""},
}


@pytest.mark.parametrize("changes", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_a_changed_part_of_the_request_is_refused(changes: dict[str, Any]) -> None:
    assert verdict(msgspec.structs.replace(terraform_request(), **changes)) == Refusal(Refused.INVALID)


@pytest.mark.parametrize("name", ["X-Environment-Id", "Content-Type", "Accept", "User-Agent"])
def test_a_changed_signed_header_is_refused(name: str) -> None:
    assert verdict(with_header(terraform_request(), name, b"other")) == Refusal(Refused.INVALID)


def test_white_space_around_a_header_does_not_count() -> None:
    assert verdict(with_header(terraform_request(), "Accept", b" application/json\t")) is None


@pytest.mark.parametrize("place", [0, 31, 63])
def test_a_signature_with_one_digit_changed_is_refused(place: int) -> None:
    request = terraform_request()
    start, signature = header(request, "Authorization").rsplit(b"=", 1)
    digit = b"1" if signature[place : place + 1] == b"0" else b"0"
    changed = start + b"=" + signature[:place] + digit + signature[place + 1 :]
    assert verdict(with_header(request, "Authorization", changed)) == Refusal(Refused.INVALID)


def test_a_signed_header_that_is_missing_is_refused_by_name() -> None:
    request = terraform_request()
    kept = [(name, value) for name, value in request.headers if name != b"Accept"]
    refusal = verdict(msgspec.structs.replace(request, headers=kept))
    assert refusal == Refusal(Refused.INVALID, "header accept is signed but missing or given twice")


def test_a_second_copy_of_a_signed_header_is_refused_since_a_reader_might_take_it() -> None:
    request = terraform_request()
    doubled = [*request.headers, (b"x-environment-id", b"0195a5a0-0000-7000-8000-00000000dead")]
    refusal = verdict(msgspec.structs.replace(request, headers=doubled))
    assert refusal == Refusal(Refused.INVALID, "header x-environment-id is signed but missing or given twice")


def test_a_changed_date_is_refused() -> None:
    assert verdict(with_header(terraform_request(), "X-Sdk-Date", b"20261124T100001Z")) == Refusal(Refused.INVALID)


@pytest.mark.parametrize("skew", [LARGEST_SKEW, -LARGEST_SKEW])
def test_a_clock_that_is_fifteen_minutes_off_is_accepted(skew: int) -> None:
    assert verdict(terraform_request(), now=NOW + skew) is None


@pytest.mark.parametrize("skew", [LARGEST_SKEW + SECOND, -LARGEST_SKEW - SECOND])
def test_a_clock_that_is_further_off_is_refused_as_expired_with_the_difference(skew: int) -> None:
    refusal = verdict(terraform_request(), now=NOW + skew)
    assert refusal == Refusal(Refused.EXPIRED, "X-Sdk-Date is 901 s off, check the client's clock")


@pytest.mark.parametrize("date", [b"", b"2026-11-24T10:00:00Z", b"20261332T100000Z", b"20261124T100000", b"\xb2" * 16])
def test_a_date_that_cannot_be_read_is_refused(date: bytes) -> None:
    refusal = verdict(with_header(terraform_request(), "X-Sdk-Date", date))
    assert refusal == Refusal(Refused.INVALID, "X-Sdk-Date must be given once and read like 20230216T112407Z")


def test_a_signature_that_leaves_the_date_out_is_refused() -> None:
    signed = signed_by_the_book(SignedRequest(method="GET", path=b"/", headers=[(b"host", b"h")]), ("host",))
    assert verdict(signed) == Refusal(Refused.INVALID, "SignedHeaders must name x-sdk-date")


@pytest.mark.parametrize(
    "algorithm", ["SDK-HMAC-SM3", "SDK-ECDSA-P256-SHA256", "SDK-SM2-SM3", "V11-HMAC-SHA256", "SDK-HMAC-SHA256X"]
)
def test_another_algorithm_is_refused_by_name_with_the_one_to_use(algorithm: str) -> None:
    request = terraform_request()
    value = header(request, "Authorization").replace(ALGORITHM.encode(), algorithm.encode())
    refusal = verdict(with_header(request, "Authorization", value))
    assert refusal == Refusal(
        Refused.INVALID,
        f"algorithm {algorithm} is not supported, set the client's signing algorithm to SDK-HMAC-SHA256",
    )


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"SDK-HMAC-SHA256",
        b"SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date, Signature=" + b"A" * 64,
        b"SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date, Signature=" + b"a" * 63,
        b"SDK-HMAC-SHA256 Access=a\x00, SignedHeaders=x-sdk-date, Signature=" + b"a" * 64,
        b"SDK-HMAC-SHA256 Access=\xff, SignedHeaders=x-sdk-date, Signature=" + b"a" * 64,
        b"SDK-HMAC-SHA256 Access=" + b"a" * 129 + b", SignedHeaders=x-sdk-date, Signature=" + b"a" * 64,
    ],
)
def test_an_authorization_that_cannot_be_read_is_refused_with_its_form(value: bytes) -> None:
    refusal = verdict(with_header(terraform_request(), "Authorization", value))
    assert refusal is not None
    assert refusal.advice.startswith("Authorization must read once 'SDK-HMAC-SHA256 Access=")


def test_two_authorizations_are_refused() -> None:
    request = terraform_request()
    twice = [*request.headers, (b"authorization", header(request, "Authorization"))]
    assert isinstance(read_claim(twice, NOW), Refusal)


def test_only_schemes_of_the_signing_family_count_as_a_signature() -> None:
    values = [b"SDK-HMAC-SHA256 Access=", b"V11-HMAC-SHA256 Credential=", b"Basic YTpi", b"Bearer t", b"SDKs are fine"]
    assert [carries_signature([(b"authorization", value)]) for value in values] == [True, True, False, False, False]


# --- the hash of the body -----------------------------------------------------------------------------------------


def upload(declared: bytes, payload: str, body: bytes = b"package") -> SignedRequest:
    request = SignedRequest(method="POST", path=b"/p", headers=[(b"X-Sdk-Content-Sha256", declared)], body=body)
    return signed_by_the_book(request, ("x-sdk-content-sha256", "x-sdk-date"), payload=payload)


def test_an_unsigned_payload_is_accepted_whatever_it_is() -> None:
    request = upload(b"UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD")
    assert verdict(msgspec.structs.replace(request, body=b"another")) is None


def test_an_empty_body_said_to_be_unsigned_may_be_signed_as_empty() -> None:
    assert verdict(upload(b"UNSIGNED-PAYLOAD", hashlib.sha256(b"").hexdigest(), body=b"")) is None


def test_a_signed_body_cannot_be_declared_unsigned_afterwards() -> None:
    assert verdict(with_header(terraform_request(), "X-Sdk-Content-Sha256", b"UNSIGNED-PAYLOAD")) == Refusal(
        Refused.INVALID
    )


def test_a_declared_hash_is_used() -> None:
    declared = hashlib.sha256(b"package").hexdigest()
    assert verdict(upload(declared.encode(), declared)) is None


def test_a_declared_hash_that_is_not_the_bodys_is_refused() -> None:
    declared = hashlib.sha256(b"package").hexdigest()
    refusal = verdict(msgspec.structs.replace(upload(declared.encode(), declared), body=b"another"))
    assert refusal == Refusal(Refused.INVALID, "X-Sdk-Content-Sha256 is not the SHA-256 of the body")


# --- the canonical forms ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "canonical"),
    [(b"/a/b", b"/a/b/"), (b"/a/", b"/a/"), (b"/a%2fb%20c", b"/a/b%20c/"), (b"/%7e+\xc3\xbc", b"/~%2B%C3%BC/")],
)
def test_a_path_is_decoded_whole_and_encoded_by_segment(path: bytes, canonical: bytes) -> None:
    assert canonical_path(path) == canonical


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        (b"", b""),
        (b"b=2&a=1", b"a=1&b=2"),
        (b"a=2&a=10", b"a=10&a=2"),
        (b"a", b"a="),
        (b"a=b+c&d=e%2Bf", b"a=b%20c&d=e%2Bf"),
        (b"&&a=x=y&", b"a=x%3Dy"),
    ],
)
def test_a_query_is_sorted_and_encoded(query: bytes, canonical: bytes) -> None:
    assert canonical_query(query) == canonical
