"""Snapshots: the versions of a component that served, that it can be rolled back to, and how two of them differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from homeport.identity.redact import Redactor, tells_of_a_secret
from homeport.model.comparison import HIDDEN, Difference, differences
from homeport.model.errors import InvalidParameter
from homeport.model.records import Component, Snapshot
from homeport.services.configuration_sets import load_set
from homeport.services.context import Context
from homeport.store.loading import record

_VARIABLES: Final = "configurations.env."
_NAMED_BY_USERS: Final = ("configurations.", "build.")
"""Where a name that tells of a secret has one below it; `source.code.auth_name` is the name of a credential."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two snapshots, and what differs from the first to the second."""

    first: Snapshot
    second: Snapshot
    differences: tuple[Difference, ...]


async def list_snapshots(context: Context, component: Component) -> list[Snapshot]:
    """Return a component's snapshots in the order of their index."""
    return [record(Snapshot, row) for row in await context.store.rows("snapshots", component_id=component.id)]


async def compare_snapshots(
    context: Context, component: Component, first: int | None = None, second: int | None = None
) -> Comparison:
    """Return what differs between two snapshots: the newest and the one before it, unless they are named.

    Values of environment variables are hidden, and in configurations and build parameters those below a name that tells
    of a secret; of addresses, their credentials.

    Raises:
        InvalidParameter: the component has no such snapshot.
    """
    found = await list_snapshots(context, component)
    if not found:
        raise _refused("second", "is left out, and there is none: each deployment makes one", found)
    after = found[-1] if second is None else _named("second", found, second)
    if first is not None:
        before = _named("first", found, first)
    elif earlier := [one for one in found if one.idx < after.idx]:
        before = earlier[-1]
    else:
        raise _refused("first", f"is left out, and there is none before {after.idx}", found)
    return Comparison(
        first=before,
        second=after,
        differences=differences(await _facts(context, before), await _facts(context, after), _shown),
    )


def _named(name: str, snapshots: Sequence[Snapshot], index: int) -> Snapshot:
    for snapshot in snapshots:
        if snapshot.idx == index:
            return snapshot
    raise _refused(name, f"is {index}, which no snapshot of the component has", snapshots)


def _refused(name: str, problem: str, snapshots: Sequence[Snapshot]) -> InvalidParameter:
    there = ", ".join(str(one.idx) for one in snapshots)
    return InvalidParameter(name, problem, allowed=f"the index of a snapshot: {there or 'none yet'}")


async def _facts(context: Context, snapshot: Snapshot) -> dict[str, Any]:
    """Return what a rollback to a snapshot brings back, as one JSON object."""
    settings = await load_set(context, snapshot.component_id, snapshot.operation_id)
    return {
        "version": snapshot.version,
        "runtime": snapshot.runtime,
        "source": msgspec.json.decode(snapshot.source),
        "build": msgspec.json.decode(snapshot.build) if snapshot.build else None,
        "resource_limit": msgspec.json.decode(snapshot.resource_limit),
        "configurations": {type_: _plain(msgspec.json.decode(data)) for type_, data in settings.items()},
    }


def _plain(data: Any) -> Any:
    """Return the data of a configuration without the `spec` around it, where there is nothing else."""
    return data["spec"] if isinstance(data, dict) and set(data) == {"spec"} else data


def _shown(path: str, value: str) -> str:
    if f"{path}.".startswith(_VARIABLES):
        return HIDDEN
    if path.startswith(_NAMED_BY_USERS) and any(tells_of_a_secret(part) for part in path.split(".")):
        return HIDDEN
    return Redactor().text(value)
