"""The values that options take."""

import click
import pytest

from homeport.cli.params import DURATION, PAIR, VARIABLE


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), ("1.5", 1.5), ("500ms", 0.5), ("90s", 90), ("10m", 600), ("2h", 7200)]
)
def test_a_duration_is_seconds_or_has_a_unit(text: str, seconds: float):
    assert DURATION.convert(text, None, None) == seconds


@pytest.mark.parametrize("text", ["", "soon", "-1", "1d", "1 m 2 s"])
def test_what_is_no_duration_is_refused(text: str):
    with pytest.raises(click.BadParameter, match="is no duration"):
        DURATION.convert(text, None, None)


def test_a_value_may_hold_an_equals_sign():
    assert PAIR.convert("homeport/script=ready=crash", None, None) == ("homeport/script", "ready=crash")


@pytest.mark.parametrize("text", ["alone", "=value"])
def test_a_pair_needs_both_its_parts(text: str):
    with pytest.raises(click.BadParameter, match="NAME=VALUE"):
        PAIR.convert(text, None, None)


def test_a_variable_without_a_value_takes_it_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TOKEN_OF_SHOP", "a=b")
    assert VARIABLE.convert("TOKEN_OF_SHOP", None, None) == ("TOKEN_OF_SHOP", "a=b")


def test_a_variable_that_is_not_set_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("TOKEN_OF_SHOP", raising=False)
    with pytest.raises(click.BadParameter, match="NAME=VALUE"):
        VARIABLE.convert("TOKEN_OF_SHOP", None, None)


def test_what_cannot_be_the_name_of_a_variable_is_refused():
    with pytest.raises(click.BadParameter, match="is no name of a variable"):
        VARIABLE.convert("1 a=x", None, None)
