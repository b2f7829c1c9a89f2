"""What the commits of a job leave of its component and its instances, so that they need not be read again.

Nobody else changes them while the job is its worker's, so what was read once can follow the job's own statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from homeport.model.changes import Statement, Value
from homeport.model.records import Component, Instance

_Params = Mapping[str, Value]


class Known(msgspec.Struct, frozen=True, gc=False):
    """A job's component and its instances, oldest first; None for what has to be read."""

    component: Component | None = None
    instances: tuple[Instance, ...] | None = None


def after(known: Known, statements: Iterable[Statement]) -> Known:
    """Return what is known once statements were committed: nothing behind one of which it is not known what it does."""
    for statement in statements:
        if statement.name not in _APART:
            step = _STEPS.get(statement.name)
            if step is None:
                return Known()
            known = step(known, statement.params)
    return known


def _component(*columns: str) -> Callable[[Known, _Params], Known]:
    """Return the step of a statement that sets columns of the component."""

    def step(known: Known, params: _Params) -> Known:
        if known.component is None:
            return known
        written = {column: params[column] for column in columns}
        return Known(msgspec.structs.replace(known.component, **written), known.instances)

    return step


def _added(known: Known, params: _Params) -> Known:
    if known.instances is None:
        return known
    instances = (*known.instances, msgspec.convert(params, Instance))
    return Known(known.component, tuple(sorted(instances, key=lambda one: (one.created_at, one.name))))


def _restated(known: Known, params: _Params) -> Known:
    if known.instances is None:
        return known
    return Known(known.component, tuple(_with_status(one, params) for one in known.instances))


def _with_status(instance: Instance, params: _Params) -> Instance:
    if instance.name != params["name"] or instance.status == params["status"]:
        return instance
    return msgspec.structs.replace(instance, status=params["status"], updated_at=params["now"])


def _removed(known: Known, params: _Params) -> Known:
    if known.instances is None:
        return known
    return Known(known.component, tuple(one for one in known.instances if one.name != params["name"]))


_APART: Final = frozenset(
    {
        "move_job",
        "move_task",
        "add_job_event",
        "check_job_fence",
        "add_task_log",
        "clear_task_log",
        "drop_task_log_middle",
        "count_component_event",
    }
)
"""Statements that touch neither the component nor its instances."""

_STEPS: Final[dict[str, Callable[[Known, _Params], Known]]] = {
    "raise_component_fence": _component("fence"),
    "route_component": _component("route", "port"),
    "add_instance": _added,
    "set_instance_status": _restated,
    "remove_instance": _removed,
}
