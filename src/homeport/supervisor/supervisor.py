"""The supervisor's parts put together, and when it ends."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from homeport import __version__
from homeport.drivers.changes import Changes
from homeport.drivers.process.layout import Layout
from homeport.drivers.process.wire import Info
from homeport.model.causes import TaskFailed
from homeport.model.clock import Clock
from homeport.routing.front import Front
from homeport.routing.front_client import Readiness, SetRoute, with_known_certificates, with_port
from homeport.routing.front_targets import drain
from homeport.routing.fronts import Fronts, OneFront
from homeport.routing.haproxy.front import HaproxyFront
from homeport.routing.sockets import Handed
from homeport.supervisor.buckets import Buckets
from homeport.supervisor.builds import Builds
from homeport.supervisor.cgroups import Hierarchies
from homeport.supervisor.components import Components
from homeport.supervisor.instance import Surroundings
from homeport.supervisor.instances import Instances
from homeport.supervisor.processes import Processes
from homeport.supervisor.programs import OwnPrograms
from homeport.supervisor.records import Records

_FIRST_SECONDS: Final = 10.0
"""How long a supervisor stays at least to which nobody has connected yet."""

_FRONT: Final = "the front"
"""Stands for the front among the names of what changes; no instance is called so."""
_NONE: Final = "haproxy"
"""The program of a front that is made only to end what is left of another."""
_LONGEST_REST: Final = 60.0

_log = logging.getLogger(__name__)


class Supervisor:
    """Instances, builds, mounted buckets and the front of one data folder. It lives from `begin` until `ended`."""

    def __init__(self, layout: Layout, *, hierarchies: Hierarchies, clock: Clock, idle_seconds: float) -> None:
        self.changes = Changes(clock)
        self._layout = layout
        self._clock = clock
        self._idle_seconds = idle_seconds
        self._hierarchies = hierarchies
        self._processes = Processes()
        self._components = Components(layout)
        self.buckets = Buckets(layout, self._processes, clock, settled=self._look_idle)
        around = Surroundings(
            layout=layout,
            records=Records(layout),
            processes=self._processes,
            hierarchies=hierarchies,
            changes=self.changes,
            buckets=self.buckets,
            clock=clock,
        )
        self.instances = Instances(around, self._components, settled=self._look_idle)
        self.builds = Builds(layout, self._processes, hierarchies, settled=self._look_idle)
        self._front = Fronts(self._make_front)
        self._routing: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._unready: set[str] = set()
        """Instances of other drivers that are not ready, by what their drivers say."""
        self._connections = 0
        self._idle: asyncio.TimerHandle | None = None
        self._house: asyncio.Task[None] | None = None
        self._down: asyncio.Task[list[str]] | None = None
        self.ended = asyncio.Event()
        self._started_at = clock.now()

    async def begin(self) -> None:
        """Take over what an earlier supervisor left running, and open the routes again."""
        self._processes.begin()
        self._components.load()
        self.buckets.load()
        self.instances.load()
        self.builds.load()
        await self.buckets.leave(self.instances.ended())
        for route in self._components.routes():
            try:
                await self._front.set(route)
            except TaskFailed as error:
                # The engine sends its routes again and is told then.
                _log.warning("the route of %s is not open: %s", route.route.component_name, error)
        if not any(route.haproxy for route in self._components.routes()):
            await self._make_front(_NONE, {}).settle()
        await self._front.settle()
        self._house = asyncio.create_task(self._keep_house(), name="housekeeping")
        # Whoever had it started has not had the time to connect yet.
        self._look_idle(max(self._idle_seconds, _FIRST_SECONDS))

    async def close(self) -> None:
        """Let go of what is the supervisor's alone; instances and builds go on."""
        if self._house is not None:
            self._house.cancel()
        await self._front.close()
        self._hierarchies.remove()

    def info(self) -> Info:
        """Return who this is and what it looks after."""
        return Info(
            version=__version__,
            pid=os.getpid(),
            started_at=self._started_at,
            instances=len(self.instances.living()),
            builds=len(self.builds.running()),
            routes=len(self._front.routes()),
            notes=self._hierarchies.notes(),
        )

    async def set_route(self, asked: SetRoute) -> int:
        """Make a route so and return its port (routing/base.py, `Router.set`)."""
        component_id = asked.route.component_id
        # One at a time, or a route that was overtaken while it waited would come last.
        async with self._routing[component_id]:
            self._components.admit(component_id, asked.route.fence)
            asked = with_known_certificates(asked, self._components.route(component_id))
            port, left = await self._front.set(asked)
            # Written down before the wait: who follows a killed supervisor must not bring back what left.
            self._components.set_route(component_id, with_port(asked, port))
            self._about_front()
            self._unready &= {backend.name for route in self._front.routes() for backend in route.backends}
        await drain(left, asked.drain_seconds)
        return port

    async def check_route(self, asked: SetRoute) -> None:
        """Pass when a route's entrances can be opened (routing/base.py, `Router.check`); changes nothing."""
        await self._front.check(with_known_certificates(asked, self._components.route(asked.route.component_id)))

    def tell_ready(self, told: Readiness) -> None:
        """Take down whether an instance of another driver may be given traffic; one nobody spoke of may."""
        (self._unready.discard if told.ready else self._unready.add)(told.name)
        self._about_front()

    async def remove_route(self, component_id: str, fence: int) -> None:
        """Close a component's address."""
        async with self._routing[component_id]:
            self._components.admit(component_id, fence)
            await self._front.remove(component_id)
            self._components.set_route(component_id, None)
        self._look_idle()

    async def forget(self, component_id: str) -> None:
        """Remove everything kept of a component that is deleted."""
        await self.instances.forget(component_id)
        await self.builds.forget(component_id)
        await self._front.remove(component_id)
        self._components.forget(component_id)
        await asyncio.to_thread(shutil.rmtree, self._layout.artifacts / component_id, ignore_errors=True)
        self._look_idle()

    async def keep_artifacts(self, component_id: str, references: Iterable[str]) -> None:
        """Remove the releases of a component that are not named, have no instance and are not being built."""
        kept = {*references, *(instance.spec.order.artifact.reference for instance in self.instances.living())}
        kept |= {f"{component_id}/{build_id}" for build_id in self.builds.running()}
        folder = self._layout.artifacts / component_id
        if folder.is_dir():
            for release in list(folder.iterdir()):
                if f"{component_id}/{release.name}" not in kept:
                    await asyncio.to_thread(shutil.rmtree, release, ignore_errors=True)

    async def down(self) -> list[str]:
        """End all instances and builds and then the supervisor; return the names of instances still alive."""
        return await asyncio.shield(self.begin_down())

    def begin_down(self) -> asyncio.Task[list[str]]:
        """Begin what `down` does; begun once, it goes through."""
        if self._down is None:
            self._down = asyncio.create_task(self._end_all(), name="down")
        return self._down

    def connected(self, connections: int) -> None:
        """Say how many connections there are to the supervisor's socket."""
        self._connections = connections
        self._look_idle()

    async def _end_all(self) -> list[str]:
        alive, _ = await asyncio.gather(self.instances.stop_all(), self.builds.stop_all())
        for name in alive:
            _log.error("instance %s is still alive", name)
        await self.buckets.end_all()
        await self._front.close()
        self.ended.set()
        return alive

    def _look_idle(self, seconds: float | None = None) -> None:
        """End soon when nothing is looked after and nobody is connected; think again when that changes."""
        if self._is_needed():
            if self._idle is not None:
                self._idle.cancel()
                self._idle = None
        elif self._idle is None:
            self._idle = asyncio.get_running_loop().call_later(seconds or self._idle_seconds, self._end_idle)

    def _end_idle(self) -> None:
        self._idle = None
        if not self._is_needed():
            self.ended.set()

    def _make_front(self, program: str, handed: Handed) -> OneFront:
        if not program:
            return Front(self._is_ready, handed)
        return HaproxyFront(self._is_ready, program, self._layout.haproxy, OwnPrograms(self._processes), handed)

    def _about_front(self) -> None:
        """Let `_tell_front` look again: routes have changed, or what drivers say of instances."""
        self.changes.note(_FRONT)

    async def _keep_house(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.instances.keep_house())
            tasks.create_task(self._tell_front())

    async def _tell_front(self) -> None:
        """Let the front look again whenever an instance behind it turns ready, or is no longer."""
        while True:
            names = {backend.name for route in self._front.routes() for backend in route.backends}
            seen = {name: self.changes.revision(name) for name in (*names, _FRONT)}
            try:
                await self._front.look()
            except TaskFailed as error:
                _log.warning("the front does not go by what is ready: %s", error)
            await self.changes.wait(seen, _LONGEST_REST)

    def _is_ready(self, name: str) -> bool | None:
        return False if name in self._unready else self.instances.is_ready(name)

    def _is_needed(self) -> bool:
        looked_after = (self.instances.living(), self.builds.running(), self._front.routes(), self.buckets.mounted())
        return bool(self._connections or any(looked_after))
