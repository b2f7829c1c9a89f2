"""How a job that runs learns that it is to terminate: by what the store says, whatever was signalled or was not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from homeport.jobs.runner import Runner
from homeport.jobs.terminating import TerminateWatch
from homeport.model.changes import Change, Statement
from homeport.model.moves import terminate_topic
from homeport.model.plans import Action
from homeport.model.records import Job, JobDocument
from homeport.model.states import Status
from homeport.services.task_logs import joined, read_log
from homeport.store.base import StoreError
from support.engine import FIRST_SECONDS, Engine, an_engine
from support.postgres import Cluster

PULL = 2
"""Index of the task."""
LISTENERS = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()"


async def at_its_pull(engine: Engine, script: str) -> str:
    """Return the id of a job whose pull is under way."""
    environment = await engine.environment()
    component = await engine.component(environment)
    job_id = await engine.act(environment, component, Action.DEPLOY, script)
    await engine.at_task(job_id, "pull")
    return job_id


async def signal_nothing(engine: Engine, job_id: str) -> None:
    """Signal the topic of a terminate that nobody has asked for."""
    harmless = Statement("end_worker", {"id": "nobody"}, rows=None)
    await engine.context.store.commit(Change((harmless,), (terminate_topic(job_id),)))


async def lose_the_listener(address: str) -> None:
    """End the connection by which the engine hears of others, and return once there is a new one."""

    def renewed() -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            before = connection.execute(LISTENERS).fetchall()
            connection.execute(f"SELECT pg_terminate_backend(pid) FROM ({LISTENERS}) AS listening".encode())
            while not (now := connection.execute(LISTENERS).fetchall()) or now == before:
                connection.execute("SELECT pg_sleep(0.01)")

    await asyncio.to_thread(renewed)


async def ended_and_log(engine: Engine, job_id: str) -> tuple[Status, bytes]:
    job = await engine.ended(job_id)
    return job.status, joined(await read_log(engine.context, job, PULL))


def test_a_signal_of_nothing_does_not_cut_short_what_a_job_does(tmp_path: Path) -> None:
    async def scenario() -> tuple[Status, bytes]:
        async with an_engine(tmp_path) as engine:
            engine.start_worker()
            job_id = await at_its_pull(engine, "pull=300ms")
            await signal_nothing(engine, job_id)
            return await ended_and_log(engine, job_id)

    assert asyncio.run(scenario()) == (Status.SUCCESS, b"simulated pull of nginx:1\n")


def test_a_job_goes_on_as_if_nothing_had_been_when_its_process_has_to_listen_anew(
    tmp_path: Path, cluster: Cluster
) -> None:
    async def scenario() -> tuple[Status, bytes]:
        address = cluster.new_database()
        async with an_engine(tmp_path, address=address) as engine:
            engine.start_worker()
            job_id = await at_its_pull(engine, "pull=500ms")
            await lose_the_listener(address)
            return await ended_and_log(engine, job_id)

    assert asyncio.run(scenario()) == (Status.SUCCESS, b"simulated pull of nginx:1\n")


def test_a_terminate_between_the_claim_and_the_first_step_cuts_that_step_short(tmp_path: Path) -> None:
    async def scenario() -> Status:
        async with an_engine(tmp_path) as engine:
            worker = engine.start_worker()
            environment = await engine.environment()
            component = await engine.component(environment)
            await engine.stop_worker(worker)
            job_id = await engine.act(environment, component, Action.DEPLOY, "pull=stuck")
            runner = Runner(engine.tools, await engine.job(job_id))
            assert await runner.begin("the-worker", "simulated")
            await engine.terminate(job_id)
            async with asyncio.timeout(FIRST_SECONDS):
                await runner.run()
            runner.terminate.close()
            return (await engine.job(job_id)).status

    assert asyncio.run(scenario()) is Status.TERMINATED


@pytest.fixture
def watch_of(tmp_path: Path) -> Callable[[Callable[[Engine, str, TerminateWatch, asyncio.Event], Awaitable[Any]]], Any]:
    """Return a function that runs a scenario with the watch of a job which runs, and the event that it sets."""

    def run(scenario: Callable[[Engine, str, TerminateWatch, asyncio.Event], Awaitable[Any]]) -> Any:
        async def whole() -> Any:
            async with an_engine(tmp_path) as engine:
                engine.start_worker()
                job_id = await at_its_pull(engine, "pull=stuck")
                told = asyncio.Event()
                watch = TerminateWatch(engine.tools, job_id, told.set)
                async with asyncio.timeout(FIRST_SECONDS):
                    return await scenario(engine, job_id, watch, told)

        return asyncio.run(whole())

    return run


def test_a_terminate_is_told(watch_of) -> None:
    async def scenario(engine: Engine, job_id: str, watch: TerminateWatch, told: asyncio.Event) -> bool:
        await engine.terminate(job_id)
        await told.wait()
        return watch.asked

    assert watch_of(scenario)


def test_what_was_signalled_while_the_store_cannot_be_read_is_looked_at_later(watch_of, monkeypatch) -> None:
    monkeypatch.setattr("homeport.jobs.terminating._PAUSE", 0.01)

    async def scenario(engine: Engine, job_id: str, watch: TerminateWatch, told: asyncio.Event) -> int:
        store, failures = engine.context.store, [StoreError("it is away (on purpose)")] * 2
        document = store.document

        async def failing(asked: str) -> JobDocument | None:
            if failures:
                raise failures.pop()
            return await document(asked)

        monkeypatch.setattr(store, "document", failing)
        await engine.terminate(job_id)
        await told.wait()
        return len(failures)

    assert watch_of(scenario) == 0


def test_a_closed_watch_tells_nothing(watch_of) -> None:
    async def scenario(engine: Engine, job_id: str, watch: TerminateWatch, told: asyncio.Event) -> Job:
        watch.close()
        await engine.terminate(job_id)
        job = await engine.ended(job_id)
        assert not told.is_set()
        return job

    assert watch_of(scenario).status is Status.TERMINATED
