"""Builds of images: each a process of this one, so that ending it ends what the Engine does for it."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import msgspec

from homeport.drivers.base import LogSink
from homeport.drivers.docker.build.image import artifact_of
from homeport.drivers.docker.build.spec import BUILT_BY, BUILT_FOR, ImageSpec, image_name
from homeport.drivers.docker.engine import DockerEngine, EngineRefused, filters
from homeport.drivers.docker.images import Images
from homeport.drivers.docker.labels import INSTANCE
from homeport.drivers.docker.layout import DockerLayout
from homeport.drivers.docker.settings import DockerSettings
from homeport.drivers.sources.environment import for_builds
from homeport.drivers.sources.rules import check_source
from homeport.drivers.sources.runtimes import runtime_of
from homeport.drivers.sources.wanted import BuildEnd
from homeport.model.causes import Cause, TaskFailed, failed
from homeport.model.clock import Clock
from homeport.model.ids import Ids
from homeport.model.workloads import Artifact, BuildOrder

_PIECE: Final = 65_536
_GRACE: Final = 2.0
"""Seconds in which the Engine ends by itself what a build that was ended has left."""
_PAUSE: Final = 0.05
_LAYERS_KEPT: Final = "24h"
"""How old unfinished layers, and those of build stages, may become: the next build may want them."""


class _Made(msgspec.Struct, rename="pascal"):
    """An image or container in a list."""

    id: str
    repo_tags: list[str] | None = None
    labels: dict[str, str] | None = None


class ImageBuilds:
    """The builds of one data folder, and the images they made."""

    def __init__(
        self,
        engine: DockerEngine,
        layout: DockerLayout,
        settings: DockerSettings,
        clock: Clock,
        ids: Ids,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """`environ` is what builds see an allowed few variables of."""
        self._engine = engine
        self._images = Images(engine)
        self._layout = layout
        self._settings = settings
        self._clock = clock
        self._ids = ids
        self._environ = environ
        self._running: dict[str, asyncio.subprocess.Process] = {}

    def check(self, order: BuildOrder) -> None:
        """Pass when a source of code or a package can be built.

        Raises:
            TaskFailed: `source-unsupported`, `source-refused` or `credential-missing`.
        """
        check_source(order, self._settings.file_sources)
        runtime_of(order.runtime)

    async def build(self, order: BuildOrder, log: LogSink) -> Artifact:
        """Return the artifact of a build: what it has made already, or makes now."""
        image = await self._images.find(image_name(order))
        if image is not None:
            return artifact_of(order, image.id)
        self.check(order)
        # An engine that was killed in the middle of it has left a folder, and at the Docker Engine perhaps more.
        await self.stop(order.id)
        component_id = order.owner.component_id
        folder = await asyncio.to_thread(self._layout.begin_build, component_id, order.id, self._ids.uuid())
        # One that is interrupted keeps its folder: by it `stop` knows where to look for what is left.
        end = await self._carry_out(order, folder, log)
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        if end.artifact is None:
            raise TaskFailed(end.failure) if end.failure else failed(Cause.INTERNAL, "the build has no result")
        return end.artifact

    async def stop(self, build_id: str) -> None:
        """End a build; return when nothing of it runs any more, here or at the Engine."""
        process = self._running.get(build_id)
        if process is not None:
            await _killed(process)
        for component_id in await asyncio.to_thread(self._layout.clear_build, build_id):
            await self._clear(component_id)

    async def close(self) -> None:
        """End every build under way: the next engine begins them anew."""
        for process in list(self._running.values()):
            await _killed(process)

    async def keep(self, component_id: str, references: Sequence[str]) -> None:
        """Remove the images that were built for a component and are not named here; those of containers stay."""
        for image in await self._built(component_id):
            if image.id not in references:
                for name in image.repo_tags or (image.id,):
                    await self._remove(name)
        await self._prune(component_id, {"until": [_LAYERS_KEPT]} if references else {})

    async def _carry_out(self, order: BuildOrder, folder: Path, log: LogSink) -> BuildEnd:
        spec = ImageSpec(
            order=order,
            environ=for_builds(self._environ),
            file_sources=self._settings.file_sources,
            max_package_bytes=self._settings.max_package_bytes,
            max_unpacked_bytes=self._settings.max_unpacked_bytes,
            max_entries=self._settings.max_entries,
            host=self._settings.host,
            house=self._layout.house(self._ids),
            base_images=dict(self._settings.base_images),
        )
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "homeport.drivers.docker.build", str(folder)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=folder,
            env=spec.environ | {"PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
        self._running[order.id] = process
        try:
            await _hand_on(process, msgspec.json.encode(spec) + b"\n", log)
            code = await process.wait()
        finally:
            await _killed(process)
            del self._running[order.id]
        return await asyncio.to_thread(_read_end, folder / "result.json", code)

    async def _clear(self, component_id: str) -> None:
        """Wait until no container is left in which something was built for a component; remove what stays."""
        give_up = self._clock.monotonic() + _GRACE
        while left := await self._building(component_id):
            if self._clock.monotonic() >= give_up:
                for container in left:
                    await self._engine.call("DELETE", f"/containers/{container.id}", params={"force": "1", "v": "1"})
                return
            await self._clock.sleep(_PAUSE)

    async def _building(self, component_id: str) -> list[_Made]:
        """Return the containers in which something is built; an instance has its image's labels, and its own."""
        wanted = filters(label=self._labels(component_id))
        listed = await self._engine.call("GET", "/containers/json", params={"all": "1", **wanted})
        return [one for one in msgspec.json.decode(listed, type=list[_Made]) if INSTANCE not in (one.labels or {})]

    async def _built(self, component_id: str) -> list[_Made]:
        wanted = filters(label=self._labels(component_id), dangling=["false"])
        listed = await self._engine.call("GET", "/images/json", params=wanted)
        return msgspec.json.decode(listed, type=list[_Made])

    async def _remove(self, name: str) -> None:
        # One that a container is made of stays (409), and is looked at again next time.
        with suppress(EngineRefused):
            await self._engine.call("DELETE", f"/images/{name}")

    async def _prune(self, component_id: str, more: Mapping[str, Any]) -> None:
        wanted = filters(dangling=["true"], label=self._labels(component_id), **more)
        # The Engine prunes once at a time (409): what stays is looked at again next time.
        with suppress(EngineRefused):
            await self._engine.call("POST", "/images/prune", params=wanted)

    def _labels(self, component_id: str) -> list[str]:
        return [f"{BUILT_BY}={self._layout.house(self._ids)}", f"{BUILT_FOR}={component_id}"]


async def _hand_on(process: asyncio.subprocess.Process, order: bytes, log: LogSink) -> None:
    """Give a build its order, and its log to whoever reads it, until it says no more."""
    assert process.stdin is not None  # noqa: S101 - both are pipes
    assert process.stdout is not None  # noqa: S101
    with suppress(ConnectionError):
        process.stdin.write(order)
        await process.stdin.drain()
    while piece := await process.stdout.read(_PIECE):
        await log(piece)


async def _killed(process: asyncio.subprocess.Process) -> None:
    """End a build's process with all that it has started; return when it was seen gone."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _read_end(file: Path, code: int) -> BuildEnd:
    try:
        return msgspec.json.decode(file.read_bytes(), type=BuildEnd)
    except (FileNotFoundError, msgspec.DecodeError):
        what = f"the build's process ended with exit code {code} before it was done"
        raise failed(Cause.BUILD_FAILED, what) from None
