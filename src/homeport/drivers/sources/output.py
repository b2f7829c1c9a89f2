"""A build's log: what it says itself, and what the programs say that it runs, with nothing secret in either."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from homeport.drivers.sources.rules import without_credentials
from homeport.model.causes import LOG_LINES_IN_DETAIL

_SHORTEST_SECRET: Final = 6
"""Characters; hiding every `1` and `true` would make a log unreadable and hide nothing."""

_LAST_WORDS_SECONDS: Final = 0.5


class Output:
    """Writes the log to standard output, line by line, and keeps the last lines of it."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Hide `secrets` wherever they appear (those of at least six characters), and the credentials of URLs."""
        self._secrets = sorted({one for one in secrets if len(one) >= _SHORTEST_SECRET}, key=len, reverse=True)
        self._last: deque[str] = deque(maxlen=LOG_LINES_IN_DETAIL)

    @property
    def last(self) -> tuple[str, ...]:
        """The last lines of the log."""
        return tuple(self._last)

    def say(self, line: str) -> None:
        """Write a line."""
        line = self.clean(line)
        self._last.append(line)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def clean(self, text: str) -> str:
        """Return a text with everything secret hidden."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return without_credentials(text)

    def run(self, command: Sequence[str], *, folder: Path, environ: Mapping[str, str]) -> tuple[int, str]:
        """Run a program and write what it says; return its exit code and its last lines.

        Programs that it leaves running in the background are not waited for.
        """
        said: deque[str] = deque(maxlen=200)
        process = subprocess.Popen(  # noqa: S603 - running the source's own build is what a build is
            command,
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        with process.stdout:
            for line in _lines(process.stdout.fileno(), process):
                said.append(line)
                self.say(line)
        return process.wait(), "\n".join(said)


def _lines(descriptor: int, process: subprocess.Popen[bytes]) -> Iterable[str]:
    """Yield lines until the pipe's end, or until the program has ended and the pipe is empty."""
    ended = os.pidfd_open(process.pid)
    rest = b""
    try:
        while True:
            ready, _, _ = select.select([descriptor, ended], [], [])
            if descriptor not in ready:
                # Its last words may still be on their way through programs of its own.
                ready, _, _ = select.select([descriptor], [], [], _LAST_WORDS_SECONDS)
            piece = os.read(descriptor, 65_536) if ready else b""
            if not piece:
                break
            *whole, rest = (rest + piece).split(b"\n")
            yield from (line.decode(errors="replace").rstrip("\r") for line in whole)
    finally:
        os.close(ended)
    if rest:
        yield rest.decode(errors="replace")
