"""Defects of a driver or of the engine, as failures: whatever is no answer that was agreed on has cause `internal`."""

from __future__ import annotations

import structlog

from homeport.model.causes import Cause, TaskFailed, failed
from homeport.store.base import Contradiction, Missed, StoreError

_log = structlog.get_logger()


def is_defect(error: Exception) -> bool:
    """Tell whether an exception is neither a task's failure nor the store's answer to a change."""
    if isinstance(error, ExceptionGroup):
        return all(is_defect(inner) for inner in error.exceptions)
    return isinstance(error, Contradiction) or not isinstance(error, TaskFailed | Missed | StoreError)


def told_of(error: Exception, job_id: str, task: int) -> Exception:
    """Return the exception that tells of `error`: an agreed one itself, of a group the first such.

    Anything else is a defect: it is logged with its traceback, and told as a failed task with cause `internal`.
    """
    agreed = _agreed(error)
    if agreed is not None:
        return agreed
    _log.error("job.task_crashed", job_id=job_id, task=task, exc_info=error)
    return failed(Cause.INTERNAL, f"{type(error).__name__}: {error}")


def _agreed(error: Exception) -> Exception | None:
    if isinstance(error, ExceptionGroup):
        return next((agreed for inner in error.exceptions if (agreed := _agreed(inner)) is not None), None)
    return None if is_defect(error) else error
