"""What `.dockerignore` leaves out of a build: its patterns, the last one that fits deciding."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from homeport.model.causes import Cause, failed


class Ignored:
    """The patterns of a `.dockerignore`."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Read the lines of the file.

        Raises:
            TaskFailed: one of them is no pattern (`source-invalid`).
        """
        self._rules: list[tuple[bool, re.Pattern[str]]] = []
        for line in lines:
            pattern = line.strip()
            if not pattern or line.startswith("#"):
                continue
            wanted = pattern.startswith("!")
            cleaned = posixpath.normpath(pattern.removeprefix("!").strip()).lstrip("/")
            if cleaned not in ("", "."):
                self._rules.append((wanted, _pattern(cleaned)))

    def __contains__(self, path: str) -> bool:
        """Tell whether a path (relative, with `/`) is left out; one below a folder that is left out is, too."""
        ignored = False
        for wanted, pattern in self._rules:
            if pattern.fullmatch(path):
                ignored = not wanted
        return ignored

    @property
    def has_exceptions(self) -> bool:
        """Whether something below a folder that is left out may be wanted after all."""
        return any(wanted for wanted, _ in self._rules)


def _pattern(text: str) -> re.Pattern[str]:
    found = ""
    for part in re.findall(r"\*\*/?|\*|\?|\[[^\]]*\]|\\.|.", text):
        if part == "**/":
            found += r"(?:.*/)?"
        elif part == "**":
            found += r".*"
        elif part == "*":
            found += r"[^/]*"
        elif part == "?":
            found += r"[^/]"
        elif part.startswith("[") and len(part) > 1:
            found += part
        else:
            found += re.escape(part[-1])
    try:
        return re.compile(f"{found}(?:/.*)?", re.DOTALL)
    except re.error as error:
        what = f".dockerignore has `{text}`, which is no pattern: {error.msg}"
        raise failed(Cause.SOURCE_INVALID, what, advice="Correct that line.") from error
