"""A client that sends what the Terraform provider `huaweicloud` sends, call by call (contract/terraform.md).

Its headers are spelt, left out and signed as the provider does it, its bodies are written as Go writes them, and what
it takes for success, for gone and for a change to plan is what the provider takes for it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import msgspec

from support.answers import http_hooks, no_authorities
from support.cae import ENDED
from support.server import ACCESS_KEY, DOMAIN, PASSWORD, PROJECT, SECRET_KEY, USER, Server, wait_for

GONE_COMPONENT = {(status, f"CAE.{code}") for status in (400, 500) for code in ("01500208", "01500404", "01500000")}
GONE_APPLICATION = {(500, "CAE.01500003"), (400, "CAE.01500404")}
GONE_CONFIGURATIONS = {(400, "CAE.01500208"), (400, "CAE.01500404")}
"""Section 6; a plain 404 counts everywhere but while a job is polled."""

_OK = {"GET": {200}, "POST": {200, 201, 202}, "PUT": {200, 201, 202}, "DELETE": {200, 202, 204}}


class Unexpected(Exception):  # noqa: N818 - an answer
    """An answer that ends a run: its status, its `error_code`, and the body that the user is shown."""

    def __init__(self, status: int, code: str, body: str) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.code = code


class JobFailed(Exception):  # noqa: N818 - an answer
    """A job did not succeed; the text is what the provider prints of it."""


class Provider:
    """The provider, configured: it signs with an access key, or sends a token that it exchanged its password for."""

    def __init__(self, server: Server, *, by_token: bool = False, enterprise: str | None = None) -> None:
        self.enterprise = enterprise
        """`enterprise_project_id` of the provider block, which goes for every resource."""
        self._http = httpx2.Client(base_url=server.url, timeout=60, event_hooks=http_hooks(), verify=no_authorities())
        # httpx2 adds headers of its own, which the provider does not send.
        self._http.headers.clear()
        self._token = ""
        if by_token:
            self._log_in()

    def __enter__(self) -> Provider:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def _log_in(self) -> None:
        """Ask for a token of the project, then for one of the domain, as at each configuration (section 2.2)."""
        user = {"name": USER, "password": PASSWORD, "domain": {"id": DOMAIN}}
        for scope in ({"project": {"id": PROJECT}}, {"domain": {"id": DOMAIN}}):
            identity = {"methods": ["password"], "password": {"user": user}}
            answer = self._http.post(
                "/v3/auth/tokens", content=go_json({"auth": {"identity": identity, "scope": scope}})
            )
            assert answer.status_code in (200, 201, 202), answer.text
            self._token = self._token or answer.headers["X-Subject-Token"]

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        environment: str | None = None,
        enterprise: str | None = None,
        typed: bool = True,
    ) -> httpx2.Response:
        """Send one request below `/v1/{project_id}/cae` and return its answer.

        `typed` says whether Content-Type goes with it, as it mostly does without a body too.

        Raises:
            Unexpected: the status is none that the provider takes for success (section 5).
        """
        content = body if isinstance(body, bytes) else b"" if body is None else go_json(body)
        headers = {"Accept": "application/json", "User-Agent": "terraform-provider-iac golangsdk/2.0.0"}
        headers |= {"Content-Type": "application/json"} if typed else {}
        headers |= {"X-Environment-Id": environment} if environment is not None else {}
        headers |= {"X-Enterprise-Project-Id": enterprise} if enterprise is not None else {}
        whole = f"/v1/{PROJECT}/cae{path}"
        headers |= {"X-Auth-Token": self._token} if self._token else signed(method, whole, headers, content)
        answer = self._http.request(method, whole, headers=headers, content=content)
        if answer.status_code not in _OK[method]:
            raise Unexpected(answer.status_code, _code(answer), answer.text)
        return answer

    # Jobs

    def environment_job(self, job_id: str, enterprise: str | None = None) -> None:
        """Wait for a job that creates or deletes an environment: no environment is named. Raises `JobFailed`."""

        def look() -> str:
            answer = self.call("GET", f"/jobs/{job_id}", enterprise=enterprise).json()
            status = answer["spec"]["status"]
            return str(status) if status in ("success", "failed", "timeout") else ""

        status = wait_for(look, what=f"the end of job {job_id}")
        if status != "success":
            raise JobFailed(f"unexpect job status ({status})")

    def action_job(self, job_id: str, environment: str) -> None:
        """Wait for a component's job: the environment is named, no enterprise project and no type of content."""

        def look() -> Any:
            spec = self.call("GET", f"/jobs/{job_id}", environment=environment, typed=False).json()["spec"]
            return spec if spec["status"] in ENDED else None

        spec = wait_for(look, what=f"the end of job {job_id}")
        if spec["status"] == "failed":
            first = next(task for task in spec["tasks"] if task["status"] == "failed")
            raise JobFailed(f"{first['name']}: {first['detail']}")
        assert spec["status"] == "success", f"the provider would poll {spec['status']} until its own timeout"


class Gone(msgspec.Struct, frozen=True):
    """What a read returns for a resource that is not there any more."""


def read(call: Any, codes: set[tuple[int, str]]) -> httpx2.Response | Gone:
    """Return the answer of a read; `Gone` for what the provider recognises as such."""
    try:
        answer: httpx2.Response = call()
    except Unexpected as unexpected:
        if unexpected.status == 404 or (unexpected.status, unexpected.code) in codes:
            return Gone()
        raise
    return answer


def go_json(value: Any) -> bytes:
    """Return JSON as Go writes it: compact, angle brackets and ampersands escaped, a newline at the end; no nulls."""
    text = json.dumps(_compact(value), separators=(",", ":"), ensure_ascii=False)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f"{text}\n".encode()


def signed(
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    access_key: str = ACCESS_KEY,
    secret_key: str = SECRET_KEY,
    minutes_off: float = 0,
) -> dict[str, str]:
    """Return the headers that sign a request by the access key: all that are there count, Host does not (section 3.2).

    `X-Project-Id` is added behind the signature and not part of it. The clock may be off by minutes.
    """
    date = (datetime.now(tz=UTC) + timedelta(minutes=minutes_off)).strftime("%Y%m%dT%H%M%SZ")
    lines = {name.lower(): value.strip() for name, value in {**headers, "X-Sdk-Date": date}.items()}
    names = ";".join(sorted(lines))
    plain, _, query = path.partition("?")
    canonical = "\n".join(
        [
            method,
            plain if plain.endswith("/") else f"{plain}/",
            "&".join(sorted(query.split("&"))) if query else "",
            "".join(f"{name}:{lines[name]}\n" for name in sorted(lines)),
            names,
            hashlib.sha256(body).hexdigest(),
        ]
    )
    text = f"SDK-HMAC-SHA256\n{date}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()
    claim = f"SDK-HMAC-SHA256 Access={access_key}, SignedHeaders={names}, Signature={signature}"
    return {"X-Sdk-Date": date, "Authorization": claim, "X-Project-Id": PROJECT}


def newest_by_type(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the provider reads from a list of configurations: the newest usable item of each type."""
    newest: dict[str, tuple[datetime, Any]] = {}
    for item in items:
        if not item.get("data"):
            continue
        at = datetime.fromisoformat(item["operated_at"])
        at = at.replace(microsecond=at.microsecond // 1_000 * 1_000)
        if item["type"] not in newest or at > newest[item["type"]][0]:
            newest[item["type"]] = (at, without_empty(item["data"]))
    return {type_: data for type_, (_, data) in newest.items()}


def without_empty(value: Any) -> Any:
    """Return JSON as it is compared: nulls and empty maps directly inside of objects do not count."""
    if not isinstance(value, dict):
        return value
    kept = {name: without_empty(inner) for name, inner in value.items()}
    return {name: inner for name, inner in kept.items() if inner is not None and inner != {}}


def _compact(value: Any) -> Any:
    """Return a value without nulls, empty maps and optional blocks that are not there."""
    if isinstance(value, dict):
        kept = {name: _compact(inner) for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if inner is not None and inner != {}}
    return [_compact(inner) for inner in value] if isinstance(value, list) else value


def _code(answer: httpx2.Response) -> str:
    try:
        return str(answer.json()["error_code"])
    except (ValueError, KeyError, TypeError):
        return ""
