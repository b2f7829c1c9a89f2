"""The sets of configurations that are in force with operations: found, and unsealed."""

from __future__ import annotations

import msgspec

from homeport.model.configurations import ConfigurationSet
from homeport.model.records import Configuration
from homeport.services.context import Context
from homeport.store.loading import record

_decode_set = msgspec.json.Decoder(ConfigurationSet).decode


async def load_set(context: Context, component_id: str, operation_id: str | None) -> ConfigurationSet:
    """Return what is in force with an operation, unsealed: `data` by type; empty for None and for an unknown one.

    Raises:
        VaultError: it cannot be opened (another master key, a damaged row).
    """
    configuration = None if operation_id is None else await find_configuration(context, component_id, operation_id)
    return {} if configuration is None else unsealed(context, configuration)


async def newest_operation(context: Context, component_id: str) -> str | None:
    """Return the id of the operation stored last, which deploy and configure bring into effect; None without any."""
    newest = await newest_configuration(context, component_id)
    return None if newest is None else newest.operation_id


async def newest_configuration(context: Context, component_id: str) -> Configuration | None:
    """Return the operation that was stored last, sealed; None without any."""
    row = await context.store.row("newest_configuration", component_id=component_id)
    return None if row is None else record(Configuration, row)


async def find_configuration(context: Context, component_id: str, operation_id: str) -> Configuration | None:
    """Return an operation of a component, sealed; None for an unknown one."""
    row = await context.store.row("configuration", component_id=component_id, operation_id=operation_id)
    return None if row is None else record(Configuration, row)


def unsealed(context: Context, configuration: Configuration) -> ConfigurationSet:
    """Return the set that is in force with a stored operation. Raises `VaultError` as `load_set`."""
    place = set_context(configuration.component_id, configuration.operation_id)
    return _decode_set(context.vault.unseal(configuration.items, place))


def set_context(component_id: str, operation_id: str) -> str:
    """Return what the set of an operation is sealed to."""
    return f"configuration:{component_id}:{operation_id}"
