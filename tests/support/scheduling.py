"""Which process of a suite gets which file next, so that they all end at about the same time.

A process needs the next file before it is done with the last tests of its own (pytest-xdist), so a file may have to
wait behind a long test. tests/seconds.json says how long files take; scripts/time_files.py writes it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

_SOON: Final = 5.0
"""Seconds after which a file that was given out may begin at the latest, unless nothing depends on when it does."""


@cache
def seconds_of_files() -> dict[str, float]:
    """Return how long files take, by path from the project's folder; one that is not there takes next to no time."""
    return dict(json.loads((Path(__file__).parent.parent / "seconds.json").read_text()))


class LongestFirst(LoadFileScheduling):
    """Gives out the longest file that is left to a process that is about to be free, and the shortest to any other."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        if self._seconds_left(node) > _SOON:
            self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
        super()._assign_work_unit(node)

    def _seconds_left(self, node: WorkerController) -> float:
        given = self.assigned_work.get(node, {})
        return sum(
            seconds_of_files().get(file, 0.0) * list(done.values()).count(False) / len(done)
            for file, done in given.items()
        )
