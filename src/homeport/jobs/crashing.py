"""Named crash points: where a test may let the engine die as if it had been killed.

They stand before and after every commit that matters. Unset they cost one call of a function that does nothing.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from typing import Final

VARIABLE: Final = "HOMEPORT_CRASH_AT"
"""Names a crash point, and with `:n` at which passage: `after-claim`, `before-build-done:2`."""


def crash_points(environ: Mapping[str, str]) -> Callable[[str], None]:
    """Return what the engine calls at each crash point."""
    name, _, count = environ.get(VARIABLE, "").partition(":")
    return _Crash(name, int(count or 1)) if name else _nothing


def _nothing(name: str) -> None:
    """Pass a crash point that nobody has set."""


class _Crash:
    def __init__(self, name: str, passages: int) -> None:
        self._name = name
        self._left = passages

    def __call__(self, name: str) -> None:
        if name == self._name:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
