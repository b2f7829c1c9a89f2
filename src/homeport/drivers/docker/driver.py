"""Driver `docker`: an instance is a container; the Engine keeps it running, and is asked what there is of it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final

import msgspec

from homeport.drivers.base import InstanceState, Known, LogSink, Observed, Usage
from homeport.drivers.buckets import BucketMounts, NoBuckets
from homeport.drivers.changes import Changes
from homeport.drivers.docker.building import ImageBuilds
from homeport.drivers.docker.care import Care, Hands, Tell
from homeport.drivers.docker.commands import run_command
from homeport.drivers.docker.containers import Container, Listed
from homeport.drivers.docker.ending import Ending
from homeport.drivers.docker.engine import DockerEngine, EngineRefused, filters
from homeport.drivers.docker.events import Event, Events
from homeport.drivers.docker.images import Images, pinned_of
from homeport.drivers.docker.labels import COMPONENT, HOUSE, Identity, identity_of
from homeport.drivers.docker.layout import DockerLayout, overtaken
from homeport.drivers.docker.networks import Networks
from homeport.drivers.docker.reading import Reading
from homeport.drivers.docker.seeing import observed
from homeport.drivers.docker.settings import DRIVER, DockerSettings, is_here
from homeport.drivers.docker.shipping import Shipping
from homeport.drivers.docker.starting import Starting, foreign
from homeport.drivers.docker.usage import Stats, usage_of
from homeport.drivers.volumes import volumes_dir
from homeport.log_setup import get_logger
from homeport.model.causes import Cause, failed
from homeport.model.clock import Clock
from homeport.model.ids import Ids
from homeport.model.workloads import Artifact, BuildOrder, Exec, InstanceOrder

_POLL: Final = 5.0
"""Seconds after which an instance is looked at though no event told of it."""

_NODE_SECONDS: Final = 3.0
_LOOKS_AT_ONCE: Final = 16

_log = get_logger()


async def _nobody(name: str, ready: bool) -> None:
    """Tell nobody."""


class DockerDriver:
    """`Driver` (drivers/base.py) by containers of one Docker Engine."""

    def __init__(
        self,
        engine: DockerEngine,
        layout: DockerLayout,
        *,
        settings: DockerSettings,
        clock: Clock,
        ids: Ids,
        tell: Tell = _nobody,
        buckets: BucketMounts | None = None,
    ) -> None:
        """`tell` is told which instance may be given traffic; without `buckets` none can be mounted."""
        self._engine = engine
        self._layout = layout
        self._settings = settings
        self._clock = clock
        self._ids = ids
        self._house = ""
        self._changes = Changes(clock)
        self._networks = Networks(engine)
        self._images = Images(engine)
        self._builds = ImageBuilds(engine, layout, settings, clock, ids)
        self._buckets = buckets or NoBuckets()
        volumes = volumes_dir(settings.volumes_dir, layout.data_dir)
        self._shipping = Shipping(layout, volumes, clock, log_bytes=settings.log_bytes, is_here=is_here(engine.host))
        self._ending = Ending(engine, layout, self._shipping, clock, settings.log_bytes)
        self._starting = Starting(
            engine,
            self._images,
            self._networks,
            self._ending,
            layout=layout,
            log_bytes=settings.log_bytes,
            volumes=volumes,
            buckets=self._buckets,
        )
        hands = Hands(run=self._run, restart=self._restart)
        self._care = Care(hands, layout=layout, changes=self._changes, clock=clock, tell=tell)
        self._events = Events(engine, clock, heard=self._heard, missed=self._missed)
        self._reading = Reading(engine, self._ending, layout, clock, changes=self._changes, listen=self._listen)
        self._seen: dict[str, int] = {}
        self._ends: dict[str, asyncio.Task[bool]] = {}
        self._starts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def name(self) -> str:
        """`docker`."""
        return DRIVER

    @property
    def watched(self) -> bool:
        """True: a program may answer once and then end."""
        return True

    @property
    def apart(self) -> bool:
        """True: a container has an address of its own."""
        return True

    async def node(self) -> str:
        """Return the Engine's id; one that does not answer is not waited for."""
        return str(msgspec.json.decode(await self._call("GET", "/info", patience=0.0, timeout=_NODE_SECONDS))["ID"])

    async def close(self) -> None:
        """Let go of the Engine; containers go on. An end under way is taken up again by whoever asks for it next."""
        await self._events.close()
        await self._care.close()
        await self._shipping.close()
        await self._builds.close()
        if ends := list(self._ends.values()):
            for end in ends:
                end.cancel()
            await asyncio.wait(ends)
        await self._engine.close()

    async def check(self, order: BuildOrder) -> None:
        """Pass for an image, and for code and packages that can be built."""
        if order.source.type != "image":
            self._builds.check(order)

    def needs_build(self, order: BuildOrder) -> bool:
        """Tell whether the source is code or a package."""
        return order.source.type != "image"

    def needs_pull(self, order: BuildOrder) -> bool:
        """Tell whether the source is an image."""
        return order.source.type == "image"

    async def build(self, order: BuildOrder, log: LogSink) -> Artifact:
        """Build an image, unless this build has made it already, and return its artifact."""
        with _unrefused(Cause.INTERNAL, f"build {order.id}"):
            return await self._builds.build(order, log)

    async def pull(self, order: BuildOrder, artifact: Artifact | None, log: LogSink) -> Artifact:
        """Return the image that instances start from, by its id, so that a tag that moves changes nothing."""
        if artifact is not None and await self.stands(artifact):
            return artifact
        await self.check(order)
        again = str(artifact.data.get("pinned", "")) if artifact is not None else ""
        with _unrefused(Cause.IMAGE_MISSING, f"image {order.source.url}"):
            image = await self._images.bring(again or order.source.url, log, order.access)
        pinned = pinned_of(image, order.source.url)
        return Artifact(driver=DRIVER, reference=image.id, image_url=order.source.url, data={"pinned": pinned})

    async def stop_build(self, build_id: str) -> None:
        """End a build; return when nothing of it runs any more, here or at the Engine."""
        with _unrefused(Cause.STILL_ALIVE, f"build {build_id}"):
            await self._builds.stop(build_id)

    async def stands(self, artifact: Artifact) -> bool:
        """Tell whether the artifact is of this driver and its image is here."""
        return artifact.driver == DRIVER and await self._images.find(artifact.reference) is not None

    async def start(self, order: InstanceOrder) -> None:
        """Make the instance be there.

        Raises:
            TaskFailed: the fence was overtaken (`internal`), the image is gone (`image-missing`), the name belongs to a
                foreign container or the program cannot be started (`start-failed`), a volume cannot be mounted
                (`mount-failed`), the Engine does not answer.
        """
        async with self._starts[order.name]:
            await self._admit(order.owner.component_id, order.fence)
            if (end := self._ends.get(order.name)) is not None:
                await asyncio.wait((end,))
            container = await self._ending.look(order.name)
            if container is not None and container.identity is None:
                raise foreign(order.name)
            if container is not None and container.state.status in ("exited", "dead", "removing"):
                await self._ending.remove(container.id)
                container = None
            if container is None:
                self._layout.begin_anew(order.owner.component_id, order.name)
                await self._starting.prepare(order)
                await self._shipping.prepare(order)
            if container is None or container.state.status == "created":
                await self._starting.begin(order, self._own_house(), container.id if container is not None else None)
            self._changes.note(order.name)

    async def observe(self, orders: Sequence[InstanceOrder]) -> dict[str, Observed]:
        """Return by name what there is of each."""
        self._listen()
        gate = asyncio.Semaphore(_LOOKS_AT_ONCE)

        async def look(order: InstanceOrder) -> Observed:
            async with gate:
                return await self._observe(order)

        return {seen.name: seen for seen in await asyncio.gather(*map(look, orders))}

    async def usage(self, orders: Sequence[InstanceOrder]) -> dict[str, Usage]:
        """Return by name what each has used so far."""
        gate = asyncio.Semaphore(_LOOKS_AT_ONCE)

        async def look(order: InstanceOrder) -> tuple[str, Usage | None]:
            async with gate:
                return order.name, await self._usage(order)

        found = await asyncio.gather(*map(look, orders))
        return {name: used for name, used in found if used is not None}

    async def changed(self, names: Sequence[str], within: float) -> None:
        """Return when one of the instances may have changed since `observe`, at most after `within` seconds."""
        self._listen()
        seen = {name: self._seen.get(name, 0) for name in names}
        await self._changes.wait(seen, min(within, _POLL))

    async def stop(self, names: Sequence[str], fence: int) -> list[str]:
        """End these instances and remove their containers; return the names of those that are still there."""
        own = await self._own(names)
        for _, _, identity in own:
            if identity.known.fence > fence:
                raise overtaken(identity.known.component_id, fence, identity.known.fence)
        for component_id in {identity.known.component_id for _, _, identity in own}:
            self._layout.admit(component_id, fence)
        left = await self._end(own)
        # Of those too that had no container: their start may have got no further than their buckets.
        await self._buckets.leave([name for name in names if name not in left])
        return left

    async def end_all(self) -> list[str]:
        """End every instance of this data folder, whoever acts for its component; return what is still there."""
        return await self._end(await self._own([known.name for known in await self.known()]))

    async def _own(self, names: Sequence[str]) -> list[tuple[str, Container, Identity]]:
        found = [(name, await self._ending.look(name)) for name in names]
        return [(name, one, one.identity) for name, one in found if one is not None and one.identity is not None]

    async def _end(self, own: Sequence[tuple[str, Container, Identity]]) -> list[str]:
        for name, container, identity in own:
            if name not in self._ends:
                self._ends[name] = asyncio.create_task(self._ending.end(container, identity), name=f"end of {name}")
                self._ends[name].add_done_callback(partial(self._ended, name))
            self._care.over(name)
        ends = {name: self._ends[name] for name, _, _ in own}
        gone = await asyncio.gather(*(asyncio.shield(end) for end in ends.values()))
        return [name for name, is_gone in zip(ends, gone, strict=True) if not is_gone]

    async def known(self) -> list[Known]:
        """Return every instance of this data folder that there is; no Engine is asked where there never was any."""
        if not self._layout.has_begun:
            return []
        wanted = filters(label=[f"{HOUSE}={self._own_house()}"])
        listed = await self._call("GET", "/containers/json", params={"all": "1", **wanted})
        identities = (identity_of(one.labels) for one in msgspec.json.decode(listed, type=list[Listed]))
        return [identity.known for identity in identities if identity is not None]

    async def logs(self, component_id: str, name: str, *, tail: int | None, follow: bool) -> AsyncIterator[bytes]:
        """Yield the log of a component's instance: of its container, or of the file that is left of it."""
        way = self._reading.follow if follow else self._reading.read
        async for piece in way(component_id, name, tail):
            yield piece

    async def forget(self, component_id: str) -> None:
        """Remove everything kept of a component that is deleted, and networks that nothing is in any more."""
        living = [known.name for known in await self._containers_of(component_id)]
        if living:
            raise failed(Cause.STILL_ALIVE, f"instance {', '.join(living)} is there still")
        await self.keep_artifacts(component_id, ())
        self._layout.forget(component_id)
        async with self._networks.lock:
            await self._networks.remove_unused(self._own_house())

    async def forget_ended(self, before: int) -> None:
        """Remove what is kept of instances that ended before a time, and of each component all but the latest."""
        living = frozenset([one.name for one in await self.known()])
        await self._buckets.keep(sorted(living))
        await asyncio.to_thread(self._layout.forget_ended, before, living)

    async def keep_artifacts(self, component_id: str, references: Sequence[str]) -> None:
        """Remove what was built and is not named; what was pulled stays, for it may be somebody else's too."""
        with _unrefused(Cause.INTERNAL, f"images of component {component_id}"):
            await self._builds.keep(component_id, references)

    def _own_house(self) -> str:
        self._house = self._house or self._layout.house(self._ids)
        return self._house

    def _listen(self) -> None:
        self._events.begin(self._own_house())

    async def _call(self, method: str, path: str, **asked: object) -> bytes:
        """Make a call that the Engine has no reason to refuse."""
        try:
            return await self._engine.call(method, path, **asked)  # type: ignore[arg-type]
        except EngineRefused as refusal:
            raise failed(Cause.INTERNAL, str(refusal)) from refusal

    async def _containers_of(self, component_id: str) -> list[Known]:
        wanted = filters(label=[f"{COMPONENT}={component_id}"])
        listed = await self._call("GET", "/containers/json", params={"all": "1", **wanted})
        identities = (identity_of(one.labels) for one in msgspec.json.decode(listed, type=list[Listed]))
        return [identity.known for identity in identities if identity is not None]

    async def _admit(self, component_id: str, fence: int) -> None:
        """Let a call of this fence pass, unless a higher one was seen here or is on a container of the component."""
        self._layout.admit(component_id, fence)
        highest = max((known.fence for known in await self._containers_of(component_id)), default=0)
        if highest > fence:
            raise overtaken(component_id, fence, highest)

    async def _observe(self, order: InstanceOrder) -> Observed:
        self._seen[order.name] = self._changes.revision(order.name)
        container = await self._ending.look(order.name)
        identity = container.identity if container is not None else None
        memory = self._layout.remembered(order.owner.component_id, order.name)
        if container is None or identity is None:
            return _absent(order.name, memory.ended, memory.exit_code, memory.started_at)
        stopping = order.name in self._ends
        run = None
        if container.state.status == "running" and not stopping:
            if order.log_paths:
                await self._shipping.follow(order.owner.component_id, order.name)
            run = await self._care.looked_at(order, container, identity.address)
        else:
            self._care.over(order.name)
        seen = observed(order, container, identity, run, self._care.ends(order.name), stopping=stopping)
        return msgspec.structs.replace(seen, notes=self._shipping.notes(order))

    async def _usage(self, order: InstanceOrder) -> Usage | None:
        if not await self._ending.is_of(order.owner.component_id, order.name):
            return None
        try:
            asked = {"stream": "false", "one-shot": "true"}
            answer = await self._engine.call("GET", f"/containers/{order.name}/stats", params=asked)
        except EngineRefused:
            # It has ended since it was looked at.
            return None
        return usage_of(msgspec.json.decode(answer, type=Stats), self._clock.now())

    def _ended(self, name: str, end: asyncio.Task[bool]) -> None:
        if not end.cancelled() and (error := end.exception()) is not None:
            _log.warning("docker.end_interrupted", instance=name, error=str(error))
        del self._ends[name]
        self._seen.pop(name, None)
        self._starts.pop(name, None)
        self._care.forget(name)
        self._changes.forget(name)

    def _heard(self, event: Event) -> None:
        if event.action == "oom":
            self._care.ends(event.name).memory_ran_out = True
        if event.action == "die":
            self._care.ends(event.name).note(event.exit_code)
            self._care.over(event.name)
        if event.action == "start" and (order := self._care.knows(event.name)) is not None:
            self._care.again(self._observe(order))
        (self._changes.forget if event.action == "destroy" else self._changes.note)(event.name)

    def _missed(self) -> None:
        for name in list(self._seen):
            self._changes.note(name)

    async def _run(self, container_id: str, command: Exec, seconds: float | None) -> str:
        return await run_command(self._engine, container_id, command, seconds)

    async def _restart(self, name: str) -> None:
        """Start a program again whose health asks for it: preStop, SIGTERM, SIGKILL, and a new start."""
        container = await self._ending.look(name)
        identity = container.identity if container is not None else None
        if container is None or identity is None or name in self._ends:
            return
        # The Engine counts from the beginning again when it is asked for a restart.
        self._care.ends(name).restarted += container.restart_count + 1
        rest = await self._ending.rest_after_hook(container, identity)
        with _unrefused(Cause.START_FAILED, f"instance {name}"):
            path = f"/containers/{container.id}/restart"
            await self._engine.call("POST", path, params={"t": str(int(rest))}, timeout=None)


@contextmanager
def _unrefused(cause: Cause, what: str) -> Iterator[None]:
    """Let what the Engine refuses in the block be a failure of this cause."""
    try:
        yield
    except EngineRefused as refusal:
        raise failed(cause, f"{what}: {refusal.message}") from refusal


def _absent(name: str, ended: bool, exit_code: int | None, started_at: int | None) -> Observed:
    if not ended:
        return Observed(name=name, state=InstanceState.ABSENT)
    return Observed(name=name, state=InstanceState.ENDED, exit_code=exit_code, started_at=started_at)
