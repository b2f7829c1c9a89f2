"""Retention: what is older than it has to be kept goes, a little at a time."""

from __future__ import annotations

import asyncio
from typing import Final

from homeport.model.changes import Change, Statement, Value
from homeport.model.clock import SECOND
from homeport.services.context import Context

_DAY: Final = 86_400 * SECOND

WORKERS_KEPT: Final = _DAY

_JOBS_AT_ONCE: Final = 200


class Retention:
    """The controller of one store."""

    name = "retention"
    pause = 600.0

    def __init__(self, context: Context) -> None:
        self._context = context

    async def step(self) -> None:
        """Remove what is too old."""
        now = self._context.clock.now()
        rules = self._context.rules
        events: dict[str, Value] = {"before": now - rules.history_time}
        workers: dict[str, Value] = {"before": now - WORKERS_KEPT}
        requests: dict[str, Value] = {"before": now - max(rules.key_time, rules.same_request_time)}
        await self._context.store.commit(
            Change(
                (
                    Statement("remove_old_component_events", events, rows=None),
                    Statement("remove_old_worker_nodes", workers, rows=None),
                    Statement("remove_old_workers", workers, rows=None),
                    Statement("remove_old_requests", requests, rows=None),
                    Statement("remove_old_log_readings", {}, rows=None),
                )
            )
        )
        while await self._remove_jobs(now - rules.job_time):
            await self._context.clock.sleep(0)

    async def _remove_jobs(self, before: int) -> bool:
        """Remove some jobs that ended before a time; tell whether there may be more."""
        rows = await self._context.store.rows("removable_jobs", before=before, most=_JOBS_AT_ONCE)
        await asyncio.gather(*(self._context.store.commit(_removal(str(row["id"]))) for row in rows))
        return len(rows) == _JOBS_AT_ONCE


def _removal(job_id: str) -> Change:
    names = ("remove_events_of_job", "remove_logs_of_job", "remove_tasks_of_job", "remove_job")
    return Change(tuple([Statement(name, {"job_id": job_id}, rows=None) for name in names]))
