"""A Dockerfile as the Engine gets it: with labels by which its images, and containers left over, are recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

_FROM: Final = re.compile(r"\s*FROM\s", re.IGNORECASE)
_ARG: Final = re.compile(r"\s*ARG\s+([A-Za-z_]\w*)", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"#\s*escape\s*=\s*(\S)\s*", re.IGNORECASE)


def labelled(text: str, labels: Mapping[str, str]) -> str:
    """Return a Dockerfile whose every stage begins with labels.

    They are the same at each build of a component, so that the Engine's cache of layers is good for the next one.
    """
    line = "LABEL " + " ".join(f'{name}="{value}"' for name, value in labels.items())
    return "\n".join(f"{one}\n{line}" if _FROM.match(one) else one for one in _instructions(text)) + "\n"


def arguments_of(text: str) -> set[str]:
    """Return the names that a Dockerfile declares by ARG."""
    return {found[1] for one in _instructions(text) if (found := _ARG.match(one))}


def _instructions(text: str) -> Iterator[str]:
    """Yield the instructions and comments, those of several lines whole."""
    lines = text.splitlines()
    found = _ESCAPE.fullmatch(lines[0].strip()) if lines else None
    escape, rest = found[1] if found else "\\", ""
    for line in lines:
        comment = line.lstrip().startswith("#")
        if comment and not rest:
            yield line
            continue
        rest = f"{rest}\n{line}" if rest else line
        if not comment and not line.rstrip().endswith(escape):
            yield rest
            rest = ""
    if rest:
        yield rest
