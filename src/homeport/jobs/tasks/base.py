"""What a task is: what it needs before it starts, how it is made so, how it is undone.

A task is "make it so": it looks at the driver first, so that running it twice is harmless.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import msgspec

from homeport.jobs.work import Work
from homeport.model.changes import Statement
from homeport.model.workloads import Artifact


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """How a task starts: skipped with a reason, or with statements that are committed together with its start."""

    skip: str | None = None
    statements: tuple[Statement, ...] = ()


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a task has brought about: what to say of it, what it made, what is committed together with its success."""

    detail: str = ""
    artifact: Artifact | None = None
    statements: tuple[Statement, ...] = ()
    topics: tuple[str, ...] = ()
    """Signalled once its success is committed."""


class TaskKind(ABC):
    """What one task of a plan does; by itself it starts at once and has nothing to undo."""

    undoable: ClassVar[bool] = False
    """Whether what it has brought about is taken back when the job does not succeed."""

    async def enter(self, work: Work) -> Entry:  # noqa: ARG002 - the tasks that override this look at it
        """Decide how the task starts; changes nothing itself."""
        return Entry()

    @abstractmethod
    async def run(self, work: Work) -> Result:
        """Make it so. Raises `TaskFailed` with the cause when that cannot be."""

    async def can_go_back(self, work: Work) -> bool:  # noqa: ARG002 - the tasks that override this look at it
        """Tell whether what served before the job can still serve, so that undoing the job's tasks makes sense."""
        return True

    async def undo(self, work: Work) -> list[str]:  # noqa: ARG002 - the tasks that override this look at it
        """Take the task's effect back, also of one that was cut short; return the names of what could not be ended."""
        return []
