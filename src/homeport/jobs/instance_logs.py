"""The log of an instance as a user reads it: through the driver of its environment, the component's secrets hidden."""

from __future__ import annotations

import codecs
import re
from collections.abc import AsyncGenerator, Mapping
from typing import Final

from homeport.drivers.base import Driver
from homeport.identity.redact import Redactor, environment_secrets
from homeport.model.causes import TaskFailed
from homeport.model.configurations import effective, env_of
from homeport.model.errors import InstanceNotFound, Unavailable
from homeport.model.records import Component
from homeport.services.configuration_sets import load_set
from homeport.services.context import Context
from homeport.services.credentials import with_secrets
from homeport.services.orders import open_order
from homeport.store.loading import load_environment, load_instances

_NAME: Final = re.compile(r"[a-z0-9-]+")


async def instance_log(
    context: Context,
    drivers: Mapping[str, Driver],
    component: Component,
    instance: str,
    *,
    tail: int | None,
    follow: bool,
) -> AsyncGenerator[bytes, None]:
    """Return the log of a component's instance as it arrives; empty while the instance has written nothing.

    Raises:
        InstanceNotFound: the component has no instance of this name, and no log of one that is gone.
        Unavailable: its driver does not answer.
    """
    environment = await load_environment(context.store, component.environment_id)
    driver = drivers.get(environment.driver) if environment else None
    try:
        if driver is None or not _NAME.fullmatch(instance) or not await _known(context, driver, component, instance):
            raise InstanceNotFound(component.id, instance)
    except TaskFailed as error:
        raise Unavailable(f"The log of instance {instance} cannot be read: {error.failure.what}") from error
    redactor = await _redactor(context, component)
    return _redacted(driver, redactor, component.id, instance, tail=tail, follow=follow)


async def _known(context: Context, driver: Driver, component: Component, instance: str) -> bool:
    row = await context.store.row("instance", name=instance)
    if row is not None:
        return row["component_id"] == component.id
    return any([True async for _ in driver.logs(component.id, instance, tail=1, follow=False)])


async def _redactor(context: Context, component: Component) -> Redactor:
    """Return what hides every secret the component ever had: older instances ran with older ones.

    Of secrets that variables refer to, it is those that its instances were made with, and those that are stored now.
    """
    instances = await load_instances(context.store, component.id)
    secrets = {secret for one in instances for secret in environment_secrets(open_order(context, one).env)}
    for row in await context.store.rows("configuration_times", component_id=component.id):
        settings = await load_set(context, component.id, str(row["operation_id"]))
        secrets.update(environment_secrets(env_of(settings)))
        workload = await with_secrets(context, component.project_id, effective(settings))
        secrets.update(workload.env[one] for one in workload.secrets if one in workload.env)
    return Redactor(secrets)


async def _redacted(
    driver: Driver, redactor: Redactor, component_id: str, instance: str, *, tail: int | None, follow: bool
) -> AsyncGenerator[bytes, None]:
    stream = redactor.stream()
    decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
    async for piece in driver.logs(component_id, instance, tail=tail, follow=follow):
        if text := stream.feed(decode(piece)):
            yield text.encode()
    if rest := stream.feed(decode(b"", True)) + stream.flush():
        yield rest.encode()
