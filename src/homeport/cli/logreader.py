"""Logs as they arrive: one after the other, or several at once with the name of its writer before each line."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from homeport.cli.api import Query
from homeport.cli.failures import Failure
from homeport.cli.session import Session


class LogReader:
    """Prints one log line by line, `head` and a bar before each where there is a head to print."""

    def __init__(self, session: Session, path: str, query: Query, *, head: str = "") -> None:
        self.failure: Failure | None = None
        self.lines = 0
        self._session = session
        self._path = path
        self._query = query
        self._head = f"{head} | ".encode() if head.strip() else b""
        self._kept: list[bytes] = []

    @property
    def text(self) -> str:
        """What was read, for --json."""
        return b"".join(self._kept).decode(errors="replace")

    def read(self) -> None:
        """Print until the log ends. Raises as `Api.stream` does."""
        rest = b""
        for piece in self._session.api.stream(self._path, self._query):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                self._print(line)
        if rest:
            self._print(rest)

    def read_apart(self) -> None:
        """Print until the log ends, and keep a failure for whoever waits."""
        try:
            self.read()
        except Failure as failure:
            self.failure = failure

    def _print(self, line: bytes) -> None:
        self.lines += 1
        if self._session.out.as_json:
            # What is printed is not kept: a log that is followed has no end.
            self._kept.append(line + b"\n")
        self._session.out.raw(self._head + line + b"\n")


def log_query(*, tail: int | None, follow: bool) -> Query:
    """Return the query of a call for a log."""
    lines: dict[str, str | int] = {} if tail is None else {"tail": tail}
    return lines | {"follow": "true"} if follow else lines


def read_logs(readers: Sequence[LogReader], *, at_once: bool) -> None:
    """Let all of them print, one after the other or at once.

    Raises:
        Failure: one of those that print in turn fails; of those that print at once, all of them.
    """
    if not at_once or len(readers) == 1:
        for reader in readers:
            reader.read()
        return
    # Daemons: Ctrl-C ends the command while they still wait for the next line.
    threads = [threading.Thread(target=reader.read_apart, daemon=True) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    failures = [reader.failure for reader in readers if reader.failure]
    if failures and len(failures) == len(readers):
        raise failures[0]
