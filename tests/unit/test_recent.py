"""What was found lately: kept to its end, within bounds, and never past being forgotten."""

from __future__ import annotations

from homeport.identity.recent import LONGEST, Recent
from homeport.model.clock import SECOND
from support.identity import ManualClock


def test_what_was_kept_is_found() -> None:
    recent: Recent[str, int] = Recent(ManualClock(), 2)
    recent.keep("a", 1, looked_up_in=recent.round)
    assert (recent.get("a"), recent.get("b")) == (1, None)


def test_it_is_kept_until_its_own_end() -> None:
    clock = ManualClock()
    recent: Recent[str, int] = Recent(clock, 2)
    recent.keep("a", 1, looked_up_in=0, until=clock.micros + SECOND)
    clock.micros += SECOND
    assert recent.get("a") is None


def test_it_is_kept_no_longer_than_the_longest_time_whatever_its_end() -> None:
    clock = ManualClock()
    recent: Recent[str, int] = Recent(clock, 2)
    recent.keep("a", 1, looked_up_in=0, until=clock.micros + 2 * LONGEST)
    clock.micros += LONGEST
    assert recent.get("a") is None


def test_it_is_kept_up_to_the_last_moment() -> None:
    clock = ManualClock()
    recent: Recent[str, int] = Recent(clock, 2)
    recent.keep("a", 1, looked_up_in=0, until=clock.micros + SECOND)
    clock.micros += SECOND - 1
    assert recent.get("a") == 1


def test_the_oldest_makes_room() -> None:
    recent: Recent[str, int] = Recent(ManualClock(), 2)
    for number, key in enumerate("abc"):
        recent.keep(key, number, looked_up_in=0)
    assert [recent.get(key) for key in "abc"] == [None, 1, 2]


def test_nothing_is_left_after_forgetting() -> None:
    recent: Recent[str, int] = Recent(ManualClock(), 2)
    recent.keep("a", 1, looked_up_in=0)
    recent.forget_all()
    assert recent.get("a") is None


def test_what_was_looked_up_before_all_was_forgotten_is_not_kept() -> None:
    recent: Recent[str, int] = Recent(ManualClock(), 2)
    before = recent.round
    recent.forget_all()
    recent.keep("a", 1, looked_up_in=before)
    assert recent.get("a") is None
