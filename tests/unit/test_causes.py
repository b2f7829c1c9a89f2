"""What a user reads of a failure."""

from __future__ import annotations

import pytest

from homeport.model.causes import ADVICE, LOG_LINES_IN_DETAIL, Cause, Failure, failed


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_says_what_to_do(cause: Cause) -> None:
    assert len(ADVICE[cause]) > 10


def test_a_detail_is_the_cause_what_happened_and_what_to_do() -> None:
    failure = Failure(cause=Cause.PORT_CLOSED, what="instance cart-1 did not listen", advice="Listen on PORT.")
    assert failure.detail() == "port-closed: instance cart-1 did not listen. Listen on PORT."


def test_the_last_lines_of_the_log_follow_the_cause() -> None:
    lines = tuple(f"line {n}" for n in range(100))
    detail = Failure(cause=Cause.BUILD_FAILED, what="x", log=lines).detail().splitlines()
    assert detail[1:] == list(lines[-LOG_LINES_IN_DETAIL:])


@pytest.mark.parametrize("what", ["", " ", "\n"])
def test_a_detail_is_never_empty(what: str) -> None:
    assert Failure(cause=Cause.INTERNAL, what=what).detail().startswith("internal: no more is known.")


def test_what_happened_stays_on_one_line() -> None:
    assert "\n" not in Failure(cause=Cause.INTERNAL, what="one\ntwo").detail()


def test_a_nul_byte_of_a_log_does_not_reach_a_client() -> None:
    assert "\x00" not in Failure(cause=Cause.INTERNAL, what="x", log=("a\x00b",)).detail()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("\x1b[91mdd: no space\x1b[0m", "dd: no space"),
        ("\x1b]0;a title\x07built", "built"),
        ("\x1b]0;a title\x1b\\built", "built"),
        ("10 %\r50 %\rdone\r", "done"),
        ("\x1b[2K\x1b[1Gready", "ready"),
        ("a\tb", "a\tb"),
        ("beep\x07", "beep\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_a_detail_shows_what_a_terminal_would_and_steers_none(said: str, shown: str) -> None:
    detail = Failure(cause=Cause.BUILD_FAILED, what="x", log=(said,)).detail()
    assert detail.splitlines()[1:] == [shown]


def test_a_line_of_colours_alone_is_no_line_of_a_detail() -> None:
    assert "\n" not in Failure(cause=Cause.BUILD_FAILED, what="x", log=("\x1b[0m",)).detail()


def test_the_exception_carries_its_failure() -> None:
    error = failed(Cause.DISK_FULL, "no room")
    assert error.failure.cause is Cause.DISK_FULL
    assert str(error) == error.failure.detail()
