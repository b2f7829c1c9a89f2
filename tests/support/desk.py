"""An engine at rest, to which anything may be sent: what it answers, and that nothing of what it keeps has changed."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx2

from support.answers import http_hooks, no_authorities
from support.cae import Application, new_environment
from support.server import PROJECT, Server, running

NOBODY = "11111111-2222-3333-4444-555555555555"
"""An id that nothing has."""

Contents = Mapping[str, list[tuple[Any, ...]]]
"""Rows by table."""

_PARAMETER = re.compile(r"\{(\w+)\}")
_HEARTBEATS = frozenset({"worker", "worker_node", "controller"})


class Refusal(NamedTuple):
    """An answer that is none of success: its status, its code and its message."""

    status: int
    code: str
    message: str


class Desk:
    """An engine with an environment, an application, and components in it: one deployed, one not."""

    def __init__(self, server: Server, http: httpx2.Client) -> None:
        self.server = server
        self.application = Application(server, new_environment(server), http)
        self.deployed = self.application.deployed()
        self.created = self.application.component()
        self.job = str(self.application.show(self.deployed).job_id)
        self.token = {"X-Auth-Token": server.token()}
        self.inside = {**self.token, "X-Environment-ID": self.application.environment_id}
        self._http = httpx2.Client(base_url=server.url, timeout=60, event_hooks=http_hooks(), verify=no_authorities())
        self._database = sqlite3.connect(f"file:{server.data_dir}/homeport.db?mode=ro", uri=True)
        self._contents: tuple[int, Contents] = (-1, {})

    def close(self) -> None:
        """Close the connections."""
        self._http.close()
        self._database.close()

    def place(self, template: str, **ids: str) -> str:
        """Return a path: `{project_id}` and its like stand for what there is, unless `ids` has something else."""
        known = {
            **dict.fromkeys(_PARAMETER.findall(template), "0"),
            "project_id": PROJECT,
            "environment_id": self.application.environment_id,
            "application_id": self.application.id,
            "component_id": self.deployed,
            "job_id": self.job,
            "index": "1",
            "instance": "cart-0",
        }
        return template.format_map(known | ids)

    def send(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes | Iterable[bytes] | None = None
    ) -> httpx2.Response:
        """Send a request as it is, headers in Latin-1; `content` in pieces goes without a length."""
        lines = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        return self._http.request(method, path, headers=lines, content=content)

    def refusal(self, method: str, path: str, headers: Mapping[str, str], body: Any = None) -> Refusal:
        """Return what a request is refused with, having seen that nothing has changed; `body` is bytes or JSON."""
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        before = self.contents()
        answer = self.send(method, path, headers, content)
        assert answer.status_code >= 400, f"it was accepted: {answer.status_code} {answer.text}"
        assert self.contents() == before
        return refusal_of(answer)

    def contents(self) -> Contents:
        """Return everything that the engine keeps, by table, without the signs of life of its workers."""
        [(version,)] = self._database.execute("PRAGMA data_version").fetchall()
        # It is another one after each commit of another connection.
        if version != self._contents[0]:
            self._contents = version, self._read()
        return self._contents[1]

    def _read(self) -> Contents:
        tables = self._database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: self._database.execute(f"SELECT * FROM {name}").fetchall()
            for (name,) in tables
            if name not in _HEARTBEATS
        }


@contextmanager
def open_desk(data_dir: Path) -> Iterator[Desk]:
    """Yield a desk over an engine of its own."""
    with running(data_dir, min_ready_seconds=0, log_level="warning") as server, server.http() as http:
        desk = Desk(server, http)
        try:
            yield desk
        finally:
            desk.close()


def refusal_of(answer: httpx2.Response) -> Refusal:
    """Return an answer's error, of CAE's shape or of IAM's."""
    error = answer.json()
    if "error" in error:
        return Refusal(answer.status_code, str(error["error"]["code"]), error["error"]["message"])
    return Refusal(answer.status_code, error["error_code"], error["error_msg"])
