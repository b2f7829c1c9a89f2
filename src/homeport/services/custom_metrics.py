"""What instances tell of themselves: the last reading of each, in memory, or in the store where processes share one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import msgspec

from homeport.identity.redact import Redactor, environment_secrets
from homeport.model.changes import Change, Statement, Value
from homeport.model.clock import SECOND, Clock
from homeport.model.configurations import custom_metrics_of, effective
from homeport.model.custom_metrics import CustomMetrics, Reading
from homeport.model.happenings import instance_event
from homeport.model.records import Component
from homeport.services.configuration_sets import load_set
from homeport.services.context import Context
from homeport.services.credentials import with_secrets
from homeport.store.base import Store

KEPT: Final = 600 * SECOND
"""Microseconds for which a reading is kept that no other has followed."""

_decode = msgspec.json.Decoder(tuple[Reading, ...]).decode


class Readings(Protocol):
    """The last readings of components. At most `MOST_SAMPLES` each instance, and none is older than `KEPT`."""

    async def put(self, component_id: str, readings: Sequence[Reading]) -> None:
        """Keep what the instances of a component told, instead of what was told before."""
        ...

    async def of(self, component_id: str) -> tuple[Reading, ...]:
        """Return what the instances of a component told last."""
        ...

    async def forget_before(self, time: int) -> None:
        """Forget the components of which nothing was read since a time, in microseconds since 1970."""
        ...


class OwnReadings:
    """`Readings` in the memory of the one process that both asks for them and shows them."""

    def __init__(self) -> None:
        self._readings: dict[str, tuple[Reading, ...]] = {}

    async def put(self, component_id: str, readings: Sequence[Reading]) -> None:
        """Keep them."""
        self._readings[component_id] = tuple(readings)

    async def of(self, component_id: str) -> tuple[Reading, ...]:
        """Return them."""
        return self._readings.get(component_id, ())

    async def forget_before(self, time: int) -> None:
        """Forget what is older."""
        kept = {key: some for key, some in self._readings.items() if any(one.at >= time for one in some)}
        self._readings = kept


class SharedReadings:
    """`Readings` in the store: the process that asks for them is not always the one that shows them."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def put(self, component_id: str, readings: Sequence[Reading]) -> None:
        """Write them down."""
        which: dict[str, Value] = {"component_id": component_id}
        if readings:
            text = msgspec.json.encode(readings).decode()
            kept = Statement("keep_readings", which | {"readings": text, "read_at": max(one.at for one in readings)})
        else:
            kept = Statement("remove_readings", which, rows=None)
        await self._store.commit(Change((kept,)))

    async def of(self, component_id: str) -> tuple[Reading, ...]:
        """Return what was written down."""
        row = await self._store.row("readings", component_id=component_id, since=self._clock.now() - KEPT)
        return () if row is None else _decode(str(row["readings"]))

    async def forget_before(self, time: int) -> None:
        """Remove what is older, of components that are gone, too."""
        await self._store.commit(Change((Statement("remove_old_readings", {"before": time}, rows=None),)))


class Asked:
    """What to ask the instances of a component for, and what of the answer to hide."""

    def __init__(self, metrics: CustomMetrics, redactor: Redactor) -> None:
        self.metrics = metrics
        self.hide = redactor.text


async def load_asked(context: Context, component: Component) -> Asked | None:
    """Return what is in effect for a component; None when its instances are asked for nothing."""
    settings = await load_set(context, component.id, component.operation_id)
    metrics = custom_metrics_of(settings)
    if metrics is None:
        return None
    workload = await with_secrets(context, component.project_id, effective(settings))
    referred = (workload.env[one] for one in workload.secrets if one in workload.env)
    return Asked(metrics, Redactor((*environment_secrets(workload.env), *referred)))


async def tell_of_failures(context: Context, component: Component, failed: Sequence[Reading]) -> None:
    """Tell of instances that do not tell their metrics (any more)."""
    statements = tuple(
        instance_event(
            component.id,
            "FailedScrape",
            f"The metrics of instance {one.instance} cannot be had: {one.failure}",
            now=one.at,
            instance=one.instance,
            warning=True,
        )
        for one in failed
    )
    if statements:
        await context.store.commit(Change(statements))
