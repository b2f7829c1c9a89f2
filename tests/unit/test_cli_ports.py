"""Who listens on a port."""

import os
import socket
from collections.abc import Iterator

import pytest

from homeport.cli.ports import Holder, holder_of, is_free


@pytest.fixture
def port() -> Iterator[int]:
    """Yield a port on which this process listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_port_somebody_listens_on_is_not_free(port: int):
    assert not is_free("127.0.0.1", port)


def test_a_port_nobody_listens_on_is_free(port: int):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    assert is_free("127.0.0.1", free)
    assert holder_of(free) is None


def test_whoever_listens_is_named(port: int):
    holder = holder_of(port)
    assert holder is not None
    assert holder.pid == os.getpid()
    assert "python" in holder.command


def test_a_process_of_somebody_else_is_told_as_such():
    assert str(Holder(None, "")) == "a process of another user"
