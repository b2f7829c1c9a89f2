"""Sequences of everything that may befall an engine, part 2 of 2: whatever happens, its promises hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.model_search import Made, chunks


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    found = chunks(1, soak=metafunc.config.getoption("--soak"))
    metafunc.parametrize("chunk", found, ids=[f"{count} from {number}" for number, count in found])


@pytest.fixture(scope="module")
def made(soak: bool) -> Iterator[Made]:
    """What all tests of this file make together; whatever move the table has must be among it."""
    made = Made(drawn=soak)
    yield made
    made.check()


def test_no_sequence_of_events_breaks_a_promise(made: Made, chunk: tuple[int, int]) -> None:
    made.run(chunk)
