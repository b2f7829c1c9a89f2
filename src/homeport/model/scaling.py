"""How many instances a component shall have, by its load and by the time: configuration type `scaling`.

The load counts by the formula of Kubernetes' HorizontalPodAutoscaler, which CAE documents for its own (user manual,
cae_03_0058): `ceil(current x metric / target)`, nothing within a tenth of the target, a window of the past that damps.
The figures of `Advanced` are those of the contract's example (contract/contract.md, section 8).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

import msgspec
from cronsim import CronSim

from homeport.model.clock import SECOND

MOST_INSTANCES: Final = 99
"""contract/contract.md, section 6.1."""
TOLERANCE: Final = 0.1
"""How far from its target, as a part of it, a metric may be without a move."""
METRICS: Final = ("cpu", "memory")
"""The types of triggers that go by load."""

_LOOK_BACK: Final = timedelta(days=366)
_FULL: Final = 100.0


class Schedule(msgspec.Struct, frozen=True):
    """From each time of `cron` (five fields, UTC) on there shall be `target_replica` instances."""

    cron: str
    target_replica: int


class TriggerFacts(msgspec.Struct, frozen=True):
    """What a trigger goes by: `value` is percent of the limit, `schedulers` are for type cron."""

    type: str = "Utilization"
    value: str | int | float | None = None
    schedulers: tuple[Schedule, ...] = ()


class Trigger(msgspec.Struct, frozen=True):
    """One trigger; of other types than cpu, memory and cron nothing follows."""

    type: str
    metadata: TriggerFacts = TriggerFacts()


class Advanced(msgspec.Struct, frozen=True):
    """How a metric's recommendations are damped. A rate is the most instances that one move adds or takes."""

    scaledown_stabilization_seconds: int = 300
    scaledown_rate: int = 99
    scaleup_stabilization_seconds: int = 0
    scaleup_rate: int = 4
    disable_scaledown: bool = False


class ScalingRule(msgspec.Struct, frozen=True):
    """`data.spec` of type scaling."""

    scale_strategy: Literal["metric", "time", "mix"] = "mix"
    max_replica_count: int = MOST_INSTANCES
    min_replica_count: int = 1
    advanced: Advanced = Advanced()
    triggers: tuple[Trigger, ...] = ()

    @property
    def targets(self) -> dict[str, float]:
        """Percent of its limit that each metric shall be at; empty where the strategy is time."""
        triggers = () if self.scale_strategy == "time" else self.triggers
        return {one.type: float(one.metadata.value or 0) for one in triggers if one.type in METRICS}

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        """The time rules; empty where the strategy is metric."""
        triggers = () if self.scale_strategy == "metric" else self.triggers
        return tuple(schedule for one in triggers if one.type == "cron" for schedule in one.metadata.schedulers)


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """How a component does: how many instances it shall have, and by metric what each one uses.

    Uses are percent of the instance's limit, None for an instance of which it is not known or that is not ready.
    """

    current: int
    uses: Mapping[str, Sequence[float | None]] = {}


class Advice(msgspec.Struct, frozen=True):
    """A number of instances at a time (microseconds), and why."""

    at: int
    replica: int
    reason: str = ""


def advise_by_load(rule: ScalingRule, load: Load, now: int) -> Advice:
    """Return what the load alone calls for, before it is damped: the most that one of the metrics calls for.

    The current number where no metric is known.
    """
    found = [
        Advice(now, wanted, _in_words(metric, load.uses[metric], target))
        for metric, target in rule.targets.items()
        if (wanted := wanted_by(load.current, load.uses.get(metric, ()), target)) is not None
    ]
    return max(found, key=lambda one: one.replica, default=Advice(now, load.current))


def wanted_by(current: int, uses: Sequence[float | None], target: float) -> int | None:
    """Return how many instances a metric calls for; None when it is known of no instance.

    Instances of which it is not known count as full when there seem to be too many, as idle when there seem to be too
    few, so that not knowing never makes a move larger (HPA's algorithm, missing metrics).
    """
    known = [use for use in uses if use is not None]
    if not known:
        return None
    ratio = sum(known) / len(known) / target
    missing = len(uses) - len(known)
    if missing:
        before = ratio
        ratio = (sum(known) + missing * (max(_FULL, target) if ratio < 1 else 0.0)) / len(uses) / target
        if (before < 1) != (ratio < 1):
            return current
    if abs(1 - ratio) <= TOLERANCE + 1e-9:
        return current
    return math.ceil(round(ratio * len(uses), 6))


def decide(rule: ScalingRule, load: Load, history: Sequence[Advice], now: int) -> Advice:
    """Return how many instances there shall be now; the last of `history` is what the load calls for now."""
    advice = _damped(rule.advanced, load.current, history, now) if rule.targets else Advice(now, load.current)
    scheduled = due(rule.schedules, now)
    if scheduled is not None and (not rule.targets or scheduled.replica > advice.replica):
        advice = scheduled
    if advice.replica < rule.min_replica_count:
        return Advice(now, rule.min_replica_count, f"min_replica_count is {rule.min_replica_count}")
    if advice.replica > rule.max_replica_count:
        held = Advice(now, rule.max_replica_count, f"max_replica_count is {rule.max_replica_count}")
        return held if not advice.reason else Advice(now, held.replica, f"{advice.reason}, and {held.reason}")
    return advice


def _damped(advanced: Advanced, current: int, history: Sequence[Advice], now: int) -> Advice:
    """Return the move that all advice of the windows agrees on, no larger than the rates allow."""
    least = min(_within(history, advanced.scaleup_stabilization_seconds, now), key=lambda one: one.replica)
    most = max(_within(history, advanced.scaledown_stabilization_seconds, now), key=lambda one: one.replica)
    if least.replica > current:
        return Advice(now, min(least.replica, current + advanced.scaleup_rate), least.reason)
    if most.replica < current and not advanced.disable_scaledown:
        return Advice(now, max(most.replica, current - advanced.scaledown_rate), most.reason)
    return Advice(now, current)


def _within(history: Sequence[Advice], seconds: int, now: int) -> list[Advice]:
    return [*(one for one in history if one.at > now - seconds * SECOND), history[-1]]


def due(schedules: Sequence[Schedule], now: int) -> Advice | None:
    """Return what the time rule says whose time came last; of several of that time, the one with most instances.

    It holds until the next one's time. None when none was due within a year.
    """
    times = [(last, schedule) for schedule in schedules if (last := _last_time(schedule.cron, now)) is not None]
    if not times:
        return None
    newest = max(last for last, _ in times)
    schedule = max((one for last, one in times if last == newest), key=lambda one: one.target_replica)
    return Advice(
        now, schedule.target_replica, f"the time rule `{schedule.cron}` was due at {newest:%Y-%m-%d %H:%M} UTC"
    )


def _last_time(cron: str, now: int) -> datetime | None:
    moment = datetime.fromtimestamp(now // SECOND, UTC)
    # Backwards it begins before the minute it is given.
    last = next(CronSim(cron, moment + timedelta(minutes=1), reverse=True), None)
    return last if last is not None and moment - last <= _LOOK_BACK else None


def _in_words(metric: str, uses: Sequence[float | None], target: float) -> str:
    known = [use for use in uses if use is not None]
    return f"{metric} is at {sum(known) / len(known):.0f} % of its limit on average, the target is {target:g} %"
