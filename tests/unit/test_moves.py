"""The moves of a job as pure rules: claims, ends, terminate, retry."""

from __future__ import annotations

import msgspec
import pytest

from homeport.model.causes import Cause, Failure
from homeport.model.changes import Move
from homeport.model.moves import (
    begin_end,
    claim,
    effective_deadline,
    ending_of,
    finish_end,
    first_ending,
    hand_back,
    past_return,
    retry,
    terminate,
    terminated_ending,
    why_not_retry,
)
from homeport.model.plans import Action
from homeport.model.records import Ending, Job, Prior
from homeport.model.states import Status
from support.jobs import NOW, a_goal, a_job

LATER = NOW + 1_000


def running(upto: int = 1, **facts: object) -> Job:
    """Return a claimed job whose tasks before `upto` succeeded, and `upto` is under way."""
    move = claim(a_job(**facts), worker="worker-1", node="node-1", fence=1, now=NOW).job(Status.RUNNING)
    for index in range(1, upto):
        move.task(index, Status.RUNNING).task(index, Status.SUCCESS, stands=True)
    return move.task(upto, Status.RUNNING).build().job


def statuses(job: Job) -> list[str]:
    return [task.status.value for task in job.tasks]


def failed_at(
    job: Job, *, undone: frozenset[int] = frozenset(), left: tuple[str, ...] = (), serving: tuple[str, ...] = ()
) -> Job:
    ending = ending_of(job, Status.FAILED, Failure(cause=Cause.CRASH_LOOP, what="it crashed"))
    ending_job = begin_end(Move(job, LATER), job, ending).build().job
    move = Move(ending_job, LATER)
    return finish_end(move, ending_job, ending, undone=undone, left=left, serving=serving).build().job


def test_a_claim_names_the_worker_the_node_and_the_fence() -> None:
    job = claim(a_job(), worker="worker-1", node="node-1", fence=7, now=LATER).build().job
    assert (job.owner, job.node, job.fence, job.started_at) == ("worker-1", "node-1", 7, LATER)


def test_a_claim_of_a_job_that_nobody_owned_counts_no_death() -> None:
    assert claim(a_job(), worker="worker-1", node=None, fence=1, now=LATER).build().job.deaths == 0


def test_a_claim_of_a_job_whose_owner_died_counts_a_death() -> None:
    assert claim(running(), worker="worker-2", node=None, fence=2, now=LATER).build().job.deaths == 1


def test_a_job_that_is_handed_back_keeps_its_status_and_its_place() -> None:
    job = hand_back(running(2), LATER).build().job
    assert (job.owner, job.status, statuses(job)[1], job.deaths) == (None, Status.RUNNING, "running", 0)


def test_a_job_over_which_three_workers_died_is_given_up() -> None:
    ending = first_ending(msgspec.structs.replace(running(), deaths=2, owner="the third to die"), NOW)
    assert ending is not None
    assert (ending.status, ending.cause, ending.task) == (Status.FAILED, "worker-lost", 1)


def test_a_claim_after_the_deadline_ends_the_job_as_timeout() -> None:
    job = running(3)
    ending = first_ending(job, job.deadline_at)
    assert ending is not None
    assert (ending.status, ending.cause) == (Status.TIMEOUT, "deadline-exceeded")


def test_a_claim_that_finds_an_intended_end_goes_on_with_it_though_the_deadline_has_passed() -> None:
    job = msgspec.structs.replace(running(3), ending=Ending(status=Status.FAILED, cause="x", detail="x", task=3))
    assert first_ending(job, job.deadline_at) is None


def test_the_jobs_deadline_does_not_count_during_the_build() -> None:
    job = running(1)
    assert effective_deadline(job, job.tasks[0]) is None


def test_a_deadline_given_for_this_job_counts_during_the_build_too() -> None:
    job = running(1, hard_deadline=True)
    assert effective_deadline(job, job.tasks[0]) == job.deadline_at


def test_a_job_that_only_goes_forward_has_no_deadline_of_its_own_any_more() -> None:
    job = running(5)
    assert effective_deadline(job, job.tasks[4]) is None
    assert past_return(job)


def test_the_task_that_caused_the_end_is_failed_before_anything_is_undone() -> None:
    job = running(3)
    ending = ending_of(job, Status.FAILED, Failure(cause=Cause.CRASH_LOOP, what="it crashed"))
    job = begin_end(Move(job, LATER), job, ending).build().job
    assert (job.status, statuses(job)[2], job.ending) == (Status.RUNNING, "failed", ending)


def test_a_failed_job_says_which_task_kept_the_others_from_running() -> None:
    job = failed_at(running(3))
    assert job.tasks[4].status is Status.SKIP
    assert job.tasks[4].detail == "not run: task 3 ended the job (crash-loop)"


def test_a_task_whose_effect_was_undone_keeps_its_success_and_says_so() -> None:
    job = failed_at(running(4), undone=frozenset({3}))
    assert job.tasks[2].status is Status.SUCCESS
    assert not job.tasks[2].stands
    assert job.tasks[2].detail == "undone: what served before the job serves"


def test_what_could_not_be_ended_is_named_in_the_detail_of_the_failed_task() -> None:
    job = failed_at(running(3), left=("cart-1", "cart-2"))
    assert "still-alive: could not be ended within the time for undoing: cart-1, cart-2" in job.tasks[2].detail


def test_what_serves_already_is_named_as_what_goes_on() -> None:
    job = failed_at(running(3), left=("cart-1", "cart-2"), serving=("cart-2",))
    assert "still-alive: could not be ended within the time for undoing: cart-1\n" in job.tasks[2].detail
    assert "still-alive: serves already, and goes on: cart-2" in job.tasks[2].detail


def test_a_job_that_nobody_has_claimed_terminates_at_once() -> None:
    job = terminate(a_job(), LATER).build().job
    assert (job.status, set(statuses(job))) == (Status.TERMINATED, {"skip"})


def test_a_job_that_runs_is_asked_to_terminate() -> None:
    job = terminate(running(3), LATER).build().job
    assert (job.status, statuses(job)[2]) == (Status.TERMINATING, "terminating")


def test_a_terminated_job_names_the_task_that_was_stopped() -> None:
    job = terminate(running(3), LATER).build().job
    ending = terminated_ending(job)
    job = begin_end(Move(job, LATER), job, ending).build().job
    assert statuses(job)[2] == "terminating"
    job = finish_end(Move(job, LATER), job, ending, undone=frozenset(), left=()).build().job
    assert (job.status, statuses(job)[2]) == (Status.TERMINATED, "terminated")
    assert "stopped by request during task 3 upgrade" in job.tasks[2].detail


def test_a_retry_repeats_only_what_does_not_stand() -> None:
    job = retry(failed_at(running(4), undone=frozenset({3})), LATER).build().job
    assert statuses(job) == ["success", "success", "init", "init", "init"]


def test_a_retry_is_the_same_job_in_its_next_attempt_with_a_new_deadline() -> None:
    job = retry(failed_at(running(3)), LATER).build().job
    assert (job.id, job.attempt, job.status, job.ending) == ("job-1", 2, Status.INIT, None)
    assert job.deadline_at == LATER + job.goal.time_limit


def test_a_retry_begins_with_the_progress_of_what_stands() -> None:
    assert retry(failed_at(running(3)), LATER).build().job.progress == 50


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        (a_job(), "It is init. Wait for its end."),
        (running(), "It is running. Wait for its end."),
        (a_job(status=Status.SUCCESS), "It ended well (success); there is nothing to repeat."),
        (a_job(status=Status.SKIP), "It ended well (skip); there is nothing to repeat."),
    ],
    ids=["init", "running", "success", "skip"],
)
def test_a_job_that_did_not_end_badly_is_not_retried(job: Job, reason: str) -> None:
    assert why_not_retry(job, job.id) == reason


@pytest.mark.parametrize("status", [Status.FAILED, Status.TIMEOUT, Status.TERMINATED])
def test_the_latest_job_of_its_target_is_retried_from_every_bad_end(status: Status) -> None:
    job = a_job(status=status)
    assert why_not_retry(job, job.id) is None


def test_a_job_that_is_not_the_latest_of_its_target_is_not_retried() -> None:
    assert "job-2" in (why_not_retry(a_job(status=Status.FAILED), "job-2") or "")


@pytest.mark.parametrize("status", [Status.TIMEOUT, Status.TERMINATED])
def test_a_job_made_so_ends_failed_where_it_would_end_unfinished(status: Status) -> None:
    job = running(3, goal=a_goal(unfinished_as_failed=True))
    assert ending_of(job, status, Failure(cause=Cause.TERMINATED, what="x")).status is Status.FAILED


def test_an_environment_whose_create_job_never_began_is_shown_as_create_failed() -> None:
    job = a_job(action=Action.CREATE_ENVIRONMENT, component_id=None)
    statement = terminate(job, LATER).build().change.statements[-1]
    assert (statement.name, statement.params["status"]) == ("restate_environment", "create_failed")


def test_a_job_that_fails_before_it_began_has_a_failed_task_that_says_why() -> None:
    job = a_job(goal=a_goal(unfinished_as_failed=True))
    moved = terminate(job, LATER).build().job
    assert [task.status for task in moved.tasks] == [Status.FAILED, *[Status.SKIP] * (len(job.tasks) - 1)]
    assert moved.tasks[0].detail.startswith("terminated: stopped by request before it began")


@pytest.mark.parametrize(
    ("route", "said"), [(("a-1",), "what served before the job serves"), ((), "nothing served before the job")]
)
def test_what_was_undone_says_what_serves_now(route: tuple[str, ...], said: str) -> None:
    job = failed_at(running(4, goal=a_goal(prior=Prior(status="created", route=route))), undone=frozenset({3}))
    assert f"undone: {said}" in job.tasks[2].detail


def test_a_task_of_whose_effect_nobody_knows_is_done_again_by_a_retry() -> None:
    job = running(4)
    ending = ending_of(job, Status.FAILED, Failure(cause=Cause.WORKER_LOST, what="it was lost"))
    ended = finish_end(Move(job, LATER), job, ending, undone=frozenset(), left=(), unknown=frozenset({3})).build().job
    assert "undone: not known" in ended.tasks[2].detail
    assert retry(ended, LATER).build().job.tasks[2].status is Status.INIT
