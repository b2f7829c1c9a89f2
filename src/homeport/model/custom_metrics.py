"""Metrics that a program tells of itself: configuration type `customMetric` (contract/contract.md, section 8).

They are read in the text format of Prometheus (version 0.0.4), whose rules for names and escapes these are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec

from homeport.model.errors import InvalidParameter, shown

MOST_NAMES: Final = 100
"""How many metrics may be named."""
MOST_SAMPLES: Final = 1_000
"""How many samples of one instance are kept."""

_USUAL_PATH: Final = "/metrics"
_PATH: Final = re.compile(r"/[\x21-\x7e]{0,1023}")
_NAME: Final = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]{0,255}")
_LINE: Final = re.compile(
    r"(?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\s*"
    r'(?:\{(?P<labels>(?:[^"}]|"(?:\\.|[^"\\])*")*)\})?\s*'
    r"(?P<value>(?<=[\s}])\S+)(?:\s+-?\d+)?\s*"
)
_LABEL: Final = re.compile(r'\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:\\.|[^"\\])*)"\s*(?:,|$)')
_ESCAPED: Final = re.compile(r"\\(.)")
_SUFFIX: Final = re.compile(r"_(bucket|sum|count|total)$")
_LONGEST_LINE: Final = 16 * 1024


class CustomMetrics(msgspec.Struct, frozen=True):
    """`data.spec` of type customMetric: where to ask, and which metrics to keep; all of them when none is named."""

    path: str = ""
    port: int | None = None
    metrics: tuple[str, ...] = ()

    @property
    def way(self) -> str:
        """The path that is asked for: `/metrics` unless another one is named."""
        return self.path or _USUAL_PATH

    def keeps(self, name: str) -> bool:
        """Tell whether a sample of this name is asked for: by its own name, or by that of its histogram or counter."""
        return not self.metrics or name in self.metrics or _SUFFIX.sub("", name) in self.metrics


class Sample(msgspec.Struct, frozen=True):
    """One value at one time. It is kept as the program wrote it: JSON has no NaN and no infinity."""

    name: str
    value: str
    labels: Mapping[str, str] = {}
    type: str = "untyped"
    """counter, gauge, histogram, summary or untyped."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What an instance told, or why it told nothing."""

    instance: str
    at: int
    """When it was asked, in microseconds since 1970."""
    samples: tuple[Sample, ...] = ()
    left_out: int = 0
    """How many samples there were beyond those that are kept."""
    failure: str = ""


class Unreadable(ValueError):  # noqa: N818 - said of the text
    """A text is none of Prometheus'; says which line is wrong."""


def check_custom_metrics(metrics: CustomMetrics, field: str) -> None:
    """Pass when the path can be asked for and each name can be one of a metric; ports are another rule's.

    Raises:
        InvalidParameter: one cannot, or too many are named.
    """
    if metrics.path and _PATH.fullmatch(metrics.path) is None:
        raise InvalidParameter(f"{field}.path", f"is {shown(metrics.path)}", allowed="an absolute path as in a URL")
    if len(metrics.metrics) > MOST_NAMES:
        problem = f"names {len(metrics.metrics)} metrics"
        raise InvalidParameter(f"{field}.metrics", problem, allowed=f"{MOST_NAMES} at most; none for all")
    for index, name in enumerate(metrics.metrics):
        if _NAME.fullmatch(name) is None:
            allowed = "letters, digits, underscores and colons, the first no digit"
            raise InvalidParameter(f"{field}.metrics[{index}]", f"is {shown(name)}", allowed=allowed)


def read_samples(text: str, asked: CustomMetrics, hide: Callable[[str], str] = str) -> tuple[tuple[Sample, ...], int]:
    """Return the samples of a text that are asked for, at most `MOST_SAMPLES`, and how many more there were.

    `hide` takes what is secret out of the values of labels.

    Raises:
        Unreadable: a line is none of a sample, whether it was asked for or not.
    """
    types: dict[str, str] = {}
    found: list[Sample] = []
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#"):
            types.update(_type_in(line))
        elif line.strip():
            match = _LINE.fullmatch(line) if len(line) <= _LONGEST_LINE else None
            if match is None or not _is_number(match["value"]):
                raise Unreadable(f"line {number} is no sample: {shown(line)}")
            if asked.keeps(match["name"]):
                count += 1
                if len(found) < MOST_SAMPLES:
                    found.append(_sample(match, types, hide))
    return tuple(found), count - len(found)


def _type_in(line: str) -> Iterator[tuple[str, str]]:
    words = line.split()
    if words[:2] == ["#", "TYPE"] and len(words) == len(("#", "TYPE", "name", "type")):
        yield words[2], words[3]


def _sample(match: re.Match[str], types: Mapping[str, str], hide: Callable[[str], str]) -> Sample:
    name = match["name"]
    labels = {label: hide(_ESCAPED.sub(_unescaped, value)) for label, value in _LABEL.findall(match["labels"] or "")}
    kind = types.get(name) or types.get(_SUFFIX.sub("", name), "untyped")
    return Sample(name, match["value"], labels, kind)


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] == "n" else match[1]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
