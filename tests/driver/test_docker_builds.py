"""Builds of driver `docker`: from code and packages to images that run, and nothing left of those that do not."""

import asyncio
import os
import subprocess
from pathlib import Path

import msgspec
import pytest

from homeport.model.causes import Cause, TaskFailed
from homeport.model.workloads import Build, Source
from support.docker_images import PYTHON

APP = "import http.server\nhttp.server.HTTPServer(('', 8080), http.server.SimpleHTTPRequestHandler).serve_forever()\n"
DOCKERFILE = f'FROM {PYTHON}\nCOPY app.py /app.py\nCMD ["/bin/python3", "/app.py"]\n'

pytestmark = pytest.mark.real


def source_in(folder: Path, **files: str) -> Source:
    """Lay a package's files down in a folder; `__` in a name stands for a dot."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)
    return Source("softwarePackage", f"file://{folder}")


def order_of(rig, source: Source, id_: str = "build-1", **parameters: str):
    order = msgspec.structs.replace(rig.build_order(source), version="1.0.0", id=id_)
    return msgspec.structs.replace(order, build=Build(parameters=parameters))


def built_for(rig) -> list[str]:
    """Return the ids of the images there are that were built for the rig's component."""
    params = {"filters": msgspec.json.encode({"label": [f"homeport.built-for={rig.owner.component_id}"]}).decode()}
    return [one["Id"] for one in rig.engine.http.get("/images/json", params=params).json()]


def left_in(rig) -> list[str]:
    """Return what is left of builds: containers, and working folders."""
    containers = [one["Id"] for one in rig.engine.containers() if "homeport.instance" not in one["Labels"]]
    return [*containers, *map(str, (rig.layout.root / "builds").glob("*/*"))]


async def failure_of(rig, order):
    with pytest.raises(TaskFailed) as caught:
        await rig.driver.build(order, rig.sink)
    return caught.value.failure


def test_a_package_becomes_an_image_by_a_generated_dockerfile(in_docker, tmp_path) -> None:
    source = source_in(tmp_path, app__py=APP, junk__txt="x", __dockerignore="junk.txt\n")

    async def scenario(rig):
        order = order_of(rig, source, base_image=PYTHON, build_cmd="ls > /listed; touch built")
        artifact = await rig.driver.build(order, rig.sink)
        log = rig.log.decode()
        again = await rig.driver.build(order, rig.sink)
        return artifact, again, log, len(rig.log) > len(log), await rig.driver.stands(artifact), left_in(rig)

    artifact, again, log, said_more, stands, left = in_docker(scenario)

    assert (again, said_more, stands, left) == (artifact, False, True, [])
    assert artifact.image_url.partition(":")[2].startswith("1.0.0-")
    assert "COPY . ./" in log
    assert "Step 1/" in log


def test_images_that_no_version_needs_are_removed_and_all_of_a_component_that_is_forgotten(in_docker, tmp_path) -> None:
    source = source_in(tmp_path, app__py=APP)

    async def scenario(rig):
        first = await rig.driver.build(order_of(rig, source, dockerfile_content=DOCKERFILE), rig.sink)
        (tmp_path / "app.py").write_text(f"{APP}# 2\n")
        second = await rig.driver.build(order_of(rig, source, id_="build-2", dockerfile_content=DOCKERFILE), rig.sink)
        await rig.driver.keep_artifacts(rig.owner.component_id, [second.reference])
        kept = built_for(rig)
        await rig.driver.forget(rig.owner.component_id)
        return first.reference, second.reference, kept, built_for(rig)

    first, second, kept, left = in_docker(scenario)

    assert first != second
    assert (kept, left) == ([second], [])


def test_code_is_built_by_its_own_dockerfile(in_docker, tmp_path) -> None:
    source_in(tmp_path, app__py=APP)
    (tmp_path / "docker").mkdir()
    (tmp_path / "docker" / "Dockerfile").write_text(DOCKERFILE)
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"})

    async def scenario(rig):
        order = order_of(rig, Source("code", f"file://{tmp_path}"), dockerfile_path="docker/Dockerfile")
        return await rig.driver.build(order, rig.sink)

    assert in_docker(scenario).driver == "docker"


def test_a_build_that_fails_says_with_which_step_and_leaves_nothing(in_docker, tmp_path) -> None:
    source = source_in(tmp_path, app__py=APP)

    async def scenario(rig):
        failure = await failure_of(rig, order_of(rig, source, base_image=PYTHON, build_cmd="echo no luck; exit 3"))
        return failure, left_in(rig)

    failure, left = in_docker(scenario)

    assert (failure.cause, left) == (Cause.BUILD_FAILED, [])
    assert "code: 3" in failure.what
    assert "no luck" in failure.log


def test_a_base_image_that_cannot_be_had_is_not_a_fault_of_the_build(in_docker, tmp_path) -> None:
    source = source_in(tmp_path, app__py=APP)

    async def scenario(rig):
        return await failure_of(rig, order_of(rig, source, base_image="127.0.0.1:9/base:1"))

    assert in_docker(scenario).cause is Cause.SOURCE_UNREACHABLE


def test_a_build_that_is_stopped_ends_at_the_engine_too(in_docker, tmp_path) -> None:
    source = source_in(tmp_path, app__py=APP)

    async def scenario(rig):
        order = order_of(rig, source, base_image=PYTHON, build_cmd="echo sleeping; sleep 1000")
        build = asyncio.ensure_future(rig.driver.build(order, rig.sink))
        await rig.comes_true(lambda: b"\nsleeping" in rig.log)
        build.cancel()
        await rig.driver.stop_build(order.id)
        return left_in(rig)

    assert in_docker(scenario) == []
