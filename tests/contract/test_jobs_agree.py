"""The moment a poller reads a job's end, every other call tells the same story.

The pollers here never wait: each asks for its job again as soon as it has the answer, and then looks at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import msgspec
import pytest

from support.answers import async_http_hooks
from support.cae import ENDED, SCRIPT, Application, fresh
from support.server import PROJECT, Server

pytestmark = pytest.mark.unmeasured

COMPONENTS = 6
ROUNDS = 2


class Expected(msgspec.Struct):
    """What a component should look like."""

    status: str = "created"
    replica: int = 1
    available: int = 0
    image: str = "nginx:1"
    snapshots: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """Operation and image of each."""
    operation_id: str | None = None


class Poller:
    """A component, and a client that drives it and looks without ever waiting."""

    def __init__(self, http: httpx2.AsyncClient, application_id: str) -> None:
        self._http = http
        self._components = f"/applications/{application_id}/components"
        self._path = ""
        self.expected = Expected()
        self._operations: list[str | None] = []
        """What was in force with each snapshot."""

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        response = await self._http.request(method, f"/v1/{PROJECT}/cae{path}", json=body)
        assert response.status_code < 300, response.text
        return response.json() if response.content else None

    async def create(self) -> None:
        spec = {
            "runtime": "Docker",
            "replica": 1,
            "source": {"type": "image", "url": "nginx:1"},
            "resource_limit": {"cpu_limit": "500m", "memory_limit": "1Gi"},
        }
        made = await self.call("POST", self._components, {"metadata": {"name": fresh("poll")}, "spec": spec})
        self._path = f"{self._components}/{made['metadata']['id']}"

    async def act(self, name: str, spec: Any = None, *, script: str = "", ends: str = "success") -> None:
        """Run an action, read its job until it has ended, and hold every other call against what is expected."""
        body = {"metadata": {"name": name, "annotations": {SCRIPT: script}}, "spec": spec}
        job_id = (await self.call("POST", f"{self._path}/action", body))["job_id"]
        assert await self._end(job_id) == ends
        if ends == "success":
            self._done(name, spec or {})
        elif self.expected.status == "created":
            self.expected.status = "notReady"
        await self._agree(name, job_id)

    async def _end(self, job_id: str) -> str:
        while True:
            status = (await self.call("GET", f"/jobs/{job_id}"))["spec"]["status"]
            if status in ENDED:
                return str(status)

    def _done(self, name: str, spec: dict[str, Any]) -> None:
        expected = self.expected
        match name:
            case "upgrade":
                expected.image = spec["source"]["url"]
            case "rollback":
                expected.image = expected.snapshots[spec["snapshot_index"] - 1][1]
                expected.operation_id = self._operations[spec["snapshot_index"] - 1]
            case "scale":
                expected.replica = spec["replica"]
        if name in ("deploy", "upgrade", "rollback", "configure"):
            expected.snapshots.append((name, expected.image))
            self._operations.append(expected.operation_id)
        expected.status = "paused" if name == "stop" else "running"
        expected.available = 0 if name == "stop" else expected.replica

    async def _agree(self, name: str, job_id: str) -> None:
        shown = (await self.call("GET", self._path))["spec"]
        instances = (await self.call("GET", f"{self._path}/instances"))["items"]
        snapshots = (await self.call("GET", f"{self._path}/snapshots"))["items"]
        expected = self.expected
        seen = Expected(
            status=shown["status"],
            replica=shown["replica"],
            available=shown["available_replica"],
            image=shown["source"]["url"],
            snapshots=[(one["context"]["operation"], one["context"]["image_url"]) for one in snapshots],
            operation_id=shown.get("configuration_operation_id"),
        )
        assert seen == expected, f"after {name}"
        assert (shown["job_id"], shown["image_url"]) == (job_id, expected.image)
        assert [one["status"] for one in instances] == ["running"] * expected.available, f"after {name}"

    async def configure(self, value: str) -> None:
        item = {"type": "env", "data": {"spec": {"envs": {"A": value}}}}
        await self.call("POST", f"{self._path}/configurations", {"items": [item]})
        history = (await self.call("GET", f"{self._path}/configurations"))["items"]
        self.expected.operation_id = history[0]["operation_id"]
        await self.act("configure")
        effective = await self.call("GET", f"{self._path}/configurations?displayMode=latestEffective")
        (item,) = effective["items"]
        assert item["data"]["spec"]["envs"] == {"A": value}

    async def delete(self) -> None:
        job_id = (await self.call("DELETE", self._path))["job_id"]
        assert await self._end(job_id) == "success"
        gone = await self._http.get(f"/v1/{PROJECT}/cae{self._path}")
        listed = await self.call("GET", self._components)
        assert (gone.status_code, gone.json()["error_code"]) == (400, "CAE.01500208")
        assert self._path.rpartition("/")[2] not in [item["id"] for item in listed["items"]]


@asynccontextmanager
async def client(engine: Server, http: httpx2.Client, environment_id: str) -> AsyncIterator[httpx2.AsyncClient]:
    headers = {"X-Auth-Token": http.headers["X-Auth-Token"], "X-Environment-ID": environment_id}
    async with httpx2.AsyncClient(
        base_url=engine.url, headers=headers, timeout=60, event_hooks=async_http_hooks()
    ) as connected:
        yield connected


async def life(poller: Poller) -> None:
    """Drive a component through everything there is, several times over."""
    await poller.create()
    await poller.act("deploy", script="pull=fail:image-missing", ends="failed")
    await poller.act("deploy")
    for number in range(ROUNDS):
        await poller.act("upgrade", {"source": {"type": "image", "url": f"nginx:2.{number}"}})
        await poller.act("scale", {"replica": 3})
        await poller.act("upgrade", {"source": {"url": "nginx:no"}}, script="ready=crash", ends="failed")
        await poller.configure(str(number))
        await poller.act("scale", {"replica": 1})
        await poller.act("restart")
        await poller.act("stop")
        await poller.act("upgrade", {"source": {"url": "nginx:paused"}}, script="pull=fail", ends="failed")
        await poller.act("start")
        await poller.act("rollback", {"snapshot_index": 1})
    await poller.act("stop")
    await poller.delete()


def test_the_end_of_a_job_agrees_with_every_other_call(
    engine: Server, application: Application, http: httpx2.Client
) -> None:
    async def scenario() -> None:
        async with client(engine, http, application.environment_id) as connected:
            await asyncio.gather(*(life(Poller(connected, application.id)) for _ in range(COMPONENTS)))

    asyncio.run(scenario())
