"""Defects of a driver or of the engine, as failures: whatever is no answer that was agreed on has cause `internal`."""

from __future__ import annotations

from collections.abc import Iterator

from homeport.log_setup import get_logger
from homeport.model.causes import Cause, TaskFailed, failed
from homeport.store.base import Contradiction, Missed, StoreError

_log = get_logger()


def is_defect(error: Exception) -> bool:
    """Tell whether an exception is neither a task's failure nor the store's answer to a change."""
    if isinstance(error, ExceptionGroup):
        return all(map(is_defect, error.exceptions))
    return isinstance(error, Contradiction) or not isinstance(error, TaskFailed | Missed | StoreError)


def told_of(error: Exception, job_id: str, task: int) -> Exception:
    """Return the exception that tells of `error`: an agreed one itself, of a group the first such.

    Anything else is a defect: it is logged with its traceback, and told as a failed task with cause `internal`.
    """
    agreed = next((one for one in _single(error) if not is_defect(one)), None)
    if agreed is not None:
        return agreed
    _log.error("job.task_crashed", job_id=job_id, task=task, exc_info=error)
    first = next(_single(error))
    return failed(Cause.INTERNAL, f"{type(first).__name__}: {first}")


def _single(error: Exception) -> Iterator[Exception]:
    """Yield an exception, or all that stand in a group of them."""
    if not isinstance(error, ExceptionGroup):
        yield error
        return
    for inner in error.exceptions:
        yield from _single(inner)
