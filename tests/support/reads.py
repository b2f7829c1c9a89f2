"""Reads of jobs that a test counts itself, for the driver `simulated`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping


class HandReads:
    """Each job was read as often as the test says."""

    def __init__(self, **counts: int) -> None:
        self._counts = counts
        self._news = asyncio.Event()

    def read(self, job_id: str) -> None:
        """Count one more read of a job."""
        self._counts[job_id] = self._counts.get(job_id, 0) + 1
        self._news.set()
        self._news = asyncio.Event()

    async def of(self, job_id: str) -> int:
        return self._counts.get(job_id, 0)

    async def beyond(self, counts: Mapping[str, int], seconds: float) -> None:
        news = self._news
        if all(self._counts.get(job_id, 0) <= count for job_id, count in counts.items()):
            await asyncio.wait_for(news.wait(), seconds)
