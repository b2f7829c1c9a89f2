"""Parts of a log whose middle was dropped, in a real store."""

import pytest

from homeport.api.homeport_v1.task_logs import span_of
from homeport.model.changes import Statement, submit
from homeport.model.errors import RangeOutside, TaskNotFound
from homeport.model.plans import Action
from homeport.services.submission import Request, new_job
from homeport.services.task_logs import LogPart, LogPiece, Span, joined, read_log, read_part
from support.jobs import a_goal

WRITTEN = 60
"""Bytes: six chunks of ten, of which the third and fourth were dropped."""
PIECES = {0: b"0123456789", 10: b"abcdefghij", 40: b"klmnopqrst", 50: "uvwxyzäü".encode()}


@pytest.fixture
def part_of(in_house):
    """Return a function that returns the part of the log for a span; of no log at all where `empty`."""

    def run(span, *, index=1, empty=False):
        async def scenario(house):
            job = await logged(house, {} if empty else PIECES)
            return await read_part(house.context, job, index, span)

        return in_house(scenario)

    return run


async def logged(house, pieces):
    environment = await house.environment()
    request = Request(
        action=Action.DELETE_ENVIRONMENT,
        goal=a_goal(),
        project_id=house.project_id,
        environment_id=environment.id,
        node=None,
        requested_by="ada",
    )
    job = new_job(house.context, request)
    rows = [
        {"job_id": job.id, "task": 1, "position": position, "size": len(text), "text": text.decode()}
        for position, text in pieces.items()
    ]
    await house.context.store.commit(submit(job, (), ()).also(*(Statement("add_task_log", row) for row in rows)))
    return job


@pytest.mark.parametrize(
    ("span", "position", "text"),
    [
        (Span(2, 4), 2, b"234"),
        (Span(8, 12), 8, b"89abc"),
        (Span(15, 19), 15, b"fghij"),
        (Span(45, None), 45, b"pqrstuvwxyz" + "äü".encode()),
        (Span(45, 10**15), 45, b"pqrstuvwxyz" + "äü".encode()),
        (Span(suffix=3), 57, "äü".encode()[1:]),
    ],
)
def test_what_is_kept_is_had_as_it_was_asked_for(part_of, span, position, text) -> None:
    assert part_of(span) == LogPart(LogPiece(position, text), WRITTEN)


@pytest.mark.parametrize(
    ("span", "position", "text"),
    [
        (Span(0, None), 0, b"0123456789abcdefghij"),
        (Span(15, 44), 15, b"fghij"),
        (Span(20, 42), 40, b"klm"),
        (Span(33, None), 40, b"klmnopqrstuvwxyz" + "äü".encode()),
        (Span(suffix=55), 40, b"klmnopqrstuvwxyz" + "äü".encode()),
    ],
)
def test_a_part_ends_before_what_was_dropped_or_begins_behind_it(part_of, span, position, text) -> None:
    assert part_of(span) == LogPart(LogPiece(position, text), WRITTEN)


@pytest.mark.parametrize("span", [Span(20, 39), Span(25, 26), Span(60, None), Span(99, 100), Span(suffix=0)])
def test_where_nothing_is_kept_nothing_is_had(part_of, span) -> None:
    with pytest.raises(RangeOutside) as caught:
        part_of(span)
    assert caught.value.written == WRITTEN


def test_of_an_empty_log_there_is_no_part(part_of) -> None:
    with pytest.raises(RangeOutside):
        part_of(Span(), empty=True)


def test_a_task_that_is_not_there_has_no_log(part_of) -> None:
    with pytest.raises(TaskNotFound):
        part_of(Span(), index=3)


def test_a_whole_log_says_in_a_line_what_was_dropped(in_house) -> None:
    async def scenario(house):
        job = await logged(house, PIECES)
        return joined(await read_log(house.context, job, 1)), joined(await read_log(house.context, job, 1, 41))

    whole, rest = in_house(scenario)
    assert "abcdefghij\n… 20 bytes dropped …\nklmnopqrst" in whole.decode()
    assert rest.startswith(b"lmnop")


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("bytes=0-0", Span(0, 0)),
        ("bytes=7-", Span(7)),
        ("bytes=-7", Span(suffix=7)),
        ("bytes = 1 - 2", Span(1, 2)),
        ("bytes=2-1", None),
        ("bytes=-", None),
        ("bytes=0-1,2-3", None),
        ("chars=0-1", None),
        ("bytes=" + "9" * 19 + "-", None),
        ("", None),
        (None, None),
    ],
)
def test_a_range_is_understood_or_passed_over(value, span) -> None:
    assert span_of(value) == span
