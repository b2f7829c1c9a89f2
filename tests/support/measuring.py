"""Parts of a run whose lines are not counted: measuring takes a third of their time, for lines that others run too."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import coverage

_SWITCH = "HOMEPORT_TESTS_UNMEASURED"
"""The variable by which scripts/measuring.py leaves a process and those that it starts alone."""


@contextmanager
def unmeasured() -> Iterator[None]:
    """Let coverage see neither this process nor any that it starts, until the end of the block."""
    kept = {name: text for name, text in os.environ.items() if name.startswith("COVERAGE_")}
    running = coverage.Coverage.current()
    for name in kept:
        del os.environ[name]
    os.environ[_SWITCH] = "1"
    if running is not None:
        running.stop()
    try:
        yield
    finally:
        if running is not None:
            running.start()
        del os.environ[_SWITCH]
        os.environ.update(kept)
