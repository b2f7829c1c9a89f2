"""Configurations of components: store, reset, list, and read what an operation put in force.

Every `data` is sealed by the vault, as env values and passwords stand in it. An operation is stored twice: as the set
that is in force with it (what instances are started with, kept as long as a snapshot may bring it back), and as its own
items (the history, which a reset removes).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from homeport.model.changes import Change, Statement
from homeport.model.configuration_rules import applied_item, check_size
from homeport.model.configurations import Listed, NewItem, in_effect, laid_over, next_operated_at, standing, volumes_of
from homeport.model.effects import Shortcoming, shortcomings, without_buckets
from homeport.model.environments import SIMULATED
from homeport.model.errors import ComponentNotFound
from homeport.model.happenings import component_event
from homeport.model.records import Component, Configuration, ConfigurationItem
from homeport.services.configuration_sets import (
    find_configuration,
    load_set,
    newest_configuration,
    set_context,
    unsealed,
)
from homeport.services.context import Context
from homeport.services.credentials import bucket_names
from homeport.services.deciding import Decision, accept
from homeport.services.ports import refuse_taken_ports
from homeport.services.volumes import named_volumes
from homeport.store.loading import load_component, load_environment, record


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One operation on a component's configurations: its id, when it counts as done (microseconds), and its items."""

    id: str
    operated_at: int
    items: tuple[NewItem, ...]


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """An item as a list shows it; `data` is its user's JSON, None where the item resets its type."""

    type: str
    data: bytes | None
    operation_id: str
    operated_at: int
    activated: bool
    """Whether a deploy or configure has carried it, perhaps under a newer item of its type."""
    used: bool
    """Whether it is what its type runs with now."""


async def store_configurations(context: Context, component: Component, items: Sequence[NewItem]) -> Operation | None:
    """Store checked items as one operation and return it; None for no items, which stores nothing.

    They take effect with the next deploy or configure; operators are applied to what is in effect now. What has no
    effect where the component runs, an event tells.

    Raises:
        InvalidParameter: all types together would be too large, or operators cannot be applied.
        PortClash: another component has a port that would be opened.
        ComponentNotFound: the component is gone meanwhile.
    """

    async def attempt() -> Decision[Operation | None]:
        current = await _require(context, component.id)
        if not items:
            return Decision(None, None)
        is_relative = any(item.type == "access" for item in items)
        in_force = await load_set(context, component.id, current.operation_id) if is_relative else {}
        effects = await named_volumes(context, component, applied_items(items, in_force, "items"))
        newest = await newest_configuration(context, component.id)
        draft = {} if newest is None else unsealed(context, newest)
        operation = plan_operation(context, newest, items)
        settings = laid_over(draft, effects)
        await refuse_taken_ports(context, component, effects, "items")
        check_size(settings, "items")
        statements = operation_statements(context, component.id, operation, settings)
        told = await warnings(context, component, effects)
        return Decision(operation, Change((*_guards(component.id, newest), *statements, *told)))

    return await accept(context, attempt)


async def remove_configurations(context: Context, component: Component) -> None:
    """Reset every type, and forget the history. What runs goes on with what it has until the next deploy or configure.

    Snapshots can still be rolled back to: the sets of their operations stay.

    Raises:
        ComponentNotFound: the component is gone meanwhile.
    """

    async def attempt() -> Decision[None]:
        await _require(context, component.id)
        newest = await newest_configuration(context, component.id)
        if newest is None:
            return Decision(None, None)
        operation = plan_operation(context, newest, ())
        statements = operation_statements(context, component.id, operation, {})
        forget = Statement("remove_configuration_items", {"component_id": component.id}, rows=None)
        return Decision(None, Change((*_guards(component.id, newest), forget, *statements)))

    await accept(context, attempt)


async def list_history(context: Context, component: Component) -> list[Stored]:
    """Return every stored item since the last reset of all, the newest first."""
    rows = await context.store.rows("configuration_items", component_id=component.id)
    items = [record(ConfigurationItem, row) for row in rows]
    times = {
        str(row["operation_id"]): int(row["operated_at"] or 0)
        for row in await context.store.rows("configuration_times", component_id=component.id)
    }
    served = [
        str(row["operation_id"]) for row in await context.store.rows("snapshot_operations", component_id=component.id)
    ]
    return [_shown(context, listed) for listed in standing(items, times, component.operation_id, served)]


def _shown(context: Context, listed: Listed) -> Stored:
    item = listed.item
    return Stored(
        type=item.type,
        data=None if item.data is None else context.vault.unseal(item.data, _item_context(item)),
        operation_id=item.operation_id,
        operated_at=item.operated_at,
        activated=listed.activated,
        used=listed.used,
    )


async def list_effective(context: Context, component: Component) -> list[Stored]:
    """Return what the component runs with, a type an item; nothing before its first deployment."""
    if component.operation_id is None:
        return []
    configuration = await find_configuration(context, component.id, component.operation_id)
    if configuration is None:
        return []
    return [
        Stored(
            type=type_,
            data=in_effect(type_, bytes(data)),
            operation_id=configuration.operation_id,
            operated_at=configuration.operated_at,
            activated=True,
            used=True,
        )
        for type_, data in unsealed(context, configuration).items()
    ]


async def warnings(context: Context, component: Component, items: Sequence[NewItem]) -> tuple[Statement, ...]:
    """Return the statements that tell what of the items has no effect where the component runs; of resets nothing."""
    environment = await load_environment(context.store, component.environment_id)
    driver = "" if environment is None else environment.driver
    told = [one for item in items for one in shortcomings(driver, item)]
    if driver != SIMULATED:
        told += await _unmountable(context, component, driver, items)
    return tuple(
        component_event(
            component.id,
            one.event,
            one.message,
            now=context.clock.now(),
            involved=component.name,
            kind="Component",
            warning=True,
        )
        for one in told
    )


async def _unmountable(
    context: Context, component: Component, driver: str, items: Sequence[NewItem]
) -> list[Shortcoming]:
    settings = {item.type: msgspec.Raw(item.data) for item in items if item.data is not None}
    mounts = volumes_of(settings)
    if not mounts or not (why := context.no_buckets()):
        return []
    names = await bucket_names(context, component.project_id, (mount.volume for mount in mounts))
    return [without_buckets(driver, names, why)] if names else []


def applied_items(items: Sequence[NewItem], effective: Mapping[str, msgspec.Raw], field: str) -> list[NewItem]:
    """Return checked items as they come into effect; raises as `applied_item`. `field` is their path in the request."""
    return [applied_item(item, effective, f"{field}[{index}]") for index, item in enumerate(items)]


def plan_operation(context: Context, newest: Configuration | None, items: Sequence[NewItem]) -> Operation:
    """Return a new operation that follows the newest one."""
    operated_at = next_operated_at(None if newest is None else newest.operated_at, context.clock.now())
    return Operation(id=context.ids.uuid(), operated_at=operated_at, items=tuple(items))


def operation_statements(
    context: Context, component_id: str, operation: Operation, settings: Mapping[str, msgspec.Raw]
) -> tuple[Statement, ...]:
    """Return the statements that store an operation, its items and the set that is in force with it, all sealed."""
    sealed = context.vault.seal(msgspec.json.encode(settings), set_context(component_id, operation.id))
    configuration = Configuration(
        component_id=component_id, operation_id=operation.id, items=sealed, operated_at=operation.operated_at
    )
    items = [_sealed(context, component_id, operation, position) for position in range(len(operation.items))]
    return (
        Statement("add_configuration", msgspec.structs.asdict(configuration)),
        *(Statement("add_configuration_item", msgspec.structs.asdict(item)) for item in items),
    )


def _sealed(context: Context, component_id: str, operation: Operation, position: int) -> ConfigurationItem:
    new = operation.items[position]
    item = ConfigurationItem(
        component_id=component_id,
        operation_id=operation.id,
        position=position,
        type=new.type,
        data=None,
        operated_at=operation.operated_at,
    )
    if new.data is None:
        return item
    return msgspec.structs.replace(item, data=context.vault.seal(new.data, _item_context(item)))


def _guards(component_id: str, newest: Configuration | None) -> tuple[Statement, ...]:
    # Two operations on the same newest one would each lack what the other set.
    name = "" if newest is None else newest.operation_id
    return (
        Statement("hold_component", {"id": component_id}),
        Statement("check_newest_configuration", {"component_id": component_id, "operation_id": name}),
    )


async def _require(context: Context, component_id: str) -> Component:
    component = await load_component(context.store, component_id)
    if component is None:
        raise ComponentNotFound(component_id)
    return component


def _item_context(item: ConfigurationItem) -> str:
    return f"configuration-item:{item.component_id}:{item.operation_id}:{item.position}"
