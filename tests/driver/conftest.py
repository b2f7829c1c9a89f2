"""A rig for every driver: the driver itself, programs it can run, and ways to order, to watch and to clear up."""

import asyncio
import io
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import httpx2
import msgspec
import pytest

from homeport.drivers.base import Driver, Observed
from homeport.drivers.process.build.__main__ import carry_out
from homeport.drivers.process.driver import ProcessDriver
from homeport.drivers.process.environment import for_builds
from homeport.drivers.process.link import SupervisorLink
from homeport.drivers.process.release import Release, artifact_of, read_release, write_release
from homeport.drivers.process.settings import ProcessSettings
from homeport.drivers.process.wire import BuildEnd, BuildSpec
from homeport.drivers.simulated import SimulatedDriver
from homeport.model.causes import Failure
from homeport.model.clock import SystemClock
from homeport.model.ids import SystemIds
from homeport.model.workloads import (
    Artifact,
    Build,
    BuildOrder,
    HealthCheck,
    InstanceOrder,
    Lifecycle,
    Owner,
    ResourceLimit,
    Source,
)
from homeport.supervisor.processes import gone

T = TypeVar("T")

LONGEST_WAIT = 20.0
"""Seconds after which a condition that has not come true fails the test; no test passes or fails by being slow."""

SERVER = """
import http.server, json, os, pathlib, signal, subprocess, sys, time

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status = pathlib.Path(os.environ["HOME"], "status")
        body = json.dumps({"environ": dict(os.environ), "cwd": os.getcwd(), "pid": os.getpid()}).encode()
        self.send_response(int(status.read_text()) if status.exists() else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass

def serve():
    http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()

HOME = pathlib.Path(os.environ["HOME"])
"""

PROGRAMS = {
    "serves": "print('up', flush=True); serve()",
    "is quick to crash": "print('no luck', file=sys.stderr, flush=True); sys.exit(3)",
    "never listens": "time.sleep(1000)",
    "ignores SIGTERM": "signal.signal(signal.SIGTERM, signal.SIG_IGN); serve()",
    "notes SIGTERM": """
def end(*_):
    with (HOME / "ends").open("a") as file: print("SIGTERM", file=file)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
serve()""",
    "leaves a daemon": """
daemon = subprocess.Popen(["sleep", "1000"], start_new_session=True, env={})
(HOME / "daemon").write_text(str(daemon.pid))
serve()""",
    "crashes and leaves a daemon": """
daemon = subprocess.Popen(["sleep", "1000"], start_new_session=True)
with (HOME / "daemons").open("a") as file: print(daemon.pid, file=file)
sys.exit(1)""",
    "eats memory": "eaten = []\nwhile True: eaten.append(b'x' * (1 << 24))",
    "writes much": """
for number in range(20_000): print(f"line {number}", flush=number % 100 == 0)
serve()""",
    "serves once": """
if not (HOME / "was here").exists():
    (HOME / "was here").touch()
    sys.exit(1)
serve()""",
}
"""What programs do, and the source of one that does it; each behaviour is a package of its own."""

SCRIPTS = {"serves": "", "is quick to crash": "ready=crash", "never listens": "ready=never", "eats memory": "ready=oom"}
"""The same for the driver `simulated`, where it can pretend it."""


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
            order = self.build_order(self.source_of(program))
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

    async def asked(self, order: InstanceOrder, path: str = "/") -> dict[str, Any]:
        """Return what an instance answers at its own address."""
        address = (await self.observe(order)).address
        async with httpx2.AsyncClient(trust_env=False) as client:
            return (await client.get(f"http://{address}{path}")).json()

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
    """What the tests of a session share: a data folder, and the artifacts built in it."""

    data_dir: Path
    built: dict[str, Artifact]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """Return a data folder whose supervisor lives as long as the session."""
    shared = Shared(tmp_path_factory.mktemp("data"), {})
    yield shared
    end_supervisor(shared.data_dir)


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
    return SimulatedRig(SimulatedDriver(SystemClock()), folder)


def shared_process_rig(shared: Shared, folder: Path) -> Rig:
    """Return a rig for driver `process` whose supervisor is the session's."""
    rig = process_rig(ProcessRig, shared.data_dir, folder)
    rig.artifacts = shared.built
    return rig


REAL_RIGS = {"process": shared_process_rig}
"""Drivers whose instances really run."""

RIGS = {"simulated": simulated_rig, **REAL_RIGS}
"""Every driver; the suite runs against each."""


def run_in(rig: Rig, scenario: Callable[[Rig], Awaitable[T]]) -> T:
    """Run a scenario with a rig, clear up, and return what it returns."""

    async def whole() -> T:
        try:
            return await scenario(rig)
        finally:
            await rig.clear_up()
            await rig.driver.close()

    return asyncio.run(whole())


@pytest.fixture(params=RIGS)
def in_rig(request: pytest.FixtureRequest, shared: Shared, tmp_path: Path) -> Callable[..., object]:
    """Return a function that runs a scenario `async (Rig) -> T` with a driver; the test runs once for each driver."""
    return lambda scenario: run_in(RIGS[request.param](shared, tmp_path), scenario)


@pytest.fixture(params=REAL_RIGS)
def in_real_rig(request: pytest.FixtureRequest, shared: Shared, tmp_path: Path) -> Callable[..., object]:
    """Return the same, for the drivers whose instances really run."""
    return lambda scenario: run_in(REAL_RIGS[request.param](shared, tmp_path), scenario)


@pytest.fixture
def in_process(shared: Shared, tmp_path: Path) -> Callable[..., object]:
    """Return a function that runs a scenario with driver `process` in the session's data folder."""
    return lambda scenario: run_in(shared_process_rig(shared, tmp_path), scenario)


@pytest.fixture
def own_rig_in(tmp_path: Path) -> Iterator[Callable[..., object]]:
    """Return a function that runs a scenario with driver `process` in the data folder it is given."""
    data_dirs: list[Path] = []

    def run(data_dir: Path, scenario: Callable[[Rig], Awaitable[T]]) -> T:
        data_dirs.append(data_dir)
        return run_in(process_rig(OwnProcessRig, data_dir, tmp_path), scenario)

    yield run
    for data_dir in data_dirs:
        end_supervisor(data_dir)


@pytest.fixture
def in_own_process(tmp_path: Path) -> Iterator[Callable[..., object]]:
    """Return a function that runs a scenario with driver `process` in a data folder of its own: it may harm it."""
    data_dir = tmp_path / "data"
    yield lambda scenario, *flags: run_in(process_rig(OwnProcessRig, data_dir, tmp_path, *flags), scenario)
    end_supervisor(data_dir)


class Pack:
    """Makes packages in a folder, and returns them as sources."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def of(self, kind: str, files: dict[str, str]) -> Source:
        """Return a package of a kind: zip, jar, tar.gz, tgz or folder."""
        return self.folder(files) if kind == "folder" else self._written(f"app.{kind}", self.content(kind, files))

    def content(self, kind: str, files: dict[str, str]) -> bytes:
        """Return the bytes of a package."""
        content = io.BytesIO()
        if kind in ("zip", "jar"):
            with zipfile.ZipFile(content, "w") as archive:
                for name, text in files.items():
                    archive.writestr(name, text)
            return content.getvalue()
        with tarfile.open(fileobj=content, mode="w:gz") as packed:
            for name, text in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(text)
                packed.addfile(info, io.BytesIO(text.encode()))
        return content.getvalue()

    def folder(self, files: dict[str, str]) -> Source:
        """Return a folder with these files."""
        folder = self._place()
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return Source("softwarePackage", folder.as_uri())

    def wheel(self, name: str, module: str, *scripts: str) -> Source:
        """Return a wheel of one module, with console scripts that call its `main`."""
        info = f"{name}-1.0.dist-info"
        points = "[console_scripts]\n" + "".join(f"{script} = {name}:main\n" for script in scripts)
        files = {
            f"{name}.py": module,
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/entry_points.txt": points,
            f"{info}/RECORD": "",
        }
        return self._written(f"{name}-1.0-py3-none-any.whl", self.content("zip", files))

    def _written(self, name: str, content: bytes) -> Source:
        path = self._place() / name
        path.write_bytes(content)
        return Source("softwarePackage", path.as_uri())

    def _place(self) -> Path:
        self._count += 1
        folder = self._folder / f"package-{self._count}"
        folder.mkdir()
        return folder


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """Return a maker of packages."""
    return Pack(tmp_path)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a git repository with branches `main` and `next`, each with an app.py that says its name."""
    folder = tmp_path / "repository"
    folder.mkdir()

    def git(*words: str) -> None:
        identity = ("-c", "user.name=T", "-c", "user.email=t@example.test")
        subprocess.run(("git", *identity, *words), cwd=folder, check=True, capture_output=True)

    git("init", "--initial-branch=main")
    for branch in ("main", "next"):
        git("checkout", "-B", branch)
        (folder / "app.py").write_text(f"print('{branch}')\n")
        git("add", ".")
        git("commit", "-m", f"Say {branch}")
    git("checkout", "main")
    return folder


class Built:
    """What came of a build that ran in this process: a release with its command, or a failure."""

    def __init__(self, end: BuildEnd, folder: Path, log: str) -> None:
        self.end = end
        self.folder = folder
        self.app = folder / "app"
        self.log = log

    @property
    def failure(self) -> Failure | None:
        """Why there is no release."""
        return self.end.failure

    @property
    def command(self) -> str:
        """How the release is started."""
        release = read_release(self.folder)
        assert release is not None, self.end.failure
        return release.command


@pytest.fixture
def built(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Built]:
    """Return a function that builds a source as a build's own process does, and returns what came of it."""

    def run(source: Source, build: Build | None = None, *, runtime: str = "Python3", **facts: Any) -> Built:
        env = facts.pop("env", {})
        owner = Rig(SimulatedDriver(SystemClock()), tmp_path).owner
        order = BuildOrder(id="build", owner=owner, runtime=runtime, source=source, build=build, version=None, env=env)
        release, work = tmp_path / "data" / "release", tmp_path / "data" / "work"
        work.mkdir(parents=True)
        spec = BuildSpec(
            order=order, environ=for_builds(os.environ), release=str(release), file_sources=("/",), **facts
        )
        end = carry_out(spec, work)
        return Built(end, release, capfd.readouterr().out)

    return run
