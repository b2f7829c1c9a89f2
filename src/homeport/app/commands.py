"""The processes: `serve` for API and engine in one, `api` and `worker` for each alone, `down`, `migrate`."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

import msgspec
import uvloop

from homeport.api.server import ListenError, Tls, listen, run_server, url_of
from homeport.app.drivers import end_containers
from homeport.app.house import CREDENTIALS_FILE, ENDPOINT_FILE, House, Part, open_house
from homeport.app.results import Down, Endpoint, Migrated, Ready, StartError, StopError, Stopped
from homeport.app.routers import RouterMissing
from homeport.app.stores import DATABASE_FILE, migrate_store
from homeport.drivers.process.link import SupervisorLink
from homeport.identity.first_start import SetUpError
from homeport.identity.private_file import SharedFile, write_private
from homeport.identity.vault import VaultError
from homeport.log_setup import set_up_logging
from homeport.model.causes import TaskFailed
from homeport.model.clock import SystemClock
from homeport.settings import Settings
from homeport.store.base import StoreError
from homeport.store.sqlite_lock import stop_owner

T = TypeVar("T")

_STOP_SECONDS: Final = 60.0
_SEVERAL: Final = "Several processes need --store postgresql://…: one SQLite file belongs to one process."


def serve(settings: Settings, on_ready: Callable[[Ready], object]) -> Stopped:
    """Run API and engine in this process until SIGINT or SIGTERM; instances go on running.

    Raises:
        StartError: the port is taken, the certificate, the data folder, the database or the master key cannot be used,
            or what the admin shall be cannot be.
    """
    return _run(settings, _answering(settings, on_ready, Part.BOTH))


def serve_api(settings: Settings, on_ready: Callable[[Ready], object]) -> Stopped:
    """Run the API alone until SIGINT or SIGTERM; jobs are done by workers elsewhere.

    Raises:
        StartError: as `serve`, or the store is not one that processes can share.
    """
    _require_shared(settings)
    return _run(settings, _answering(settings, on_ready, Part.API))


def work(settings: Settings, on_ready: Callable[[Ready], object]) -> Stopped:
    """Run the engine alone until SIGINT or SIGTERM: it does the jobs of this machine's environments.

    Raises:
        StartError: as `serve`, or the store is not one that processes can share.
    """
    _require_shared(settings)
    return _run(settings, _working(settings, on_ready))


def migrate(settings: Settings, *, post: bool) -> Migrated:
    """Bring the schema of the PostgreSQL database up to date; `post` also takes away what only older versions need.

    Raises:
        StartError: the store is none that has to be migrated, or cannot be reached or used.
    """
    _require_shared(settings)
    return _run(settings, migrate_store(settings, SystemClock(), post=post))


def down(settings: Settings) -> Down:
    """End the engine of the data folder, when one runs, and then everything that it runs on this machine.

    Raises:
        StopError: the engine does not end, or the supervisor does not do as it is told.
    """
    try:
        stopped = stop_owner(settings.data_dir / DATABASE_FILE, within=_STOP_SECONDS)
        return Down(stopped, asyncio.run(_end_all(settings)))
    except (OSError, TaskFailed) as error:
        raise StopError(str(error)) from error


def _run(settings: Settings, whole: Coroutine[Any, Any, T]) -> T:
    set_up_logging(settings.log_level, settings.log_format)
    try:
        return uvloop.run(whole)
    except (ListenError, StoreError, SetUpError, VaultError, SharedFile, RouterMissing) as error:
        raise StartError(str(error)) from error


def _require_shared(settings: Settings) -> None:
    if not settings.store:
        raise StartError(_SEVERAL)


async def _end_all(settings: Settings) -> int:
    try:
        # First: the supervisor has mounted what is in some of them.
        containers = await end_containers(settings)
    finally:
        instances = await _end_instances(settings)
    return containers + instances


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


async def _answering(settings: Settings, on_ready: Callable[[Ready], object], part: Part) -> Stopped:
    tls = Tls(settings.tls_cert, settings.tls_key) if settings.tls_cert and settings.tls_key else None
    listener = listen(settings.host, settings.port)
    running: tuple[str, ...] = ()
    async with open_house(settings, part) as house:
        ready = _ready(settings, house, url_of(listener, tls))

        def started() -> None:
            ca = str(settings.tls_cert) if tls else None
            endpoint = msgspec.json.encode(Endpoint(ready.url, os.getpid(), ca)).decode()
            write_private(settings.data_dir / ENDPOINT_FILE, endpoint, replace=True)
            on_ready(ready)

        try:
            await run_server(house.edge, listener, tls, started)
        finally:
            (settings.data_dir / ENDPOINT_FILE).unlink(missing_ok=True)
        running = await house.running()
    return Stopped(running)


async def _working(settings: Settings, on_ready: Callable[[Ready], object]) -> Stopped:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    async with open_house(settings, Part.ENGINE) as house:
        on_ready(_ready(settings, house, ""))
        await told.wait()
        running = await house.running()
    return Stopped(running)


def _ready(settings: Settings, house: House, url: str) -> Ready:
    return Ready(
        url=url,
        data_dir=settings.data_dir,
        credentials_file=settings.data_dir / CREDENTIALS_FILE,
        credentials=house.set_up.credentials,
        warnings=house.set_up.warnings,
    )
