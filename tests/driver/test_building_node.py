"""Node.js on driver `process`: what npm is asked, how the program is started, and the real npm with real programs."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from driver.packing import Tools
from homeport.drivers.process.memory import memory_variables
from homeport.drivers.process.release import read_release
from homeport.model.causes import Cause, TaskFailed
from homeport.model.workloads import Build, ResourceLimit, Source

needs_npm = pytest.mark.skipif(shutil.which("npm") is None, reason="no npm on this machine (Debian: nodejs npm)")

SERVER = """
const http = require("http"), v8 = require("v8"), greeting = require("greeting");
const heap = Math.round(v8.getHeapStatistics().heap_size_limit / 1048576);
const words = { greeting, heap, mode: process.env.NODE_ENV, built: require("./dist/built.json") };
http.createServer((_, answer) => answer.end(JSON.stringify(words))).listen(process.env.PORT, "127.0.0.1");
"""


def package(**facts: object) -> str:
    return json.dumps({"name": "shop", "version": "1.0.0", "private": True, **facts})


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    """Return a machine whose npm only tells how it was called."""
    tools = Tools(tmp_path, monkeypatch)
    tools.add("npm")
    return tools


@pytest.mark.parametrize(
    ("files", "called"),
    [
        ({"package.json": package()}, ["npm install --omit=dev"]),
        ({"package.json": package(), "package-lock.json": "{}"}, ["npm ci --omit=dev"]),
        ({"package.json": package(), "npm-shrinkwrap.json": "{}"}, ["npm ci --omit=dev"]),
        (
            {"package.json": package(scripts={"build": "tsc"}), "package-lock.json": "{}"},
            ["npm ci --include=dev", "npm run build", "npm prune --omit=dev"],
        ),
        ({"package.json": package(), "build.sh": "echo by hand"}, []),
        ({}, []),
    ],
)
def test_npm_is_asked_for_what_the_source_needs(built, pack, npm, files, called) -> None:
    build = built(pack.folder({"server.js": "", **files}), runtime="Nodejs16")

    assert build.failure is None
    assert [line for line in build.log.splitlines() if line.startswith("npm ")] == called


def test_a_build_command_counts_before_npm(built, pack, npm) -> None:
    command = Build(parameters={"build_cmd": "echo by hand"})
    build = built(pack.folder({"package.json": package(), "server.js": ""}), command, runtime="Nodejs16")

    assert "npm install" not in build.log


@pytest.mark.parametrize(
    ("files", "command"),
    [
        ({"Procfile": "web: next start", "package.json": package(scripts={"start": "x"})}, "exec next start"),
        ({"package.json": package(scripts={"start": "node a.js"}, main="b.js"), "b.js": ""}, "exec npm start"),
        ({"package.json": package(main="src/b.js"), "src/b.js": "", "server.js": ""}, "exec node src/b.js"),
        ({"package.json": package(main="gone.js"), "server.js": ""}, "exec node server.js"),
        ({"index.js": ""}, "exec node index.js"),
    ],
)
def test_a_program_is_started_as_its_source_says(built, pack, npm, files, command) -> None:
    assert built(pack.folder(files), runtime="Nodejs16").command == command


def test_a_source_that_does_not_say_how_to_start_fails_with_what_was_looked_for(built, pack, npm) -> None:
    failure = built(pack.folder({"package.json": package()}), runtime="Nodejs16").failure

    assert failure.cause is Cause.START_FAILED
    for word in ("Procfile", "script `start`", "server.js"):
        assert word in failure.what
    assert "web: node server.js" in failure.advice


@pytest.mark.parametrize("text", ["{", "[]"])
def test_a_package_json_that_is_none_is_invalid(built, pack, npm, text) -> None:
    failure = built(pack.folder({"package.json": text}), runtime="Nodejs16").failure

    assert failure.cause is Cause.SOURCE_INVALID
    assert "package.json" in failure.what


def test_without_npm_it_is_told_how_to_install_it(built, pack, tmp_path, monkeypatch) -> None:
    Tools(tmp_path, monkeypatch)
    failure = built(pack.folder({"package.json": package()}), runtime="Nodejs16").failure

    assert failure.cause is Cause.RUNTIME_MISSING
    assert "`npm`" in failure.what
    assert "apt-get install nodejs npm" in failure.advice


@pytest.mark.parametrize(
    ("runtime", "variables"),
    [
        ("Nodejs16", {"NODE_OPTIONS": "--max-old-space-size=768"}),
        ("Java17", {"JAVA_TOOL_OPTIONS": "-XX:MaxRAM=1073741824 -XX:MaxRAMPercentage=75"}),
        ("Python3", {}),
    ],
)
def test_a_runtime_with_a_heap_of_its_own_is_told_of_the_memory_limit(runtime, variables) -> None:
    assert memory_variables(runtime, ResourceLimit("500m", "1Gi")) == variables


@pytest.fixture
def shop(pack) -> Source:
    """Return a program that needs a package beside it, and another one only to be built."""
    greeting = pack.folder({"package.json": package(name="greeting"), "index.js": "module.exports = 'hello'"})
    make = "fs.mkdirSync('dist'); fs.writeFileSync('dist/built.json', 'true')"
    tool = pack.folder(
        {
            "package.json": package(name="tool", bin={"make-it": "make.js"}),
            "make.js": f"#!/usr/bin/env node\nconst fs = require('fs'); {make}",
        }
    )
    described = package(
        scripts={"build": "make-it", "start": "node server.js"},
        dependencies={"greeting": greeting.url},
        devDependencies={"tool": tool.url},
    )
    return pack.folder({"package.json": described.replace("file://", "file:"), "server.js": SERVER})


@pytest.mark.real
@needs_npm
def test_a_program_is_installed_built_and_served_and_its_heap_kept_within_the_memory_limit(in_process, shop) -> None:
    async def scenario(rig):
        artifact = await rig.driver.build(rig.build_order(shop, runtime="Nodejs16"), rig.sink)
        instance = await rig.order("serves", runtime="Nodejs16", artifact=artifact)
        await rig.driver.start(instance)
        await rig.until(instance, lambda seen: seen.ready)
        modules = rig.layout.reference(artifact.reference) / "app" / "node_modules"
        answer = await rig.asked(instance)
        return answer, sorted(path.name for path in modules.iterdir() if path.name[0] != ".")

    answer, modules = in_process(scenario)

    assert (answer["greeting"], answer["mode"], answer["built"]) == ("hello", "production", True)
    assert 700 <= answer["heap"] <= 1_000
    assert modules == ["greeting"]


@pytest.mark.real
@needs_npm
def test_a_dependency_that_cannot_be_had_fails_with_what_npm_said(built, pack, monkeypatch) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:1/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    source = pack.folder({"package.json": package(dependencies={"no-such-package": "1.0.0"}), "server.js": ""})
    failure = built(source, runtime="Nodejs16").failure

    assert failure.cause is Cause.BUILD_FAILED
    assert "npm install" in failure.what
    assert any("ECONNREFUSED" in line for line in failure.log)


@pytest.mark.real
@needs_npm
def test_a_build_by_npm_that_is_stopped_ends_with_all_it_started(in_process, pack) -> None:
    async def scenario(rig):
        pids = rig.folder / "pids"
        script = f"sleep 1000 & echo $! $$ > {pids}; echo wait''ing; wait"
        source = pack.folder({"package.json": package(scripts={"build": script}), "server.js": ""})
        order = rig.build_order(source, runtime="Nodejs16")
        building = asyncio.ensure_future(rig.driver.build(order, rig.sink))
        await rig.comes_true(lambda: b"waiting" in rig.log)
        await rig.driver.stop_build(order.id)
        with pytest.raises(TaskFailed):
            await building
        release = rig.layout.release(rig.owner.component_id, order.id)
        return [pid for pid in pids.read_text().split() if rig.is_alive(int(pid))], read_release(release)

    assert in_process(scenario) == ([], None)
