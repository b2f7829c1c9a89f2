"""A real Homeport in a process of its own, and the clients that talk to it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from huaweicloudsdkcae.v1 import CaeClient
from huaweicloudsdkcore.auth.credentials import BasicCredentials

from homeport.drivers.process.link import SupervisorLink
from homeport.model.causes import TaskFailed
from support.answers import http_hooks, no_authorities, sdk_handler
from support.databases import new_database

ACCESS_KEY = "HPTESTACCESSKEY00001"
SECRET_KEY = "test-secret-key-of-forty-characters-0001"
PROJECT = "0123456789abcdef0123456789abcdef"
DOMAIN = "fedcba9876543210fedcba9876543210"
USER = "tester"
PASSWORD = "a password for tests"

_START_SECONDS = 30.0
_END_SECONDS = 60.0

_PROGRAM = """
import os, sys
from homeport import app
from homeport.settings import load_settings
getattr(app, sys.argv[1])(load_settings({}, os.environ, None), lambda ready: print("ready", ready.url, flush=True))
"""


def _store() -> dict[str, str]:
    """Return the setting `store`: a new database where HOMEPORT_TEST_POSTGRES names a cluster's socket folder."""
    folder = os.environ.get("HOMEPORT_TEST_POSTGRES")
    return {"store": new_database(Path(folder))} if folder else {}


class ServerDied(Exception):  # noqa: N818 - said of the server
    """The server ended before it was ready; its log is in the text."""


class Server:
    """One data folder, and the engine that runs on it from time to time."""

    def __init__(self, data_dir: Path, *, part: str = "serve", **settings: Any) -> None:
        """Settings are those of `homeport serve`, by name; the admin's credentials are the constants above.

        `part` is what runs: `serve`, or `serve_api` and `work` for the one half or the other.
        """
        self.data_dir = data_dir
        self.part = part
        self.settings = {
            "port": 0,
            "driver": "simulated",
            # What answers on addresses has suites of its own, each over both fronts.
            "router": "embedded",
            "log_format": "json",
            "shutdown_seconds": 0,
            **_store(),
            **settings,
        }
        self.url = ""
        self.log = data_dir.with_name(data_dir.name + ".log")
        self._process: subprocess.Popen[str] | None = None
        self._token = ""

    def start(self, **environ: str) -> Server:
        """Start the engine and return when it answers; further variables are given to this run alone."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, self.part],
                env=self.environ(**environ),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline().split()
        if line[:1] != ["ready"]:
            raise ServerDied(self.log.read_text()[-4000:])
        if self.part != "work":
            self.answers_at(line[1])
        return self

    def environ(self, **more: str) -> dict[str, str]:
        """Return the variables with which the engine is started."""
        variables = {f"HOMEPORT_{name.upper()}": str(value) for name, value in self.settings.items()}
        return {**os.environ, **_admin(), **variables, "HOMEPORT_DATA_DIR": str(self.data_dir), **more}

    def answers_at(self, url: str) -> None:
        """Remember where it answers: the same port at every start, so that clients find it again after a crash."""
        self.url = url
        self.settings["port"] = int(url.rpartition(":")[2])

    @property
    def pid(self) -> int:
        """Process id of the engine."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End the engine as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(_START_SECONDS)
        self._close()

    def stop(self, within: float = _START_SECONDS) -> int:
        """End the engine in good order and return its exit code; harmless when it has ended.

        Raises:
            TimeoutExpired: it did not end in time, and was killed.
        """
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(within)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        self._close()
        return code

    def wait_for_death(self, seconds: float = _START_SECONDS) -> int:
        """Return the exit code of an engine that is going to die by itself (a crash point)."""
        assert self._process is not None
        code = self._process.wait(seconds)
        self._close()
        return code

    def _close(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process = None

    def sdk(self, **options: str) -> CaeClient:
        """Return the official client, set up as its documentation says."""
        credentials = BasicCredentials(
            options.get("access_key", ACCESS_KEY),
            options.get("secret_key", SECRET_KEY),
            options.get("project_id", PROJECT),
        )
        builder = CaeClient.new_builder().with_credentials(credentials).with_endpoint(self.url)
        return builder.with_http_handler(sdk_handler()).build()

    def token(self) -> str:
        """Return a token of the admin; always the same one, since a password takes its time to check."""
        self._token = self._token or self._new_token()
        return self._token

    def _new_token(self) -> str:
        user = {"name": USER, "password": PASSWORD, "domain": {"id": DOMAIN}}
        body = {
            "auth": {
                "identity": {"methods": ["password"], "password": {"user": user}},
                "scope": {"project": {"id": PROJECT}},
            }
        }
        answer = httpx2.post(f"{self.url}/v3/auth/tokens", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.headers["X-Subject-Token"])

    def http(self, environment_id: str | None = None) -> httpx2.Client:
        """Return a plain HTTP client with a token, and the environment's header where one is given."""
        headers = {"X-Auth-Token": self.token()}
        if environment_id is not None:
            headers["X-Environment-ID"] = environment_id
        return httpx2.Client(
            base_url=self.url, headers=headers, timeout=60, event_hooks=http_hooks(), verify=no_authorities()
        )


_usual: list[Callable[..., Server]] = [Server]


@contextmanager
def usually(kind: Callable[..., Server]) -> Iterator[None]:
    """Let `running` start servers of this kind until the end of the block."""
    _usual.append(kind)
    try:
        yield
    finally:
        _usual.remove(kind)


@contextmanager
def running(data_dir: Path, *, part: str = "serve", **settings: Any) -> Iterator[Server]:
    """Yield a started server, of the kind that is usual; at the end it is stopped, and everything it ran is ended."""
    server = _usual[-1](data_dir, part=part, **settings)
    try:
        yield server.start()
    finally:
        try:
            server.stop()
        finally:
            end_everything(data_dir)


def end_everything(data_dir: Path) -> None:
    """End the supervisor of a data folder and all it runs, when there is one."""
    if (data_dir / "supervisor").exists() or any(data_dir.glob("supervisor*")):
        # In a thread, for there a loop may be run whatever runs here.
        ending = threading.Thread(target=lambda: asyncio.run(_down(data_dir)))
        ending.start()
        ending.join()


async def _down(data_dir: Path) -> None:
    link = SupervisorLink(data_dir, starts=False)
    try:
        async with asyncio.timeout(_END_SECONDS):
            await link.down()
    # What it could not end is found when the suite has ended.
    except (TaskFailed, TimeoutError) as error:
        sys.stderr.write(f"not everything of {data_dir} was ended: {error}\n")
    finally:
        await link.close()


def wait_for(condition: Any, seconds: float = 30.0, what: str = "the condition") -> Any:
    """Return the first true value of `condition()`; fail after so many seconds without one."""
    deadline = time.monotonic() + seconds
    pause = 0.01
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come true within {seconds} s")
        time.sleep(pause)  # waits: between two looks at a condition, ever longer: looking costs those that work
        pause = min(1.2 * pause, 0.1)


def _admin() -> dict[str, str]:
    return {
        "HOMEPORT_ACCESS_KEY": ACCESS_KEY,
        "HOMEPORT_SECRET_KEY": SECRET_KEY,
        "HOMEPORT_PROJECT_ID": PROJECT,
        "HOMEPORT_DOMAIN_ID": DOMAIN,
        "HOMEPORT_USER_NAME": USER,
        "HOMEPORT_USER_PASSWORD": PASSWORD,
        "NO_PROXY": "127.0.0.1",
    }


def pretty(value: Any) -> str:
    """Return a value as indented JSON, for messages."""
    return json.dumps(value, indent=2, default=str)
