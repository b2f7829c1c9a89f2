"""Another front for what runs already: haproxy comes to a machine, and goes; instances and their addresses stay."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from homeport.cli.connection import read_supervisor
from homeport.drivers.process.layout import Layout
from support.haproxy import PROGRAM, need_haproxy
from support.machine import front_ports
from support.packages import package
from support.server import Server, running, wait_for
from support.shop import Cart, Shop

pytestmark = [pytest.mark.unmeasured, pytest.mark.real]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    need_haproxy()
    settings = {"driver": "process", "min_ready_seconds": 0, "front_ports": front_ports(), "router": "embedded"}
    with running(tmp_path / "data", **settings) as engine:
        yield engine


def haproxies(server: Server) -> int:
    """Return how many serve."""
    return len([*Layout(server.data_dir).haproxy.glob("*/*/process.json")])


def answers(cart: Cart) -> bool:
    """Tell whether a component answers at its address."""
    try:
        return cart.version == "1.0.0"
    except OSError:
        return False


def test_what_runs_goes_on_when_haproxy_comes_to_a_machine_and_goes_again(server: Server, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "haproxy"
    program.parent.mkdir()
    found_first = f"{program.parent}:{os.environ['PATH']}"
    cart = Shop(server).deployed(package(tmp_path))
    url, instances = cart.url, [one.name for one in cart.instances()]
    # As whoever chose nothing before haproxy was the default.
    server.stop()
    program.symlink_to(PROGRAM)
    server.settings["router"] = "auto"
    server.start(PATH=found_first)
    wait_for(lambda: haproxies(server) == 1, what="haproxy serves the address")
    moved = (answers(cart), cart.url, [one.name for one in cart.instances()])
    cart.succeed("restart")

    # Taken off the machine, which then starts anew: nobody has told the supervisor's successor.
    server.stop()
    program.unlink()
    program.write_text("#!/bin/sh\necho HAProxy version 1.8.0\n")
    program.chmod(0o755)
    supervisor = read_supervisor(server.data_dir)
    assert supervisor is not None
    os.kill(supervisor.pid, signal.SIGKILL)
    server.start(PATH=found_first)
    wait_for(lambda: haproxies(server) == 0 and answers(cart), what="the embedded front serves the address")

    assert moved == (True, url, instances)
    assert cart.url == url
