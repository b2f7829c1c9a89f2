"""A worker that dies at each of its crash points, one of three over PostgreSQL: another one ends its job."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from huaweicloudsdkcae import v1 as cae

from support.crash_house import GRACE_SECONDS, LEASE_SECONDS, House, a_house
from support.crash_stories import STORIES
from support.history import check_history
from support.nursery import Nursery
from support.shop import Jobs, Shop, create_environment, environments


@pytest.fixture(scope="module")
def whole_house(engines: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(engines, tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def house(whole_house: House) -> House:
    whole_house.disarm()
    whole_house.revive()
    return whole_house


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("commit", STORIES)
def test_another_worker_ends_the_job_as_if_nobody_had_died(house: House, moment: str, commit: str) -> None:
    story = STORIES[commit]
    cart = story.begin(Shop(house.api))
    job = outlived(house, cart.shop, f"{moment}-{commit}", lambda: story.act(cart))
    assert job.status == story.ends
    assert (cart.standing if story.stands else None) == story.stands


@pytest.mark.parametrize("moment", ["before", "after"])
def test_another_worker_makes_the_environment(house: House, moment: str) -> None:
    jobs = Jobs(house.api)
    point = f"{moment}-create-environment-done"
    assert outlived(house, jobs, point, lambda: create_environment(jobs.sdk, f"made-{moment}")).status == "success"
    assert environments(jobs.sdk)[f"made-{moment}"].status == "finish"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_another_worker_takes_the_environment_away(house: House, moment: str) -> None:
    jobs = Jobs(house.api)
    jobs.succeed(create_environment(jobs.sdk, f"gone-{moment}"))
    request = cae.DeleteEnvironmentRequest(environment_id=environments(jobs.sdk)[f"gone-{moment}"].id)
    point = f"{moment}-delete-environment-done"
    assert outlived(house, jobs, point, lambda: jobs.sdk.delete_environment(request).job_id).status == "success"
    assert f"gone-{moment}" not in environments(jobs.sdk)


def outlived(house: House, jobs: Jobs, point: str, ask: Callable[[], object]) -> Any:
    """Let a worker die at a crash point over what is asked for, and return its job, which ends in time (P5)."""
    met = house.arm(point)
    job_id = str(ask())
    house.met_at(met)
    begun = time.monotonic()
    job = jobs.end(job_id)
    assert time.monotonic() - begun < LEASE_SECONDS + GRACE_SECONDS
    check_history(jobs, job_id)
    return job
