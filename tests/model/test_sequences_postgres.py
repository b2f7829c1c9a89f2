"""Sequences of everything that may befall an engine, over PostgreSQL: whatever happens, its promises hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.model_search import Made, postgres_chunks
from support.postgres import Cluster


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    found = postgres_chunks(soak=metafunc.config.getoption("--soak"))
    metafunc.parametrize("chunk", found, ids=[f"{count} from {number}" for number, count in found])


@pytest.fixture(scope="module")
def made(soak: bool) -> Iterator[Made]:
    """What all tests of this file make together; whatever move the table has must be among it."""
    made = Made(drawn=soak)
    yield made
    made.check()


def test_no_sequence_of_events_breaks_a_promise(made: Made, chunk: tuple[int, int], cluster: Cluster) -> None:
    made.run(chunk, address=cluster.new_database())
