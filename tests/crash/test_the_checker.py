"""The checker of histories bites: each hand-made history breaks one promise, and is told by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest

from support.crash_check import violations
from support.crash_record import UNANSWERED, Asked, Listed, Read, Record, Span, Stored, Streamed

JOB, OTHER, CART = "job-1", "job-2", "component-1"

Event = dict[str, Any]


def story(*steps: tuple[int, str, int] | tuple[int, str, int, str]) -> list[Event]:
    """Return events numbered from 1: the task (0 for the job itself), its status, the progress, and the detail."""
    return [
        {
            "sequence": number,
            "at": "2026-01-01T00:00:00.000000Z",
            "task": step[0],
            "status": step[1],
            "progress": step[2],
            "detail": step[3] if len(step) > 3 else "",
        }
        for number, step in enumerate(steps, start=1)
    ]


BEGUN = ((0, "init", 0), (0, "running", 0), (1, "running", 0))
GOOD = (*BEGUN, (1, "success", 50), (2, "running", 50), (2, "success", 99), (0, "success", 100))
FAILED = (*BEGUN, (1, "success", 50), (2, "running", 50), (2, "failed", 50), (0, "failed", 50))
UNDONE = (*FAILED[:-1], (1, "success", 50, "undone: nothing served"), FAILED[-1])
AGAIN = ((2, "init", 50), (0, "init", 0), (0, "running", 0), (2, "running", 0), (2, "success", 99), (0, "success", 100))
WHOLE: tuple[Any, ...] = ((1, "init", 50), (2, "init", 50), *GOOD)
"""A retry of all that was done before."""


class History(msgspec.Struct, kw_only=True):
    """A run that went well, to be spoilt."""

    record: Record
    jobs: dict[str, dict[str, Any]]
    events: dict[str, list[Event]]
    instances: list[dict[str, Any]]

    def tell(self, job_id: str, *steps: Any) -> None:
        """Let a job's events be these, and its row what they say."""
        self.events[job_id] = story(*steps)
        status = [step[1] for step in steps if step[0] == 0][-1]
        self.jobs[job_id] = {
            "id": job_id,
            "status": status,
            "seq": len(steps),
            "action": "deploy",
            "component_id": CART,
            "environment_id": "environment-1",
            "fence": 1 + len(self.jobs),
            "deaths": 0,
        }

    def submitted(self, job_id: str, *, status: int = 200, **facts: Any) -> None:
        """Note that a client asked for a job."""
        asked = Asked(self.span(), "submit", CART, status, job_id, **facts)
        self.record.asked.append(asked)

    def read(self, job_id: str, sequence: int, *, span: Span | None = None, **facts: Any) -> None:
        """Note that a client read a job as it was at a sequence number, but for the facts given."""
        past = self.events[job_id][:sequence]
        job = {
            "status": [event["status"] for event in past if event["task"] == 0][-1],
            "progress": past[-1]["progress"],
            "tasks": [
                {"index": index, "status": ([e["status"] for e in past if e["task"] == index] or ["init"])[-1]}
                for index in (1, 2)
            ],
        }
        self.record.reads.append(Read(span or self.span(), job_id, sequence, job | facts))

    def span(self) -> Span:
        """Return the next second of the run."""
        at = float(len(self.record.reads) + len(self.record.lists) + len(self.record.asked))
        return Span("client-1", at, at + 0.5)

    def broken(self) -> list[str]:
        """Return the promises that the checker finds broken, each once."""
        component = {"id": CART, "job_id": JOB, "status": "running", "available_replica": 1, "replica": 1}
        stored = Stored(self.jobs, self.events, {CART: component}, self.instances)
        return sorted({one.split()[0].rstrip(":") for one in violations(self.record, stored)})


def good() -> History:
    """Return a job that was asked for, read on its way, listed, and ended well."""
    history = History(record=Record(), jobs={}, events={}, instances=[{"name": "cart-1", "job_id": JOB, "fence": 1}])
    history.tell(JOB, *GOOD)
    history.submitted(JOB)
    for sequence in (1, 3, 5, 5, 7):
        history.read(JOB, sequence)
    history.record.lists.append(Listed(history.span(), JOB, 2, history.events[JOB][2:]))
    for after, last, end in ((0, 4, None), (4, 7, ("success", 7))):
        history.record.streams.append(Streamed(history.span(), JOB, after, history.events[JOB][after:last], end))
    return history


def failed_and_retried(history: History) -> None:
    history.record.lists.clear()
    history.record.streams.clear()
    history.record.reads.clear()
    history.tell(JOB, *FAILED, *AGAIN)
    history.record.asked.append(Asked(history.span(), "retry", JOB, 204))


def test_a_good_history_breaks_nothing() -> None:
    assert good().broken() == []


def test_a_retry_that_repeats_what_does_not_stand_breaks_nothing() -> None:
    history = good()
    failed_and_retried(history)
    assert history.broken() == []
    history.tell(JOB, *UNDONE, *WHOLE)
    assert history.broken() == []


def lost(history: History) -> None:
    history.submitted("job-9")


def hidden(history: History) -> None:
    history.record.reads.append(Read(history.span(), JOB, 0, {}))


def unasked(history: History) -> None:
    history.tell("job-0", *GOOD)


def stuck(history: History) -> None:
    history.record.reads.clear()
    history.record.lists.clear()
    history.record.streams.clear()
    history.tell(JOB, *GOOD[:5])


def changed_when_finished(history: History) -> None:
    history.tell(JOB, *GOOD, (2, "success", 100, "and another word"))


def forbidden_move(history: History) -> None:
    history.tell(JOB, *GOOD[:4], (1, "running", 50), *GOOD[4:])


def falling_progress(history: History) -> None:
    history.tell(JOB, *GOOD[:4], (2, "running", 40), *GOOD[5:])


def early_hundred(history: History) -> None:
    history.tell(JOB, *GOOD[:5], (2, "success", 100), GOOD[6])


def gap(history: History) -> None:
    history.events[JOB][3]["sequence"] = 9


def never_committed(history: History) -> None:
    history.read(JOB, 7, progress=99)


def gone_back(history: History) -> None:
    history.read(JOB, 6)


def event_twice(history: History) -> None:
    history.record.lists.append(Listed(history.span(), JOB, 2, [history.events[JOB][2], *history.events[JOB][2:]]))


def stale_list(history: History) -> None:
    history.record.lists.append(Listed(history.span(), JOB, 2, history.events[JOB][2:4]))


def stream_with_a_gap(history: History) -> None:
    history.record.streams.append(Streamed(history.span(), JOB, 2, history.events[JOB][3:], ("success", 7)))


def stream_that_ends_early(history: History) -> None:
    history.record.streams.append(Streamed(history.span(), JOB, 2, history.events[JOB][2:5], ("success", 7)))


def row_without_event(history: History) -> None:
    history.jobs[JOB]["seq"] = 8


def two_active(history: History) -> None:
    history.tell(OTHER, *GOOD)
    history.submitted(OTHER)
    for job_id, at in ((JOB, 50.0), (OTHER, 51.0), (JOB, 53.0), (OTHER, 54.0)):
        history.read(job_id, 3, span=Span("client-2", at, at + 0.5))
    # Its end was read before only in this history; here others come later.
    history.record.reads = [read for read in history.record.reads if read.span.begun >= 50]
    history.record.lists.clear()
    history.record.streams.clear()


def one_fence(history: History) -> None:
    history.tell(OTHER, *GOOD)
    history.submitted(OTHER)
    history.jobs[OTHER]["fence"] = history.jobs[JOB]["fence"]


def deaf_to_terminate(history: History) -> None:
    history.record.asked.append(Asked(history.span(), "terminate", JOB, 202))


def left_over(history: History) -> None:
    history.tell(OTHER, *FAILED)
    history.submitted(OTHER)
    history.instances.append({"name": "cart-2", "job_id": OTHER, "fence": history.jobs[OTHER]["fence"]})


def two_of_one_key(history: History) -> None:
    history.tell(OTHER, *GOOD)
    history.submitted(OTHER, key="k", body="{}")
    history.submitted(JOB, key="k", body="{}")


def key_for_another_body(history: History) -> None:
    history.submitted(JOB, key="k", body="{}")
    history.submitted(JOB, key="k", body='{"other": 1}')


def repeated_what_stands(history: History) -> None:
    failed_and_retried(history)
    history.tell(JOB, *FAILED, *WHOLE)


def lost_retry(history: History) -> None:
    history.record.asked.append(Asked(history.span(), "retry", JOB, 204))


def contradicted(history: History) -> None:
    history.jobs[JOB]["action"] = "stop"


@pytest.mark.parametrize(
    ("spoil", "promises"),
    [
        (lost, ["P1"]),
        (hidden, ["P1", "P8"]),
        (unasked, ["P1"]),
        (stuck, ["P5"]),
        (changed_when_finished, ["P2", "P3"]),
        (forbidden_move, ["P2", "P8", "P9"]),
        (falling_progress, ["P3", "P8"]),
        (early_hundred, ["P3", "P8"]),
        (gap, ["P8"]),
        (never_committed, ["P8"]),
        (gone_back, ["P8"]),
        (event_twice, ["P8"]),
        (stale_list, ["P8"]),
        (stream_with_a_gap, ["P8"]),
        (stream_that_ends_early, ["P8"]),
        (row_without_event, ["P8"]),
        (two_active, ["P4"]),
        (one_fence, ["P4"]),
        (deaf_to_terminate, ["P6"]),
        (left_over, ["P6"]),
        (two_of_one_key, ["P7"]),
        (key_for_another_body, ["P7"]),
        (repeated_what_stands, ["P9"]),
        (lost_retry, ["P9"]),
        (contradicted, ["component"]),
    ],
)
def test_a_history_that_breaks_a_promise_is_told_by_it(
    spoil: Callable[[History], None], promises: Sequence[str]
) -> None:
    history = good()
    spoil(history)
    assert history.broken() == promises


def test_a_request_without_an_answer_may_have_made_one_job_and_no_more() -> None:
    history = good()
    history.submitted("", status=UNANSWERED)
    history.tell("job-0", *GOOD)
    assert history.broken() == []
    history.tell("job-00", *GOOD)
    assert history.broken() == ["P1"]


def test_what_could_not_be_ended_and_is_named_breaks_nothing() -> None:
    history = good()
    left_over(history)
    history.events[OTHER][5]["detail"] = "still-alive: could not be ended within the time for undoing: cart-2"
    assert history.broken() == []


def test_a_request_that_came_again_under_its_key_made_the_one_job_it_was_answered_with() -> None:
    history = good()
    history.submitted("", status=UNANSWERED, key="k")
    history.tell("job-0", *GOOD)
    history.submitted("job-0", key="k")
    assert history.broken() == []
    history.tell("job-00", *GOOD)
    assert history.broken() == ["P1"]


def test_what_was_started_in_the_place_of_a_missing_instance_breaks_nothing() -> None:
    history = good()
    left_over(history)
    history.instances[-1]["fence"] += 1
    assert history.broken() == []
