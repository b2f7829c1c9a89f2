"""Which of several entrances of one HTTP port a request is for: by its host, then by its path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Generic, TypeVar
from urllib.parse import unquote

from homeport.model.access import Rule

T = TypeVar("T")

_PORT: Final = re.compile(r":[0-9]*$")
_CLIMBS: Final = re.compile(r"/\.{1,2}(/|$)")


class Places(Generic[T]):
    """Entrances by their rules. The host named counts before `*.` and that before any; then the whole path before
    the beginning of one, and a longer beginning before a shorter.
    """

    def __init__(self, rules: Iterable[tuple[Rule, T]]) -> None:
        self._exact: dict[tuple[str, str], T] = {}
        self._beginnings: dict[str, list[tuple[str, T]]] = {}
        for rule, place in rules:
            path = unquote(rule.path, "latin-1")
            if rule.exact:
                self._exact[rule.host, path] = place
            else:
                self._beginnings.setdefault(rule.host, []).append((path, place))
        for beginnings in self._beginnings.values():
            beginnings.sort(key=lambda one: -len(one[0]))

    def choose(self, host: str, path: str) -> T | None:
        """Return whose a request is; `host` and `path` as `host_of` and `path_of` return them."""
        for name in (host, f"*.{host.partition('.')[2]}", ""):
            if (name, path) in self._exact:
                return self._exact[name, path]
            for beginning, place in self._beginnings.get(name, ()):
                if path.startswith(beginning):
                    return place
        return None


def host_of(header: str) -> str:
    """Return the host of a Host header, without its port, in lower case."""
    return _PORT.sub("", header.strip()).lower()


def path_of(raw: bytes) -> str:
    """Return a request's path as it is compared: percent-decoded, a character a byte."""
    return unquote(raw.decode("latin-1"), "latin-1")


def climbs(path: str) -> bool:
    """Tell whether a path holds `.` or `..`: an instance may take it for another path than the one it was placed by."""
    return _CLIMBS.search(path) is not None
