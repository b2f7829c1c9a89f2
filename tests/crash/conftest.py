"""What every crash test starts from: engines that come up quickly, and folders for packages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.nursery import Nursery, nursery


@pytest.fixture(scope="session")
def engines() -> Iterator[Nursery]:
    """Return what engines are forked from."""
    with nursery() as made:
        yield made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for packages."""
    return tmp_path_factory.mktemp("packages")
