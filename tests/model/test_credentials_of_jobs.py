"""The credential that a job's source names: opened for its build, read anew by a retry, hidden where it leaks."""

from __future__ import annotations

import asyncio
from pathlib import Path

from homeport.drivers.base import LogSink
from homeport.drivers.simulated import SimulatedDriver
from homeport.model.causes import Cause, failed
from homeport.model.clock import SystemClock
from homeport.model.credentials import CredentialType, NewCredential
from homeport.model.plans import Action
from homeport.model.records import Job
from homeport.model.workloads import Access, Artifact, BuildOrder
from homeport.services.actions import ActionRequest, execute_action
from homeport.services.applications import create_application
from homeport.services.components import ComponentSpec, create_component
from homeport.services.credentials import create_credential
from homeport.services.environments import Scope
from homeport.services.jobs import retry_job
from homeport.services.task_logs import joined, read_log
from support.engine import PROJECT, Engine, an_engine, detail_of
from support.reads import HandReads

SECRET = "hunter2-of-the-test"
SOURCE = '{"type":"code","url":"https://git.example.com/x.git","code":{"auth_name":"team-git"}}'


class Chatty(SimulatedDriver):
    """A driver whose build tells everything that it was told, and then fails for it."""

    def __init__(self) -> None:
        super().__init__(SystemClock(), HandReads())
        self.given: list[Access | None] = []

    async def build(self, order: BuildOrder, log: LogSink) -> Artifact:
        self.given.append(order.access)
        secret = order.access.secret if order.access else "nothing"
        await log(f"cloning with {secret}\n".encode())
        raise failed(Cause.BUILD_FAILED, f"{secret} was no help")


async def deployed(engine: Engine) -> Job:
    """Deploy a component whose source names a credential, and return the job when it has ended."""
    engine.start_worker()
    environment = await engine.environment()
    scope = Scope(PROJECT, environment.id)
    application = await create_application(engine.context, scope, "shop")
    spec = ComponentSpec(
        name="cart",
        annotations="{}",
        runtime="Python3",
        replica=1,
        source=SOURCE,
        resource_limit='{"cpu_limit":"500m","memory_limit":"1Gi"}',
        build=None,
    )
    component = await create_component(engine.context, scope, application.id, spec)
    request = ActionRequest(action=Action.DEPLOY, annotations="{}")
    return await engine.ended(await execute_action(engine.context, environment, component, request, "tester"))


async def stored(engine: Engine) -> None:
    new = NewCredential(name="team-git", type=CredentialType.GIT_HTTPS, username="ada", password=SECRET)
    await create_credential(engine.context, PROJECT, new, "ada")


def test_a_secret_that_a_driver_tells_is_hidden_in_the_log_and_in_the_detail(tmp_path: Path) -> None:
    async def scenario() -> tuple[Chatty, Job, str]:
        driver = Chatty()
        async with an_engine(tmp_path, driver) as engine:
            await stored(engine)
            job = await deployed(engine)
            return driver, job, joined(await read_log(engine.context, job, 1)).decode()

    driver, job, log = asyncio.run(scenario())

    assert driver.given[0] is not None
    assert driver.given[0].secret == SECRET
    assert "cloning with ***" in log
    assert "*** was no help" in detail_of(job, "build")
    assert SECRET not in log + str(job)


def test_a_credential_that_is_stored_after_a_failure_is_found_by_the_retry(tmp_path: Path) -> None:
    async def scenario() -> list[Access | None]:
        driver = Chatty()
        async with an_engine(tmp_path, driver) as engine:
            job = await deployed(engine)
            await stored(engine)
            await retry_job(engine.context, job.id)
            await engine.when(job.id, lambda now: now.attempt == 2 and now.finished_at)
            return driver.given

    first, second = asyncio.run(scenario())

    assert first is None
    assert second is not None
