"""A task's log on its way into the store: redacted, in chunks, its middle dropped once it is too long."""

from __future__ import annotations

import asyncio
import codecs
from collections import deque
from enum import Enum
from typing import Final

from homeport.identity.redact import Redactor
from homeport.jobs.tools import Tools
from homeport.log_setup import get_logger
from homeport.model.changes import Change, Statement, Value, log_topic
from homeport.model.clock import Timer
from homeport.model.records import Job
from homeport.store.base import Missed, StoreError

_log = get_logger()

LOG_LIMIT: Final = 4 * 1024 * 1024
"""Bytes kept of one task's log: the first half and the last half of them."""

_CHUNK: Final = 32 * 1024
_FLUSH_SECONDS: Final = 0.25
_TAIL_LINES: Final = 40


class Begins(Enum):
    """Where a piece of work begins to write in the log of its task."""

    NEW = "new"
    """Nothing was written yet."""
    OVER = "over"
    """Its first piece replaces what an earlier run of the task has left."""
    BEHIND = "behind"
    """Behind whatever is there."""


class TaskLog:
    """Takes the log of one task of one job. What it was given is kept once `close` has returned."""

    def __init__(self, tools: Tools, job: Job, task: int, redactor: Redactor, begins: Begins) -> None:
        self._tools = tools
        self._job_id = job.id
        self._held: dict[str, Value] = {"id": job.id, "fence": job.fence, "owner": job.owner}
        self._task = task
        self._topics = (log_topic(job.id, task),)
        self._redacting = redactor.stream()
        self._decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self._start_over = begins is Begins.OVER
        self._position: int | None = None if begins is Begins.BEHIND else 0
        self._unsure_end: int | None = None
        """Where the log ends if the last piece was written though the store said that it had failed."""
        self._buffer = ""
        self._tail: deque[str] = deque(maxlen=_TAIL_LINES)
        self._lock = asyncio.Lock()
        self._timer: Timer | None = None
        self._late: asyncio.Task[None] | None = None

    async def write(self, data: bytes) -> None:
        """Take a piece of the log, whole lines or not."""
        self._buffer += self._redacting.feed(self._decode(data).replace("\x00", "\N{REPLACEMENT CHARACTER}"))
        if len(self._buffer) >= _CHUNK:
            await self.flush()
        elif self._buffer and self._timer is None:
            self._timer = self._tools.clock.call_later(_FLUSH_SECONDS, self._flush_soon)

    async def say(self, line: str) -> None:
        """Take a line of the engine's own."""
        await self.write(f"{line}\n".encode())

    async def flush(self) -> None:
        """Write what was taken so far.

        Raises:
            Missed: the job is another worker's by now.
        """
        async with self._lock:
            while self._buffer:
                piece = self._buffer[:_CHUNK]
                await self._write(piece)
                # Only now: what the store did not take is tried again with what comes next.
                self._buffer = self._buffer[len(piece) :]

    async def close(self) -> None:
        """Write the rest."""
        await self._finish()
        await self.flush()

    async def rest(self) -> Change:
        """Return what writes the rest, to be committed together with the end of the task; it has no guard of its own.

        `close` writes the rest all the same, for when that commit is not to be.
        """
        await self._finish()
        if not self._buffer:
            return Change(())
        return Change(tuple(self._statements(self._buffer, await self._next_position())), self._topics)

    def abandon(self) -> None:
        """Write nothing more by itself: the job is not this worker's any more, or not for long."""
        if self._timer is not None:
            self._timer.cancel()

    def tail(self) -> tuple[str, ...]:
        """Return the last lines that were written."""
        return tuple(self._tail)

    def _flush_soon(self) -> None:
        self._timer = None
        self._late = asyncio.create_task(self._flush_late())

    async def _flush_late(self) -> None:
        try:
            await self.flush()
        except (Missed, StoreError) as error:
            # Whoever writes or closes next is told; here nobody waits for it.
            _log.info("job.log_not_written", job_id=self._job_id, task=self._task, reason=str(error))

    async def _finish(self) -> None:
        """Take what was held back; from here on nothing is written by itself."""
        if self._timer is not None:
            self._timer.cancel()
        if self._late is not None:
            await self._late
        if incomplete := self._decode(b"", True):
            self._buffer += self._redacting.feed(incomplete)
        self._buffer += self._redacting.flush()

    async def _write(self, text: str) -> None:
        position, size = await self._next_position(), len(text.encode())
        if position != self._unsure_end:
            guard = Statement("check_job_fence", self._held)
            change = Change((guard, *self._statements(text, position)), self._topics)
            # Until the store has said that it took it, where the log ends has to be read again.
            self._position, self._unsure_end = None, position + size
            await self._tools.store.commit(change)
            position += size
        self._position, self._unsure_end = position, None
        self._start_over = False
        self._tail.extend(text.splitlines())

    def _statements(self, text: str, position: int) -> list[Statement]:
        size = len(text.encode())
        where: dict[str, Value] = {"job_id": self._job_id, "task": self._task}
        statements = [Statement("add_task_log", where | {"position": position, "size": size, "text": text})]
        if self._start_over:
            statements.insert(0, Statement("clear_task_log", dict(where), rows=None))
        if position + size > LOG_LIMIT:
            span: dict[str, Value] = {"from_position": LOG_LIMIT // 2, "to_position": position + size - LOG_LIMIT // 2}
            statements.append(Statement("drop_task_log_middle", where | span, rows=None))
        return statements

    async def _next_position(self) -> int:
        if self._position is None:
            row = await self._tools.store.row("task_log_size", job_id=self._job_id, task=self._task)
            self._position = int(row["written"] or 0) if row else 0
        return self._position
