"""An engine that dies at each of its crash points, on driver `simulated`: at the next start its job goes on."""

from collections.abc import Iterator

import pytest
from huaweicloudsdkcae import v1 as cae

from support.crash_points import commits
from support.crash_stories import ENVIRONMENTS, NEVER_REACHED, STORIES
from support.history import check_history
from support.nursery import ForkedServer, Nursery, forked
from support.shop import Jobs, Shop, create_environment, environments


@pytest.fixture(scope="module")
def engine(engines: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkedServer]:
    with forked(engines, tmp_path_factory.mktemp("engine") / "data", driver="simulated") as engine:
        yield engine


@pytest.fixture
def shop(engine: ForkedServer) -> Shop:
    engine.revive()
    return Shop(engine)


def test_there_is_a_story_for_every_crash_point() -> None:
    assert set(commits()) == STORIES.keys() | ENVIRONMENTS | NEVER_REACHED


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("commit", STORIES)
def test_a_job_ends_as_if_the_engine_had_not_died(engine: ForkedServer, shop: Shop, moment: str, commit: str) -> None:
    story = STORIES[commit]
    cart = story.begin(shop)
    engine.kill()
    engine.start(HOMEPORT_CRASH_AT=f"{moment}-{commit}")
    job_id = shop.die(lambda: story.act(cart))
    assert shop.end(job_id).status == story.ends
    check_history(shop, job_id)
    assert (cart.standing if story.stands else None) == story.stands


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_environment_is_made_as_if_the_engine_had_not_died(engine: ForkedServer, moment: str) -> None:
    engine.revive()
    engine.kill()
    engine.start(HOMEPORT_CRASH_AT=f"{moment}-create-environment-done")
    jobs = Jobs(engine)
    job_id = jobs.die(lambda: create_environment(jobs.sdk, f"made-{moment}"))
    jobs.succeed(job_id)
    check_history(jobs, job_id)
    assert environments(jobs.sdk)[f"made-{moment}"].status == "finish"


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_environment_goes_as_if_the_engine_had_not_died(engine: ForkedServer, moment: str) -> None:
    engine.revive()
    jobs = Jobs(engine)
    jobs.succeed(create_environment(jobs.sdk, f"gone-{moment}"))
    gone = environments(jobs.sdk)[f"gone-{moment}"].id
    engine.kill()
    engine.start(HOMEPORT_CRASH_AT=f"{moment}-delete-environment-done")
    request = cae.DeleteEnvironmentRequest(environment_id=gone)
    job_id = jobs.die(lambda: jobs.sdk.delete_environment(request))
    jobs.succeed(job_id)
    check_history(jobs, job_id)
    assert f"gone-{moment}" not in environments(jobs.sdk)
