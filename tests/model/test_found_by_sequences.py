"""Defects that a sequence found, each as the shortest that shows it."""

from __future__ import annotations

from homeport.model.plans import Action
from support.model_search import a_search
from support.model_steps import (
    Act,
    Controllers,
    CrashAt,
    DriverFails,
    KillWorker,
    Nothing,
    PauseWorker,
    Plan,
    ResumeWorker,
    Retry,
    StartWorker,
    Step,
    StopWorker,
    StoreFails,
    StoreReconnects,
    Terminate,
    What,
)


def run(*steps: tuple[What, float], beginning: frozenset[str] = frozenset({"image"})) -> None:
    """Run steps, each with what is waited after it in seconds; raise what they break."""
    with a_search() as search:
        search.one(Plan(beginning, tuple(Step(what, wait) for what, wait in steps)))


def upgrade(script: str = "", deadline: str = "") -> Act:
    return Act(Action.UPGRADE, component=0, script=script, deadline=deadline, number=1, skips=False)


def test_a_claim_that_was_written_though_the_store_failed_is_gone_on_with() -> None:
    run((StoreFails(written=True, times=1, for_users=False), 0), (upgrade(), 0))


def test_a_task_whose_end_was_written_though_the_store_failed_is_not_ended_again() -> None:
    run((upgrade("pull=3s"), 0.6), (StoreFails(written=True, times=1, for_users=False), 3))


def test_a_worker_whose_deadline_passed_while_it_stood_still_only_finds_that_it_lost_the_job() -> None:
    run((upgrade("pull=20s", "4s"), 0.6), (PauseWorker(0), 0), (StartWorker(), 25), (ResumeWorker(0), 1))


def test_a_worker_that_cannot_renew_its_lease_lets_go_of_its_jobs_before_the_lease_ends() -> None:
    run((upgrade("pull=stuck"), 0.6), (StoreFails(written=False, times=3, for_users=False), 16), (Nothing(), 0))


def test_a_paused_component_stays_paused_when_the_node_of_its_job_is_lost() -> None:
    run(
        (Act(Action.STOP, component=0, script="", deadline="", number=1, skips=False), 3),
        (upgrade("pull=20s"), 0.6),
        (KillWorker(0), 0),
        (DriverFails("node", times=1), 0),
        (StartWorker(), 62),
        (Nothing(), 16),
    )


def test_a_waiting_job_that_is_ended_for_its_lost_node_is_claimed_under_a_new_fence_when_it_is_retried() -> None:
    run(
        (upgrade("ready=crash"), 0.6),
        (PauseWorker(0), 0),
        (Retry(0), 62),
        (ResumeWorker(0), 0),
        (Retry(0), 0),
    )


def test_a_retry_starts_anew_what_a_lost_worker_left_and_somebody_else_has_removed() -> None:
    run(
        (Act(Action.DEPLOY, component=0, script="ready=20s", deadline="", number=1, skips=False), 0.6),
        (KillWorker(0), 0),
        (DriverFails("node", times=1), 0),
        (StartWorker(), 62),
        (Controllers(), 16),
        (StartWorker(), 16),
        (Retry(0), 62),
        beginning=frozenset(),
    )


def test_a_retry_is_not_taken_for_late_by_what_an_earlier_attempt_could_not_end() -> None:
    run(
        (Act(Action.DEPLOY, component=0, script="ready=never; stop=stuck", deadline="", number=1, skips=False), 25),
        (Retry(0), 25),
        (Retry(0), 25),
        beginning=frozenset(),
    )


def test_a_retry_that_is_terminated_before_anybody_began_it_names_what_the_first_attempt_left() -> None:
    run(
        (Act(Action.DEPLOY, component=0, script="ready=never; stop=stuck", deadline="", number=1, skips=False), 25),
        (PauseWorker(0), 0),
        (Retry(0), 0),
        (Terminate(0), 0),
        (ResumeWorker(0), 1),
        beginning=frozenset(),
    )


def test_a_retry_leaves_alone_what_was_made_again_of_the_version_that_served_before() -> None:
    run(
        (StoreFails(written=True, times=1, for_users=False), 0),
        (Act(Action.STOP, component=0, script="", deadline="", number=1, skips=False), 0),
        (Terminate(0), 0),
        (upgrade("ready=never; stop=stuck"), 25),
        (Controllers(), 0),
        (Retry(0), 25),
    )


def test_a_task_that_could_not_be_started_has_failed_though_its_worker_dies_at_once() -> None:
    run(
        (DriverFails("observe", times=1), 0),
        (CrashAt("before-ending"), 0),
        (Act(Action.SCALE, component=0, script="", deadline="", number=3, skips=False), 0),
        (StartWorker(), 25),
    )


def test_what_a_first_deployment_left_on_the_route_is_withdrawn_when_nobody_could_end_the_job() -> None:
    run(
        (StartWorker(), 320),
        (PauseWorker(1), 320),
        (PauseWorker(0), 0),
        (StartWorker(), 0),
        (CrashAt("after-verify-done"), 0),
        (Act(Action.DEPLOY, component=1, script="stop=4s", deadline="1ms", number=1, skips=True), 0.6),
        (KillWorker(2), 62),
    )


def test_a_paused_component_that_is_upgraded_may_have_what_an_earlier_job_named_as_still_alive() -> None:
    run(
        (Act(Action.STOP, component=0, script="", deadline="", number=1, skips=False), 3),
        (DriverFails("observe", times=1), 0),
        (Act(Action.START, component=0, script="ready=never; stop=stuck", deadline="", number=1, skips=False), 3),
        (upgrade(), 3),
    )


def test_a_worker_that_loses_its_lease_last_of_all_leaves_its_jobs_to_the_one_in_its_place() -> None:
    run(
        (StartWorker(), 0),
        (StartWorker(), 0),
        (upgrade("pull=20s"), 0),
        (StoreFails(written=True, times=4, for_users=False), 0),
        (KillWorker(1), 0),
        (KillWorker(2), 0),
        (Nothing(), 11),
    )


def test_what_a_start_left_on_the_route_of_a_paused_component_is_withdrawn_when_nobody_could_end_the_job() -> None:
    run(
        (Act(Action.STOP, component=0, script="", deadline="", number=1, skips=False), 0),
        (StartWorker(), 0),
        (PauseWorker(0), 0),
        (CrashAt("after-verify-done"), 25),
        (Act(Action.START, component=0, script="", deadline="", number=1, skips=False), 0),
        (Nothing(), 62),
    )


def test_a_retry_does_not_take_for_its_own_what_is_being_ended_as_left_over() -> None:
    run(
        (DriverFails("stop", times=1), 0),
        (Act(Action.UPGRADE, component=0, script="ready=never; stop=8s", deadline="10m", number=3, skips=False), 25),
        (StartWorker(), 0),
        (Controllers(), 1.2),
        (CrashAt("after-claim"), 0),
        (Retry(0), 25),
    )


def test_a_worker_that_has_ended_writes_no_log_of_a_job_that_it_could_not_hand_back() -> None:
    run(
        (Act(Action.DEPLOY, component=0, script="pull=stuck", deadline="", number=1, skips=False), 0),
        (StartWorker(), 0),
        (StoreFails(written=False, times=1, for_users=False), 0),
        (StopWorker(0), 1),
        beginning=frozenset(),
    )


def test_a_terminate_in_the_moment_of_a_hand_back_leaves_the_job_handed_back() -> None:
    run((upgrade("pull=3s"), 0), (StartWorker(), 0), (StopWorker(0), -1), (Terminate(0), 1))


def test_a_worker_that_is_told_to_end_while_a_claim_fails_hands_back_the_jobs_that_it_claimed_beside() -> None:
    run(
        (StoreFails(written=False, times=3, for_users=False), 0),
        (upgrade(), 0),
        (StartWorker(), 0),
        (Act(Action.UPGRADE, component=1, script="", deadline="", number=1, skips=False), -1),
        (StopWorker(0), 0),
        beginning=frozenset({"code", "image"}),
    )


def test_a_retry_that_fails_leaves_alone_what_serves_since_the_attempt_before() -> None:
    run(
        (CrashAt("before-record-done"), 0),
        (upgrade(), 0),
        (DriverFails("node", times=2), 62),
        (StartWorker(), 6),
        (DriverFails("observe", times=1), 0),
        (Retry(0), 0),
    )


def test_a_retry_does_not_repeat_what_was_not_needed_though_nobody_could_look() -> None:
    run(
        (Act(Action.STOP, component=0, script="", deadline="", number=1, skips=False), 3),
        (CrashAt("before-record-done"), 0),
        (upgrade(), 0),
        (DriverFails("node", times=2), 62),
        (StartWorker(), 6),
        (Retry(0), 0),
    )


def test_what_a_scale_left_on_the_route_beyond_what_was_asked_for_is_withdrawn_when_nobody_could_end_the_job() -> None:
    run(
        (CrashAt("before-record-done"), 0),
        (Act(Action.SCALE, component=0, script="", deadline="", number=3, skips=False), 0),
        (DriverFails("node", times=2), 62),
        (StartWorker(), 6),
        (Controllers(), 0),
    )


def test_a_component_may_stop_while_an_instance_of_a_worker_that_stood_still_starts_late() -> None:
    run(
        (Act(Action.CONFIGURE, component=1, script="", deadline="", number=1, skips=False), -5),
        (PauseWorker(0), 0),
        (Nothing(), 62),
        (Act(Action.DELETE_COMPONENT, component=0, script="", deadline="", number=1, skips=False), 0),
        (StartWorker(), 0),
        (Act(Action.STOP, component=0, script="", deadline="", number=3, skips=False), -1),
        beginning=frozenset({"code"}),
    )


def test_nothing_is_said_of_instances_by_a_worker_that_gives_a_job_up() -> None:
    run(
        (upgrade("ready=never; stop=40s"), 0),
        (StartWorker(), 0),
        (StartWorker(), 0),
        (KillWorker(0), 0),
        (CrashAt("after-claim"), 25),
        (StartWorker(), 0),
        (CrashAt("after-ending"), 25),
        (Act(Action.UPGRADE, component=1, script="", deadline="10m", number=1, skips=False), -1),
        (CrashAt("before-claim"), 0),
        beginning=frozenset({"code", "image"}),
    )


def test_a_job_goes_on_when_its_worker_is_signalled_everything_for_the_store_has_reconnected() -> None:
    run((upgrade("pull=3s"), 0.6), (StoreReconnects(), 5))
