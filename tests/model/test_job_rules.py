"""Every history that the rules of a job allow: what holds at each of its moments."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from homeport.model.causes import Cause, Failure
from homeport.model.changes import Move, Moved
from homeport.model.moves import (
    begin_end,
    claim,
    current_task,
    ending_of,
    finish_end,
    hand_back,
    next_task,
    past_return,
    retry,
    terminate,
    terminated_ending,
    why_not_retry,
)
from homeport.model.plans import Action
from homeport.model.records import Job
from homeport.model.states import FINISHED, JOB_MOVES, TASK_MOVES, ForbiddenMove, Status
from support.jobs import NOW, a_job

STARTED = frozenset({Status.RUNNING, Status.TERMINATING})


class JobHistory(RuleBasedStateMachine):
    """A job, its workers, and users who terminate and retry it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.job = a_job()
        self.events: list[tuple[int, int, str, int, int]] = []
        self.finished: dict[int, bytes] = {}

    @initialize(action=st.sampled_from(list(Action)))
    def submitted(self, action: Action) -> None:
        self.job = a_job(action=action)
        self.events = [(1, 0, "init", 0, 1)]

    def commit(self, moved: Moved) -> None:
        """Take a move as the store would: guarded by what the job was."""
        self.now += 1
        guard = moved.change.statements[0].params
        assert (guard["was_seq"], guard["was_status"]) == (self.job.seq, self.job.status)
        for statement in moved.change.statements:
            if statement.name == "add_job_event":
                told = statement.params
                step = (told["seq"], told["task"], told["status"], told["progress"], moved.job.attempt)
                self.events.append(step)  # type: ignore[arg-type]
        self.job = moved.job
        (document,) = moved.change.documents
        self.document = json.loads(document.body)["spec"]

    def move(self) -> Move:
        return Move(self.job, self.now)

    @precondition(lambda self: self.job.owner is None and self.job.status not in FINISHED)
    @rule()
    def a_worker_claims(self) -> None:
        move = claim(self.job, worker="worker", node="node", fence=self.job.fence + 1, now=self.now)
        if self.job.status is Status.INIT:
            move.job(Status.RUNNING)
            first = next_task(self.job)
            if first is not None:
                move.task(first.idx, Status.RUNNING)
        self.commit(move.build())

    @precondition(lambda self: self.job.owner is not None)
    @rule()
    def the_worker_dies_and_another_claims(self) -> None:
        deaths = self.job.deaths
        self.commit(claim(self.job, worker="other", node="node", fence=self.job.fence + 1, now=self.now).build())
        assert self.job.deaths == deaths + 1

    @precondition(lambda self: self.job.owner is not None)
    @rule()
    def the_worker_hands_back(self) -> None:
        self.commit(hand_back(self.job, self.now).build())

    def runs(self) -> bool:
        return self.job.owner is not None and self.job.ending is None and current_task(self.job) is not None

    @precondition(runs)
    @rule(done=st.integers(min_value=0, max_value=200))
    def the_task_tells_its_progress(self, done: int) -> None:
        task = current_task(self.job)
        assert task is not None
        self.commit(self.move().mark(task.idx, done=done).build())

    @precondition(lambda self: self.runs() and (self.job.status is Status.RUNNING or past_return(self.job)))
    @rule(skips=st.booleans())
    def the_task_succeeds(self, skips: bool) -> None:
        task = current_task(self.job)
        assert task is not None
        move = self.move().task(task.idx, Status.SUCCESS, stands=True)
        following = next_task(self.job)
        if following is not None and skips:
            move.task(following.idx, Status.SKIP, detail="not needed", stands=True)
            following = next((one for one in self.job.tasks[following.idx :] if one.status is Status.INIT), None)
        move = move.job(Status.SUCCESS) if following is None else move.task(following.idx, Status.RUNNING)
        self.commit(move.build())

    @precondition(runs)
    @rule(status=st.sampled_from([Status.FAILED, Status.TIMEOUT]))
    def the_task_ends_badly(self, status: Status) -> None:
        if self.job.status is Status.TERMINATING and not past_return(self.job):
            ending = terminated_ending(self.job)
        else:
            ending = ending_of(self.job, status, Failure(cause=Cause.CRASH_LOOP, what="it crashed"))
        self.commit(begin_end(self.move(), self.job, ending).build())

    @precondition(lambda self: self.job.owner is not None and self.job.ending is not None)
    @rule(left=st.sampled_from([(), ("cart-1",)]))
    def the_undo_is_done(self, left: tuple[str, ...]) -> None:
        undone = frozenset(task.idx for task in self.job.tasks if task.status is Status.SUCCESS and task.idx > 1)
        ending = self.job.ending
        assert ending is not None
        self.commit(finish_end(self.move(), self.job, ending, undone=undone, left=left).build())

    @precondition(lambda self: self.job.status in (Status.INIT, Status.RUNNING))
    @rule()
    def a_user_terminates(self) -> None:
        self.commit(terminate(self.job, self.now).build())

    @precondition(lambda self: why_not_retry(self.job, self.job.id) is None)
    @rule()
    def a_user_retries(self) -> None:
        standing = [task for task in self.job.tasks if task.stands]
        self.commit(retry(self.job, self.now).build())
        assert [task for task in self.job.tasks if task.status is not Status.INIT] == standing
        self.finished.clear()

    @precondition(lambda self: self.job.status in FINISHED)
    @rule(wanted=st.sampled_from(sorted(set(Status) - {Status.INIT})))
    def nobody_moves_a_finished_job(self, wanted: Status) -> None:
        with pytest.raises(ForbiddenMove):
            self.move().job(wanted)

    @invariant()
    def sequence_numbers_rise_by_one(self) -> None:
        assert [event[0] for event in self.events] == list(range(1, len(self.events) + 1))
        assert self.job.seq == len(self.events)

    @invariant()
    def every_move_is_in_the_table(self) -> None:
        before: dict[int, Status] = dict.fromkeys(range(len(self.job.tasks) + 1), Status.INIT)
        for _, task, word, _, _ in self.events[1:]:
            status = Status(word)
            table = TASK_MOVES if task else JOB_MOVES
            assert status == before[task] or status in table[before[task]]
            before[task] = status

    @invariant()
    def progress_never_falls_within_an_attempt_and_is_100_only_for_a_success(self) -> None:
        begun = [index for index, event in enumerate(self.events) if event[1] == 0 and event[2] == "init"]
        attempt = [event[3] for event in self.events[begun[-1] :]]
        assert attempt == sorted(attempt)
        assert (self.job.progress == 100) == (self.job.status is Status.SUCCESS)

    @invariant()
    def indices_run_from_one(self) -> None:
        assert [task.idx for task in self.job.tasks] == list(range(1, len(self.job.tasks) + 1))

    @invariant()
    def at_most_one_task_is_under_way(self) -> None:
        assert sum(task.status in STARTED for task in self.job.tasks) <= 1

    @invariant()
    def nothing_of_a_finished_job_is_unfinished(self) -> None:
        if self.job.status in FINISHED:
            assert all(task.status in FINISHED for task in self.job.tasks)
            assert self.job.owner is None

    @invariant()
    def a_job_that_ended_badly_says_why(self) -> None:
        if self.job.status in (Status.FAILED, Status.TIMEOUT, Status.TERMINATED):
            assert self.job.ending is not None
            assert any(self.job.ending.cause in task.detail for task in self.job.tasks)

    @invariant()
    def the_document_tells_the_same(self) -> None:
        if hasattr(self, "document"):
            assert (self.document["status"], self.document["progress"]) == (self.job.status, self.job.progress)
            assert [task["status"] for task in self.document["tasks"]] == [task.status for task in self.job.tasks]

    @invariant()
    def a_finished_job_does_not_change(self) -> None:
        if self.job.status in FINISHED:
            encoded = msgspec.json.encode(_without_owner(self.job))
            assert self.finished.setdefault(self.job.seq, encoded) == encoded
            assert len(self.finished) == 1
        else:
            self.finished.clear()


def _without_owner(job: Job) -> Job:
    return msgspec.structs.replace(job, owner=None, fence=0, deaths=0)


TestJobHistory = JobHistory.TestCase
