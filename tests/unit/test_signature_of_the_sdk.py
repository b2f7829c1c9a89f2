"""What the official SDK for Python signs, caught on its way, is accepted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec
import pytest
from huaweicloudsdkcae.v1 import (
    CaeClient,
    CreateEnvironmentRequest,
    CreateEnvironmentRequestBody,
    CreateEnvironmentRequestBodyMetadata,
    ListComponentsRequest,
    ShowJobRequest,
)
from huaweicloudsdkcore.auth.credentials import BasicCredentials

from homeport.identity.signature import Refusal, Refused, SignedRequest, check, read_claim, sign
from homeport.model.clock import SystemClock, micros_of

ACCESS_KEY = "HPTESTTESTTESTTEST01"
SECRET = "x" * 39 + "Y"
PROJECT = "0123456789abcdef0123456789abcdef"
ENVIRONMENT = "0195a5a0-0000-7000-8000-000000000001"

# The SDK asks for the time in a way that newer interpreters warn about.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")


def verdict(request: SignedRequest, *, secret: str = SECRET) -> Refusal | None:
    claim = read_claim(request.headers, SystemClock().now())
    return claim if isinstance(claim, Refusal) else check(request, claim, secret)


def header(request: SignedRequest, name: str) -> bytes:
    return next(value for key, value in request.headers if key.lower() == name.lower().encode())


def with_header(request: SignedRequest, name: str, value: bytes) -> SignedRequest:
    others = [(key, old) for key, old in request.headers if key.lower() != name.lower().encode()]
    return msgspec.structs.replace(request, headers=[*others, (name.encode(), value)])


class Recorder(ThreadingHTTPServer):
    """Answers everything with `{}` and keeps what was sent, byte for byte."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), RecordingHandler)
        self.requests: list[SignedRequest] = []

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class RecordingHandler(BaseHTTPRequestHandler):
    server: Recorder

    def _record(self) -> None:
        path, _, query = self.path.encode("latin-1").partition(b"?")
        headers = [(name.encode(), value.encode("latin-1")) for name, value in self.headers.items()]
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.server.requests.append(
            SignedRequest(method=self.command, path=path, query=query, headers=headers, body=body)
        )
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_POST = _record  # noqa: N815 - names that http.server looks for

    def log_message(self, *args: Any) -> None:
        """Say nothing: the requests are kept, that is enough."""


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Recorder() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def client_of(recorder: Recorder, credentials: BasicCredentials | None = None) -> CaeClient:
    given_credentials = credentials or BasicCredentials(ACCESS_KEY, SECRET, PROJECT)
    return CaeClient.new_builder().with_credentials(given_credentials).with_endpoint(recorder.endpoint).build()


def sent_by_sdk(recorder: Recorder, call: str, request: object, **client: Any) -> SignedRequest:
    sdk = client_of(recorder, **client)
    getattr(sdk, call)(request)
    sdk.close()
    return recorder.requests[-1]


def show_job(job_id: str = "job-1", environment: str = ENVIRONMENT) -> ShowJobRequest:
    return ShowJobRequest(job_id=job_id, x_environment_id=environment)


SDK_CALLS = {
    "a GET": ("show_job", show_job()),
    "an id with an encoded slash": ("show_job", show_job("a/b")),
    "an id with percent, space and letters beyond ASCII": ("show_job", show_job("100% ünï")),
    "a header value beyond ASCII": ("show_job", show_job(environment="ünï")),
    "a query with space, plus and letters beyond ASCII": (
        "list_components",
        ListComponentsRequest(
            application_id="app", x_environment_id=ENVIRONMENT, limit="a b+c", offset="ü", sort_key="~", sort=""
        ),
    ),
    "a POST with a body": (
        "create_environment",
        CreateEnvironmentRequest(
            body=CreateEnvironmentRequestBody(
                api_version="v1",
                kind="Environment",
                metadata=CreateEnvironmentRequestBodyMetadata(name="prüfung", annotations={"a": "b"}),
            )
        ),
    ),
}


@pytest.mark.parametrize(("call", "request_"), SDK_CALLS.values(), ids=SDK_CALLS.keys())
def test_what_the_official_sdk_signs_is_accepted(recorder: Recorder, call: str, request_: object) -> None:
    assert verdict(sent_by_sdk(recorder, call, request_)) is None


def test_a_temporary_key_of_the_official_sdk_signs_its_security_token(recorder: Recorder) -> None:
    credentials = BasicCredentials(ACCESS_KEY, SECRET, PROJECT).with_security_token("temporary")
    sent = sent_by_sdk(recorder, "show_job", show_job(), credentials=credentials)
    assert verdict(sent) is None
    assert verdict(with_header(sent, "X-Security-Token", b"other")) == Refusal(Refused.INVALID)


def test_what_the_official_sdk_signs_is_refused_under_another_secret(recorder: Recorder) -> None:
    sent = sent_by_sdk(recorder, "show_job", show_job())
    assert verdict(sent, secret=SECRET + "x") == Refusal(Refused.INVALID)


def test_our_own_signature_is_the_one_the_official_sdk_makes(recorder: Recorder) -> None:
    sent = sent_by_sdk(recorder, *SDK_CALLS["a query with space, plus and letters beyond ASCII"])
    signed_names = header(sent, "Authorization").split(b"SignedHeaders=")[1].split(b",")[0].split(b";")
    unsigned = [(name, value) for name, value in sent.headers if name.lower() in signed_names]
    date = header(sent, "X-Sdk-Date").decode()
    moment = micros_of(f"{date[:4]}-{date[4:6]}-{date[6:11]}:{date[11:13]}:{date[13:]}")
    ours = dict(sign(msgspec.structs.replace(sent, headers=unsigned), ACCESS_KEY, SECRET, moment))
    assert ours[b"Authorization"] == header(sent, "Authorization")
