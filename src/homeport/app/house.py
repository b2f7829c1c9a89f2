"""Everything that runs in one process, put together by the settings: drivers, engine, controllers, API."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from enum import Enum
from typing import Final

import msgspec

from homeport.api.authenticator import IdentityAuthenticator
from homeport.api.cae_v1.places import Parts
from homeport.api.edge import Edge, request_ids
from homeport.api.handlers import all_handlers
from homeport.app.drivers import default_driver, make_drivers
from homeport.app.engine import engine_at_work
from homeport.app.logs import log_reader
from homeport.app.routers import haproxy_of
from homeport.app.stores import opened_store
from homeport.drivers.base import Driver
from homeport.drivers.s3fs import find_s3fs
from homeport.identity.first_start import Given, SetUp, set_up
from homeport.identity.parts import Identity, open_identity
from homeport.identity.vault import Vault, load_or_create_master_key, parse_master_key
from homeport.jobs.crashing import crash_points
from homeport.jobs.tools import EngineRules, Tools
from homeport.log_setup import get_logger
from homeport.model.causes import TaskFailed
from homeport.model.clock import SECOND, SystemClock
from homeport.model.ids import SystemIds
from homeport.routing.base import Router
from homeport.services.context import Context, HouseRules
from homeport.services.custom_metrics import OwnReadings, SharedReadings
from homeport.settings import Settings

CREDENTIALS_FILE: Final = "credentials.json"
"""In the data folder: how the admin calls the API; mode 0600."""
ENDPOINT_FILE: Final = "endpoint.json"
"""In the data folder while an engine runs: where it listens, and its process id."""

_log = get_logger()


class Part(Enum):
    """Which parts of Homeport a process runs."""

    BOTH = "serve"
    API = "api"
    ENGINE = "worker"

    @property
    def engine(self) -> bool:
        """Whether it does jobs."""
        return self is not Part.API


class House(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that runs in one process, put together."""

    context: Context
    identity: Identity
    edge: Edge
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
async def open_house(settings: Settings, part: Part = Part.BOTH) -> AsyncIterator[House]:
    """Open the store, make the drivers, and let the engine and the controllers work until the end of the block.

    A process without an engine has no drivers.
    """
    clock = SystemClock()
    ids = SystemIds(clock)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(opened_store(settings, clock, engine=part.engine))
        vault = _vault(settings, ids)
        identity = open_identity(store, vault, clock, ids)
        stack.callback(identity.close)
        found = await set_up(store, identity, vault, ids, _given(settings), settings.data_dir / CREDENTIALS_FILE)
        drivers: dict[str, Driver] = {}
        routers: dict[str, Router] = {}
        if part.engine:
            haproxy = await haproxy_of(settings)
            drivers, routers = make_drivers(settings, store, clock, ids, haproxy=haproxy)
        for driver in drivers.values():
            stack.push_async_callback(driver.close)
        rules = _house_rules(settings, await default_driver(settings, clock))
        context = Context(store, clock, ids, vault, rules)
        if part.engine:
            context = msgspec.structs.replace(context, no_buckets=lambda: find_s3fs().shortcoming)
        tools = Tools(
            context=context,
            drivers=drivers,
            routers=routers,
            rules=_engine_rules(settings),
            readings=SharedReadings(store, clock) if settings.store else OwnReadings(),
            crash=crash_points(os.environ),
        )
        parts = Parts(context=context, front_host=_url_host(settings.front_host))
        edge = Edge(
            all_handlers(parts, identity, log_reader(context, drivers, shared=bool(settings.store)), tools.readings),
            IdentityAuthenticator(identity, clock),
            request_ids(ids),
        )
        if part.engine:
            await stack.enter_async_context(
                engine_at_work(tools, settings.shutdown_seconds, shared=bool(settings.store))
            )
        yield House(context=context, identity=identity, edge=edge, drivers=drivers, set_up=found)


def _vault(settings: Settings, ids: SystemIds) -> Vault:
    if settings.master_key:
        return Vault(parse_master_key(settings.master_key), ids)
    return Vault(load_or_create_master_key(settings.data_dir / "master.key", ids), ids)


def _given(settings: Settings) -> Given:
    return Given(**{name: getattr(settings, name) or None for name in Given.__struct_fields__})


def _house_rules(settings: Settings, driver: str) -> HouseRules:
    return HouseRules(
        default_driver=driver,
        job_limit=int(settings.job_seconds * SECOND),
        components_per_environment=settings.components_per_environment,
        unfinished_as_failed=settings.report_unfinished_as_failed,
        key_time=int(settings.idempotency_key_seconds * SECOND),
        job_time=int(settings.job_days * 86_400 * SECOND),
        history_time=int(settings.history_days * 86_400 * SECOND),
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
        scaling_period=int(settings.scaling_seconds * SECOND),
        metrics_period=int(settings.metrics_seconds * SECOND),
    )


def _url_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
