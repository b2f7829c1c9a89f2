"""What the tests of drivers are given: a rig for each driver, packages, and a front."""

import asyncio
import os
import subprocess
from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest

from driver.docker_rigs import docker_rig, make_images
from driver.fronts import FrontHouse, front_house
from driver.packing import Built, Pack
from driver.rigs import (
    OwnProcessRig,
    Rig,
    Shared,
    end_supervisor,
    process_rig,
    run_in,
    shared_process_rig,
    simulated_rig,
)
from homeport.drivers.process.build.__main__ import carry_out
from homeport.drivers.process.link import SupervisorLink
from homeport.drivers.process.wire import BuildSpec
from homeport.drivers.simulated import SimulatedDriver
from homeport.drivers.sources.environment import for_builds
from homeport.model.clock import SystemClock
from homeport.model.workloads import Build, BuildOrder, Source
from support.docker import OwnEngine, docker_engine
from support.haproxy import need_haproxy
from support.measuring import unmeasured
from support.nursery import Nursery, supervisor
from support.reads import HandReads

__all__ = ["docker_engine"]

T = TypeVar("T")

BUILDING_RIGS = {"simulated": simulated_rig, "process": shared_process_rig}
"""Drivers that build from packages."""

REAL_RIGS = {"process": shared_process_rig, "docker": docker_rig}
"""Drivers whose instances really run."""

RIGS = {"simulated": simulated_rig, **REAL_RIGS}
"""Every driver; the suite runs against each."""


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """Return a data folder whose supervisor lives as long as the session."""

    @cache
    def docker() -> OwnEngine:
        engine: OwnEngine = request.getfixturevalue("docker_engine")
        make_images(engine, tmp_path_factory.mktemp("images"))
        return engine

    shared = Shared(tmp_path_factory.mktemp("data"), {}, docker)
    yield shared
    end_supervisor(shared.data_dir)


def _names(rigs: Iterable[str]) -> list[Any]:
    """Return rigs as parameters; one that needs more of the machine than Python is marked `real`."""
    return [pytest.param(name, marks=[pytest.mark.real] if name == "docker" else []) for name in rigs]


@pytest.fixture(params=_names(RIGS))
def in_rig(request: pytest.FixtureRequest, shared: Shared, tmp_path: Path) -> Callable[..., object]:
    """Return a function that runs a scenario `async (Rig) -> T` with a driver; the test runs once for each driver."""
    return lambda scenario: run_in(RIGS[request.param](shared, tmp_path), scenario)


@pytest.fixture(params=_names(BUILDING_RIGS))
def in_building_rig(request: pytest.FixtureRequest, shared: Shared, tmp_path: Path) -> Callable[..., object]:
    """Return the same, for the drivers that build."""
    return lambda scenario: run_in(BUILDING_RIGS[request.param](shared, tmp_path), scenario)


@pytest.fixture
def in_docker(shared: Shared, tmp_path: Path) -> Callable[..., object]:
    """Return a function that runs a scenario with driver `docker` and the session's Engine."""
    return lambda scenario: run_in(docker_rig(shared, tmp_path), scenario)


@pytest.fixture(params=_names(REAL_RIGS))
def in_real_rig(request: pytest.FixtureRequest, shared: Shared, tmp_path: Path) -> Callable[..., object]:
    """Return the same, for the drivers whose instances really run."""
    return lambda scenario: run_in(REAL_RIGS[request.param](shared, tmp_path), scenario)


@pytest.fixture
def in_process(shared: Shared, tmp_path: Path) -> Callable[..., object]:
    """Return a function that runs a scenario with driver `process` in the session's data folder."""
    return lambda scenario: run_in(shared_process_rig(shared, tmp_path), scenario)


@pytest.fixture(scope="session")
def kept_nursery() -> Iterator[Nursery]:
    """Return the nursery of the supervisors that tests have for themselves; the session's one is started as always."""
    with unmeasured():
        made = Nursery()
    yield made
    made.close()


@pytest.fixture
def forked_supervisors(kept_nursery: Nursery, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let supervisors be forked: there are some fifty, each of which would import everything first."""
    monkeypatch.setattr(SupervisorLink, "_start", lambda link: supervisor(kept_nursery, link))


@pytest.fixture
def own_rig_in(forked_supervisors: None, tmp_path: Path) -> Iterator[Callable[..., object]]:
    """Return a function that runs a scenario with driver `process` in the data folder it is given."""
    data_dirs: list[Path] = []

    def run(data_dir: Path, scenario: Callable[[Rig], Awaitable[T]]) -> T:
        data_dirs.append(data_dir)
        return run_in(process_rig(OwnProcessRig, data_dir, tmp_path), scenario)

    yield run
    for data_dir in data_dirs:
        end_supervisor(data_dir)


@pytest.fixture
def in_own_process(forked_supervisors: None, tmp_path: Path) -> Iterator[Callable[..., object]]:
    """Return a function that runs a scenario with driver `process` in a data folder of its own: it may harm it."""
    data_dir = tmp_path / "data"
    yield lambda scenario, *flags: run_in(process_rig(OwnProcessRig, data_dir, tmp_path, *flags), scenario)
    end_supervisor(data_dir)


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


@pytest.fixture
def built(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Built]:
    """Return a function that builds a source as a build's own process does, and returns what came of it."""

    def run(source: Source, build: Build | None = None, *, runtime: str = "Python3", **facts: Any) -> Built:
        env, access = facts.pop("env", {}), facts.pop("access", None)
        owner = Rig(SimulatedDriver(SystemClock(), HandReads()), tmp_path).owner
        order = BuildOrder(
            id="build",
            owner=owner,
            runtime=runtime,
            source=source,
            build=build,
            version=None,
            env=env,
            access=access,
        )
        release, work = tmp_path / "data" / "release", tmp_path / "data" / "work"
        work.mkdir(parents=True)
        spec = BuildSpec(
            order=order, environ=for_builds(os.environ), release=str(release), file_sources=("/",), **facts
        )
        end = carry_out(spec, work)
        return Built(end, release, capfd.readouterr().out)

    return run


@pytest.fixture(params=["embedded", pytest.param("haproxy", marks=pytest.mark.real)])
def in_front(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Any]:
    """Return a function that runs a scenario `async (FrontHouse) -> T`; the test runs once for each kind of front."""
    if request.param == "haproxy":
        need_haproxy()
    return lambda scenario: run_in_front(scenario, tmp_path, request.param)


@pytest.fixture
def in_embedded_front(tmp_path: Path) -> Callable[..., Any]:
    """Return the same, for what only the embedded front does."""
    return lambda scenario: run_in_front(scenario, tmp_path, "embedded")


def run_in_front(scenario: Callable[[FrontHouse], Awaitable[T]], folder: Path, kind: str) -> T:
    """Run a scenario with a front and return what it returns."""

    async def whole() -> T:
        async with front_house(folder, kind) as house:
            return await scenario(house)

    return asyncio.run(whole())
