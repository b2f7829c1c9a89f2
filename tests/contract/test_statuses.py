"""Every status of the API is reached by a real path, and read through ShowJob with the official SDK.

The eight words and the moves between them: contract/contract.md, section 3.1, and DESIGN.md, section 2.
"""

from __future__ import annotations

import pytest

from support.cae import Application, code, details, status_of, statuses
from support.queue import Queue

pytestmark = pytest.mark.unmeasured


@pytest.fixture
def waiting(queue: Queue) -> str:
    """Return the id of a component without a job, in an engine that is busy."""
    component_id = queue.application.component()
    queue.busy()
    return component_id


def test_a_job_that_waits_for_its_turn_is_init_and_so_are_its_tasks(queue: Queue, waiting: str) -> None:
    job = queue.application.job(queue.application.act(waiting, "deploy"))
    assert (job.status, job.progress) == ("init", 0)
    assert statuses(job) == dict.fromkeys(("build", "pull", "deploy", "verify", "record"), "init")


def test_a_job_that_waited_ends_well_once_it_is_its_turn(queue: Queue, waiting: str) -> None:
    job_id = queue.application.act(waiting, "deploy")
    queue.free()
    assert queue.application.ended(job_id).status == "success"


def test_a_job_nobody_has_claimed_is_terminated_at_once_and_its_tasks_say_why_they_never_ran(
    queue: Queue, waiting: str
) -> None:
    application = queue.application
    job_id = application.act(waiting, "deploy")
    assert application.stands(waiting) == ("notReady", 0)
    assert application.terminate(job_id) == "terminated"
    job = application.job(job_id)
    assert set(statuses(job).values()) == {"skip"}
    assert all("stopped by request before it began" in detail for detail in details(job).values())
    assert application.stands(waiting) == ("created", 0)


def test_a_retried_job_waits_as_init_under_its_own_id(queue: Queue, waiting: str) -> None:
    application = queue.application
    job_id = application.act(waiting, "deploy")
    application.terminate(job_id)
    application.retry(job_id)
    job = application.job(job_id)
    assert (job.status, job.progress) == ("init", 0)
    assert set(statuses(job).values()) == {"init"}
    assert application.stands(waiting) == ("notReady", 0)
    queue.free()
    assert application.ended(job_id).status == "success"


def test_a_job_whose_deadline_passed_while_it_waited_ends_as_timeout(queue: Queue, waiting: str) -> None:
    application = queue.application
    job_id = application.act(waiting, "deploy", deadline="1ms")
    assert application.job(job_id).status == "init"
    queue.free()
    job = application.ended(job_id)
    assert job.status == "timeout"
    assert set(statuses(job).values()) == {"skip"}
    assert application.stands(waiting) == ("created", 0)


def test_a_job_and_its_task_are_running_while_they_are_at_it(application: Application) -> None:
    job_id = application.holds(application.component(), "deploy", task="pull", script="pull=stuck")
    job = application.job(job_id)
    assert (job.status, statuses(job)) == (
        "running",
        {"build": "skip", "pull": "running", "deploy": "init", "verify": "init", "record": "init"},
    )
    assert 0 < job.progress < 100
    application.terminate(job_id)


def test_a_job_fails_with_its_task_and_the_task_names_the_cause(application: Application) -> None:
    component_id = application.component()
    job = application.ended(application.act(component_id, "deploy", script="pull=fail:image-missing"))
    assert (job.status, status_of(job, "pull")) == ("failed", "failed")
    assert details(job)["pull"].startswith("image-missing: ")
    assert details(job)["verify"] == "not run: task 2 ended the job (image-missing)"
    assert job.progress < 100


def test_a_job_past_its_deadline_times_out_with_its_task(application: Application) -> None:
    component_id = application.component()
    job = application.ended(application.act(component_id, "deploy", script="pull=stuck", deadline="50ms"))
    assert (job.status, status_of(job, "pull")) == ("timeout", "timeout")
    assert details(job)["pull"].startswith("deadline-exceeded: the job was not done by its deadline, 20")
    assert application.stands(component_id) == ("notReady", 0)


def test_a_job_ends_in_success_with_its_tasks_and_a_task_that_was_not_needed_is_skip(application: Application) -> None:
    job = application.ended(application.act(application.component(), "deploy"))
    assert (job.status, job.progress) == ("success", 100)
    assert statuses(job) == {
        "build": "skip",
        "pull": "success",
        "deploy": "success",
        "verify": "success",
        "record": "success",
    }
    assert details(job)["build"] == "not needed for a source of type image"


def test_a_job_with_nothing_to_do_is_skip_for_those_who_ask_for_it(application: Application) -> None:
    component_id = application.deployed()
    application.run(component_id, "stop")
    job = application.ended(application.act(component_id, "stop", on_noop="skip"))
    assert (job.status, statuses(job)) == ("skip", {"stop": "skip", "record": "skip"})
    assert job.progress < 100


def test_a_job_with_nothing_to_do_is_success_for_all_others(application: Application) -> None:
    component_id = application.deployed()
    application.run(component_id, "stop")
    job = application.ended(application.act(component_id, "stop"))
    assert (job.status, job.progress) == ("success", 100)
    assert set(statuses(job).values()) == {"skip"}


def test_a_job_and_its_task_are_terminating_while_the_workload_still_stops(application: Application) -> None:
    component_id = application.component()
    job_id = application.holds(component_id, "deploy", task="verify", script="ready=never; stop=40s")
    assert application.terminate(job_id) == "terminating"
    job = application.job(job_id)
    assert (job.status, status_of(job, "verify")) == ("terminating", "terminating")
    assert len(application.instances(component_id)) == 1


def test_a_job_and_its_task_are_terminated_once_the_workload_is_gone(application: Application) -> None:
    component_id = application.component()
    job_id = application.holds(component_id, "deploy", task="verify", script="ready=never; stop=200ms")
    job = application.terminated(job_id)
    assert application.instances(component_id) == []
    assert (job.status, status_of(job, "verify")) == ("terminated", "terminated")
    assert details(job)["verify"].startswith("terminated: stopped by request during task 4 verify. ")


def test_a_terminated_job_names_what_could_not_be_ended(application: Application) -> None:
    component_id = application.component()
    job_id = application.holds(component_id, "deploy", task="verify", script="ready=never; stop=stuck")
    (instance,) = application.instances(component_id)
    job = application.terminated(job_id)
    assert job.status == "terminated"
    assert f"still-alive: could not be ended within the time for undoing: {instance.name}" in details(job)["verify"]


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        ("start=fail", "start-failed"),
        ("ready=crash", "crash-loop"),
        ("ready=oom", "out-of-memory"),
        ("pull=fail", "scripted"),
    ],
)
def test_a_failed_job_says_which_of_the_known_causes_it_was(application: Application, script: str, cause: str) -> None:
    job = application.ended(application.act(application.component(), "deploy", script=script))
    (failed,) = [task for task in job.tasks if task.status == "failed"]
    assert failed.detail.startswith(f"{cause}: ")


def test_a_build_that_fails_is_told_by_its_task(application: Application) -> None:
    component_id = application.component(runtime="Python3", source=code())
    job = application.ended(application.act(component_id, "deploy", script="build=fail:build-failed"))
    assert (job.status, status_of(job, "build")) == ("failed", "failed")
    assert details(job)["build"].startswith("build-failed: ")
