"""Whether a job that runs is asked to terminate. A signal is only a reason to look: the store has the answer.

A store that has lost its connection signals everything, for nobody knows what was not heard meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from homeport.jobs.tools import Tools
from homeport.log_setup import get_logger
from homeport.model.moves import terminate_topic
from homeport.model.states import Status
from homeport.store.base import StoreError

_log = get_logger()

_PAUSE: Final = 1.0
"""Seconds before a look is tried again that the store has failed."""


class TerminateWatch:
    """Listens from its making on; tells once that the job is `terminating`, and nothing more once it is closed."""

    def __init__(self, tools: Tools, job_id: str, tell: Callable[[], object]) -> None:
        self._tools = tools
        self._job_id = job_id
        self._tell = tell
        self._asked = False
        self._signalled = False
        self._looking: asyncio.Task[None] | None = None
        self._open = ExitStack()
        self._open.enter_context(tools.store.watch(terminate_topic(job_id))).on_signal(self.look)

    @property
    def asked(self) -> bool:
        """Whether it was found that the job is to terminate."""
        return self._asked

    def look(self) -> None:
        """Look at the job, without being waited for; a look that is under way is followed by another one."""
        self._signalled = True
        if self._looking is None and not self._asked:
            self._looking = asyncio.create_task(self._look())

    def close(self) -> None:
        """Listen no more."""
        self._open.close()
        if self._looking is not None:
            self._looking.cancel()

    async def _look(self) -> None:
        try:
            while self._signalled and not self._asked:
                self._signalled = False
                await self._look_once()
        finally:
            self._looking = None

    async def _look_once(self) -> None:
        try:
            document = await self._tools.store.document(self._job_id)
        except StoreError as error:
            _log.warning("job.not_looked_at", job_id=self._job_id, error=str(error))
            await self._tools.clock.sleep(_PAUSE)
            self._signalled = True
            return
        if document is not None and document.status is Status.TERMINATING:
            self._asked = True
            self._tell()
