"""The one table of statuses and moves of jobs and tasks.

The eight words are fixed by the API (contract/contract.md, section 3.1); the moves between them are Homeport's promise.
Guards in SQL, the diagram in the docs and the model tests are made from this table or compared with it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Status of a job or of a task, as ShowJob writes it."""

    INIT = "init"
    RUNNING = "running"
    FAILED = "failed"
    TIMEOUT = "timeout"
    SUCCESS = "success"
    SKIP = "skip"
    TERMINATING = "terminating"
    TERMINATED = "terminated"


_S = Status

JOB_MOVES: Final[dict[Status, frozenset[Status]]] = {
    _S.INIT: frozenset({_S.RUNNING, _S.SKIP, _S.TERMINATED, _S.TIMEOUT, _S.FAILED}),
    _S.RUNNING: frozenset({_S.SUCCESS, _S.FAILED, _S.TIMEOUT, _S.TERMINATING}),
    _S.TERMINATING: frozenset({_S.TERMINATED, _S.SUCCESS, _S.FAILED, _S.TIMEOUT}),
    _S.FAILED: frozenset({_S.INIT}),
    _S.TIMEOUT: frozenset({_S.INIT}),
    _S.TERMINATED: frozenset({_S.INIT}),
    _S.SUCCESS: frozenset(),
    _S.SKIP: frozenset(),
}
"""From each status of a job, where it may go. The moves to `init` are RetryJob's alone."""

TASK_MOVES: Final[dict[Status, frozenset[Status]]] = {
    _S.INIT: frozenset({_S.RUNNING, _S.SKIP}),
    _S.RUNNING: frozenset({_S.SUCCESS, _S.FAILED, _S.TIMEOUT, _S.TERMINATING}),
    _S.TERMINATING: frozenset({_S.TERMINATED, _S.SUCCESS, _S.FAILED, _S.TIMEOUT}),
    _S.FAILED: frozenset({_S.INIT}),
    _S.TIMEOUT: frozenset({_S.INIT}),
    _S.TERMINATED: frozenset({_S.INIT}),
    _S.SKIP: frozenset({_S.INIT}),
    _S.SUCCESS: frozenset({_S.INIT}),
}
"""From each status of a task, where it may go. `success -> init` only where the task's effect was undone."""

FINISHED: Final[frozenset[Status]] = frozenset({_S.FAILED, _S.TIMEOUT, _S.SUCCESS, _S.SKIP, _S.TERMINATED})
"""Statuses that a job or task leaves only by a retry."""

RETRYABLE: Final[frozenset[Status]] = frozenset({_S.FAILED, _S.TIMEOUT, _S.TERMINATED})
"""Statuses from which RetryJob starts a job's next attempt."""

GOOD_ENDS: Final[frozenset[Status]] = frozenset({_S.SUCCESS, _S.SKIP})
"""Ends after which what was asked for is so."""


class ForbiddenMove(Exception):  # noqa: N818 - the name says which rule was broken
    """A move that the table does not have was asked for: a defect of the caller, never of a user."""

    def __init__(self, kind: str, source: Status, target: Status) -> None:
        super().__init__(f"a {kind} never moves from {source} to {target}")
        self.source = source
        self.target = target


def check_job_move(source: Status, target: Status) -> None:
    """Pass when a job may move from `source` to `target`; raise `ForbiddenMove` otherwise."""
    if target not in JOB_MOVES[source]:
        raise ForbiddenMove("job", source, target)


def check_task_move(source: Status, target: Status) -> None:
    """Pass when a task may move from `source` to `target`; raise `ForbiddenMove` otherwise."""
    if target not in TASK_MOVES[source]:
        raise ForbiddenMove("task", source, target)


def job_sources(target: Status) -> tuple[Status, ...]:
    """Return the statuses from which a job may move to `target`, in the order of `Status`."""
    return tuple(status for status in Status if target in JOB_MOVES[status])


def task_sources(target: Status) -> tuple[Status, ...]:
    """Return the statuses from which a task may move to `target`, in the order of `Status`."""
    return tuple(status for status in Status if target in TASK_MOVES[status])
