"""The end of an instance: preStop, SIGTERM, SIGKILL when its time is up; its log is kept, its container goes."""

from __future__ import annotations

import asyncio
import math
from typing import Final

import msgspec

from homeport.drivers.docker.commands import run_command
from homeport.drivers.docker.containers import Container
from homeport.drivers.docker.engine import DockerEngine, EngineRefused
from homeport.drivers.docker.labels import Identity
from homeport.drivers.docker.layout import DockerLayout, Remembered
from homeport.drivers.docker.logs import keep_log, whole_log
from homeport.drivers.docker.shipping import Shipping
from homeport.log_setup import get_logger
from homeport.model.clock import Clock

_LAST_GRACE: Final = 2.0
"""Seconds that SIGTERM gets at least, when a preStop hook has used up the time."""

_PAUSE: Final = 0.05
_GONE: Final = 404
_ENDS_ALREADY: Final = 409

_log = get_logger()


class Ending:
    """Ends containers of one data folder."""

    def __init__(
        self, engine: DockerEngine, layout: DockerLayout, shipping: Shipping, clock: Clock, log_bytes: int
    ) -> None:
        self._engine = engine
        self._layout = layout
        self._shipping = shipping
        self._clock = clock
        self._log_bytes = log_bytes

    async def look(self, name: str) -> Container | None:
        """Return a container of this name; None where there is none."""
        content = await self._engine.found(f"/containers/{name}/json")
        return None if content is None else msgspec.json.decode(content, type=Container)

    async def is_of(self, component_id: str, name: str) -> bool:
        """Tell whether there is a container of this name that is the component's: nobody reads another's log."""
        container = await self.look(name)
        identity = container.identity if container is not None else None
        return identity is not None and identity.known.component_id == component_id

    async def end(self, container: Container, identity: Identity) -> bool:
        """End an instance for good; tell whether its container was seen gone."""
        try:
            await self._stop(container, identity)
            await self._remove(container, identity)
        except EngineRefused as refusal:
            if refusal.status != _GONE:
                _log.warning("docker.not_ended", instance=identity.known.name, error=str(refusal))
        return await self._engine.found(f"/containers/{container.id}/json") is None

    async def rest_after_hook(self, container: Container, identity: Identity) -> float:
        """Run the preStop hook of a program that runs; return the seconds that SIGTERM has then."""
        seconds = container.config.stop_timeout if container.config.stop_timeout is not None else 10
        hook = identity.lifecycle.pre_stop
        if hook is None or container.state.status != "running":
            return seconds
        end = self._clock.monotonic() + seconds
        if failure := await run_command(self._engine, container.id, hook, seconds):
            _log.warning("docker.hook_failed", instance=identity.known.name, hook="preStop", error=failure)
        return max(end - self._clock.monotonic(), _LAST_GRACE)

    async def _stop(self, container: Container, identity: Identity) -> None:
        if container.state.status not in ("running", "restarting", "paused"):
            return
        rest = await self.rest_after_hook(container, identity)
        params = {"t": str(math.ceil(rest))}
        await self._engine.call("POST", f"/containers/{container.id}/stop", params=params, timeout=None)

    async def _remove(self, container: Container, identity: Identity) -> None:
        known = identity.known
        ended = await self.look(container.id)
        if ended is None:
            return
        await self._shipping.finish(known.component_id, known.name)
        files = self._layout.files(known.component_id, known.name)
        whole = whole_log(self._engine, container.id, files)
        await keep_log(whole, self._layout.log(known.component_id, known.name), self._log_bytes)
        memory = Remembered(
            ended=True,
            exit_code=ended.state.exit_code if ended.started_at is not None else None,
            started_at=ended.started_at,
            restarts=ended.restart_count,
        )
        self._layout.remember(known.component_id, known.name, memory)
        await self.remove(container.id)
        await asyncio.to_thread(files.remove)

    async def remove(self, container_id: str) -> None:
        """Remove a container, whatever it does, and return when it is gone."""
        while True:
            try:
                params = {"force": "1", "v": "1"}
                await self._engine.call("DELETE", f"/containers/{container_id}", params=params, timeout=None)
            except EngineRefused as refusal:
                if refusal.status == _GONE:
                    return
                if refusal.status != _ENDS_ALREADY:
                    raise
                # Somebody else removes it already: it is waited for.
                await self._clock.sleep(_PAUSE)
            else:
                return
