"""Who reads the log of an instance: this process, where it has the driver of its node, else a worker of that node."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping

from homeport.api.homeport_v1.instances import LogReader
from homeport.drivers.base import Driver
from homeport.jobs.instance_logs import instance_log
from homeport.model.causes import TaskFailed
from homeport.model.records import Component, Environment
from homeport.services.context import Context
from homeport.services.log_readings import log_from_node
from homeport.store.loading import load_environment


def log_reader(context: Context, drivers: Mapping[str, Driver], *, shared: bool) -> LogReader:
    """Return what reads the log of an instance; `shared` tells that workers elsewhere have the store, too."""

    async def read(
        component: Component, instance: str, *, tail: int | None, follow: bool
    ) -> AsyncGenerator[bytes, None]:
        environment = await load_environment(context.store, component.environment_id) if shared else None
        if environment is None or await _is_here(environment, drivers):
            return await instance_log(context, drivers, component, instance, tail=tail, follow=follow)
        return await log_from_node(context, environment, component, instance, tail=tail, follow=follow)

    return read


async def _is_here(environment: Environment, drivers: Mapping[str, Driver]) -> bool:
    driver = drivers.get(environment.driver)
    try:
        return driver is not None and await driver.node() == environment.node
    except TaskFailed:
        return False
