"""The configurations calls (contract/contract.md, section 8)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Final

from msgspec import UNSET, Raw, UnsetType

from homeport.api import queries
from homeport.api.bodies import sent
from homeport.api.cae_v1.answers import ConfigurationItemAnswer, ConfigurationsAnswer
from homeport.api.cae_v1.places import Parts, component_of, time_text
from homeport.api.cae_v1.schemas import ConfigurationItem, CreateComponentConfigurationBody
from homeport.api.calls import Answer, Call, Handler, empty_answer, json_answer
from homeport.api.once import carry_out
from homeport.model.configuration_rules import check_types_differ, checked_item
from homeport.model.configurations import NewItem
from homeport.services import configurations
from homeport.services.configurations import Operation, Stored
from homeport.services.context import Context

_QUICK: Final = 32 * 1024


def handlers(parts: Parts) -> dict[str, Handler]:
    """Return the handlers by operation id."""
    context = parts.context

    async def list_configurations(call: Call) -> Answer:
        component = await component_of(context, call)
        mode = queries.one_of(call.query, "displayMode", "", allowed=("latestEffective",))
        show = configurations.list_effective if mode else configurations.list_history
        return json_answer(ConfigurationsAnswer(items=[_view(item) for item in await show(context, component)]))

    async def create_configurations(call: Call) -> Answer:
        component = await component_of(context, call)
        body = await call.decode(CreateComponentConfigurationBody)
        items = await checked_items(body.items or (), "items")

        def act(within: Context) -> Awaitable[Operation | None]:
            return configurations.store_configurations(within, component, items)

        return await carry_out(context, call, act, lambda _: empty_answer())

    async def delete_configurations(call: Call) -> Answer:
        await configurations.remove_configurations(context, await component_of(context, call))
        return empty_answer()

    return {
        "ListComponentConfigurations": list_configurations,
        "CreateComponentConfiguration": create_configurations,
        "DeleteComponentConfiguration": delete_configurations,
    }


async def checked_items(items: Sequence[ConfigurationItem], field: str) -> list[NewItem]:
    """Return the items of a body as they are stored; `field` is their path in the body.

    Raises as `checked_item` and `check_types_differ` do.
    """
    size = sum(len(sent(item.data) or b"") for item in items)
    if size <= _QUICK:
        return _checked(items, field)
    return await asyncio.to_thread(_checked, items, field)


def _checked(items: Sequence[ConfigurationItem], field: str) -> list[NewItem]:
    check_types_differ([item.type for item in items], field)
    return [checked_item(item.type, sent(item.data), f"{field}[{index}]") for index, item in enumerate(items)]


def stored_items(operation: Operation) -> list[ConfigurationItemAnswer]:
    """Return the items of an operation that was stored just now, as CreateComponentWithConfiguration shows them."""
    return [
        ConfigurationItemAnswer(
            type=item.type,  # type: ignore[arg-type]  # checked when it was stored
            data=_raw(item.data),
            operation_id=operation.id,
            operated_at=time_text(operation.operated_at),
            is_activated=False,
        )
        for item in operation.items
    ]


def _view(item: Stored) -> ConfigurationItemAnswer:
    return ConfigurationItemAnswer(
        type=item.type,  # type: ignore[arg-type]  # checked when it was stored
        data=_raw(item.data),
        operation_id=item.operation_id,
        operated_at=time_text(item.operated_at),
        is_activated=item.activated,
        is_using=item.used,
    )


def _raw(data: bytes | None) -> Raw | UnsetType:
    return UNSET if data is None else Raw(data)
