"""Keeps a worker at work: whenever one has ended without being asked to, another takes its place.

A worker ends so when it has lost its lease: the process was stopped for a while, or the store was away for longer than
the lease lasts. What it ran is somebody else's then, but the process is as good as before.
"""

from __future__ import annotations

from typing import Final

from homeport.jobs.tools import Tools
from homeport.jobs.worker import Worker
from homeport.log_setup import get_logger
from homeport.store.base import StoreError

_log = get_logger()

_PAUSE: Final = 1.0
"""Seconds before the next worker begins, when the one before could not."""


class Working:
    """Runs one worker after the other until it is told to end."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._worker: Worker | None = None
        self._ending = False

    async def run(self) -> None:
        """Work until `drain` was called and the worker of that moment has handed back what it ran."""
        while not self._ending:
            self._worker = Worker(self._tools)
            await self._run(self._worker)
            if not self._ending:
                _log.warning("engine.worker_replaced", ended=self._worker.id)

    def drain(self, seconds: float) -> None:
        """Let the work end: no job is claimed any more, tasks under way have so many seconds to come to their end."""
        self._ending = True
        if self._worker is not None:
            self._worker.drain(seconds)

    async def _run(self, worker: Worker) -> None:
        try:
            await worker.run()
        except StoreError as error:
            _log.warning("engine.worker_failed", worker=worker.id, error=str(error))
            await self._tools.clock.sleep(_PAUSE)
        except Exception:  # noqa: BLE001 - it is logged with its traceback
            # One defect must not leave the process without a worker: jobs would wait for ever.
            _log.exception("engine.worker_crashed", worker=worker.id)
            await self._tools.clock.sleep(_PAUSE)
