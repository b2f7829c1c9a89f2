"""What the front needs of whoever runs programs for it: the supervisor, or a test."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol


class Running(Protocol):
    """A program that was started, or that an earlier supervisor left running."""

    @property
    def pid(self) -> int:
        """Its process id."""
        ...

    @property
    def record(self) -> Any:
        """What it is known by after a restart of the supervisor; goes into JSON."""
        ...

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal; nothing happens when it has ended, whoever has its process id by now."""
        ...

    async def wait(self) -> int | None:
        """Return its exit code once it has ended; None where it cannot be known."""
        ...


class Programs(Protocol):
    """Starts programs and knows them again."""

    def start(self, argv: Sequence[str], *, folder: Path, log: int, descriptors: Sequence[int]) -> Running:
        """Start a program in a folder; it gets `descriptors` as 3, 4, … and what it says goes to `log`."""
        ...

    def known(self, record: Any) -> Running | None:
        """Return a program by its record, None when it has ended."""
        ...
