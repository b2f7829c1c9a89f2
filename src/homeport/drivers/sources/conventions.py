"""What a step of a build is where the source itself does not say: a command, and the program it needs."""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """A line for /bin/sh, and the program without which it cannot run (empty: none in particular)."""

    command: str
    program: str = ""
    packages: str = ""
    """Debian packages that bring the program."""
    reason: str = ""
    """What of the source needs it: `a package.json`."""
