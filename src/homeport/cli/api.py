"""The client: calls of the API, signed with an access key, as JSON documents."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Generator, Iterator, Mapping
from functools import cached_property, partial
from typing import Any, Final

import httpx2

from homeport import __version__
from homeport.cli.connection import Target
from homeport.cli.failures import ExitCode, Failure
from homeport.cli.waiting import SystemWaiter, Waiter
from homeport.identity.signature import SignedRequest, sign
from homeport.model.clock import Clock, SystemClock
from homeport.model.ids import SystemIds

_TIMEOUT: Final = httpx2.Timeout(30.0, connect=5.0)
_UNSURE: Final = (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError)
"""After these the engine may have carried out what it was asked for, or not."""
_SURE_WITHIN: Final = 10.0
"""Seconds for which a request is sent again under its key until its answer is known: an engine restarts in less."""
_AGAIN_SECONDS: Final = 0.25
_SIGNED: Final = (b"host", b"content-type", b"x-environment-id")

Query = Mapping[str, str | int]


class Refused(Failure):
    """The engine refused a call; `status` is HTTP's."""

    def __init__(self, message: str, *, status: int, error_code: str, advice: str = "") -> None:
        super().__init__(message, advice=advice, error_code=error_code)
        self.status = status


class NotReachable(Failure):
    """Nothing answers at the engine's address, or not as an engine does."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message, advice=advice, code=ExitCode.UNREACHABLE)


class Silence(Exception):  # noqa: N818 - not every silence is a failure
    """Nothing has come over a stream for as long as was waited."""


class Signature(httpx2.Auth):
    """Signs requests with SDK-HMAC-SHA256 (contract/auth.md, section 3)."""

    requires_request_body = True

    def __init__(self, target: Target, clock: Clock) -> None:
        self._credentials = target.credentials
        self._clock = clock

    def auth_flow(self, request: httpx2.Request) -> Iterator[httpx2.Request]:  # type: ignore[override]  # a generator all the same
        """Add the signature; headers that a proxy may change are left out of it."""
        path, _, query = request.url.raw_path.partition(b"?")
        signed = SignedRequest(
            method=request.method,
            path=path,
            query=query,
            headers=[(name, value) for name, value in request.headers.raw if name.lower() in _SIGNED],
            body=request.content,
        )
        credentials = self._credentials
        for name, value in sign(signed, credentials.access_key, credentials.secret_key, self._clock.now()):
            request.headers[name.decode()] = value.decode()
        yield request


class Api:
    """Calls of one engine, as one caller, in one project."""

    def __init__(
        self, target: Target, transport: httpx2.BaseTransport | None = None, waiter: Waiter | None = None
    ) -> None:
        """`transport` replaces the network in tests, `waiter` the time."""
        self.target = target
        self._waiter = waiter or SystemWaiter()
        self._ids = SystemIds(SystemClock())
        self._client = httpx2.Client(
            base_url=target.url,
            auth=Signature(target, SystemClock()),
            headers={"User-Agent": f"homeport/{__version__}"},
            timeout=_TIMEOUT,
            verify=_trust(target),
            # A proxy of the environment is for the world outside, never for this machine.
            trust_env=not target.on_this_machine,
            transport=transport,
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    @cached_property
    def project_id(self) -> str:
        """The project that is called for: the one that was named, else the caller's only one."""
        if self.target.project_id:
            return self.target.project_id
        projects = self.call("GET", "/v3/auth/projects")["projects"]
        if len(projects) != 1:
            names = ", ".join(f"{one['name']} ({one['id']})" for one in projects) or "none"
            raise Failure(
                f"Nothing says which project is meant; the caller's are: {names}",
                advice="Name one: --project ID, or HOMEPORT_PROJECT_ID.",
                code=ExitCode.USAGE,
            )
        return str(projects[0]["id"])

    def cae(self, path: str) -> str:
        """Return the path of one of CAE's calls in the project."""
        return f"/v1/{self.project_id}/cae{path}"

    def own(self, path: str) -> str:
        """Return the path of one of Homeport's own calls in the project."""
        return f"/homeport/v1/{self.project_id}{path}"

    def call(
        self,
        method: str,
        path: str,
        *,
        environment_id: str | None = None,
        body: object = None,
        query: Query | None = None,
    ) -> Any:
        """Make a call and return the document that is answered; None for an empty answer.

        Raises:
            Refused: the engine refused.
            NotReachable: it could not be asked.
        """
        response = self.send(method, path, environment_id=environment_id, body=body, query=query)
        if not response.content:
            return None
        try:
            return response.json()
        except ValueError:
            raise self._no_engine(response) from None

    def send(
        self,
        method: str,
        path: str,
        *,
        environment_id: str | None = None,
        body: object = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx2.Response:
        """Make a call and return the whole answer, which is good or 304. Raises as `call` does.

        A POST has a key of its own. When the connection breaks before its answer is there it is sent again under that
        key, so that it is carried out once and its answer is known.
        """
        sent = dict(headers or {})
        if environment_id:
            sent["X-Environment-ID"] = environment_id
        if method == "POST":
            sent["Idempotency-Key"] = self._ids.uuid()
        request = partial(self._client.request, method, path, json=body, params=dict(query or {}) or None, headers=sent)
        try:
            response = self._surely(request) if method == "POST" else request()
        except httpx2.TransportError as error:
            raise self._unreachable(error) from error
        self._check(response)
        return response

    def _surely(self, request: Callable[[], httpx2.Response]) -> httpx2.Response:
        """Return the answer of a request that has a key; where it got lost, by sending the request again."""
        try:
            return request()
        except _UNSURE:
            until = self._waiter.now() + _SURE_WITHIN
        while True:
            try:
                return request()
            except (*_UNSURE, httpx2.ConnectError):
                if self._waiter.now() >= until:
                    raise
                self._waiter.pause(_AGAIN_SECONDS)

    def stream(
        self,
        path: str,
        query: Query | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        silence: float | None = None,
    ) -> Generator[bytes, None, None]:
        """Yield what is answered as it arrives, however long nothing does. Raises as `call` does.

        Raises:
            Silence: nothing has come for `silence` seconds.
        """
        timeout = httpx2.Timeout(silence, connect=5.0)
        params = dict(query or {}) or None
        try:
            with self._client.stream("GET", path, params=params, headers=headers, timeout=timeout) as response:
                if not response.is_success:
                    response.read()
                    self._check(response)
                yield from response.iter_bytes()
        except httpx2.ReadTimeout as error:
            if silence is None:
                raise self._unreachable(error) from error
            raise Silence from error
        except httpx2.TransportError as error:
            raise self._unreachable(error) from error

    def _check(self, response: httpx2.Response) -> None:
        if response.is_success or response.status_code == httpx2.codes.NOT_MODIFIED:
            return
        code, message = _said(response)
        if not message:
            raise self._no_engine(response)
        advice = ""
        if response.status_code == httpx2.codes.UNAUTHORIZED:
            advice = "Check the access key: HOMEPORT_ACCESS_KEY and HOMEPORT_SECRET_KEY, or credentials.json."
        raise Refused(message, status=response.status_code, error_code=code, advice=advice)

    def _unreachable(self, error: httpx2.TransportError) -> NotReachable:
        why = str(error) or type(error).__name__
        if isinstance(error, httpx2.ReadTimeout):
            advice = "It may be busy, or stopped (Ctrl-Z). See its log; `homeport doctor` looks at the machine."
            return NotReachable(f"The engine at {self.target.url} does not answer in time", advice)
        advice = (
            "Start the engine: homeport serve. Or say where it is: --endpoint URL.\n"
            "`homeport doctor` looks for what is wrong on this machine."
        )
        return NotReachable(f"Nothing answers at {self.target.url}: {why}", advice)

    def _no_engine(self, response: httpx2.Response) -> NotReachable:
        kind = response.headers.get("content-type", "no content type")
        what = f"What answers at {self.target.url} is no Homeport engine: status {response.status_code}, {kind}"
        return NotReachable(what, "Check --endpoint (HOMEPORT_ENDPOINT), and whether a proxy stands between.")


def _trust(target: Target) -> ssl.SSLContext | bool:
    if not target.url.startswith("https:"):
        return False
    if target.ca is None:
        return True
    try:
        return ssl.create_default_context(cafile=target.ca)
    except OSError as error:
        raise Failure(
            f"The certificates in {target.ca} cannot be used: {error.strerror or error}",
            advice="Give a PEM file: --ca-file FILE.",
            code=ExitCode.USAGE,
        ) from error


def _said(response: httpx2.Response) -> tuple[str, str]:
    """Return code and message of a refusal, as CAE or IAM write it; empty texts for an answer of another kind."""
    try:
        document = response.json()
    except ValueError:
        return "", ""
    if not isinstance(document, dict):
        return "", ""
    iam = document.get("error")
    if isinstance(iam, dict):
        return str(iam.get("code", "")), str(iam.get("message", ""))
    return str(document.get("error_code", "")), str(document.get("error_msg", ""))
