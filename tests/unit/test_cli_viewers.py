"""How a job is shown while it runs."""

import io

import click
import msgspec
import pytest
from rich.console import Console

from homeport.cli.bars import Bars
from homeport.cli.jobview import JobView, Move, TaskView
from homeport.cli.output import Output
from homeport.cli.viewers import Lines, Silent, move_line, took, viewer_for

NOON = "2026-11-24T12:00:00.000000Z"


def task(index: int, name: str, status: str, detail: str = "") -> TaskView:
    return TaskView(index=index, name=name, status=status, detail=detail, created_at=NOON, updated_at=NOON)


def job(status: str = "running", progress: int = 40, tasks: list[TaskView] | None = None) -> JobView:
    return JobView(
        id="job-1",
        action="upgrade",
        status=status,
        progress=progress,
        environment_id="env-1",
        environment_name="test",
        component_id="component-1",
        component_name="cart",
        created_at=NOON,
        created_by="ada",
        deadline_at=NOON,
        sequence=1,
        tasks=[task(1, "build", "success"), task(2, "upgrade", "running")] if tasks is None else tasks,
    )


def move(index: int, status: str, progress: int = 40, detail: str = "", at: str = NOON) -> Move:
    return Move(sequence=1, at=at, task=index, status=status, progress=progress, detail=detail)


def picture(shown: JobView, *moves: Move, width: int = 100) -> str:
    """Return the bars of a job as they stand at last, without colours."""
    file = io.StringIO()
    bars = Bars(Console(file=file, width=width, force_terminal=False))
    bars.begin(shown)
    bars.moved(shown, moves)
    bars.end()
    return file.getvalue()


def test_a_move_is_a_line_with_time_task_status_and_progress():
    line = click.unstyle(move_line(job(), move(2, "running")))
    assert line == "2026-11-24T12:00:00.000Z  upgrade  running      40 %"


def test_a_move_of_the_job_itself_is_told_as_such():
    line = click.unstyle(move_line(job(), move(0, "success", 100)))
    assert line == "2026-11-24T12:00:00.000Z  job      success     100 %"


def test_the_reason_of_a_failure_stands_in_its_line():
    line = move_line(job(), move(1, "failed", 0, "build-failed: pip ended.\nlog"))
    assert line.endswith("0 %  build-failed: pip ended.")


def test_bars_show_every_task_and_how_far_the_job_is():
    whole, build, upgrade = [line.split() for line in picture(job()).splitlines()]
    assert (whole[:3], whole[-3:]) == (["upgrade", "of", "cart"], ["40", "%", "running"])
    assert (build[0], build[1], upgrade[1]) == ("✓", "build", "upgrade")


def test_a_bar_says_how_long_a_task_took():
    text = picture(job(), move(1, "running"), move(1, "success", at="2026-11-24T12:00:01.500000Z"))
    assert "1.5 s" in text


def test_a_bar_says_why_a_task_was_not_needed():
    assert "not needed" in picture(job(tasks=[task(1, "build", "skip", "not needed for an image")]))


@pytest.mark.parametrize("width", [30, 60])
def test_bars_take_a_line_a_task_on_a_narrow_terminal(width: int):
    text = picture(job(tasks=[task(1, "build", "skip", "not needed for a source of type image")]), width=width)
    assert len(text.rstrip("\n").splitlines()) == 2


def test_beside_json_nothing_is_shown():
    assert isinstance(viewer_for(Output(as_json=True)), Silent)


def test_where_nobody_looks_lines_are_written():
    assert isinstance(viewer_for(Output(as_json=False)), Lines)


def test_how_long_a_job_took_counts_from_its_acceptance():
    assert took(msgspec.structs.replace(job(), finished_at="2026-11-24T12:01:00.500000Z")) == 60.5


def test_a_job_that_has_not_ended_took_no_time_yet():
    assert took(job()) == 0
