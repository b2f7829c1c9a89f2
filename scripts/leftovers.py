"""Find and end the processes that a test suite leaves behind, wherever they went (Linux).

The caller becomes the parent of every descendant whose own parent ended, sessions of their own or not; so what is
still its child after the suite has ended is what the suite forgot.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Final

_PR_SET_CHILD_SUBREAPER: Final = 36
_GRACE_SECONDS: Final = 3.0
_INTERRUPTED_SECONDS: Final = 15.0
_STEP_SECONDS: Final = 0.05


def adopt_orphans() -> None:
    """Become the parent of descendants that lose theirs; without effect where the kernel cannot do it."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_group(child: subprocess.Popen[bytes]) -> None:
    """End a child that still runs, and its process group; it has some seconds to say where it was."""
    for sign in (signal.SIGINT, signal.SIGKILL):
        if child.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(_INTERRUPTED_SECONDS)


def end_orphans() -> list[str]:
    """Give processes that are just ending some seconds, then kill those that remain and return what they were."""
    give_up = time.monotonic() + _GRACE_SECONDS
    while (found := _children()) and time.monotonic() < give_up:
        time.sleep(_STEP_SECONDS)
    ended = []
    while found:
        for pid, command in found.items():
            ended.append(f"{pid} {command}")
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
        # What they had started is ours now.
        found = _children()
    return ended


def _children() -> dict[int, str]:
    """Return the command of each living child by its process id; those that have ended are taken leave of."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            state, parent = fields[0], int(fields[1])
            pid = int(stat.parent.name)
            if parent != os.getpid():
                continue
            if state == "Z":
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)
                continue
            command = (stat.parent / "cmdline").read_bytes().replace(b"\0", b" ")
            found[pid] = command.decode(errors="replace").strip()
    return found
