"""Kinds of values that options take beside click's own."""

from __future__ import annotations

import os
import re
from typing import Any, Final

import click

_DURATION: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)?")
_UNITS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, None: 1.0}
_VARIABLE: Final = re.compile(r"[A-Za-z_.-][A-Za-z0-9_.-]*")


class Duration(click.ParamType[float]):
    """Seconds, from `90`, `90s`, `500ms`, `10m` or `2h`."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the seconds, or fail with what is allowed."""
        if isinstance(value, float):
            return value
        found = _DURATION.fullmatch(str(value).strip())
        if found is None:
            self.fail(f"{value!r} is no duration; write seconds, or a number with ms, s, m or h", param, ctx)
        return float(found[1]) * _UNITS[found[2]]


class Pair(click.ParamType[tuple[str, str]]):
    """A name and a value, from `NAME=VALUE`; the value may hold anything, `=` too."""

    name = "pair"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Return name and value, or fail with what is allowed."""
        if isinstance(value, tuple):
            return value
        name, sign, rest = str(value).partition("=")
        if not sign or not name:
            self.fail(f"{value!r} is no pair; write NAME=VALUE", param, ctx)
        return name, rest


class Variable(Pair):
    """An environment variable and its value, from `NAME=VALUE`, or from `NAME` and this command's own environment."""

    name = "variable"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Return name and value, or fail with what is allowed."""
        if isinstance(value, str) and value in os.environ:
            value = (value, os.environ[value])
        name, rest = super().convert(value, param, ctx)
        if _VARIABLE.fullmatch(name) is None:
            self.fail(f"{name!r} is no name of a variable; allowed are letters, digits, _ - and .", param, ctx)
        return name, rest


DURATION: Final = Duration()
PAIR: Final = Pair()
VARIABLE: Final = Variable()
