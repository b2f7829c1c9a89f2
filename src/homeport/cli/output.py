"""What commands print: one JSON document, or text in which columns line up; colours on a terminal alone."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any, Final

import click

_COLOURS: Final = {
    "success": "green",
    "running": "green",
    "finish": "green",
    "ok": "green",
    "skip": "cyan",
    "init": "cyan",
    "creating": "cyan",
    "created": "cyan",
    "deleting": "yellow",
    "paused": "yellow",
    "terminating": "yellow",
    "terminated": "yellow",
    "notReady": "yellow",
    "warn": "yellow",
    "Warning": "yellow",
    "timeout": "red",
    "failed": "red",
    "fail": "red",
    "abnormal": "red",
    "create_failed": "red",
    "delete_failed": "red",
}


class Output:
    """Where a command's answer goes. With `as_json` text is swallowed and `document` alone is printed."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    @property
    def live(self) -> bool:
        """Whether moving pictures can be shown."""
        return not self.as_json and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"

    def line(self, text: str = "") -> None:
        """Print a line of text."""
        if not self.as_json:
            click.echo(text, color=coloured(sys.stdout))

    def note(self, text: str) -> None:
        """Print a line that is about the answer and no part of it, to standard error."""
        if not self.as_json:
            click.echo(text, err=True, color=coloured(sys.stderr))

    def raw(self, data: bytes) -> None:
        """Print bytes as they are, at once: logs."""
        if not self.as_json:
            click.echo(data, nl=False)

    def document(self, value: object) -> None:
        """Print the one JSON document of a command; nothing unless JSON was asked for."""
        if self.as_json:
            click.echo(pretty(value))

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[object]], *, none: str) -> None:
        """Print rows under heads; `none` is what is said where there are no rows."""
        texts = [[str("" if cell is None else cell) for cell in row] for row in rows]
        if not texts:
            self.note(none)
            return
        for line in columns([list(heads), *texts]):
            self.line(line)

    def facts(self, facts: Mapping[str, object]) -> None:
        """Print names and values below each other; those without a value are left out."""
        shown = {name: str(value) for name, value in facts.items() if value not in (None, "")}
        width = max(map(len, shown), default=0)
        for name, value in shown.items():
            first, *rest = value.splitlines() or [""]
            self.line(f"  {name.ljust(width)}  {status_word(first)}")
            for line in rest:
                self.line(f"  {' ' * width}  {line}")


def coloured(stream: IO[Any]) -> bool:
    """Tell whether a stream takes colours: it is a terminal, and NO_COLOR is not set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def status_word(text: str) -> str:
    """Return a status in its colour, any other text as it is."""
    colour = _COLOURS.get(text)
    return click.style(text, fg=colour) if colour else text


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines in which the columns stand below each other, none of them cut; the first row is the head."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for number, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        cells[-1] = row[-1]
        plain = [cell if number == 0 else _painted(cell) for cell in cells]
        line = "  ".join(plain).rstrip()
        lines.append(click.style(line, bold=True) if number == 0 else line)
    return lines


def _painted(cell: str) -> str:
    word = cell.rstrip()
    return status_word(word) + cell[len(word) :]


def pretty(value: object) -> str:
    """Return a value as JSON that a person can read."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def clipped(text: str, most: int) -> str:
    """Return the first line of a text, shortened to `most` characters."""
    first = text.splitlines()[0] if text else ""
    return first if len(first) <= most else first[: most - 1] + "…"
