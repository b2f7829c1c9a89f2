"""How far a job goes with the reads it has had, when its script counts reads (model/scripts.py)."""

from __future__ import annotations

from typing import Final

from homeport.model.moves import current_task
from homeport.model.records import Job
from homeport.model.scripts import ENDLESS, Step, parse_script
from homeport.model.states import FINISHED, Status

_STEPS_OF: Final = {"build": ("build",), "pull": ("pull",), "verify": ("start", "ready")}
"""The steps of a script that a task waits for; a task that is not here waits for none."""
_STEPS_OF_UNDOING: Final = ("stop",)


def goes_no_further(job: Job, reads: int) -> bool:
    """Tell whether a job stands where its script lets it stand after so many reads, or has ended.

    Otherwise the engine has yet to take it there. Where the script tells a time, or that a step never ends, a job
    stands at any moment.
    """
    if job.status in FINISHED:
        return True
    script = parse_script(job.goal.script)
    return any(_is_open(script[name], reads) for name in _waited_for(job) if name in script)


def _waited_for(job: Job) -> tuple[str, ...]:
    if job.ending is not None or job.status is Status.TERMINATING:
        return _STEPS_OF_UNDOING
    task = current_task(job)
    return _STEPS_OF.get(task.name, ()) if task is not None else ()


def _is_open(step: Step, reads: int) -> bool:
    return step.reads > reads or step.after > 0 or step.word in ENDLESS
