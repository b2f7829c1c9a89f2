"""Retention: which jobs go when they are old, and which stay however old they are."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest

from homeport.controllers.retention import Retention
from homeport.model.clock import SECOND, SystemClock
from homeport.model.plans import Action
from homeport.services.context import HouseRules
from homeport.services.reads import counted_read
from homeport.store.loading import load_job
from support.engine import Engine, an_engine
from support.postgres import Cluster, cluster

__all__ = ["cluster"]


class Later(SystemClock):
    """A time to come: the one when today's jobs are old, unless another is given."""

    def __init__(self, ahead: int = HouseRules().job_time + SECOND) -> None:
        self._ahead = ahead

    def now(self) -> int:
        """Return it."""
        return super().now() + self._ahead


async def history(engine: Engine) -> dict[str, str]:
    """Run jobs and return their ids by what they are to retention."""
    worker = engine.start_worker()
    environment = await engine.environment()
    kept, gone = await engine.component(environment, "kept"), await engine.component(environment, "gone")
    made = {}
    for name, component, action in (
        ("named by a snapshot", kept, Action.DEPLOY),
        ("neither", kept, Action.RESTART),
        ("latest", kept, Action.RESTART),
        ("of what is gone", gone, Action.DELETE_COMPONENT),
    ):
        made[name] = await engine.act(environment, component, action)
        await engine.ended(made[name])
    await engine.stop_worker(worker)
    made["latest of its environment"] = environment.job_id
    return made


async def left(engine: Engine, jobs: dict[str, str]) -> set[str]:
    return {name for name, job_id in jobs.items() if await load_job(engine.context.store, job_id) is not None}


@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_of_old_jobs_the_latest_of_each_target_and_those_that_snapshots_name_stay(
    tmp_path: Path, cluster: Cluster, store: str
) -> None:
    address = cluster.new_database() if store == "postgres" else ""

    async def scenario() -> tuple[set[str], set[str]]:
        async with an_engine(tmp_path, address=address) as engine:
            jobs = await history(engine)
            await Retention(engine.context).step()
            before = await left(engine, jobs)
            await Retention(msgspec.structs.replace(engine.context, clock=Later())).step()
            return before, await left(engine, jobs)

    before, after = asyncio.run(scenario())
    assert before == {"named by a snapshot", "neither", "latest", "of what is gone", "latest of its environment"}
    assert after == {"named by a snapshot", "latest", "latest of its environment"}


@pytest.mark.parametrize(("hours", "goes"), [(1, True), (3, False)])
def test_how_long_a_job_is_kept_is_a_setting(tmp_path: Path, hours: int, goes: bool) -> None:
    async def scenario() -> set[str]:
        async with an_engine(tmp_path) as engine:
            jobs = await history(engine)
            context = engine.context
            rules = msgspec.structs.replace(context.rules, job_time=hours * 3_600 * SECOND)
            in_two_hours = msgspec.structs.replace(context, rules=rules, clock=Later(2 * 3_600 * SECOND))
            await Retention(in_two_hours).step()
            return await left(engine, jobs)

    assert ("neither" not in asyncio.run(scenario())) is goes


@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_a_job_goes_though_its_reads_were_counted(tmp_path: Path, cluster: Cluster, store: str) -> None:
    address = cluster.new_database() if store == "postgres" else ""

    async def scenario() -> bool:
        async with an_engine(tmp_path, address=address) as engine:
            engine.start_worker()
            environment = await engine.environment()
            component = await engine.component(environment)
            job_id = await engine.act(environment, component, Action.DEPLOY, "ready=2reads,crash")
            for _ in range(2):
                await counted_read(engine.context, job_id)
            await engine.ended(job_id)
            await engine.ended(await engine.act(environment, component, Action.DELETE_COMPONENT))
            await Retention(msgspec.structs.replace(engine.context, clock=Later())).step()
            return await load_job(engine.context.store, job_id) is None

    assert asyncio.run(scenario())
