"""The limit by address: counted together what is one machine, apart what is not, and over within a minute."""

from __future__ import annotations

import pytest

from homeport.identity.attempts import MOST_ADDRESSES, WINDOW, Attempts, Limit
from homeport.model.clock import SECOND
from support.identity import ManualClock

LIMIT = Limit(elsewhere=3, loopback=5)


def after(failures: int, address: str, *, clock: ManualClock | None = None) -> Attempts:
    attempts = Attempts(clock or ManualClock(), LIMIT)
    for _ in range(failures):
        attempts.failed(address)
    return attempts


def test_an_address_may_fail_up_to_the_limit() -> None:
    assert after(2, "192.0.2.1").wait("192.0.2.1") == 0


def test_an_address_at_the_limit_waits_for_the_rest_of_the_window() -> None:
    clock = ManualClock()
    attempts = after(3, "192.0.2.1", clock=clock)
    clock.micros += int(20.5 * SECOND)
    assert attempts.wait("192.0.2.1") == 40


def test_the_window_ends_by_itself() -> None:
    clock = ManualClock()
    attempts = after(3, "192.0.2.1", clock=clock)
    clock.micros += int(WINDOW * SECOND)
    assert attempts.wait("192.0.2.1") == 0


def test_a_failure_after_the_window_begins_a_new_one() -> None:
    clock = ManualClock()
    attempts = after(3, "192.0.2.1", clock=clock)
    clock.micros += int(WINDOW * SECOND)
    attempts.failed("192.0.2.1")
    assert attempts.wait("192.0.2.1") == 0


def test_one_address_does_not_lock_another_one_out() -> None:
    assert after(3, "192.0.2.1").wait("192.0.2.2") == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1", ""])
@pytest.mark.parametrize(("failures", "refused"), [(4, False), (5, True)])
def test_this_machine_is_borne_longer(address: str, failures: int, refused: bool) -> None:
    assert (after(failures, address).wait(address) > 0) == refused


def test_a_network_of_ipv6_that_one_machine_has_whole_is_counted_together() -> None:
    attempts = after(3, "2001:db8:0:1::1")
    assert [attempts.wait("2001:db8:0:1:ffff::2") > 0, attempts.wait("2001:db8:0:2::1") > 0] == [True, False]


def test_an_ipv4_address_is_the_same_in_ipv6_clothes() -> None:
    assert after(3, "::ffff:192.0.2.1").wait("192.0.2.1") > 0


def test_no_more_addresses_are_remembered_than_the_table_holds() -> None:
    attempts = after(3, "192.0.2.1")
    for number in range(MOST_ADDRESSES):
        attempts.failed(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert (len(attempts._failures), attempts.wait("192.0.2.1")) == (MOST_ADDRESSES, 0)
