"""The servers that tests start."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from support.server import Server


def test_a_server_that_does_not_end_when_it_is_told_to_is_killed(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", driver="simulated").start()
    assert server._process is not None
    pid = server._process.pid
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(subprocess.TimeoutExpired):
        server.stop(within=0.1)
    assert not Path(f"/proc/{pid}").exists()
