"""The logs of a component's instances, one after the other or all at once as they are written."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from homeport.cli.failures import ExitCode, Failure
from homeport.cli.places import Place
from homeport.cli.session import Session


def print_logs(session: Session, place: Place, *, instance: str | None, tail: int | None, follow: bool) -> None:
    """Print the logs of one or of all instances.

    Raises:
        Failure: there is no such instance, or none at all.
    """
    names = [instance] if instance else instance_names(session, place)
    if not names:
        advice = f"Its jobs have logs of their own: {session.command('jobs logs')}"
        raise Failure(f"{place.component.name} has no instances (it is {place.component.spec.status})", advice=advice)
    query: dict[str, str | int] = {} if tail is None else {"tail": tail}
    if follow:
        query["follow"] = "true"
    width = max(map(len, names)) if len(names) > 1 else 0
    readers = [_Reader(session, place, name, query, width) for name in names]
    if follow and len(readers) > 1:
        _all_at_once(readers)
    else:
        for reader in readers:
            reader.read()
    items = [{"name": reader.name, "log": reader.text} for reader in readers]
    session.out.document({"component_id": place.component.id, "instances": items})


def instance_names(session: Session, place: Place) -> list[str]:
    """Return the names of a component's instances."""
    path = session.api.cae(place.path("/instances"))
    answer: dict[str, Any] = session.api.call("GET", path, environment_id=place.environment.id)
    return [str(item["name"]) for item in answer["items"]]


class _Reader:
    """Prints the log of one instance line by line, with its name before each where a width for names is given."""

    def __init__(self, session: Session, place: Place, name: str, query: dict[str, str | int], width: int) -> None:
        self.name = name
        self.failure: Failure | None = None
        self._session = session
        self._path = session.api.own(f"/components/{place.component.id}/instances/{name}/log")
        self._query = query
        self._head = f"{name.ljust(width)} | ".encode() if width else b""
        self._kept: list[bytes] = []

    @property
    def text(self) -> str:
        """What was read, for --json."""
        return b"".join(self._kept).decode(errors="replace")

    def read(self) -> None:
        """Print until the log ends."""
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
        if self._session.out.as_json:
            self._kept.append(line + b"\n")
        else:
            self._session.out.raw(self._head + line + b"\n")


def _all_at_once(readers: Sequence[_Reader]) -> None:
    # Daemons: Ctrl-C ends the command while they still wait for the next line.
    threads = [threading.Thread(target=reader.read_apart, daemon=True) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    failures = [reader.failure for reader in readers if reader.failure]
    if failures and len(failures) == len(readers):
        raise Failure(failures[0].message, advice=failures[0].advice, code=ExitCode(failures[0].code))
