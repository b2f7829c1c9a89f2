"""Server-sent events as a client reads them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import httpx2

from support.server import PROJECT, Server


class Event(NamedTuple):
    """An event of a stream: its kind (empty for a move), the id it gives the reader, and its data."""

    kind: str
    id: str
    data: Any


def parsed(lines: Iterable[str]) -> Iterator[Event | str]:
    """Yield the events of a stream, and its comments as they are."""
    fields: dict[str, str] = {}
    for line in lines:
        if line.startswith(":"):
            yield line
        elif line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "data" in fields:
            yield Event(fields.get("event", ""), fields.get("id", ""), json.loads(fields["data"]))
            fields = {}
        else:
            fields = {}


class Reader:
    """Reads the stream of a job's moves in a thread of its own, until it ends or breaks."""

    def __init__(self, server: Server, job_id: str, last: str | None = None) -> None:
        """`last` is sent as Last-Event-ID."""
        self.events: list[Event] = []
        self.comments: list[str] = []
        self.status = 0
        self.broke = False
        """Whether the connection was lost before the answer had ended in good order."""
        self._client = server.http()
        self._path = f"/homeport/v1/{PROJECT}/jobs/{job_id}/events/stream"
        self._headers = {} if last is None else {"Last-Event-ID": last}
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            with self._client, self._client.stream("GET", self._path, headers=self._headers) as answer:
                self.status = answer.status_code
                for news in parsed(answer.iter_lines()):
                    self._take(news)
        except httpx2.TransportError:
            self.broke = True

    def _take(self, news: Event | str) -> None:
        if isinstance(news, Event):
            self.events.append(news)
        else:
            self.comments.append(news)

    @property
    def moves(self) -> list[Any]:
        """The moves that came, as the call for a job's events shows them."""
        return [event.data for event in self.events if not event.kind]

    @property
    def ids(self) -> list[str]:
        """Their ids."""
        return [event.id for event in self.events if not event.kind]

    def to_its_end(self) -> Reader:
        """Wait for the end of the stream and return this."""
        self._thread.join(30)
        assert not self._thread.is_alive(), f"the stream goes on: {self.events[-3:]}"
        return self
