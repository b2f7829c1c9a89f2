"""The rules by which instances are judged."""

from __future__ import annotations

import pytest

from homeport.drivers.base import InstanceState, Observed
from homeport.jobs.judging import judge
from homeport.jobs.tools import EngineRules
from homeport.model.causes import Cause
from homeport.model.clock import SECOND
from homeport.model.workloads import Artifact, HealthCheck, InstanceOrder, Lifecycle, Owner, Probe, ResourceLimit

START = 1_676_546_647_000_000
RULES = EngineRules(min_ready=SECOND, ready_limit=60 * SECOND)
OWNER = Owner(
    project_id="p",
    environment_id="e",
    environment_name="e",
    application_id="a",
    application_name="a",
    component_id="c",
    component_name="cart",
)


def an_order(health: HealthCheck = HealthCheck()) -> InstanceOrder:  # noqa: B008 - frozen
    return InstanceOrder(
        name="cart-1",
        owner=OWNER,
        job_id="j",
        fence=1,
        asked_at=START,
        artifact=Artifact(driver="process", reference="r", image_url="u"),
        runtime="Python3",
        limit=ResourceLimit("500m", "1Gi"),
        env={},
        health=health,
        lifecycle=Lifecycle(),
    )


def seen(state: InstanceState = InstanceState.RUNNING, **facts: object) -> Observed:
    return Observed(name="cart-1", state=state, started_at=START, **facts)  # type: ignore[arg-type]


def cause(observed: Observed, *, after: int = SECOND, health: HealthCheck = HealthCheck()) -> Cause | None:  # noqa: B008
    judgement = judge([an_order(health)], {"cart-1": observed}, RULES, START + after, watched=True)
    return judgement.verdict.cause if judgement.verdict else None


BACKOFF = InstanceState.BACKOFF


@pytest.mark.parametrize(
    ("observed", "expected"),
    [
        (seen(fault="no such file"), Cause.START_FAILED),
        (seen(BACKOFF, restarts=1, exit_code=-9, out_of_memory=True), Cause.OUT_OF_MEMORY),
        (seen(BACKOFF, restarts=2, exit_code=1), Cause.CRASH_LOOP),
        (seen(InstanceState.ENDED, restarts=1, exit_code=0), Cause.CRASH_LOOP),
        (seen(BACKOFF, restarts=2, probe_failure="liveness probe: 500"), Cause.HEALTH_CHECK_FAILED),
        (seen(BACKOFF, restarts=2, probe_failure="readiness probe: refused"), Cause.CRASH_LOOP),
        (seen(BACKOFF, restarts=1, exit_code=1), None),
        (seen(), None),
    ],
)
def test_what_is_seen_of_an_instance_tells_its_cause(observed: Observed, expected: Cause | None) -> None:
    assert cause(observed) is expected


def test_a_program_that_never_listens_has_its_port_closed() -> None:
    assert cause(seen(), after=60 * SECOND) is Cause.PORT_CLOSED


def test_a_program_whose_readiness_never_comes_failed_its_health_check() -> None:
    health = HealthCheck(readiness_probe=Probe())
    assert cause(seen(probe_failure="readiness probe: 500"), after=60 * SECOND, health=health) is (
        Cause.HEALTH_CHECK_FAILED
    )


def test_a_startup_probe_has_the_time_that_it_gives_itself() -> None:
    health = HealthCheck(startup_probe=Probe(period_seconds=10, failure_threshold=6))
    assert cause(seen(), after=119 * SECOND, health=health) is None
    assert cause(seen(), after=120 * SECOND, health=health) is not None


@pytest.mark.parametrize(("after", "settled"), [(SECOND - 1, 0), (SECOND, 1)])
def test_an_instance_counts_once_it_stayed_ready_for_as_long_as_it_is_watched(after: int, settled: int) -> None:
    ready = seen(ready=True, ready_since=START)
    assert judge([an_order()], {"cart-1": ready}, RULES, START + after, watched=True).settled == settled


def test_an_instance_that_is_only_pretended_counts_at_once() -> None:
    ready = seen(ready=True, ready_since=START)
    assert judge([an_order()], {"cart-1": ready}, RULES, START, watched=False).settled == 1
