"""Health checks of an instance: startup delays the other two, readiness gates traffic, liveness asks for a restart.

As in Kubernetes (CAE runs on it), with one difference: until a probe has passed for the first time it is tried more
often than its period, so that a program that is up after half a second does not wait for the second try.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec

from homeport.model.clock import Clock
from homeport.model.workloads import Exec, HealthCheck, HttpGet, Probe, TcpSocket

PORT_ACCEPTS: Final = Probe(period_seconds=10, timeout_seconds=1, tcp_socket=TcpSocket())
"""What readiness means without a readiness probe."""

_FIRST_PAUSE: Final = 0.05
_GROWTH: Final = 1.5

Command = Callable[[Exec, float], Awaitable[str]]
"""Runs a command inside the instance for at most some seconds; returns what went wrong, empty when nothing did."""

Fetch = Callable[[str, Mapping[str, str]], Awaitable[int]]
"""GETs a URL with headers of a connection's own and returns the status of the answer: certificates are not looked at,
nor redirects taken. Raises `Unanswered`."""

Say = Callable[[bool, str], None]
"""Takes whether the instance is ready, and the failure that keeps it from being so."""


class Unanswered(Exception):  # noqa: N818 - an answer, not a defect
    """A request of a probe was not answered; the text says why."""


class Place(msgspec.Struct, frozen=True):
    """Where an instance listens."""

    host: str
    port: int
    alone: bool
    """Whether every port of the host is its own, so that a probe's port can be meant; else PORT stands for it."""

    def port_of(self, way: HttpGet | TcpSocket | None) -> int:
        """Return the port that a probe goes to."""
        named = way.port if way is not None and self.alone else None
        return named or self.port


class Health:
    """Watches over one run of an instance's program."""

    def __init__(
        self,
        check: HealthCheck,
        place: Place,
        *,
        command: Command,
        fetch: Fetch,
        say: Say,
        clock: Clock,
        age: float = 0,
    ) -> None:
        """`age` is how many seconds the program has run already: initial delays count from its start."""
        self._check = check
        self._place = place
        self._command = command
        self._fetch = fetch
        self._say = say
        self._clock = clock
        self._began = clock.monotonic() - age

    async def watch(self) -> str:
        """Say again and again whether the instance is ready; return in words why it has to be restarted."""
        if self._check.startup_probe is not None:
            failure = await self._start(self._check.startup_probe)
            if failure:
                return failure
        gate = asyncio.ensure_future(self._gate(self._check.readiness_probe))
        life = asyncio.ensure_future(self._live(self._check.liveness_probe))
        try:
            done, _ = await asyncio.wait((gate, life), return_when=asyncio.FIRST_COMPLETED)
            return str(done.pop().result())
        finally:
            gate.cancel()
            life.cancel()
            await asyncio.wait((gate, life))

    async def _start(self, probe: Probe) -> str:
        """Wait for the startup probe to pass; return the failure when it has not for all of its tries."""
        await self._delay(probe)
        end = self._clock.monotonic() + probe.failure_threshold * probe.period_seconds
        pause = _FIRST_PAUSE
        while failure := await self._tried("startup", probe):
            if self._clock.monotonic() + pause > end:
                return failure
            self._say(False, failure)
            await self._clock.sleep(pause)
            pause = min(pause * _GROWTH, probe.period_seconds)
        return ""

    async def _gate(self, asked: Probe | None) -> str:
        """Say whether the instance may be given traffic, for ever. Only a probe that was asked for can fail aloud."""
        probe = asked or PORT_ACCEPTS
        await self._delay(probe)
        ready, run, pause = False, 0, _FIRST_PAUSE
        while True:
            failure = await self._tried("readiness", probe)
            run = run + 1 if bool(failure) == ready else 0
            if run >= (probe.failure_threshold if ready else probe.success_threshold):
                ready, run = not ready, 0
            self._say(ready, failure if asked else "")
            await self._clock.sleep(probe.period_seconds if ready or not failure else pause)
            pause = min(pause * _GROWTH, probe.period_seconds)

    async def _live(self, probe: Probe | None) -> str:
        """Return the failure when the liveness probe has failed as often as it may; never, without one."""
        if probe is None:
            never: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            return await never
        await self._delay(probe)
        failures = 0
        while True:
            failure = await self._tried("liveness", probe)
            failures = failures + 1 if failure else 0
            if failures >= probe.failure_threshold:
                return failure
            await self._clock.sleep(probe.period_seconds)

    async def _delay(self, probe: Probe) -> None:
        """Wait until the program is as old as the probe's initial delay asks for."""
        await self._clock.sleep(max(self._began + probe.initial_delay_seconds - self._clock.monotonic(), 0))

    async def _tried(self, kind: str, probe: Probe) -> str:
        failure = await self._try(probe)
        return f"{kind} probe: {failure}" if failure else ""

    async def _try(self, probe: Probe) -> str:
        if probe.exec is not None:
            return await self._command(probe.exec, probe.timeout_seconds)
        way = "tcp" if probe.http_get is None else f"GET {probe.http_get.path}"
        host, port = self._place.host, self._place.port_of(probe.http_get or probe.tcp_socket)
        try:
            async with asyncio.timeout(probe.timeout_seconds):
                return await (_connect(host, port) if probe.http_get is None else self._get(host, port, probe.http_get))
        except TimeoutError:
            return f"{way} on port {port}: no answer within {probe.timeout_seconds} s"

    async def _get(self, host: str, port: int, way: HttpGet) -> str:
        """Try an HTTP probe: any answer from 200 to 399 is healthy."""
        path = way.path if way.path.startswith("/") else f"/{way.path}"
        asked = {header.get("name", ""): header.get("value", "") for header in way.http_headers if header.get("name")}
        try:
            url = f"{way.scheme.lower()}://{host}:{port}{path}"
            status = await self._fetch(url, {"User-Agent": "homeport-probe", **asked})
        except Unanswered as reason:
            return f"GET {path} on port {port}: {reason}"
        return "" if 200 <= status < 400 else f"GET {path} on port {port} answered {status}"


def port_notes(check: HealthCheck, port: int) -> tuple[str, ...]:
    """Return in a sentence that the probes' own ports stand for PORT, where they name others."""
    probes = (check.startup_probe, check.readiness_probe, check.liveness_probe)
    ways = [way for probe in probes if probe is not None for way in (probe.http_get, probe.tcp_socket) if way]
    others = sorted({way.port for way in ways if way.port not in (None, port)}, key=int)
    if not others:
        return ()
    named = ", ".join(map(str, others))
    return (f"Probes of port {named} go to PORT ({port}): every instance on this machine has a port of its own.",)


async def _connect(host: str, port: int) -> str:
    try:
        _, writer = await asyncio.open_connection(host, port)
    except OSError as error:
        return f"tcp on port {port}: {error.strerror or error}"
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return ""
