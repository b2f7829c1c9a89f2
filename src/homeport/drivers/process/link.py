"""The way to the supervisor of a data folder: finds it, starts it where none runs, and speaks HTTP over its socket.

Every call of the supervisor may be made twice, so a call that broke off is made again, if need be of a supervisor that
was started for it.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Final

import httpx2
import msgspec

from homeport.drivers.process.layout import Layout
from homeport.drivers.process.remains import has_remains
from homeport.drivers.process.wire import REFUSED, Info
from homeport.drivers.sources.environment import for_supervisor
from homeport.model.causes import Cause, Failure, TaskFailed, failed

_ATTEMPTS: Final = 3
_LONGEST_START: Final = 30.0


class SupervisorLink:
    """A connection to the supervisor of one data folder, shared by all who ask it something.

    As long as the link is open the supervisor stays, even when nothing runs.
    """

    def __init__(self, data_dir: Path, *, starts: bool = True, flags: tuple[str, ...] = ()) -> None:
        """Speak to the supervisor of `data_dir`.

        `starts` tells whether one is started where none runs; `flags` are given to it (`--idle-seconds 10`). One that
        was killed and left something running is followed by another in any case.
        """
        self.layout = Layout(data_dir)
        self._starts = starts
        self.flags = flags
        self._client: httpx2.AsyncClient | None = None
        self._starting = asyncio.Lock()
        self._starts_under_way: set[asyncio.Future[str]] = set()

    async def call(self, method: str, path: str, body: bytes | None = None, *, timeout: float | None = 30.0) -> bytes:  # noqa: ASYNC109 - of one attempt, not of the call
        """Make a call and return the body of its answer.

        `timeout` is the longest silence in seconds that is borne, None for a call that waits on purpose.

        Raises:
            TaskFailed: the supervisor refused, with its failure; or it cannot be reached (`driver-unreachable`).
        """
        for _ in range(_ATTEMPTS):
            client = self._client or await self._connect()
            answer = await self._answer(client, method, path, body, timeout)
            if answer is not None:
                return answer
        raise self._breaks_off()

    async def runs(self) -> bool:
        """Tell whether a supervisor answers. None is started to find out, unless one was killed and left something."""
        async with self._starting:
            if self._client is None:
                self._client = await self._found()
            if self._client is None and has_remains(self.layout):
                self._client = await self._started()
        return self._client is not None

    async def info(self) -> Info:
        """Return who the supervisor is and what it looks after."""
        return msgspec.json.decode(await self.call("GET", "/v1/info"), type=Info)

    async def down(self) -> None:
        """End every instance, every build and the supervisor itself; returns when they were seen gone.

        Nothing is to be done where no supervisor runs and none has left anything.
        """
        for _ in range(_ATTEMPTS):
            # One that has ended by itself after it was found has nothing left to end.
            if not await self.runs() or (client := self._client) is None:
                return
            if await self._answer(client, "POST", "/v1/down", None, None) is not None:
                return
        raise self._breaks_off()

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._let_go(self._client)

    async def _answer(
        self, client: httpx2.AsyncClient, method: str, path: str, body: bytes | None, silence: float | None
    ) -> bytes | None:
        """Return the body of an answer; None where the connection broke off before it."""
        try:
            response = await client.request(method, path, content=body, timeout=silence)
        except httpx2.ReadTimeout as error:
            raise failed(Cause.DRIVER_UNREACHABLE, f"the supervisor did not answer within {silence} s") from error
        except httpx2.TransportError:
            await self._let_go(client)
            return None
        return _accepted(response)

    def _breaks_off(self) -> TaskFailed:
        what = f"the supervisor of {self.layout.data_dir} breaks off every connection"
        return failed(Cause.DRIVER_UNREACHABLE, what)

    async def _let_go(self, client: httpx2.AsyncClient) -> None:
        if self._client is client:
            self._client = None
        await client.aclose()

    async def _connect(self) -> httpx2.AsyncClient:
        async with self._starting:
            if self._client is None:
                self._client = await self._found() or await self._started()
            return self._client

    async def _found(self) -> httpx2.AsyncClient | None:
        where = self.layout.where()
        if where is None:
            return None
        client = _client(where.socket)
        try:
            await client.get("/v1/info", timeout=30.0)
        except httpx2.TransportError:
            await client.aclose()
            return None
        return client

    async def _started(self) -> httpx2.AsyncClient:
        if not self._starts and not has_remains(self.layout):
            raise failed(Cause.DRIVER_UNREACHABLE, f"no supervisor runs for {self.layout.data_dir}")
        # Seen through even when the caller stops waiting: a program that is half started belongs to nobody.
        start = asyncio.ensure_future(self._start())
        self._starts_under_way.add(start)
        start.add_done_callback(self._starts_under_way.discard)
        words = await asyncio.shield(start)
        client = await self._found()
        if client is None:
            raise failed(Cause.DRIVER_UNREACHABLE, f"the supervisor of {self.layout.data_dir} does not start: {words}")
        return client

    async def _start(self) -> str:
        """Start a supervisor, wait until it or another one answers, and return what it said where it does not."""
        arguments = ("-m", "homeport.supervisor", "--detach", "--data-dir", str(self.layout.data_dir), *self.flags)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env=for_supervisor(os.environ),
            start_new_session=True,
        )
        try:
            _, words = await asyncio.wait_for(process.communicate(), _LONGEST_START)
        except TimeoutError:
            return f"it was not ready within {_LONGEST_START:.0f} s"
        return words.decode(errors="replace").strip() or f"it ended with exit code {process.returncode}"


def _client(socket: str) -> httpx2.AsyncClient:
    transport = httpx2.AsyncHTTPTransport(
        uds=socket,
        verify=False,  # no TLS on this socket: spares reading the machine's certificates
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=20, keepalive_expiry=None),
    )
    return httpx2.AsyncClient(transport=transport, base_url="http://supervisor", trust_env=False)


def _accepted(response: httpx2.Response) -> bytes:
    if response.is_success:
        return response.content
    if response.status_code == REFUSED:
        raise TaskFailed(msgspec.json.decode(response.content, type=Failure))
    raise failed(Cause.INTERNAL, f"the supervisor answered {response.status_code}: {response.text[:500]}")
