"""Reads of a job whose script counts them: each ShowJob is written down, and lets the driver `simulated` go on.

A read is counted behind what it answers, and is answered only once the engine has gone as far as the reads before it
let it. So what the n-th read shows follows from n and the script, however fast a client asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from homeport.model.changes import Change, Statement, job_topic, reads_topic
from homeport.model.errors import JobNotFound
from homeport.model.reads import goes_no_further
from homeport.model.records import JobDocument
from homeport.model.states import FINISHED
from homeport.services.context import Context
from homeport.store.base import Store
from homeport.store.loading import load_job

PATIENCE_SECONDS: Final = 3.0
"""How long a read waits for the engine at most: it may be busy with other jobs, or not there at all."""
OFTEN_ENOUGH: Final = 2**31
"""What a job that has ended, or is not known, counts for: more than any script can ask for."""
_LOOK_SECONDS: Final = 1.0
"""Between two looks at what no signal told of."""


async def caught_up(context: Context, job_id: str) -> None:
    """Return once a job has gone as far as its reads let it, at the latest after `PATIENCE_SECONDS`."""
    end = context.clock.monotonic() + PATIENCE_SECONDS
    with context.store.watch(job_topic(job_id)) as watch:
        while (job := await load_job(context.store, job_id)) is not None:
            left = end - context.clock.monotonic()
            if left <= 0 or goes_no_further(job, await reads_of(context.store, job_id)):
                return
            await watch.wait(min(left, _LOOK_SECONDS))


async def counted_read(context: Context, job_id: str) -> JobDocument:
    """Count a read of a job and return the job as it was before; one that has ended is only returned.

    Raises:
        JobNotFound: it was removed meanwhile.
    """
    document = await _newest(context.store, job_id)
    if document.status not in FINISHED:
        count = Statement("count_read", {"job_id": job_id}, rows=None)
        await context.store.commit(Change((count,), (reads_topic(job_id),)))
    return document


async def _newest(store: Store, job_id: str) -> JobDocument:
    """Return the document of a job, none older than its row: one kept in memory may be a moment behind the row."""
    with store.watch(job_topic(job_id)) as watch:
        job = await load_job(store, job_id)
        while (document := await store.document(job_id)) is not None and job is not None:
            if document.seq >= job.seq:
                return document
            await watch.wait(_LOOK_SECONDS)
    raise JobNotFound(job_id)


async def reads_of(store: Store, job_id: str) -> int:
    """Return how often a job was read since it was accepted or retried; `OFTEN_ENOUGH` for one that has ended."""
    row = await store.row("reads_of_job", job_id=job_id)
    return OFTEN_ENOUGH if row is None else int(row["reads"] or 0)


class StoredReads:
    """The reads of jobs as the driver `simulated` is told them (drivers/simulated.py)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of(self, job_id: str) -> int:
        """Return how often a job was read since it was accepted or retried; more than enough once it has ended."""
        return await reads_of(self._store, job_id)

    async def beyond(self, counts: Mapping[str, int], seconds: float) -> None:
        """Return as soon as one of the jobs was read more often than said, at the latest after `seconds`."""
        with self._store.watch(*map(reads_topic, counts)) as watch:
            for job_id, count in counts.items():
                if await self.of(job_id) > count:
                    return
            await watch.wait(min(seconds, _LOOK_SECONDS))
