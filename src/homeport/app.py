"""Puts the parts together: the only place that opens stores and makes drivers."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import msgspec
import structlog
import uvloop

from homeport.api.authenticator import IdentityAuthenticator
from homeport.api.cae_v1.places import Parts
from homeport.api.edge import Edge, request_ids
from homeport.api.handlers import all_handlers
from homeport.api.homeport_v1.instances import LogReader
from homeport.api.server import ListenError, Tls, listen, run_server, url_of
from homeport.controllers.keep import Keep
from homeport.controllers.leases import Controller, run_controllers
from homeport.controllers.orphans import Orphans
from homeport.controllers.retention import Retention
from homeport.drivers.base import Driver
from homeport.drivers.process.driver import ProcessDriver
from homeport.drivers.process.link import SupervisorLink
from homeport.drivers.process.settings import ProcessSettings
from homeport.drivers.simulated import SimulatedDriver
from homeport.identity.first_start import Credentials, Given, SetUp, SetUpError, set_up
from homeport.identity.parts import Identity, open_identity
from homeport.identity.private_file import SharedFile, write_private
from homeport.identity.vault import Vault, VaultError, load_or_create_master_key, parse_master_key
from homeport.jobs.crashing import crash_points
from homeport.jobs.instance_logs import instance_log
from homeport.jobs.tools import EngineRules, Tools
from homeport.jobs.worker import Worker
from homeport.log_setup import set_up_logging
from homeport.model.causes import TaskFailed
from homeport.model.clock import SECOND, SystemClock
from homeport.model.ids import SystemIds
from homeport.model.records import Component
from homeport.routing.base import Router
from homeport.routing.front_client import FrontRouter
from homeport.services.context import Context, HouseRules
from homeport.settings import Settings
from homeport.store.base import StoreError
from homeport.store.sqlite import SqliteStore
from homeport.store.sqlite_lock import stop_owner

DATABASE_FILE: Final = "homeport.db"
"""In the data folder: everything but keys, packages and logs."""
CREDENTIALS_FILE: Final = "credentials.json"
"""In the data folder: how the admin calls the API; mode 0600."""
ENDPOINT_FILE: Final = "endpoint.json"
"""In the data folder while an engine runs: where it listens, and its process id."""

_STOP_SECONDS: Final = 60.0

_log = structlog.get_logger()


class StartError(Exception):
    """The engine cannot start; the text says why and what to do."""


class StopError(Exception):
    """Not everything could be ended; the text says what was not, and what to do."""


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """What the engine tells once it answers. `credentials` are there at the first start alone, to be shown once."""

    url: str
    data_dir: Path
    credentials_file: Path
    credentials: Credentials | None
    warnings: tuple[str, ...]


class Stopped(msgspec.Struct, frozen=True):
    """What goes on running after the engine has stopped: names of instances."""

    still_running: tuple[str, ...]


class Endpoint(msgspec.Struct, frozen=True):
    """Content of the endpoint file."""

    url: str
    pid: int
    ca: str | None
    """PEM file by which a client may check the engine's certificate; None without TLS."""


class Down(msgspec.Struct, frozen=True):
    """What `down` has ended."""

    engine_stopped: bool
    instances_ended: int


def serve(settings: Settings, on_ready: Callable[[Ready], object]) -> Stopped:
    """Run API and engine in this process until SIGINT or SIGTERM; instances go on running.

    Raises:
        StartError: the port is taken, the certificate, the data folder or the master key cannot be used, or what the
            admin shall be cannot be.
    """
    set_up_logging(settings.log_level, settings.log_format)
    try:
        return uvloop.run(_serve(settings, on_ready))
    except (ListenError, StoreError, SetUpError, VaultError, SharedFile) as error:
        raise StartError(str(error)) from error


def down(settings: Settings) -> Down:
    """End the engine of the data folder, when one runs, and then everything that it runs on this machine.

    Raises:
        StopError: the engine does not end, or the supervisor does not do as it is told.
    """
    try:
        stopped = stop_owner(settings.data_dir / DATABASE_FILE, within=_STOP_SECONDS)
        return Down(stopped, asyncio.run(_end_instances(settings)))
    except (OSError, TaskFailed) as error:
        raise StopError(str(error)) from error


async def _end_instances(settings: Settings) -> int:
    link = SupervisorLink(settings.data_dir, starts=False)
    try:
        if not await link.runs():
            return 0
        count = (await link.info()).instances
        await link.down()
        return count
    finally:
        await link.close()


async def _serve(settings: Settings, on_ready: Callable[[Ready], object]) -> Stopped:
    tls = Tls(settings.tls_cert, settings.tls_key) if settings.tls_cert and settings.tls_key else None
    listener = listen(settings.host, settings.port)
    running: tuple[str, ...] = ()
    async with open_house(settings) as house:
        ready = Ready(
            url=url_of(listener, tls),
            data_dir=settings.data_dir,
            credentials_file=settings.data_dir / CREDENTIALS_FILE,
            credentials=house.set_up.credentials,
            warnings=house.set_up.warnings,
        )

        def started() -> None:
            endpoint = msgspec.json.encode(
                Endpoint(ready.url, os.getpid(), str(settings.tls_cert) if tls else None)
            ).decode()
            write_private(settings.data_dir / ENDPOINT_FILE, endpoint, replace=True)
            on_ready(ready)

        try:
            await run_server(house.edge, listener, tls, started)
        finally:
            (settings.data_dir / ENDPOINT_FILE).unlink(missing_ok=True)
        running = await house.running()
    return Stopped(running)


class House(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that runs in one process, put together."""

    context: Context
    identity: Identity
    edge: Edge
    worker: Worker
    drivers: Mapping[str, Driver]
    set_up: SetUp

    async def running(self) -> tuple[str, ...]:
        """Return the names of the instances there are on this node."""
        found: list[str] = []
        for driver in self.drivers.values():
            try:
                found += [known.name for known in await driver.known()]
            except TaskFailed as error:
                _log.warning("driver.unreachable", driver=driver.name, error=str(error))
        return tuple(sorted(found))


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """Open the store, make the drivers, and let the engine and the controllers work until the end of the block."""
    clock = SystemClock()
    ids = SystemIds(clock)
    async with AsyncExitStack() as stack:
        store = SqliteStore(settings.data_dir / DATABASE_FILE, clock)
        stack.push_async_callback(store.close)
        vault = _vault(settings, ids)
        identity = open_identity(store, vault, clock, ids)
        stack.callback(identity.close)
        found = await set_up(store, identity, vault, ids, _given(settings), settings.data_dir / CREDENTIALS_FILE)
        drivers, routers = _drivers(settings, clock, ids)
        for driver in drivers.values():
            stack.push_async_callback(driver.close)
        context = Context(store, clock, ids, vault, _house_rules(settings))
        tools = Tools(
            context=context,
            drivers=drivers,
            routers=routers,
            rules=_engine_rules(settings),
            crash=crash_points(os.environ),
        )
        worker = Worker(tools)
        parts = Parts(context=context, front_url=lambda port: f"http://{_url_host(settings.front_host)}:{port}")
        edge = Edge(
            all_handlers(parts, identity, _log_reader(context, drivers)),
            IdentityAuthenticator(identity, clock),
            request_ids(ids),
        )
        await stack.enter_async_context(_working(tools, worker))
        yield House(context=context, identity=identity, edge=edge, worker=worker, drivers=drivers, set_up=found)


@asynccontextmanager
async def _working(tools: Tools, worker: Worker) -> AsyncIterator[None]:
    """Let a worker and the controllers work; at the end the worker hands back what it runs."""
    work = asyncio.create_task(worker.run())
    loops = asyncio.create_task(_control(tools, worker.id))
    try:
        yield
    finally:
        loops.cancel()
        worker.stop()
        await asyncio.wait({work, loops})
        for task in (work, loops):
            if not task.cancelled() and task.exception() is not None:
                _log.error("engine.part_failed", error=str(task.exception()))


async def _control(tools: Tools, owner: str) -> None:
    context = tools.context
    controllers: list[Controller] = [Retention(context)]
    for driver in tools.drivers.values():
        node = await driver.node()
        router = tools.routers.get(driver.name)
        controllers += [Keep(context, driver, node, router), Orphans(context, driver, node)]
    await run_controllers(tools.context, owner, controllers)


def _drivers(settings: Settings, clock: SystemClock, ids: SystemIds) -> tuple[dict[str, Driver], dict[str, Router]]:
    link = SupervisorLink(settings.data_dir)
    process = ProcessDriver(link, settings=_process_settings(settings), clock=clock, ids=ids)
    front = FrontRouter(link.call, host=settings.front_host, ports=settings.first_and_last_port)
    return {"simulated": SimulatedDriver(clock), "process": process}, {"process": front}


def _process_settings(settings: Settings) -> ProcessSettings:
    anywhere = ("/",) if settings.on_loopback else ()
    folders = settings.file_sources
    return ProcessSettings(
        file_sources=anywhere if folders is None else tuple(str(folder.resolve()) for folder in folders),
        max_package_bytes=settings.max_package_bytes,
        max_unpacked_bytes=settings.max_unpacked_bytes,
        log_bytes=settings.instance_log_bytes,
    )


def _vault(settings: Settings, ids: SystemIds) -> Vault:
    if settings.master_key:
        return Vault(parse_master_key(settings.master_key), ids)
    return Vault(load_or_create_master_key(settings.data_dir / "master.key", ids), ids)


def _given(settings: Settings) -> Given:
    return Given(**{name: getattr(settings, name) or None for name in Given.__struct_fields__})


def _house_rules(settings: Settings) -> HouseRules:
    return HouseRules(
        default_driver=settings.driver,
        job_limit=int(settings.job_seconds * SECOND),
        components_per_environment=settings.components_per_environment,
        unfinished_as_failed=settings.report_unfinished_as_failed,
        key_time=int(settings.idempotency_key_seconds * SECOND),
        keep_alive=int(settings.keep_alive_seconds * SECOND),
        same_request_time=int(settings.same_request_seconds * SECOND),
    )


def _engine_rules(settings: Settings) -> EngineRules:
    return EngineRules(
        lease=int(settings.lease_seconds * SECOND),
        poll=int(settings.poll_seconds * SECOND),
        slots=settings.slots,
        min_ready=int(settings.min_ready_seconds * SECOND),
        ready_limit=int(settings.ready_seconds * SECOND),
        drain=int(settings.drain_seconds * SECOND),
        snapshots_kept=settings.snapshots_kept,
    )


def _log_reader(context: Context, drivers: Mapping[str, Driver]) -> LogReader:
    """Return what reads the log of an instance through the driver of its environment."""

    async def read(
        component: Component, instance: str, *, tail: int | None, follow: bool
    ) -> AsyncGenerator[bytes, None]:
        return await instance_log(context, drivers, component, instance, tail=tail, follow=follow)

    return read


def _url_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
