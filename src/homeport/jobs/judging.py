"""The rules by which instances are judged: ready, still on their way, or never going to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from homeport.drivers.base import InstanceState, Observed
from homeport.drivers.telling import exit_in_words
from homeport.jobs.tools import EngineRules
from homeport.model.causes import Cause
from homeport.model.clock import SECOND
from homeport.model.workloads import InstanceOrder, Probe

RESTARTS_OF_A_LOOP: Final = 2
"""After so many ends by itself an instance is in a crash loop."""


_RESTARTING: Final = ("liveness probe", "startup probe", "postStart")
"""How the failures begin for which a driver restarts an instance; a readiness probe only keeps traffic away."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Why an instance is never going to be ready."""

    instance: str
    cause: Cause
    what: str


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """How instances do: how many are ready for good, the first that never will be, when to look again."""

    settled: int
    verdict: Verdict | None
    look_again: float
    """Seconds until one may have changed by time alone."""


def judge(
    orders: Sequence[InstanceOrder], observed: Mapping[str, Observed], rules: EngineRules, now: int, *, watched: bool
) -> Judgement:
    """Judge instances by what their driver observed.

    With `watched` an instance counts as settled only after it stayed ready for `rules.min_ready`.
    """
    settled = 0
    soonest = rules.poll
    for order in orders:
        seen = observed[order.name]
        verdict = verdict_on(order, seen, rules, now)
        if verdict is not None:
            return Judgement(settled=settled, verdict=verdict, look_again=0)
        if seen.ready:
            waits = rules.min_ready - (now - (seen.ready_since or now)) if watched else 0
            settled += waits <= 0
            soonest = min(soonest, waits) if waits > 0 else soonest
        else:
            soonest = min(soonest, max(limit_of(order, seen, rules) - now, 0))
    return Judgement(settled=settled, verdict=None, look_again=max(soonest / SECOND, 0.001))


def verdict_on(order: InstanceOrder, seen: Observed, rules: EngineRules, now: int) -> Verdict | None:
    """Return why an instance is never going to be ready; None while it is, or still may be."""
    cause, what = _cause_of(order, seen, rules, now)
    return None if cause is None else Verdict(instance=order.name, cause=cause, what=f"instance {order.name} {what}")


def _cause_of(order: InstanceOrder, seen: Observed, rules: EngineRules, now: int) -> tuple[Cause | None, str]:
    if seen.fault:
        return seen.fault_cause, f"could not be started: {seen.fault}"
    if seen.out_of_memory and seen.restarts:
        return Cause.OUT_OF_MEMORY, f"was ended by the kernel at its memory limit ({order.limit.memory_limit})"
    if seen.restarts >= RESTARTS_OF_A_LOOP or (seen.state is InstanceState.ENDED and seen.exit_code is not None):
        return _cause_of_ends(seen)
    if not seen.ready and now >= limit_of(order, seen, rules):
        return _cause_of_waiting(order, seen, rules)
    return None, ""


def _cause_of_ends(seen: Observed) -> tuple[Cause, str]:
    if seen.probe_failure.startswith(_RESTARTING):
        return Cause.HEALTH_CHECK_FAILED, f"was restarted {seen.restarts} times by its probe: {seen.probe_failure}"
    times = "once" if seen.restarts <= 1 else f"{seen.restarts} times"
    return Cause.CRASH_LOOP, f"ended by itself {times}, last with {exit_in_words(seen.exit_code)}"


def _cause_of_waiting(order: InstanceOrder, seen: Observed, rules: EngineRules) -> tuple[Cause, str]:
    seconds = (limit_of(order, seen, rules) - (seen.started_at or order.asked_at)) / SECOND
    if seen.probe_failure and (order.health.readiness_probe or order.health.startup_probe):
        return Cause.HEALTH_CHECK_FAILED, f"was not ready after {seconds:g} s: {seen.probe_failure}"
    return Cause.PORT_CLOSED, f"did not listen on its port within {seconds:g} s of its start"


def limit_of(order: InstanceOrder, seen: Observed, rules: EngineRules) -> int:
    """Return until when an instance may take to be ready, in microseconds since 1970.

    A startup probe has the time it gives itself; a readiness probe's initial delay is added.
    """
    start = seen.started_at or order.asked_at
    startup = order.health.startup_probe
    readiness = order.health.readiness_probe
    extra = (_whole_time(startup) if startup else 0) + (readiness.initial_delay_seconds * SECOND if readiness else 0)
    return start + rules.ready_limit + extra


def _whole_time(probe: Probe) -> int:
    return (probe.initial_delay_seconds + probe.period_seconds * probe.failure_threshold) * SECOND
