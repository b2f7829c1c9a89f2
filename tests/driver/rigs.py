"""A rig for every driver: the driver itself, programs it can run, and ways to order, to watch and to clear up."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import httpx2
import msgspec
import pytest

from driver.programs import PROGRAMS, SCRIPTS, SERVER
from homeport.drivers.base import Driver, Observed
from homeport.drivers.process.driver import ProcessDriver
from homeport.drivers.process.link import SupervisorLink
from homeport.drivers.process.release import Release, artifact_of, write_release
from homeport.drivers.process.settings import ProcessSettings
from homeport.drivers.simulated import SimulatedDriver
from homeport.model.clock import SystemClock
from homeport.model.ids import SystemIds
from homeport.model.workloads import (
    Artifact,
    BuildOrder,
    HealthCheck,
    InstanceOrder,
    Lifecycle,
    Owner,
    ResourceLimit,
    Source,
)
from homeport.supervisor.processes import gone
from support.docker import OwnEngine
from support.reads import HandReads

T = TypeVar("T")

SHELF = "01890a5d-ac96-774b-bcce-b302099a8057"
"""Component to which the artifacts belong that tests share."""

LONGEST_WAIT = 20.0
"""Seconds after which a condition that has not come true fails the test; no test passes or fails by being slow."""


class Rig:
    """A driver and everything a test needs around it. `programs` are those that it can run."""

    programs: frozenset[str]

    def __init__(self, driver: Driver, folder: Path) -> None:
        self.driver = driver
        self.folder = folder
        self.clock = SystemClock()
        self.ids = SystemIds(self.clock)
        self.ordered: list[InstanceOrder] = []
        self.log = b""
        self.artifacts: dict[str, Artifact] = {}
        self.owner = Owner(
            project_id="p",
            environment_id="e",
            environment_name="test",
            application_id="a",
            application_name="shop",
            component_id=self.ids.uuid(),
            component_name="cart",
        )

    def source_of(self, program: str) -> Source:
        """Return a source from which a program is built that behaves so."""
        raise NotImplementedError

    def build_order(self, source: Source, **facts: object) -> BuildOrder:
        """Return an order to build a source."""
        order = BuildOrder(
            id=self.ids.uuid(),
            owner=self.owner,
            runtime="Python3",
            source=source,
            build=None,
            version="1.0.0",
            env={},
            asked_at=self.clock.now(),
        )
        return msgspec.structs.replace(order, **facts)

    async def sink(self, piece: bytes) -> None:
        """Take a piece of a task's log."""
        self.log += piece

    async def built(self, program: str) -> Artifact:
        """Return an artifact of a program; the driver builds it when it is asked for the first time."""
        if program not in self.artifacts:
            # Of a component of its own, or the test that deletes the first one's would take it from all others.
            owner = msgspec.structs.replace(self.owner, component_id=SHELF)
            order = self.build_order(self.source_of(program), owner=owner)
            self.artifacts[program] = await self.driver.build(order, self.sink)
        return self.artifacts[program]

    async def order(self, program: str, **facts: object) -> InstanceOrder:
        """Return an order for an instance of a program, which is not started yet."""
        order = InstanceOrder(
            name=f"cart-{self.ids.suffix(8)}",
            owner=self.owner,
            job_id="job",
            fence=1,
            asked_at=self.clock.now(),
            artifact=await self.built(program),
            runtime="Python3",
            limit=ResourceLimit("500m", "1Gi"),
            env={},
            health=HealthCheck(),
            lifecycle=Lifecycle(),
            stop_seconds=10,
            script=SCRIPTS.get(program, ""),
        )
        order = msgspec.structs.replace(order, **facts)
        self.ordered.append(order)
        return order

    async def started(self, program: str, **facts: object) -> InstanceOrder:
        """Start an instance of a program."""
        order = await self.order(program, **facts)
        await self.driver.start(order)
        return order

    async def serving(self, program: str = "serves", **facts: object) -> InstanceOrder:
        """Start an instance of a program and wait until it is ready."""
        order = await self.started(program, **facts)
        await self.until(order, lambda seen: seen.ready)
        return order

    async def observe(self, order: InstanceOrder) -> Observed:
        """Return what there is of an instance."""
        return (await self.driver.observe([order]))[order.name]

    async def until(self, order: InstanceOrder, condition: Callable[[Observed], bool]) -> Observed:
        """Watch an instance until a condition holds; return how it was then."""
        seen = await self.observe(order)
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                while not condition(seen):
                    await self.driver.changed([order.name], LONGEST_WAIT)
                    seen = await self.observe(order)
        except TimeoutError:
            pytest.fail(f"it never came true: {seen}")
        return seen

    async def comes_true(self, condition: Callable[[], bool]) -> None:
        """Look until a condition holds that nobody tells of."""
        async with asyncio.timeout(LONGEST_WAIT):
            while not condition():
                await self.clock.sleep(0.02)

    async def log_of(self, order: InstanceOrder, tail: int | None = None) -> list[str]:
        """Return an instance's log."""
        log = self.driver.logs(order.owner.component_id, order.name, tail=tail, follow=False)
        pieces = [piece async for piece in log]
        return b"".join(pieces).decode().splitlines()

    async def clear_up(self) -> None:
        """End everything that was ordered, whatever the test has made of it."""
        if self.ordered:
            await self.driver.stop([order.name for order in self.ordered], 1_000_000)

    async def asked(self, order: InstanceOrder, path: str = "/") -> dict[str, Any]:
        """Return what an instance answers at its own address."""
        address = (await self.observe(order)).address
        async with httpx2.AsyncClient(trust_env=False) as client:
            return (await client.get(f"http://{address}{path}")).json()


class SimulatedRig(Rig):
    """The driver `simulated`."""

    programs = frozenset(SCRIPTS)

    def source_of(self, program: str) -> Source:
        return Source("softwarePackage", "https://example.test/app.zip")


class ProcessRig(Rig):
    """The driver `process`, with a supervisor that many tests share, each with a component of its own."""

    programs = frozenset(PROGRAMS)
    driver: ProcessDriver

    def __init__(self, driver: ProcessDriver, link: SupervisorLink, folder: Path) -> None:
        super().__init__(driver, folder)
        self.link = link
        self.layout = link.layout

    def source_of(self, program: str) -> Source:
        return self.package({"app.py": f"{SERVER}\n{PROGRAMS[program]}\n"})

    def package(self, files: dict[str, str]) -> Source:
        """Return a folder with these files as a source."""
        folder = self.folder / f"source-{self.ids.suffix(6)}"
        for name, content in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
        return Source("softwarePackage", folder.as_uri())

    def home(self, order: InstanceOrder) -> Path:
        """Return an instance's HOME."""
        return self.layout.instance(order.owner.component_id, order.name) / "home"

    def pid(self, order: InstanceOrder) -> int:
        """Return the process id of an instance's program."""
        record = msgspec.json.decode((self.home(order).parent / "record.json").read_bytes())
        return int(record["process"]["pid"])

    async def kill_supervisor(self) -> None:
        """Kill the supervisor as the machine might, and see it gone."""
        pid = (await self.link.info()).pid
        ending = asyncio.ensure_future(self.gone(pid))
        await asyncio.sleep(0)
        os.kill(pid, signal.SIGKILL)
        await ending

    async def gone(self, pid: int) -> None:
        """Return when a process has ended."""
        await gone(pid)

    def kill(self, pid: int) -> None:
        """Kill a process."""
        os.kill(pid, signal.SIGKILL)

    def answer_with(self, order: InstanceOrder, status: int) -> None:
        """Let an instance that serves answer with a status from now on."""
        self.home(order).mkdir(parents=True, exist_ok=True)
        (self.home(order) / "status").write_text(str(status))

    def cgroups_of(self, order: InstanceOrder) -> list[Path]:
        """Return the cgroups of an instance."""
        return [folder / order.name for folder in self.hierarchies() if (folder / order.name).exists()]

    def cpu_share(self, order: InstanceOrder) -> float:
        """Return how many cores an instance may use."""
        for folder in self.cgroups_of(order):
            if (folder / "cpu.max").exists():
                quota, period = (folder / "cpu.max").read_text().split()
                return int(quota) / int(period)
            if (folder / "cpu.cfs_quota_us").exists():
                quota, period = ((folder / f"cpu.cfs_{name}_us").read_text() for name in ("quota", "period"))
                return int(quota) / int(period)
        raise AssertionError("there is no such cgroup")

    def hierarchies(self) -> list[Path]:
        """Return the cgroups in which those of the supervisor's instances are."""
        return sorted(Path("/sys/fs/cgroup").rglob(f"homeport-{self.layout.key}"))

    def is_alive(self, pid: int) -> bool:
        """Tell whether a process runs; a zombie does not."""
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
        except (FileNotFoundError, ProcessLookupError):
            return False


class OwnProcessRig(ProcessRig):
    """The same in a data folder of its own, where releases are put as a build would have left them."""

    async def built(self, program: str) -> Artifact:
        """Return an artifact of a program that no build has made."""
        order = self.build_order(self.source_of(program))
        release = self.layout.release(order.owner.component_id, order.id)
        shutil.copytree(unquote(urlsplit(order.source.url).path), release / "app")
        write_release(release, Release(command=f"exec {sys.executable} app.py"))
        return artifact_of(order)


class Shared(msgspec.Struct, frozen=True):
    """What the tests of a session share: a data folder, the artifacts built in it, and a way to a Docker Engine."""

    data_dir: Path
    built: dict[str, Artifact]
    docker: Callable[[], OwnEngine]
    """Returns an Engine that has what images are made from; skips the test where there is none."""


def end_supervisor(data_dir: Path) -> None:
    """End the supervisor of a data folder with all that runs there, if there is one."""

    async def end() -> None:
        link = SupervisorLink(data_dir, starts=False)
        try:
            await link.down()
        finally:
            await link.close()

    asyncio.run(end())


def process_rig(kind: type[ProcessRig], data_dir: Path, folder: Path, *flags: str) -> ProcessRig:
    """Return a rig for driver `process` in a data folder."""
    clock = SystemClock()
    link = SupervisorLink(data_dir, flags=("--idle-seconds", "60", *flags))
    settings = ProcessSettings(restart_seconds=0.05, restart_limit_seconds=60.0, log_bytes=100_000)
    driver = ProcessDriver(link, settings=settings, clock=clock, ids=SystemIds(clock))
    return kind(driver, link, folder)


def simulated_rig(shared: Shared, folder: Path) -> Rig:
    """Return a rig for driver `simulated`."""
    return SimulatedRig(SimulatedDriver(SystemClock(), HandReads()), folder)


def shared_process_rig(shared: Shared, folder: Path) -> Rig:
    """Return a rig for driver `process` whose supervisor is the session's."""
    rig = process_rig(ProcessRig, shared.data_dir, folder)
    rig.artifacts = shared.built
    return rig


def run_in(rig: Rig, scenario: Callable[[Rig], Awaitable[T]]) -> T:
    """Run a scenario with a rig, clear up, and return what it returns."""

    async def whole() -> T:
        try:
            return await scenario(rig)
        finally:
            await rig.clear_up()
            await rig.driver.close()

    return asyncio.run(whole())
