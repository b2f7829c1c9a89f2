"""A job as bars on a terminal: one a task, one for the whole, alive until the job has ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from homeport.cli.jobview import JobView, Move, TaskView
from homeport.cli.output import clipped
from homeport.model.clock import SECOND, SystemClock, micros_of

_BAR_WIDTH: Final = 32
_FIXED_COLUMNS: Final = 4
"""The last column alone gives way where the terminal is narrow."""
_MARKS: Final = {
    "init": ("·", "dim"),
    "success": ("✓", "green"),
    "skip": ("-", "dim"),
    "failed": ("✗", "red"),
    "timeout": ("✗", "red"),
    "terminated": ("■", "yellow"),
}
_MOVING: Final = ("running", "terminating")
_FULL: Final = ("success", "skip", "failed", "timeout", "terminated")


class Bars:
    """Bars of rich, redrawn ten times a second."""

    def __init__(self, console: Console | None = None) -> None:
        """Draw on `console`; standard output where none is given."""
        self._clock = SystemClock()
        self._spinner = Spinner("dots", style="cyan")
        self._job: JobView | None = None
        self._began: dict[int, int] = {}
        self._ended: dict[int, int] = {}
        self._note = ""
        self._live = Live(console=console, get_renderable=self._picture, refresh_per_second=10)

    def begin(self, job: JobView) -> None:
        """Draw the job as it stands."""
        self._job = job
        self._live.start(refresh=True)

    def moved(self, job: JobView, moves: Sequence[Move]) -> None:
        """Draw it anew."""
        self._note = ""
        for move in moves:
            if move.status == "running":
                self._began[move.task] = micros_of(move.at)
                self._ended.pop(move.task, None)
            elif move.status in _FULL:
                self._ended[move.task] = micros_of(move.at)
        self._job = job
        self._live.refresh()

    def waiting(self, text: str) -> None:
        """Draw a line below the bars."""
        self._note = text

    def end(self) -> None:
        """Leave the last picture standing."""
        self._live.stop()

    def _picture(self) -> RenderableType:
        table = Table.grid(padding=(0, 1))
        for _ in range(_FIXED_COLUMNS):
            table.add_column(no_wrap=True)
        job = self._job
        if job is None:
            return table
        bar = ProgressBar(total=100, completed=job.progress, width=_BAR_WIDTH, complete_style=_style(job.status))
        table.add_row("", Text(job.title, style="bold"), bar, Text(f"{job.progress} %", style="bold"), job.status)
        for task in job.tasks:
            table.add_row(*self._row(task))
        if self._note:
            return Group(table, Text(f"  {self._note}", style="yellow"))
        return table

    def _row(self, task: TaskView) -> tuple[Spinner | Text, Text, ProgressBar, Text, Text]:
        moving = task.status in _MOVING
        style = _style(task.status)
        bar = ProgressBar(
            total=None if moving else 100,
            pulse=moving,
            pulse_style="cyan",
            completed=100 if task.status in _FULL else 0,
            width=_BAR_WIDTH,
            complete_style=style,
            finished_style=style,
        )
        mark: Spinner | Text = self._spinner if moving else Text(_MARKS[task.status][0], style=style)
        name = Text(task.name, style="" if task.status != "init" else "dim")
        return (
            mark,
            name,
            bar,
            Text(self._time(task), style="dim"),
            Text(_words(task), style=style, no_wrap=True, overflow="ellipsis"),
        )

    def _time(self, task: TaskView) -> str:
        began = self._began.get(task.index)
        if began is None or task.status in ("init", "skip"):
            return ""
        ended = self._ended.get(task.index, self._clock.now())
        # Another machine's clock may be behind.
        return f"{max(ended - began, 0) / SECOND:.1f} s"


def _style(status: str) -> str:
    return _MARKS[status][1] if status in _MARKS else "cyan"


def _words(task: TaskView) -> str:
    if task.status in ("success", "init", "running"):
        return ""
    return task.status if task.status != "skip" else clipped(task.detail, 60) or "skipped"
