"""What clients saw of an engine that dies and comes back, when each call began and ended, and what is stored."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

import psycopg
from psycopg.rows import dict_row

from homeport.model.clock import rfc3339

UNANSWERED: Final = 0
"""Status of a request that got no answer, or one by which nobody can tell whether it was carried out."""


class Span(NamedTuple):
    """Who made a call, and when it began and ended, in seconds of this machine's monotonic clock."""

    client: str
    begun: float
    ended: float


class Read(NamedTuple):
    """An answer of ShowJob."""

    span: Span
    job_id: str
    sequence: int
    """Of its ETag; 0 for a job that was not found."""
    job: Mapping[str, Any]
    """`status`, `progress` and `tasks`; empty for a job that was not found."""


class Listed(NamedTuple):
    """An answer of the list of a job's events."""

    span: Span
    job_id: str
    after: int
    events: Sequence[Mapping[str, Any]]


class Streamed(NamedTuple):
    """What came over one connection of the stream of a job's events, from behind a number on."""

    span: Span
    job_id: str
    after: int
    events: Sequence[Mapping[str, Any]]
    end: tuple[str, int] | None
    """How the stream says that the job ended, and with which event; None for one that broke off before."""


class Asked(NamedTuple):
    """A request that changes something: `submit` of a component's action, `retry` or `terminate` of a job."""

    span: Span
    what: str
    target: str
    """The component, or the job."""
    status: int
    """Of the answer, UNANSWERED without one."""
    job_id: str = ""
    """Of an accepted submission."""
    key: str = ""
    """Its Idempotency-Key, when it was sent with one."""
    body: str = ""


class Record:
    """Everything that clients saw. Many threads may add to it at once."""

    def __init__(self, known: frozenset[str] = frozenset()) -> None:
        """`known` are the jobs that there were before."""
        self.known = known
        self.reads: list[Read] = []
        self.lists: list[Listed] = []
        self.streams: list[Streamed] = []
        self.asked: list[Asked] = []
        self.refusals: set[tuple[int, str]] = set()
        """Statuses and codes of all answers that were errors."""
        self._grown = threading.Condition()
        self._answers = 0

    @property
    def accepted(self) -> set[str]:
        """The jobs whose ids were answered."""
        return {one.job_id for one in self.asked if one.job_id}

    def answered(self) -> None:
        """Note that a client got an answer."""
        with self._grown:
            self._answers += 1
            self._grown.notify_all()

    def wait_for_answers(self, count: int, seconds: float = 60.0) -> None:
        """Return when clients have got so many answers more."""
        with self._grown:
            goal = self._answers + count
            assert self._grown.wait_for(lambda: self._answers >= goal, seconds), "nobody got an answer any more"


class Spanning:
    """Times one call of a client."""

    def __init__(self, client: str) -> None:
        self._client = client
        self._begun = time.monotonic()

    def over(self) -> Span:
        """Return the span of the call, which has ended."""
        return Span(self._client, self._begun, time.monotonic())


class Stored(NamedTuple):
    """What the database holds when all is over, by names of its columns."""

    jobs: Mapping[str, Mapping[str, Any]]
    events: Mapping[str, Sequence[Mapping[str, Any]]]
    """By job, as the API tells events: `sequence`, `at`, `task`, `status`, `progress`, `detail`."""
    components: Mapping[str, Mapping[str, Any]]
    instances: Sequence[Mapping[str, Any]]


Query = Callable[[str], list[dict[str, Any]]]


def sqlite_query(data_dir: Path) -> Query:
    """Return what reads the database of a data folder, whoever has it open."""

    def query(text: str) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(f"file:{data_dir}/homeport.db?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(text)]

    return query


def postgres_query(address: str) -> Query:
    """Return what reads a PostgreSQL database."""

    def query(text: str) -> list[dict[str, Any]]:
        with psycopg.connect(address, row_factory=dict_row) as connection:
            return connection.execute(text.encode()).fetchall()

    return query


def stored(query: Query) -> Stored:
    """Return what a database holds."""
    jobs = {str(row["id"]): row for row in query("SELECT * FROM job ORDER BY id")}
    events: dict[str, list[Mapping[str, Any]]] = {job_id: [] for job_id in jobs}
    for row in query("SELECT * FROM job_event ORDER BY job_id, seq"):
        told = {name: row[name] for name in ("task", "status", "progress", "detail")}
        events[row["job_id"]].append({"sequence": row["seq"], "at": rfc3339(row["at"]), **told})
    components = {str(row["id"]): row for row in query("SELECT * FROM component")}
    return Stored(jobs, events, components, query("SELECT * FROM instance"))
