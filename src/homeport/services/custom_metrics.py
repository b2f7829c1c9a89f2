"""What instances tell of themselves: the last reading of each, in the memory of the process that asks them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from homeport.identity.redact import Redactor, environment_secrets
from homeport.model.changes import Change
from homeport.model.clock import SECOND
from homeport.model.configurations import custom_metrics_of, env_of
from homeport.model.custom_metrics import CustomMetrics, Reading
from homeport.model.happenings import instance_event
from homeport.model.records import Component
from homeport.services.configuration_sets import load_set
from homeport.services.context import Context

KEPT: Final = 600 * SECOND
"""Microseconds for which a reading is kept that no other has followed."""


class Readings:
    """The last readings of components. At most `MOST_SAMPLES` each instance, and none is older than `KEPT`."""

    def __init__(self) -> None:
        self._readings: dict[str, tuple[Reading, ...]] = {}

    def put(self, component_id: str, readings: Sequence[Reading]) -> None:
        """Keep what the instances of a component told, instead of what was told before."""
        self._readings[component_id] = tuple(readings)

    def of(self, component_id: str) -> tuple[Reading, ...]:
        """Return what the instances of a component told last."""
        return self._readings.get(component_id, ())

    def forget_before(self, time: int) -> None:
        """Forget the components of which nothing was read since a time."""
        kept = {key: some for key, some in self._readings.items() if any(one.at >= time for one in some)}
        self._readings = kept


class Asked:
    """What to ask the instances of a component for, and what of the answer to hide."""

    def __init__(self, metrics: CustomMetrics, redactor: Redactor) -> None:
        self.metrics = metrics
        self.hide = redactor.text


async def load_asked(context: Context, component: Component) -> Asked | None:
    """Return what is in effect for a component; None when its instances are asked for nothing."""
    settings = await load_set(context, component.id, component.operation_id)
    metrics = custom_metrics_of(settings)
    return None if metrics is None else Asked(metrics, Redactor(environment_secrets(env_of(settings))))


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
