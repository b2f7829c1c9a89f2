"""A client that follows jobs by the stream of their events, and goes on where it was when the stream breaks off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx2

from support.crash_load import PlainClient
from support.crash_record import Spanning, Streamed
from support.server import PROJECT

SILENCE = 2.0
"""Seconds without a word after which it asks anew."""


class StreamClient(PlainClient):
    """Follows one job after the other to its end, whichever server dies meanwhile."""

    _job_id = ""
    _seen = 0

    def step(self) -> None:
        """Take up the stream where it broke off, or that of the job which was accepted last."""
        if not self._job_id:
            found = next((one.job_id for one in reversed(self.record.asked) if one.job_id), "")
            self._job_id, self._seen = found, 0
        if self._job_id:
            self._follow(self._job_id, self._seen)

    def _follow(self, job_id: str, after: int) -> None:
        spanning = Spanning(self.name)
        events: list[dict[str, Any]] = []
        end = None
        try:
            for kind, number, told in self._stream(job_id, after):
                if kind == "end":
                    end = (told["status"], told["sequence"])
                else:
                    assert number == told["sequence"], (number, told)
                    events.append(told)
        except httpx2.TransportError:
            self._servers.append(self._servers.pop(0))
        self.record.streams.append(Streamed(spanning.over(), job_id, after, events, end))
        self._seen = after + len(events)
        if end is not None:
            self._job_id = ""

    def _stream(self, job_id: str, after: int) -> Iterator[tuple[str, int, Any]]:
        """Yield kind, number and data of each event that comes; those of a job that has ended already are none."""
        headers = {
            "X-Auth-Token": self.token,
            "X-Environment-ID": self.environment_id,
            "Last-Event-ID": str(after),
        }
        url = f"{self.server.url}/homeport/v1/{PROJECT}/jobs/{job_id}/events/stream"
        with self._http.stream("GET", url, headers=headers, timeout=SILENCE) as answer:
            if answer.status_code == 204:
                self._job_id = ""
            if answer.status_code != 200:
                return
            self.record.answered()
            kind, number = "", 0
            for line in answer.iter_lines():
                name, _, value = line.partition(": ")
                if name == "data":
                    yield kind, number, json.loads(value)
                elif name == "event":
                    kind = value
                elif name == "id":
                    number = int(value)
                elif not line:
                    kind = ""
