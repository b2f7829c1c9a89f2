"""An engine in this process: a real store, the simulated driver, workers that can be killed without a word."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from homeport.drivers.base import Driver
from homeport.drivers.simulated import SimulatedDriver
from homeport.identity.vault import KEY_BYTES, MasterKey, Vault
from homeport.jobs.tools import EngineRules, Tools
from homeport.jobs.worker import Worker
from homeport.model.changes import Change, Statement, job_topic
from homeport.model.clock import SECOND, SystemClock
from homeport.model.ids import SystemIds
from homeport.model.plans import Action
from homeport.model.records import Component, Environment, Job
from homeport.model.states import FINISHED, Status
from homeport.services.actions import ActionRequest, execute_action
from homeport.services.applications import create_application
from homeport.services.components import ComponentSpec, create_component
from homeport.services.context import Context, HouseRules
from homeport.services.environments import NewEnvironment, Scope, create_environment, find_environment
from homeport.services.jobs import terminate_job
from homeport.services.reads import StoredReads
from homeport.store.base import Store
from homeport.store.loading import load_component, load_job
from homeport.store.postgres.store import open_postgres
from homeport.store.sqlite import SqliteStore

PROJECT = "0123456789abcdef0123456789abcdef"
FIRST_SECONDS = 20.0


class Engine:
    """Drives one store; workers are started and ended by the test."""

    def __init__(self, store: Store, driver: Driver | None = None, **rules: Any) -> None:
        clock = SystemClock()
        ids = SystemIds(clock)
        house = HouseRules(default_driver="simulated", components_per_environment=1_000)
        self.context = Context(store, clock, ids, Vault(MasterKey(bytes(KEY_BYTES)), ids), house)
        self.passed: list[str] = []
        self.tools = Tools(
            context=self.context,
            drivers={"simulated": driver or SimulatedDriver(clock, StoredReads(store))},
            routers={},
            rules=EngineRules(poll=SECOND // 20, **rules),
            crash=self.passed.append,
        )
        self._running: dict[Worker, asyncio.Task[None]] = {}

    def start_worker(self) -> Worker:
        """Let a worker work."""
        worker = Worker(self.tools)
        self._running[worker] = asyncio.create_task(worker.run())
        return worker

    async def stop_worker(self, worker: Worker) -> None:
        """End a worker in good order."""
        worker.stop()
        await self._running.pop(worker)

    async def kill_worker(self, worker: Worker) -> None:
        """End a worker as a power cut would: nothing of it runs on, its lease is over, its jobs still name it."""
        task = self._running.pop(worker)
        worker._leave = _without_a_word  # type: ignore[method-assign]
        for carried in worker._tasks:
            carried.cancel()
        task.cancel()
        await asyncio.gather(task, *worker._tasks, return_exceptions=True)
        await self.context.store.commit(Change((Statement("end_worker", {"id": worker.id}, rows=None),)))

    async def close(self) -> None:
        """End every worker and close the store."""
        for worker in list(self._running):
            await self.stop_worker(worker)
        await self.context.store.close()

    async def environment(self, project: str = PROJECT) -> Environment:
        """Create an environment and return it once it is whole; a worker has to run."""
        new = NewEnvironment(
            project_id=project, name="test", annotations="{}", enterprise_project_id=None, requested_by="tester"
        )
        job = await self.ended(await create_environment(self.context, new))
        assert job.status is Status.SUCCESS, job
        return await find_environment(self.context, Scope(project, job.environment_id))

    async def component(self, environment: Environment, name: str = "cart", replica: int = 2) -> Component:
        """Create a component in an application of its own."""
        scope = Scope(environment.project_id, environment.id)
        application = await create_application(self.context, scope, f"of-{name}")
        spec = ComponentSpec(
            name=name,
            annotations='{"version": "1.0.0"}',
            runtime="Docker",
            replica=replica,
            source='{"type":"image","url":"nginx:1"}',
            resource_limit='{"cpu_limit":"500m","memory_limit":"1Gi"}',
            build=None,
        )
        return await create_component(self.context, scope, application.id, spec)

    async def act(
        self, environment: Environment, component: Component, action: Action, script: str = "", **facts: Any
    ) -> str:
        """Send an action and return the id of its job."""
        annotations = {"homeport/script": script, **facts.pop("annotations", {})}
        request = ActionRequest(action=action, annotations=json.dumps(annotations), **facts)
        return await execute_action(self.context, environment, component, request, "tester")

    async def terminate(self, job_id: str) -> Job:
        """Ask a job to end."""
        return await terminate_job(self.context, PROJECT, job_id)

    async def job(self, job_id: str) -> Job:
        """Return a job as it is."""
        job = await load_job(self.context.store, job_id)
        assert job is not None
        return job

    async def when(self, job_id: str, reached: Any) -> Job:
        """Return a job as soon as `reached(job)` holds."""
        async with asyncio.timeout(FIRST_SECONDS):
            with self.context.store.watch(job_topic(job_id)) as watch:
                while not reached(job := await self.job(job_id)):
                    await watch.wait(1)
                return job

    async def ended(self, job_id: str) -> Job:
        """Return a job once it has ended."""
        async with asyncio.timeout(FIRST_SECONDS):
            with self.context.store.watch(job_topic(job_id)) as watch:
                while not await self._has_ended(job_id):
                    await watch.wait(1)
        return await self.job(job_id)

    async def _has_ended(self, job_id: str) -> bool:
        document = await self.context.store.document(job_id)
        return document is not None and document.status in FINISHED

    async def at_task(self, job_id: str, name: str) -> Job:
        """Return a job once a task of it is under way."""
        return await self.when(
            job_id, lambda job: any(task.name == name and task.status is Status.RUNNING for task in job.tasks)
        )

    async def now(self, component: Component) -> Component:
        """Return a component as it is."""
        current = await load_component(self.context.store, component.id)
        assert current is not None
        return current


async def _without_a_word() -> None:
    """Leave nothing behind and tell nobody."""


@asynccontextmanager
async def an_engine(
    folder: Path, driver: Driver | None = None, *, address: str = "", **rules: Any
) -> AsyncIterator[Engine]:
    """Yield an engine without a worker, over PostgreSQL where an address is given; at the end all of it is closed."""
    clock = SystemClock()
    store = await open_postgres(address, clock) if address else SqliteStore(folder / "homeport.db", clock)
    engine = Engine(store, driver, **rules)
    try:
        yield engine
    finally:
        await engine.close()


def tasks_of(job: Job) -> dict[str, str]:
    """Return the statuses of a job's tasks by name."""
    return {task.name: task.status.value for task in job.tasks}


def detail_of(job: Job, name: str) -> str:
    """Return the detail of a job's task."""
    return next(task.detail for task in job.tasks if task.name == name)
