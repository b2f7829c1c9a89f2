"""Driver `process`: everything it does, the supervisor of its data folder does for it (link.py)."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Mapping, Sequence

import msgspec

from homeport.drivers.base import Known, LogSink, Observed, Usage
from homeport.drivers.process.layout import write_whole
from homeport.drivers.process.link import SupervisorLink
from homeport.drivers.process.logs import FOLLOW_SECONDS, pieces, read_log
from homeport.drivers.process.release import DRIVER, artifact_of, read_release
from homeport.drivers.process.runtimes import check_runtime, refuse_images
from homeport.drivers.process.settings import ProcessSettings
from homeport.drivers.process.wire import (
    Alive,
    Before,
    BuildSpec,
    InstanceSpec,
    Keep,
    Names,
    Sight,
    Stop,
    Wait,
)
from homeport.drivers.sources.environment import for_builds, for_instances
from homeport.drivers.sources.rules import check_source
from homeport.drivers.sources.wanted import BuildEnd
from homeport.model.causes import Cause, TaskFailed, failed
from homeport.model.clock import Clock
from homeport.model.ids import Ids
from homeport.model.workloads import Artifact, BuildOrder, InstanceOrder


class ProcessDriver:
    """`Driver` (drivers/base.py) by plain processes of this machine."""

    def __init__(
        self,
        link: SupervisorLink,
        *,
        settings: ProcessSettings,
        clock: Clock,
        ids: Ids,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """Act through `link`; `environ` is what instances and builds are given an allowed few variables of."""
        self._link = link
        self._layout = link.layout
        self._settings = settings
        self._clock = clock
        self._ids = ids
        self._environ = environ
        self._seen: dict[str, int] = {}

    @property
    def name(self) -> str:
        """`process`."""
        return DRIVER

    @property
    def watched(self) -> bool:
        """True: a program may answer once and then end."""
        return True

    async def node(self) -> str:
        """Return the id in the data folder; the first call makes it."""
        file = self._layout.node
        if not file.exists():
            self._layout.prepare()
            beside = file.with_name(f".node.{os.getpid()}")
            write_whole(beside, self._ids.uuid().encode())
            # Of two engines that begin at once both must get the same id: the second finds the first one's.
            with contextlib.suppress(FileExistsError):
                os.link(beside, file)
            beside.unlink()
        return file.read_text()

    async def close(self) -> None:
        """Let go of the supervisor; whatever runs goes on."""
        await self._link.close()

    async def check(self, order: BuildOrder) -> None:
        """Pass when the source and the runtime are such as this driver runs (sources.py, runtimes.py)."""
        refuse_images(order)
        check_source(order, self._settings.file_sources)
        check_runtime(order, self._environ)

    def needs_build(self, order: BuildOrder) -> bool:  # noqa: ARG002 - the protocol's
        """Tell that packages and repositories are built."""
        return True

    def needs_pull(self, order: BuildOrder) -> bool:  # noqa: ARG002 - the protocol's
        """Tell that there is never an image to bring here."""
        return False

    async def build(self, order: BuildOrder, log: LogSink) -> Artifact:
        """Build, or take up the build of this id, and return its artifact."""
        artifact = artifact_of(order)
        if await self.stands(artifact):
            return artifact
        await self.check(order)
        await self._call("PUT", "/v1/builds", self._build_spec(order))
        end = await self._followed(order.id, log)
        await self._link.call("POST", f"/v1/builds/{order.id}/taken")
        if end.artifact is None:
            raise TaskFailed(end.failure) if end.failure else failed(Cause.INTERNAL, "the build has no result")
        return end.artifact

    async def pull(self, order: BuildOrder, artifact: Artifact | None, log: LogSink) -> Artifact:  # noqa: ARG002 - the protocol's
        """Return what the build has made; there is nothing to pull."""
        if artifact is None:
            await self.check(order)
            raise failed(Cause.SOURCE_UNSUPPORTED, "driver process starts only from what it has built")
        return artifact

    async def stop_build(self, build_id: str) -> None:
        """End a build, remove what it has made, and return when all its processes are gone."""
        await self._link.call("DELETE", f"/v1/builds/{build_id}", timeout=None)

    async def stands(self, artifact: Artifact) -> bool:
        """Tell whether the artifact is of this driver and its release is there."""
        return artifact.driver == DRIVER and read_release(self._layout.reference(artifact.reference)) is not None

    async def start(self, order: InstanceOrder) -> None:
        """Make the instance be there."""
        await self._call("PUT", "/v1/instances", self._instance_spec(order))

    async def observe(self, orders: Sequence[InstanceOrder]) -> dict[str, Observed]:
        """Return by name what there is of each."""
        if not orders:
            return {}
        names = Names(tuple(order.name for order in orders))
        sights = msgspec.json.decode(await self._call("POST", "/v1/observe", names), type=dict[str, Sight])
        self._seen.update((name, sight.revision) for name, sight in sights.items())
        return {name: sight.observed for name, sight in sights.items()}

    async def usage(self, orders: Sequence[InstanceOrder]) -> dict[str, Usage]:
        """Return by name what each has used so far."""
        names = Names(tuple(order.name for order in orders))
        return msgspec.json.decode(await self._call("POST", "/v1/usage", names), type=dict[str, Usage])

    async def changed(self, names: Sequence[str], within: float) -> None:
        """Return when one of the instances is no longer as `observe` saw it last, at most after `within` seconds."""
        seen = {name: self._seen.get(name, 0) for name in names}
        await self._call("POST", "/v1/changed", Wait(seen, within), timeout=None)

    async def stop(self, names: Sequence[str], fence: int) -> list[str]:
        """End these instances; return the names of those that are still alive."""
        answer = await self._call("POST", "/v1/stop", Stop(tuple(names), fence), timeout=None)
        for name in names:
            self._seen.pop(name, None)
        return list(msgspec.json.decode(answer, type=Alive).names)

    async def known(self) -> list[Known]:
        """Return every instance that is not gone; no supervisor is started to find out that there is none."""
        if not await self._link.runs():
            return []
        return msgspec.json.decode(await self._link.call("GET", "/v1/instances"), type=list[Known])

    async def logs(self, component_id: str, name: str, *, tail: int | None, follow: bool) -> AsyncIterator[bytes]:
        """Yield the log of a component's instance, read from its file: it can be read when no supervisor runs."""
        file = self._layout.log(component_id, name)
        async for piece in read_log(file, tail=tail, follow=follow, clock=self._clock):
            yield piece

    async def forget(self, component_id: str) -> None:
        """Remove everything kept of a component that is deleted."""
        await self._link.call("DELETE", f"/v1/components/{component_id}", timeout=None)

    async def forget_ended(self, before: int) -> None:
        """Remove what is kept of instances that ended before a time; without a supervisor nothing is."""
        if await self._link.runs():
            await self._call("POST", "/v1/forget-ended", Before(before), timeout=None)

    async def keep_artifacts(self, component_id: str, references: Sequence[str]) -> None:
        """Remove the releases of a component that are not named here; those of living instances stay."""
        keep = Keep(tuple(references))
        await self._call("PUT", f"/v1/components/{component_id}/artifacts", keep, timeout=None)

    async def _followed(self, build_id: str, log: LogSink) -> BuildEnd:
        """Hand on the log as the build writes it, and return how it ended."""
        ending = asyncio.ensure_future(self._link.call("GET", f"/v1/builds/{build_id}", timeout=None))
        offset, file = 0, self._layout.build(build_id) / "log"
        try:
            ended = False
            while not ended:
                ended = ending.done()
                for piece in pieces(file, offset):
                    offset += len(piece)
                    await log(piece)
                await asyncio.wait((ending,), timeout=FOLLOW_SECONDS)
            return msgspec.json.decode(ending.result(), type=BuildEnd)
        finally:
            ending.cancel()

    async def _call(self, method: str, path: str, body: msgspec.Struct, *, timeout: float | None = 30.0) -> bytes:  # noqa: ASYNC109 - the link's
        return await self._link.call(method, path, msgspec.json.encode(body), timeout=timeout)

    def _build_spec(self, order: BuildOrder) -> BuildSpec:
        settings = self._settings
        return BuildSpec(
            order=msgspec.structs.replace(order, registries=()),
            environ=for_builds(self._environ),
            file_sources=settings.file_sources,
            max_package_bytes=settings.max_package_bytes,
            max_unpacked_bytes=settings.max_unpacked_bytes,
            max_entries=settings.max_entries,
        )

    def _instance_spec(self, order: InstanceOrder) -> InstanceSpec:
        settings = self._settings
        return InstanceSpec(
            order=order,
            environ=for_instances(self._environ),
            log_bytes=settings.log_bytes,
            restart_seconds=settings.restart_seconds,
            restart_limit_seconds=settings.restart_limit_seconds,
        )
