"""The Engine's events of this data folder's containers, so that nobody has to ask again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

import msgspec

from homeport.drivers.docker.engine import DockerEngine, EngineRefused, filters
from homeport.drivers.docker.labels import HOUSE
from homeport.log_setup import get_logger
from homeport.model.causes import TaskFailed
from homeport.model.clock import Clock

_PAUSE: Final = 0.5
"""Seconds until an Engine that is gone is asked again."""

_TOLD: Final = ("create", "start", "die", "oom", "kill", "stop", "restart", "pause", "unpause", "destroy")
"""What is told of; commands within containers, probes above all, are events, too."""

_log = get_logger()


class Actor(msgspec.Struct, rename="pascal"):
    """Which container it was."""

    attributes: dict[str, str] = {}


class Event(msgspec.Struct, rename="pascal"):
    """Something that happened to a container."""

    action: str = ""
    actor: Actor = msgspec.field(default_factory=Actor)

    @property
    def name(self) -> str:
        """Name of the container."""
        return self.actor.attributes.get("name", "")

    @property
    def exit_code(self) -> int | None:
        """With which code its program has ended, for an event that tells of it."""
        code = self.actor.attributes.get("exitCode", "")
        return int(code) if code.lstrip("-").isdigit() else None


class Events:
    """Listens as long as it is open; whoever was not heard of meanwhile is looked at again."""

    def __init__(
        self, engine: DockerEngine, clock: Clock, *, heard: Callable[[Event], None], missed: Callable[[], None]
    ) -> None:
        """`heard` is called for every event, `missed` when there may have been some that nobody heard."""
        self._engine = engine
        self._clock = clock
        self._heard = heard
        self._missed = missed
        self._listening: asyncio.Task[None] | None = None

    def begin(self, house: str) -> None:
        """Listen from now on; asked twice, it is once."""
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen(house), name="events of the Docker Engine")

    async def close(self) -> None:
        """Listen no longer."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait((self._listening,))

    async def _listen(self, house: str) -> None:
        params = filters(type=["container"], label=[f"{HOUSE}={house}"], event=_TOLD)
        while True:
            try:
                async with self._engine.stream("GET", "/events", params=params) as pieces:
                    self._missed()
                    rest = b""
                    async for piece in pieces:
                        *lines, rest = (rest + piece).split(b"\n")
                        for line in filter(None, lines):
                            self._heard(msgspec.json.decode(line, type=Event))
            except (TaskFailed, EngineRefused) as error:
                _log.warning("docker.events_interrupted", error=str(error))
            self._missed()
            await self._clock.sleep(_PAUSE)
