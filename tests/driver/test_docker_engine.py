"""The Docker Engine that the tests run for themselves."""

import subprocess
from pathlib import Path

import pytest

from support.docker import an_engine
from support.docker_images import command, make_busybox, make_python

pytestmark = pytest.mark.real


def test_it_leaves_no_folder_no_process_and_no_mount(tmp_path: Path, docker_engine) -> None:
    with an_engine() as engine:
        make_busybox(engine, tmp_path)
        created = engine.http.post(
            "/containers/create", json={"Image": "homeport-test/busybox:1", "Cmd": ["sleep", "99"]}
        )
        engine.http.post(f"/containers/{created.json()['Id']}/start")
        assert engine.containers()[0]["State"] == "running"

    assert not engine.folder.exists()
    assert str(engine.folder) not in Path("/proc/mounts").read_text()
    assert str(engine.folder) not in subprocess.run(["ps", "ax"], check=True, capture_output=True, text=True).stdout


def test_an_image_of_python_runs_a_program(tmp_path: Path, docker_engine) -> None:
    base = make_python(docker_engine, tmp_path, {"hello.py": "import http.server, ssl, json; print('hello')"})
    docker_engine.derive_image("homeport-test/hello:1", base, command("/bin/python3", "/programs/hello.py"))
    body = {"Image": "homeport-test/hello:1", "HostConfig": {"NetworkMode": "none", "Init": True}}
    created = docker_engine.http.post("/containers/create", json=body).json()
    docker_engine.http.post(f"/containers/{created['Id']}/start")

    code = docker_engine.http.post(f"/containers/{created['Id']}/wait").json()["StatusCode"]
    log = docker_engine.http.get(f"/containers/{created['Id']}/logs", params={"stdout": "1", "stderr": "1"}).content
    docker_engine.http.delete(f"/containers/{created['Id']}")

    assert (code, log[8:]) == (0, b"hello\n")
