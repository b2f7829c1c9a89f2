"""The named statements of `store/sql`, read once: `-- name: word`, comment lines, then the statement itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

_NAME = re.compile(r"--\s*name:\s*([a-z_]+)(?:@([a-z]+))?\s*")
_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]+)")


class Migration(NamedTuple):
    """A numbered migration: `phase` is `pre` (before new processes start) or `post` (after the old ones ended)."""

    number: int
    phase: str
    name: str
    text: str


@cache
def statements(dialect: str) -> dict[str, str]:
    """Return the SQL of every named statement; one named `word@dialect` replaces the common one of that name."""
    found: dict[str, str] = {}
    for name, own, text in sorted(_all(), key=lambda entry: entry[1] or ""):
        if own in (None, dialect):
            if name in found and own is None:
                raise ValueError(f"two statements are named {name}")
            found[name] = text
    return found


def parameters(text: str) -> frozenset[str]:
    """Return the names of the `:name` parameters of a statement."""
    return frozenset(_PARAMETER.findall(text))


class Bound(NamedTuple):
    """A statement with places for its parameters."""

    statement: str
    names: tuple[str, ...]
    """Of the parameters, each once."""

    def text(self, places: Sequence[str]) -> str:
        """Return the statement with each parameter of `names` written as its place."""
        written = dict(zip(self.names, places, strict=True))
        return _PARAMETER.sub(lambda found: written[found[1]], self.statement)


@cache
def bind(text: str) -> Bound:
    """Return a statement ready to have its parameters written as a dialect has them."""
    return Bound(text, tuple(dict.fromkeys(_PARAMETER.findall(text))))


def with_store_now(text: str, expression: str) -> str:
    """Return the statement with an SQL expression where it asks for the store's time, `:store_now`."""
    return _PARAMETER.sub(lambda found: expression if found[1] == "store_now" else found[0], text)


@cache
def migrations() -> tuple[Migration, ...]:
    """Return the migrations in the order of their numbers."""
    folder = resources.files("homeport.store") / "migrations"
    found = []
    for file in folder.iterdir():
        if file.name.endswith(".sql"):
            number, phase, name = file.name.removesuffix(".sql").split("_", 2)
            found.append(Migration(int(number), phase, name, file.read_text()))
    return tuple(sorted(found))


def positional(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the statement with `?` for its parameters, and their names in the order they are to be given in."""
    return _PARAMETER.sub("?", text), tuple(_PARAMETER.findall(text))


def script(text: str) -> Iterator[str]:
    """Yield the statements of a migration, which are separated by a semicolon at the end of a line."""
    for piece in re.split(r";\s*\n", text):
        lines = [line for line in piece.splitlines() if line.strip() and not line.lstrip().startswith("--")]
        if lines:
            yield "\n".join(lines).rstrip(";")


def _all() -> Iterator[tuple[str, str | None, str]]:
    folder = resources.files("homeport.store") / "sql"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".sql"):
            yield from _parse(file.read_text())


def _parse(text: str) -> Iterator[tuple[str, str | None, str]]:
    heads = list(_NAME.finditer(text))
    for index, head in enumerate(heads):
        end = heads[index + 1].start() if index + 1 < len(heads) else len(text)
        body = "\n".join(line for line in text[head.end() : end].splitlines() if not line.lstrip().startswith("--"))
        yield head.group(1), head.group(2), body.strip()
