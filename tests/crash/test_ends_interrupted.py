"""An engine that is killed while a job is being ended, on driver `simulated`: the end it has is the intended one."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from huaweicloudsdkcore.exceptions.exceptions import ConnectionException

from homeport.model.clock import SystemClock, micros_of
from support.history import check_history
from support.nursery import ForkedServer, Nursery, forked
from support.server import ServerDied, wait_for
from support.shop import Shop

CODE = "https://example.test/cart.zip"


@pytest.fixture(scope="module")
def engine(engines: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkedServer]:
    with forked(engines, tmp_path_factory.mktemp("engine") / "data", driver="simulated") as engine:
        yield engine


@pytest.fixture
def shop(engine: ForkedServer) -> Shop:
    engine.revive()
    return Shop(engine)


def script(text: str) -> dict[str, str]:
    """Return the annotation that tells the driver how things go."""
    return {"homeport/script": text}


def restarted(engine: ForkedServer) -> None:
    """Kill the engine and start it again."""
    engine.kill()
    engine.start()


def test_a_job_that_was_terminating_ends_terminated(engine: ForkedServer, shop: Shop) -> None:
    cart = shop.deployed(CODE, replica=2)
    job_id = cart.act("upgrade", annotations=script("ready=never; stop=2s"))
    shop.reach(job_id, "verify")
    shop.terminate(job_id)
    assert shop.job(job_id).status == "terminating"
    restarted(engine)
    assert shop.end(job_id).status == "terminated"
    check_history(shop, job_id)
    assert (cart.standing, len(cart.instances())) == (("running", 2), 2)


def test_a_job_that_was_undone_ends_with_the_cause_it_had(engine: ForkedServer, shop: Shop) -> None:
    cart = shop.deployed(CODE, replica=2)
    job_id = cart.act("upgrade", annotations=script("ready=crash; stop=2s"))
    wait_for(lambda: task(shop, job_id, "verify").status == "failed", what="the failure")
    cause = task(shop, job_id, "verify").detail
    assert shop.job(job_id).status == "running"
    restarted(engine)
    assert shop.end(job_id).status == "failed"
    assert task(shop, job_id, "verify").detail.startswith(cause)
    check_history(shop, job_id)
    assert (cart.standing, len(cart.instances())) == (("running", 2), 2)


def test_a_job_whose_deadline_passed_while_the_engine_was_down_ends_timeout(engine: ForkedServer, shop: Shop) -> None:
    cart = shop.deployed(CODE)
    annotations = {"homeport/deadline": "1s", **script("ready=never")}
    job_id = cart.act("upgrade", annotations=annotations)
    deadline = micros_of(shop.own("GET", f"/jobs/{job_id}")["deadline_at"])
    engine.kill()
    wait_for(lambda: SystemClock().now() > deadline, what="the deadline")
    engine.start()
    assert shop.end(job_id).status == "timeout"
    check_history(shop, job_id)
    assert cart.standing == ("running", 1)


def test_a_retry_that_was_asked_for_is_not_lost(engine: ForkedServer, shop: Shop) -> None:
    cart = shop.component(CODE)
    job_id = cart.act("deploy", annotations=script("ready=crash"))
    shop.end(job_id)
    engine.kill()
    engine.start(HOMEPORT_CRASH_AT="before-claim")
    assert shop.die(lambda: shop.retry(job_id)) == job_id
    assert shop.end(job_id).status == "failed"
    assert shop.own("GET", f"/jobs/{job_id}")["attempt"] == 2
    check_history(shop, job_id)


def test_a_job_over_which_the_engine_dies_again_and_again_is_given_up_and_the_cause_told(
    engine: ForkedServer, shop: Shop
) -> None:
    cart = shop.component(CODE)
    engine.kill()
    engine.start(HOMEPORT_CRASH_AT="before-build-done")
    with contextlib.suppress(ConnectionException):
        cart.act("deploy")
    engine.wait_for_death()
    for _ in range(2):
        # It may be over before the engine has said that it is ready.
        with contextlib.suppress(ServerDied):
            engine.start(HOMEPORT_CRASH_AT="before-build-done")
            engine.wait_for_death()
    engine.start()
    job_id = shop.newest()
    job = shop.end(job_id)
    assert job.status == "failed"
    assert any(task.detail.startswith("worker-lost: ") for task in job.tasks)
    check_history(shop, job_id)
    cart.succeed("deploy")


def test_a_finished_job_reads_the_same_whatever_happens_to_the_engine(engine: ForkedServer, shop: Shop) -> None:
    cart = shop.component(CODE)
    jobs = [cart.act("deploy")]
    shop.end(jobs[0])
    jobs.append(cart.act("upgrade", annotations=script("ready=crash")))
    shop.end(jobs[1])
    before = [told(shop, job_id) for job_id in jobs]
    engine.kill()
    engine.start(HOMEPORT_CRASH_AT="after-verify-done")
    shop.die(lambda: cart.act("restart"))
    assert [told(shop, job_id) for job_id in jobs] == before


def told(shop: Shop, job_id: str) -> tuple[str, Any, Any]:
    """Return all that is told of a job: its answer, its record and its events."""
    record = shop.own("GET", f"/jobs/{job_id}")
    return str(shop.job(job_id)), record, shop.own("GET", f"/jobs/{job_id}/events")


def task(shop: Shop, job_id: str, name: str) -> Any:
    """Return a task of a job."""
    return next(task for task in shop.job(job_id).tasks if task.name == name)
