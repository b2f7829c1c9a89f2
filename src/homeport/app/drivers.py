"""The drivers of a process, and the routers in front of what they run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

from homeport.drivers.base import Driver
from homeport.drivers.buckets import BucketMounts, NoBuckets, SupervisorBuckets
from homeport.drivers.docker.care import Tell
from homeport.drivers.docker.driver import DockerDriver
from homeport.drivers.docker.engine import DockerEngine, version_at
from homeport.drivers.docker.layout import DockerLayout
from homeport.drivers.docker.settings import BASE_IMAGES, DockerSettings, host_of
from homeport.drivers.docker.settings import DRIVER as DOCKER
from homeport.drivers.process.driver import ProcessDriver
from homeport.drivers.process.link import SupervisorLink
from homeport.drivers.process.release import DRIVER as PROCESS
from homeport.drivers.process.settings import ProcessSettings
from homeport.drivers.simulated import SimulatedDriver
from homeport.log_setup import get_logger
from homeport.model.causes import Cause, TaskFailed, failed
from homeport.model.clock import Clock, SystemClock
from homeport.model.environments import SIMULATED
from homeport.model.ids import Ids, SystemIds
from homeport.routing.base import Router
from homeport.routing.front_client import FrontRouter
from homeport.services.reads import StoredReads
from homeport.settings import Settings
from homeport.store.base import Store

_CHOICE_SECONDS: Final = 2.0
"""How long a Docker Engine may take to answer when the default driver is chosen."""

_log = get_logger()


async def default_driver(settings: Settings, clock: Clock) -> str:
    """Return the driver of environments that name none: where nothing was chosen, Docker if its Engine answers."""
    if settings.driver != "auto":
        return settings.driver
    host = host_of(settings.docker_host, os.environ)
    chosen = DOCKER if await version_at(host, clock, _CHOICE_SECONDS) else PROCESS
    _log.info("driver.chosen", driver=chosen, docker_host=host)
    return chosen


def make_drivers(
    settings: Settings, store: Store, clock: Clock, ids: Ids, *, haproxy: str
) -> tuple[dict[str, Driver], dict[str, Router]]:
    """Return every driver, and the router of each that has one; nothing is connected to yet.

    `haproxy` is the program that does the front's work, empty for the embedded front.
    """
    link = SupervisorLink(settings.data_dir)
    of_front: dict[str, Any] = {"host": settings.front_host, "ports": settings.first_and_last_port, "haproxy": haproxy}
    front = FrontRouter(link.call, **of_front)
    to_containers = FrontRouter(link.call, by_target_port=True, **of_front)
    process = ProcessDriver(link, settings=_process_settings(settings), clock=clock, ids=ids)
    docker = _docker(settings, clock, ids, _tell_front(link, to_containers), SupervisorBuckets(link))
    simulated = SimulatedDriver(clock, StoredReads(store))
    drivers: Mapping[str, Driver] = {SIMULATED: simulated, PROCESS: process, DOCKER: docker}
    return dict(drivers), {PROCESS: front, DOCKER: to_containers}


async def end_containers(settings: Settings) -> int:
    """End every container of a data folder and return how many there were.

    Raises:
        TaskFailed: the Engine does not answer, or does not do as it is told.
    """
    if not DockerLayout(settings.data_dir).has_begun:
        return 0
    clock = SystemClock()
    driver = _docker(settings, clock, SystemIds(clock), _tell_nobody, NoBuckets())
    try:
        count = len(await driver.known())
        if alive := await driver.end_all():
            raise failed(Cause.STILL_ALIVE, f"could not end {', '.join(alive)}")
        return count
    finally:
        await driver.close()


def _docker(settings: Settings, clock: Clock, ids: Ids, tell: Tell, buckets: BucketMounts) -> DockerDriver:
    chosen = DockerSettings(
        host=host_of(settings.docker_host, os.environ),
        log_bytes=settings.instance_log_bytes,
        volumes_dir=_volumes(settings),
        base_images=BASE_IMAGES | settings.base_image_of,
        file_sources=_file_sources(settings),
        max_package_bytes=settings.max_package_bytes,
        max_unpacked_bytes=settings.max_unpacked_bytes,
    )
    engine = DockerEngine(chosen.host, clock)
    layout = DockerLayout(settings.data_dir)
    return DockerDriver(engine, layout, settings=chosen, clock=clock, ids=ids, tell=tell, buckets=buckets)


def _file_sources(settings: Settings) -> tuple[str, ...]:
    anywhere = ("/",) if settings.on_loopback else ()
    folders = settings.file_sources
    return anywhere if folders is None else tuple(str(folder.resolve()) for folder in folders)


def _volumes(settings: Settings) -> str:
    return "" if settings.volumes_dir is None else str(settings.volumes_dir.absolute())


def _process_settings(settings: Settings) -> ProcessSettings:
    return ProcessSettings(
        file_sources=_file_sources(settings),
        max_package_bytes=settings.max_package_bytes,
        max_unpacked_bytes=settings.max_unpacked_bytes,
        log_bytes=settings.instance_log_bytes,
        volumes_dir=_volumes(settings),
    )


def _tell_front(link: SupervisorLink, front: FrontRouter) -> Tell:
    """Return what tells the front which container is ready; without a front there is nobody to tell."""

    async def tell(name: str, ready: bool) -> None:
        try:
            if await link.runs():
                await front.tell(name, ready=ready)
        except TaskFailed as error:
            _log.warning("front.not_told", instance=name, ready=ready, error=str(error))

    return tell


async def _tell_nobody(name: str, ready: bool) -> None:
    """Tell nobody: what is not ready any more is about to end."""
