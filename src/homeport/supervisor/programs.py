"""Programs that the front has run for it (`Programs` in routing/haproxy/programs.py): processes like any other."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from homeport.supervisor.processes import Identity, Process, Processes, signal_one

_ENVIRON: Final = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}


class Program:
    """One of them (`Running` in routing/haproxy/programs.py)."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def record(self) -> Any:
        """What it is known by after a restart of the supervisor."""
        return msgspec.to_builtins(self._process.identity)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal; nothing happens when it has ended, whoever has its process id by now."""
        if not self._process.ended.done():
            signal_one(self._process.pid, number)

    async def wait(self) -> int | None:
        """Return its exit code once it has ended; None where it cannot be known."""
        return await self._process.wait()


class OwnPrograms:
    """Starts them through the supervisor's processes, and knows those of an earlier supervisor again."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes

    def start(self, argv: Sequence[str], *, folder: Path, log: int, descriptors: Sequence[int]) -> Program:
        """Start a program; it goes on when the supervisor dies."""
        process = self._processes.spawn(argv, environ=_ENVIRON, folder=folder, log=log, descriptors=descriptors)
        return Program(process)

    def known(self, record: Any) -> Program | None:
        """Return a program by its record, None when it has ended."""
        process = self._processes.adopt(msgspec.convert(record, Identity))
        return None if process is None else Program(process)
