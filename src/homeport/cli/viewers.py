"""How a job is shown while it runs: bars on a terminal, a line a move elsewhere, nothing beside JSON."""

from __future__ import annotations

from collections.abc import Sequence

from homeport.cli.following import Viewer
from homeport.cli.jobview import JobView, Move
from homeport.cli.output import Output, clipped, status_word
from homeport.model.clock import micros_of

_LONGEST_DETAIL = 120


def viewer_for(out: Output) -> Viewer:
    """Return what fits where the answer goes."""
    if out.as_json:
        return Silent()
    if out.live:
        from homeport.cli.bars import Bars  # noqa: PLC0415 - rich takes longer to load than most commands take in all

        return Bars()
    return Lines(out)


class Silent:
    """Shows nothing."""

    def begin(self, job: JobView) -> None:
        """Show nothing."""

    def moved(self, job: JobView, moves: Sequence[Move]) -> None:
        """Show nothing."""

    def waiting(self, text: str) -> None:
        """Show nothing."""

    def end(self) -> None:
        """Show nothing."""


class Lines:
    """A line a move, with the engine's time of it (UTC): for logs of pipelines."""

    def __init__(self, out: Output) -> None:
        self._out = out

    def begin(self, job: JobView) -> None:
        """Say which job it is."""
        self._out.line(f"{job.created_at[:23]}Z  job {job.id}: {job.title}")

    def moved(self, job: JobView, moves: Sequence[Move]) -> None:
        """Write a line for each move."""
        for move in moves:
            self._out.line(move_line(job, move))

    def waiting(self, text: str) -> None:
        """Write it to standard error."""
        self._out.note(text)

    def end(self) -> None:
        """Nothing is left to do."""


def move_line(job: JobView, move: Move) -> str:
    """Return a move as a line: when, what, where it is now, how far the job is, and why where that is said."""
    names = {task.index: task.name for task in job.tasks}
    width = max(map(len, [*names.values(), "job"]))
    name = "job" if move.task == 0 else names.get(move.task, str(move.task))
    detail = f"  {clipped(move.detail, _LONGEST_DETAIL)}" if move.detail else ""
    word = status_word(move.status) + " " * (11 - len(move.status))
    return f"{move.at[:23]}Z  {name.ljust(width)}  {word} {move.progress:3d} %{detail}"


def took(job: JobView) -> float:
    """Return the seconds from a job's acceptance to its end; 0 while it has none."""
    if job.finished_at is None:
        return 0.0
    return max(micros_of(job.finished_at) - micros_of(job.created_at), 0) / 1e6
