"""What a forked engine is given before it starts, for tests of crashes alone: crash points that can be armed while it
runs, and a wall clock that can be set.

Nothing here is part of the engine: it stands where a test's own start program would.
"""

from __future__ import annotations

import mmap
import os
import signal
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Final

import homeport.app.house
from homeport.model.clock import SECOND, SystemClock

ARMS: Final = "CRASH_FOLDER"
"""Names the folder in which crash points are armed: a file named like the point."""

CLOCK: Final = "CRASH_CLOCK"
"""Names the file that holds by how many microseconds the wall clock of the process is off."""

_DIGITS: Final = 20


def prepare(environ: MutableMapping[str, str]) -> None:
    """Set up this process as the variables say and take them away."""
    folder = environ.pop(ARMS, "")
    if folder:
        homeport.app.house.crash_points = _armed_in(Path(folder))  # type: ignore[attr-defined]
    clock = environ.pop(CLOCK, "")
    if clock:
        _set_clock(Path(clock))


def arm(folder: Path, point: str, number: signal.Signals = signal.SIGKILL) -> Path:
    """Let the first process that passes a crash point get a signal there, so that it dies, or stands still.

    Returns the file that then holds its process id.
    """
    met = folder / f"met-{point}"
    met.unlink(missing_ok=True)
    armed = folder / f"new-{point}"
    armed.write_text(str(int(number)))
    armed.rename(folder / point)
    return met


def set_clock(file: Path, seconds: float) -> None:
    """Put the wall clock of the processes that were given this file that far ahead, or behind when negative."""
    with file.open("r+b" if file.exists() else "w+b") as opened:
        opened.write(f"{round(seconds * SECOND):+0{_DIGITS}d}".encode())


def _armed_in(folder: Path) -> Callable[[Mapping[str, str]], Callable[[str], None]]:
    def crash(name: str) -> None:
        taken = folder / f"taken-{os.getpid()}-{name}"
        try:
            # Of all that pass it, one alone can take the file away.
            (folder / name).rename(taken)
        except FileNotFoundError:
            return
        number = int(taken.read_text())
        taken.write_text(str(os.getpid()))
        taken.rename(folder / f"met-{name}")
        os.kill(os.getpid(), number)

    return lambda _: crash


def _set_clock(file: Path) -> None:
    with file.open("rb") as opened:
        offset = mmap.mmap(opened.fileno(), _DIGITS, access=mmap.ACCESS_READ)
    true = SystemClock.now

    def now(self: SystemClock) -> int:
        return true(self) + int(offset[:])

    SystemClock.now = now  # type: ignore[method-assign]
