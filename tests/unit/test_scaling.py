"""How many instances a rule of type scaling calls for."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeport.model.clock import SECOND
from homeport.model.scaling import Advice, Load, ScalingRule, advise_by_load, decide, due, wanted_by

NOW = round(datetime(2026, 3, 4, 12, 30, tzinfo=UTC).timestamp()) * SECOND


def rule(**spec) -> ScalingRule:
    return msgspec.convert({"triggers": [cpu("50")], **spec}, ScalingRule)


def cpu(value: str) -> dict:
    return {"type": "cpu", "metadata": {"type": "Utilization", "value": value}}


def at_times(*schedulers: tuple[str, int]) -> dict:
    kept = [{"cron": cron, "target_replica": target} for cron, target in schedulers]
    return {"type": "cron", "metadata": {"period_type": "day", "schedulers": kept}}


def number(by: ScalingRule, current: int, uses, *, before=()) -> int:
    """Return what is decided now, after advice of earlier seconds (seconds ago, number)."""
    load = Load(current=current, uses={"cpu": uses})
    history = [Advice(NOW - ago * SECOND, wanted) for ago, wanted in before]
    return decide(by, load, [*history, advise_by_load(by, load, NOW)], NOW).replica


@pytest.mark.parametrize(
    ("uses", "wanted"),
    [
        ((100, 100), 4),
        ((60, 60), 3),
        ((55, 55), 2),
        ((45, 45), 2),
        ((44, 44), 2),
        ((20, 20), 1),
        ((0, 0), 0),
        ((), None),
        ((None, None), None),
    ],
)
def test_the_number_follows_the_formula_with_a_tolerance_of_a_tenth(uses, wanted) -> None:
    assert wanted_by(2, uses, 50) == wanted


@pytest.mark.parametrize(
    ("uses", "wanted"),
    [((100, None), 2), ((200, None), 4), ((0, None), 2), ((0, 0, 0, None), 2), ((10, 10, 10, None), 3)],
)
def test_an_instance_whose_use_is_not_known_makes_no_move_larger(uses, wanted) -> None:
    assert wanted_by(len(uses), uses, 50) == wanted


@given(st.lists(st.none() | st.floats(0, 200), min_size=1, max_size=20), st.floats(1, 100))
def test_a_metric_above_its_target_never_calls_for_fewer_and_one_below_never_for_more(uses, target) -> None:
    known = [use for use in uses if use is not None]
    wanted = wanted_by(len(uses), uses, target)
    if known and wanted is not None and wanted != len(uses):
        assert (wanted > len(uses)) == (sum(known) / len(known) > target)


def test_of_several_metrics_the_one_that_calls_for_most_counts() -> None:
    by = rule(triggers=[cpu("50"), {"type": "memory", "metadata": {"value": "50"}}])
    load = Load(current=2, uses={"cpu": [50, 50], "memory": [100, 100]})
    assert advise_by_load(by, load, NOW).replica == 4


def test_fewer_instances_wait_until_the_whole_window_agrees() -> None:
    assert number(rule(), 4, [10] * 4, before=[(299, 4)]) == 4
    assert number(rule(), 4, [10] * 4, before=[(299, 2)]) == 2
    assert number(rule(), 4, [10] * 4, before=[(301, 4)]) == 1


def test_more_instances_wait_only_where_a_window_is_asked_for() -> None:
    assert number(rule(), 2, [100] * 2, before=[(10, 2)]) == 4
    slow = rule(advanced={"scaleup_stabilization_seconds": 60})
    assert number(slow, 2, [100] * 2, before=[(10, 2)]) == 2


def test_a_move_is_no_larger_than_its_rate() -> None:
    assert number(rule(), 10, [100] * 10) == 14
    assert number(rule(advanced={"scaledown_rate": 1}), 10, [1] * 10) == 9


def test_scaling_down_can_be_forbidden() -> None:
    assert number(rule(advanced={"disable_scaledown": True}), 10, [1] * 10) == 10


def test_the_number_stays_between_the_least_and_the_most_even_when_no_metric_is_known() -> None:
    by = rule(min_replica_count=3, max_replica_count=5)
    assert [number(by, current, []) for current in (1, 4, 9)] == [3, 4, 5]


def test_the_time_rule_whose_time_came_last_holds_until_the_next() -> None:
    schedules = rule(triggers=[at_times(("0 8 * * *", 6), ("0 20 * * *", 2))]).schedules
    hours = [due(schedules, NOW + hour * 3_600 * SECOND) for hour in (-5, -4, 7, 8)]
    assert [one.replica for one in hours if one] == [2, 6, 6, 2]


def test_a_time_rule_holds_from_its_minute_on() -> None:
    schedules = rule(triggers=[at_times(("30 12 4 3 *", 6))]).schedules
    advice = due(schedules, NOW)
    assert advice is not None
    assert advice.reason == "the time rule `30 12 4 3 *` was due at 2026-03-04 12:30 UTC"


def test_a_time_that_has_not_come_within_a_year_calls_for_nothing() -> None:
    assert due(rule(triggers=[at_times(("0 0 29 2 *", 6))]).schedules, NOW) is None


@pytest.mark.parametrize(
    ("strategy", "wanted"), [("metric", 4), ("time", 3), ("mix", 4)], ids=["metric", "time", "mix"]
)
def test_the_strategy_says_which_triggers_count(strategy, wanted) -> None:
    by = rule(scale_strategy=strategy, triggers=[cpu("50"), at_times(("0 8 * * *", 3))])
    assert number(by, 2, [100, 100]) == wanted


def test_in_a_mix_the_time_rule_is_the_floor_of_what_the_load_calls_for() -> None:
    by = rule(scale_strategy="mix", triggers=[cpu("50"), at_times(("0 8 * * *", 7))])
    assert number(by, 2, [50, 50]) == 7
    assert number(by, 9, [50] * 9) == 9


def test_the_reason_names_the_metric_and_the_bound_that_held_it() -> None:
    load = Load(current=2, uses={"cpu": [100, 100]})
    by = rule(max_replica_count=3)
    advice = decide(by, load, [advise_by_load(by, load, NOW)], NOW)
    reason = "cpu is at 100 % of its limit on average, the target is 50 %, and max_replica_count is 3"
    assert (advice.replica, advice.reason) == (3, reason)
