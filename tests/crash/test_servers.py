"""The servers that tests start."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from support.nursery import ForkedServer, Nursery
from support.server import Server


@pytest.mark.parametrize("forked", [False, True], ids=["started", "forked"])
def test_a_server_that_does_not_end_when_told_is_killed(tmp_path: Path, engines: Nursery, forked: bool) -> None:
    data = tmp_path / "data"
    server = ForkedServer(engines, data, driver="simulated") if forked else Server(data, driver="simulated")
    server.start()
    assert server._process is not None
    pid = server._process.pid
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(subprocess.TimeoutExpired):
        server.stop(within=0.1)
    assert not Path(f"/proc/{pid}").exists()
