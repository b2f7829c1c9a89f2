"""The Docker Engine's API: calls and streams over its socket, and what goes wrong with them.

An Engine that is being started again is waited for a moment; every call of this driver may be made twice.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
import msgspec

from homeport.drivers.docker.settings import DEFAULT_HOST
from homeport.model.causes import Cause, TaskFailed, failed
from homeport.model.clock import Clock

_VERSION: Final = "v1.41"
"""Of the API: Docker 20.10 and everything later speaks it."""

_PATIENCE: Final = 3.0
"""Seconds for which an Engine that does not answer is asked again."""

_PAUSE: Final = 0.1


class EngineRefused(Exception):  # noqa: N818 - said of the call
    """The Engine answered that it cannot do what was asked; `status` is HTTP's, `message` its own words."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"the Docker Engine answered {status}: {message}")
        self.status = status
        self.message = message


class DockerEngine:
    """A way to the Engine at one address, shared by all who ask it something."""

    def __init__(self, host: str, clock: Clock) -> None:
        self.host = host
        self._clock = clock
        self._client: httpx2.AsyncClient | None = None

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def call(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
        timeout: float | None = 60.0,  # noqa: ASYNC109 - the longest silence of one attempt, not of the call
        patience: float = _PATIENCE,
    ) -> bytes:
        """Make a call and return the body of its answer; one that nobody answers is made again for `patience` seconds.

        Raises:
            EngineRefused: it answered with an error.
            TaskFailed: it does not answer (`driver-unreachable`).
        """
        give_up = self._clock.monotonic() + patience
        while True:
            try:
                response = await self._connection().request(
                    method, f"/{_VERSION}{path}", json=body, params=params, timeout=timeout
                )
            except httpx2.TransportError as error:
                if isinstance(error, httpx2.ReadTimeout) or self._clock.monotonic() >= give_up:
                    raise self._unreachable(error) from error
                await self._clock.sleep(_PAUSE)
            else:
                return _accepted(response.status_code, response.content)

    async def found(self, path: str, **asked: Any) -> bytes | None:
        """Return what `GET path` answers; None where there is no such thing."""
        try:
            return await self.call("GET", path, **asked)
        except EngineRefused as refusal:
            if refusal.status == httpx2.codes.NOT_FOUND:
                return None
            raise

    @asynccontextmanager
    async def stream(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        content: AsyncIterator[bytes] | None = None,
    ) -> AsyncIterator[AsyncIterator[bytes]]:
        """Make a call whose answer comes in pieces; leaving the block closes the connection, which ends its work.

        Raises:
            EngineRefused, TaskFailed: as `call`; the latter also while pieces are read.
        """
        try:
            call = self._connection().stream(
                method, f"/{_VERSION}{path}", json=body, content=content, params=params, headers=headers, timeout=None
            )
            async with call as response:
                if response.is_error:
                    _accepted(response.status_code, await response.aread())
                yield response.aiter_raw()
        except httpx2.TransportError as error:
            raise self._unreachable(error) from error

    def _connection(self) -> httpx2.AsyncClient:
        if self._client is None:
            # An engine without Docker never loads what a client is made of, which takes longer than all of its start.
            if _has_no_socket(self.host):
                raise httpx2.ConnectError(f"there is no {self.host}")
            self._client = _client(self.host)
        return self._client

    def _unreachable(self, error: Exception) -> TaskFailed:
        return failed(
            Cause.DRIVER_UNREACHABLE, f"the Docker Engine at {self.host} does not answer ({type(error).__name__})"
        )


def filters(**wanted: Sequence[str]) -> dict[str, str]:
    """Return the parameter by which the Engine's lists are narrowed down."""
    return {"filters": json.dumps(wanted)}


def _has_no_socket(host: str) -> bool:
    address = urlsplit(host)
    return address.scheme == "unix" and not Path(address.path).exists()


def _client(host: str) -> httpx2.AsyncClient:
    address = urlsplit(host)
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=20)
    if address.scheme == "unix":
        transport = httpx2.AsyncHTTPTransport(uds=address.path, verify=False, limits=limits)
        return httpx2.AsyncClient(transport=transport, base_url="http://docker", trust_env=False)
    if address.scheme in ("tcp", "http") and address.netloc:
        return httpx2.AsyncClient(base_url=f"http://{address.netloc}", trust_env=False, limits=limits)
    what = f"{host} is no address of a Docker Engine that can be used"
    advice = f"Set docker_host (or DOCKER_HOST) to unix:///path or tcp://host:port; the usual one is {DEFAULT_HOST}."
    raise failed(Cause.DRIVER_UNREACHABLE, what, advice=advice)


def _accepted(status: int, content: bytes) -> bytes:
    if status < httpx2.codes.BAD_REQUEST:
        return content
    try:
        message = str(msgspec.json.decode(content)["message"])
    except (msgspec.DecodeError, KeyError, TypeError):
        message = content.decode(errors="replace")[:500]
    raise EngineRefused(status, message.strip())


async def version_at(host: str, clock: Clock, within: float = 5.0) -> str | None:
    """Return the version of the Engine at an address; None where none answers within so many seconds."""
    engine = DockerEngine(host, clock)
    try:
        async with asyncio.timeout(within):
            return str(msgspec.json.decode(await engine.call("GET", "/version", patience=0))["Version"])
    except (TaskFailed, EngineRefused, TimeoutError):
        return None
    finally:
        await engine.close()
