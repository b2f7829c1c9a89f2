"""A job as commands look at it: of what the API answers, the part they read."""

from __future__ import annotations

from typing import Final

import msgspec

from homeport.cli.failures import ExitCode

FINISHED: Final = frozenset({"success", "skip", "failed", "timeout", "terminated"})
"""Statuses a job only leaves by a retry."""

_EXIT_CODES: Final = {
    "success": ExitCode.SUCCESS,
    "skip": ExitCode.SUCCESS,
    "failed": ExitCode.FAILED,
    "timeout": ExitCode.TIMEOUT,
    "terminated": ExitCode.TERMINATED,
}


class TaskView(msgspec.Struct, frozen=True, kw_only=True):
    """A task of a job."""

    index: int
    name: str
    status: str
    detail: str
    created_at: str
    updated_at: str


class JobItem(msgspec.Struct, frozen=True, kw_only=True):
    """A job in a list."""

    id: str
    action: str
    status: str
    progress: int
    environment_id: str
    created_at: str
    created_by: str
    attempt: int = 1
    environment_name: str | None = None
    component_id: str | None = None
    component_name: str | None = None
    finished_at: str | None = None

    @property
    def target(self) -> str:
        """What it is about, by name where the name is known."""
        if self.component_id:
            return self.component_name or self.component_id
        return self.environment_name or self.environment_id

    @property
    def title(self) -> str:
        """What it does, in three words: `upgrade of cart`."""
        action = self.action.replace("-", " ")
        return f"{action} {self.target}" if " " in action else f"{action} of {self.target}"


class JobView(JobItem, frozen=True, kw_only=True):
    """Everything that is known of a job."""

    sequence: int
    deadline_at: str
    driver: str = ""
    cause: str | None = None
    detail: str = ""
    tasks: list[TaskView]

    @property
    def finished(self) -> bool:
        """Whether it has ended."""
        return self.status in FINISHED

    @property
    def exit_code(self) -> ExitCode:
        """What a command that waited for it ends with."""
        return _EXIT_CODES[self.status]

    @property
    def culprit(self) -> TaskView | None:
        """The task that did not end well, where one did not."""
        bad = [task for task in self.tasks if task.status in ("failed", "timeout", "terminated")]
        return bad[0] if bad else None


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A move of a job, or of the task with this index (0 is the job)."""

    sequence: int
    at: str
    task: int
    status: str
    progress: int
    detail: str = ""
