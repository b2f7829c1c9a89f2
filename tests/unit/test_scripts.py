"""Scripts of the driver `simulated`: what they say, and which are refused."""

from __future__ import annotations

import pytest

from homeport.model.causes import Cause
from homeport.model.clock import SECOND
from homeport.model.errors import InvalidParameter
from homeport.model.scripts import Step, counts_reads, parse_script


@pytest.mark.parametrize(
    ("value", "step"),
    [
        ("2s", Step(after=2 * SECOND)),
        ("2reads", Step(reads=2)),
        ("1read", Step(reads=1)),
        ("12 reads", Step(reads=12)),
        ("0reads", Step()),
        ("3reads,stuck", Step(reads=3, word="stuck")),
        ("fail:image-missing,3reads", Step(reads=3, word="fail", cause=Cause.IMAGE_MISSING)),
    ],
)
def test_a_step_takes_a_time_or_reads_and_then_ends_as_it_says(value: str, step: Step) -> None:
    assert parse_script(f"pull={value}") == {"pull": step}


@pytest.mark.parametrize("value", ["-1reads", "2", "read", "1.5reads", "1234567reads", "2  reads", "2Reads", "reads=2"])
def test_what_is_no_number_of_reads_is_refused(value: str) -> None:
    with pytest.raises(InvalidParameter, match="reads such as 4reads"):
        parse_script(f"pull={value}")


def test_a_step_that_takes_a_time_and_reads_is_refused() -> None:
    with pytest.raises(InvalidParameter, match="a duration or reads, not both"):
        parse_script("pull=2s,3reads")


@pytest.mark.parametrize(
    "script", ["build=3reads; pull=2reads", "ready=1read; start=2reads", "build=2reads; ready=1reads,never"]
)
def test_reads_that_are_fewer_than_those_of_a_step_before_are_refused(script: str) -> None:
    with pytest.raises(InvalidParameter, match="counted from the job's acceptance on"):
        parse_script(script)


@pytest.mark.parametrize("script", ["pull=2reads; ready=2reads", "ready=4reads; stop=2reads", "pull=5reads; ready=2s"])
def test_steps_may_end_with_the_same_read_and_a_stop_with_any(script: str) -> None:
    assert counts_reads(script)


def test_a_time_behind_reads_that_nobody_noted_the_time_of_is_refused() -> None:
    with pytest.raises(InvalidParameter, match="reads for both, or durations for both"):
        parse_script("start=2reads; ready=1s")


@pytest.mark.parametrize("script", ["", "ready=2s", "pull=0reads"])
def test_a_script_without_reads_counts_none(script: str) -> None:
    assert not counts_reads(script)


def test_the_load_of_an_instance_is_percent_of_its_limit() -> None:
    script = parse_script("cpu=80%; memory=5 %")
    assert (script["cpu"].percent, script["memory"].percent) == (80, 5)


@pytest.mark.parametrize("value", ["80", "2s", "%", "stuck"])
def test_a_load_without_percent_is_refused(value: str) -> None:
    with pytest.raises(InvalidParameter, match="80%"):
        parse_script(f"cpu={value}")
