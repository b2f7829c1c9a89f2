"""What a component's configurations open to its users: further addresses, and the certificates that they show."""

from __future__ import annotations

import msgspec

from homeport.model.access import Entrance
from homeport.model.configurations import access_of
from homeport.model.records import Component
from homeport.services.certificates import pems_of
from homeport.services.configuration_sets import load_set
from homeport.services.context import Context


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """The further addresses of a component; `certificates` are PEM by the name that entrances call them."""

    entrances: tuple[Entrance, ...] = ()
    certificates: dict[str, str] = {}


async def load_entrances(context: Context, component_id: str, operation_id: str | None) -> tuple[Entrance, ...]:
    """Return the further addresses that are in force with an operation; none for None."""
    return access_of(await load_set(context, component_id, operation_id))


async def load_opened(context: Context, component: Component, operation_id: str | None) -> Opened:
    """Return what is opened with an operation, with the certificates it needs as far as there are any of their names.

    Raises:
        VaultError: it cannot be unsealed (another master key, a damaged row).
    """
    entrances = await load_entrances(context, component.id, operation_id)
    names = {entrance.certificate for entrance in entrances if entrance.certificate}
    return Opened(entrances=entrances, certificates=await pems_of(context, component.environment_id, names))
