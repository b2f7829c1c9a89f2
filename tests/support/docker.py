"""A Docker Engine for tests: its own containerd, data, networks and socket, and nothing of it left afterwards.

It touches neither the machine's firewall nor its routes (no default bridge, no iptables), takes its networks from a
range that no other of its kind uses at the same time, and is ended by the tests that began it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx2
import pytest

from support.machine import front_ports
from support.server import Server, running, wait_for

VERSION: Final = "v1.41"
_START_SECONDS: Final = 30.0
_END_SECONDS: Final = 30.0
_RANGES: Final = 40
"""How many such engines there can be on a machine at a time."""
_PLACES: Final = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])


class NoEngine(Exception):  # noqa: N818 - said of the machine
    """No Docker Engine can be started here; the text says why."""


class OwnEngine:
    """A dockerd with a containerd of its own, so that containers outlive a dockerd that is killed."""

    def __init__(self, folder: Path, number: int) -> None:
        """Keep everything in `folder`; `number` tells its networks from those of others."""
        self.folder = folder
        self.socket = folder / "docker.sock"
        self._number = number
        self._containerd: subprocess.Popen[bytes] | None = None
        self._dockerd: subprocess.Popen[bytes] | None = None
        transport = httpx2.HTTPTransport(uds=str(self.socket))
        self.http = httpx2.Client(transport=transport, base_url=f"http://docker/{VERSION}", timeout=60)

    @property
    def host(self) -> str:
        """What `DOCKER_HOST` has to say."""
        return f"unix://{self.socket}"

    def start(self) -> None:
        """Start the engine, and its containerd when that does not run; return when it answers."""
        if self._containerd is None:
            self._start_containerd()
        self._dockerd = self._popen(
            "dockerd",
            f"--data-root={self.folder / 'data'}",
            f"--exec-root={self.folder / 'exec'}",
            f"--pidfile={self.folder / 'pid'}",
            f"--host={self.host}",
            f"--containerd={self.folder / 'containerd.sock'}",
            f"--default-address-pool=base=10.{200 + self._number}.0.0/16,size=24",
            *("--live-restore", "--bridge=none", "--iptables=false", "--ip-forward=false", "--ip-masq=false"),
        )
        wait_for(self._answers, _START_SECONDS, "that the Docker Engine answers")

    def limit_disk(self, most: int) -> None:
        """Give an engine that has not been started a disk of so many bytes; it is unmounted with the rest."""
        data = self.folder / "data"
        data.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={most}", "homeport-test", str(data)], check=True)

    def kill(self) -> None:
        """End dockerd as a power cut would; containers go on."""
        assert self._dockerd is not None
        self._dockerd.kill()
        self._dockerd.wait()
        self._dockerd = None

    def end(self) -> None:
        """Remove every container and network, and end the engine."""
        if self._dockerd is not None:
            self.clear()
        for process in (self._dockerd, self._containerd):
            if process is not None:
                process.terminate()
                process.wait(_END_SECONDS)
        self.http.close()

    def clear(self) -> None:
        """Remove every container and every network that was made."""
        for container in self.containers():
            self.http.delete(f"/containers/{container['Id']}", params={"force": "1", "v": "1"})
        for network in self.networks():
            self.http.delete(f"/networks/{network['Id']}")

    def containers(self) -> list[dict[str, Any]]:
        """Return the containers there are, also those that do not run."""
        return list(self.http.get("/containers/json", params={"all": "1"}).json())

    def networks(self) -> list[dict[str, Any]]:
        """Return the networks that were made."""
        own = ("bridge", "host", "none")
        return [one for one in self.http.get("/networks").json() if one["Name"] not in own]

    def execute(self, name: str, script: str) -> None:
        """Run a shell script within a container."""
        body = {"Cmd": ["/bin/sh", "-c", script], "AttachStdout": True}
        execution = self.http.post(f"/containers/{name.lstrip('/')}/exec", json=body).json()["Id"]
        self.http.post(f"/exec/{execution}/start", json={"Detach": False})

    def import_image(self, name: str, root: Path, *changes: str) -> None:
        """Make a folder an image; `changes` are lines of a Dockerfile (`CMD ["/bin/sh"]`)."""
        pack = subprocess.Popen(["tar", "-C", str(root), "-c", "."], stdout=subprocess.PIPE)
        assert pack.stdout is not None
        with pack, pack.stdout as content:
            repository, _, tag = name.partition(":")
            params = {"fromSrc": "-", "repo": repository, "tag": tag, "changes": list(changes)}
            answer = self.http.post("/images/create", params=params, content=iter(lambda: content.read(1 << 20), b""))
        assert answer.status_code == 200, answer.text
        assert "error" not in answer.text, answer.text

    def derive_image(self, name: str, base: str, *changes: str) -> None:
        """Make an image of another one with changes, without running anything."""
        made = self.http.post("/containers/create", json={"Image": base}).json()
        repository, _, tag = name.partition(":")
        params = {"container": made["Id"], "repo": repository, "tag": tag, "changes": list(changes)}
        answer = self.http.post("/commit", params=params)
        assert answer.status_code == 201, answer.text
        self.http.delete(f"/containers/{made['Id']}")

    def _start_containerd(self) -> None:
        settings = self.folder / "containerd.toml"
        settings.write_text('version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n')
        address = self.folder / "containerd.sock"
        self._containerd = self._popen(
            "containerd",
            f"--config={settings}",
            f"--root={self.folder / 'containerd'}",
            f"--state={self.folder / 'containerd-run'}",
            f"--address={address}",
        )
        wait_for(lambda: self._lives(self._containerd) and address.exists(), _START_SECONDS, "containerd's socket")

    def _popen(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        path = shutil.which(program, path=_PLACES)
        if path is None:
            raise NoEngine(f"{program} is not installed: apt-get install docker.io iptables busybox-static")
        with (self.folder / f"{program}.log").open("ab") as log:
            # It ends with the tests, also when they are killed.
            command = ["setpriv", "--pdeathsig", "TERM", "--", path, *arguments]
            return subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, "PATH": _PLACES},
            )

    def _lives(self, process: subprocess.Popen[bytes] | None) -> bool:
        if process is not None and process.poll() is not None:
            program = "dockerd" if process is self._dockerd else "containerd"
            words = (self.folder / f"{program}.log").read_text().splitlines()[-3:]
            raise NoEngine(f"{program} ended at once: {' | '.join(words)}")
        return True

    def _answers(self) -> bool:
        self._lives(self._dockerd)
        # By a socket of our own first: the client's would be left open where nobody listens yet.
        with socket.socket(socket.AF_UNIX) as attempt:
            if attempt.connect_ex(str(self.socket)) != 0:
                return False
        return bool(self.http.get("/_ping").status_code == 200)


@contextmanager
def an_engine(*, disk_bytes: int | None = None) -> Iterator[OwnEngine]:
    """Yield an engine that answers; it and its folder are gone afterwards.

    `disk_bytes` is how much it can keep, images and containers together; as much as the machine can where it is None.

    Raises:
        NoEngine: none can be started here.
    """
    if os.geteuid() != 0:
        raise NoEngine("a Docker Engine of the tests' own needs root")
    # The path of a socket may be some hundred characters long at most, so the folder is no test's own.
    folder = Path(tempfile.mkdtemp(prefix="homeport-docker-"))
    try:
        with _number() as number:
            engine = OwnEngine(folder, number)
            try:
                if disk_bytes is not None:
                    engine.limit_disk(disk_bytes)
                engine.start()
                yield engine
            finally:
                engine.end()
    finally:
        _unmount(folder)
        shutil.rmtree(folder)


@contextmanager
def homeport_on(engine: OwnEngine, folder: Path, **settings: Any) -> Iterator[Server]:
    """Yield a Homeport whose components run on an engine; further settings by name."""
    on_docker = {"driver": "docker", "docker_host": engine.host, "min_ready_seconds": 0.1, "front_ports": front_ports()}
    with running(folder / "data", **on_docker, **settings) as server:
        yield server


def _unmount(folder: Path) -> None:
    """Undo the mounts that a dockerd which was killed has left below a folder, the last one first."""
    places = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
    for place in reversed([place for place in places if place.startswith(f"{folder}/")]):
        subprocess.run(["umount", place], check=True)


@pytest.fixture(scope="session")
def docker_engine() -> Iterator[OwnEngine]:
    """Yield a Docker Engine that the tests of this process share; skip where none can be started."""
    try:
        with an_engine() as engine:
            yield engine
    except NoEngine as error:
        pytest.skip(f"no Docker Engine: {error}")


@contextmanager
def _number() -> Iterator[int]:
    """Hold a number that no other process of this machine holds."""
    for number in range(_RANGES):
        file = Path(tempfile.gettempdir(), f"homeport-docker-{number}.lock")
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            continue
        try:
            yield number
        finally:
            file.unlink()
            os.close(descriptor)
        return
    raise NoEngine(f"{_RANGES} engines of tests run on this machine already")
