"""An engine that dies at each of its crash points, on driver `simulated`: at the next start its job goes on."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

import pytest
from huaweicloudsdkcae import v1 as cae

from support.crash_points import commits
from support.history import check_history
from support.nursery import ForkedServer, Nursery, forked
from support.shop import Cart, Jobs, Shop, create_environment, environments

CODE: Final = "https://example.test/cart.zip"


@pytest.fixture(scope="module")
def engine(engines: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkedServer]:
    with forked(engines, tmp_path_factory.mktemp("engine") / "data", driver="simulated") as engine:
        yield engine


@pytest.fixture
def shop(engine: ForkedServer) -> Shop:
    engine.revive()
    return Shop(engine)


class Story(NamedTuple):
    """How a crash point is reached: what there is before, what is asked for then, and how the job and component end."""

    begin: Callable[[Shop], Cart]
    act: Callable[[Cart], str]
    ends: str = "success"
    stands: tuple[str, int] | None = ("running", 2)
    """Status and available instances of the component in the end; None when it is gone."""


def _new(shop: Shop) -> Cart:
    return shop.component(CODE, replica=2)


def _image(shop: Shop) -> Cart:
    return shop.component("nginx:1", kind="image", runtime="Docker", replica=2)


def _serving(shop: Shop) -> Cart:
    return shop.deployed(CODE, replica=2)


def _paused(shop: Shop) -> Cart:
    cart = _serving(shop)
    cart.succeed("stop")
    return cart


def _asks(action: str, **facts: object) -> Callable[[Cart], str]:
    return lambda cart: cart.act(action, **facts)


CRASHES: Final = {"homeport/script": "ready=crash"}

STORIES: Final[Mapping[str, Story]] = {
    "claim": Story(_new, _asks("deploy")),
    "build-done": Story(_new, _asks("deploy")),
    "pull-done": Story(_image, _asks("deploy")),
    "deploy-done": Story(_new, _asks("deploy")),
    "progress": Story(_new, _asks("deploy")),
    "verify-done": Story(_serving, _asks("upgrade")),
    "record-done": Story(_serving, _asks("upgrade")),
    "upgrade-done": Story(_serving, _asks("upgrade")),
    "rollback-done": Story(_serving, _asks("rollback", snapshot_index=1)),
    "configure-done": Story(_serving, _asks("configure")),
    "restart-done": Story(_serving, _asks("restart")),
    "scale-done": Story(_serving, _asks("scale", replica=3), stands=("running", 3)),
    "stop-done": Story(_serving, _asks("stop"), stands=("paused", 0)),
    "start-done": Story(_paused, _asks("start")),
    "delete-component-done": Story(_paused, lambda cart: cart.ask_to_delete(), stands=None),
    "ending": Story(_serving, _asks("upgrade", annotations=CRASHES), ends="failed"),
    "end": Story(_serving, _asks("upgrade", annotations=CRASHES), ends="failed"),
}
"""A story that passes each commit of a component's job."""

ENVIRONMENTS: Final = frozenset({"create-environment-done", "delete-environment-done"})
"""Commits of the jobs of environments; their test is one of its own."""

NEVER_REACHED: Final = frozenset({"advance"})
"""The step between two tasks that is a commit of its own: every commit that ends a task starts the next one too."""


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
