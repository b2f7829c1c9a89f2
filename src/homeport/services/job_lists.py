"""Lists of jobs, page by page: each filter that is common has an index, and the rest is looked at behind it."""

from __future__ import annotations

import heapq
from itertools import islice
from typing import Final, NamedTuple

import msgspec

from homeport.model.ids import id_prefix
from homeport.model.states import FINISHED, Status
from homeport.services.context import Context
from homeport.store.base import Row

LOOKED_AT: Final = 20_000
"""How many jobs are looked at for one page; when the filters let too few pass, the page ends early."""

_AT_ONCE: Final = 100
_NEVER_REACHED: Final = "g"
"""Sorts behind every UUID."""
_HOUR: Final = 3_600_000
"""Milliseconds by which a clock may have been set back while ids went on rising."""


_IN_PROJECT: Final = frozenset({"jobs_of_requester", "jobs_that_ended", "jobs_under_way"})
"""Statements that ask for the project too; the others ask for what belongs to one."""


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Which jobs of a project a list shows; what is empty or None lets all pass. Times are microseconds."""

    project_id: str
    statuses: tuple[Status, ...] = ()
    actions: tuple[str, ...] = ()
    environment_id: str = ""
    application_id: str = ""
    component_id: str = ""
    requested_by: str = ""
    accepted_since: int | None = None
    accepted_before: int | None = None

    def passes(self, row: Row) -> bool:
        """Tell whether a job is to be shown."""
        return (
            row["project_id"] == self.project_id
            and (not self.statuses or row["status"] in self.statuses)
            and (not self.actions or row["action"] in self.actions)
            and all(not value or row[name] == value for name, value in self._places())
            and self._in_time(int(row["accepted_at"] or 0))
        )

    def _places(self) -> tuple[tuple[str, str], ...]:
        return (
            ("environment_id", self.environment_id),
            ("application_id", self.application_id),
            ("component_id", self.component_id),
            ("requested_by", self.requested_by),
        )

    def _in_time(self, accepted_at: int) -> bool:
        since, before = self.accepted_since, self.accepted_before
        return (since is None or accepted_at >= since) and (before is None or accepted_at < before)

    def bounds(self) -> tuple[str, str]:
        """Return texts between which the ids of all jobs in time lie: an id begins with the time it was made."""
        since, before = self.accepted_since, self.accepted_before
        floor = "" if since is None else id_prefix(since // 1_000)
        return floor, _NEVER_REACHED if before is None else id_prefix(before // 1_000 + _HOUR)


class _Source(NamedTuple):
    """A statement that lists jobs by one index, and the value it is asked for."""

    statement: str
    value: str


class JobsPage(msgspec.Struct, frozen=True):
    """Some jobs, newest first, and behind which id the next page begins; None on the last."""

    rows: list[Row]
    following: str | None


async def list_jobs(context: Context, filters: Filters, *, limit: int, after: str = "") -> JobsPage:
    """Return the jobs of one page: those behind the id `after`, the last of the page before.

    A page may hold fewer than `limit`, and others follow, when very many had to be looked at.
    """
    floor, ceiling = filters.bounds()
    cursor = min(after or _NEVER_REACHED, ceiling)
    sources = _sources(filters)
    found: list[Row] = []
    looked_at, most = 0, min(limit + 1, _AT_ONCE)
    while looked_at < LOOKED_AT:
        rows = await _next_rows(context, filters.project_id, sources, _Stretch(cursor, floor, most))
        found += filter(filters.passes, rows)
        if len(found) > limit:
            return JobsPage(found[:limit], str(found[limit - 1]["id"]))
        if len(rows) < most:
            return JobsPage(found, None)
        cursor = str(rows[-1]["id"])
        looked_at, most = looked_at + len(rows), _AT_ONCE
        await context.clock.sleep(0)
    return JobsPage(found, cursor)


class _Stretch(NamedTuple):
    """Where to read on: below one id, above another, so many jobs at most."""

    before: str
    floor: str
    most: int


def _sources(filters: Filters) -> list[_Source]:
    """Return what to list by: the place that holds the fewest jobs, else the ends asked for, else who asked."""
    for statement, value in (
        ("jobs_of_component", filters.component_id),
        ("jobs_of_application", filters.application_id),
        ("jobs_of_environment", filters.environment_id),
    ):
        if value:
            return [_Source(statement, value)]
    if filters.statuses:
        return [
            _Source("jobs_that_ended" if status in FINISHED else "jobs_under_way", status.value)
            for status in filters.statuses
        ]
    if filters.requested_by:
        return [_Source("jobs_of_requester", filters.requested_by)]
    return [_Source("jobs_of_project", filters.project_id)]


async def _next_rows(context: Context, project_id: str, sources: list[_Source], stretch: _Stretch) -> list[Row]:
    """Return the next jobs of the sources together."""
    lists = []
    for source in sources:
        where = {"value": source.value} | ({"project_id": project_id} if source.statement in _IN_PROJECT else {})
        lists.append(await context.store.rows(source.statement, **where, **stretch._asdict()))
    if len(lists) == 1:
        return lists[0]
    merged = heapq.merge(*lists, key=lambda row: str(row["id"]), reverse=True)
    return list(islice(merged, stretch.most))
