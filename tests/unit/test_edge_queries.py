"""Query parameters."""

import pytest

from homeport.api.queries import flag, one_of, parse, whole_number
from homeport.model.errors import InvalidParameter


def test_parameters_are_decoded() -> None:
    assert parse(b"a=%41+b&c=%E4%BD%A0&d") == {"a": "A b", "c": "你", "d": ""}


def test_of_a_parameter_sent_twice_the_first_counts() -> None:
    assert parse(b"a=1&a=2") == {"a": "1"}


@pytest.mark.parametrize("query", [b"a=%zz", b"a=%", b"a=%ff", b"a=\xff", b"&&=&", b"=x", b"a=b=c;d"])
def test_a_query_that_is_badly_encoded_is_still_text(query: bytes) -> None:
    assert all(isinstance(value, str) for value in parse(query).values())


@pytest.mark.parametrize("query", [b"a=%00", b"%00=a", b"&".join([b"a"] * 101)], ids=["value", "name", "too many"])
def test_nul_and_masses_of_parameters_are_refused(query: bytes) -> None:
    with pytest.raises(InvalidParameter):
        parse(query)


@pytest.mark.parametrize(("query", "number"), [({}, 7), ({"n": ""}, 7), ({"n": "1"}, 1), ({"n": "099"}, 99)])
def test_a_whole_number_is_read_or_its_default_taken(query: dict[str, str], number: int) -> None:
    if query.get("n") == "099":
        with pytest.raises(InvalidParameter):
            whole_number(query, "n", 7, least=1, most=99)
    else:
        assert whole_number(query, "n", 7, least=1, most=99) == number


@pytest.mark.parametrize("text", ["0", "100", "-1", "+1", "1.0", " 1", "one", "٣", "9" * 5000])
def test_what_is_no_number_in_the_span_is_refused_with_the_span(text: str) -> None:
    with pytest.raises(InvalidParameter, match="from 1 to 99"):
        whole_number({"n": text}, "n", 7, least=1, most=99)


def test_a_word_is_one_of_those_allowed_or_its_default_taken() -> None:
    assert (one_of({"s": "asc"}, "s", "desc", allowed=["asc", "desc"]), one_of({}, "s", "desc", allowed=[])) == (
        "asc",
        "desc",
    )


def test_another_word_is_refused_with_those_allowed() -> None:
    with pytest.raises(InvalidParameter, match="Allowed: asc, desc"):
        one_of({"s": "up"}, "s", "desc", allowed=["asc", "desc"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [({}, False), ({"f": "false"}, False), ({"f": "0"}, False), ({"f": ""}, True), ({"f": "1"}, True)],
)
def test_a_flag_is_set_or_not(query: dict[str, str], expected: bool) -> None:
    assert flag(query, "f") is expected


def test_a_flag_that_says_neither_is_refused() -> None:
    with pytest.raises(InvalidParameter):
        flag({"f": "maybe"}, "f")
