"""The one redactor: keeps secrets that are known, and credentials in URLs, out of `detail`, logs and events.

A secret is found as it is and as programs print it: each line of one that has several, escaped as in JSON,
percent-encoded, in base64. Whatever is found is replaced by `***`, also where two secrets overlap.
"""

from __future__ import annotations

import base64
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import quote, unquote, urlsplit

MASK: Final = "***"
"""What stands where a secret stood."""

SHORTEST: Final = 6
"""Characters a secret must have to be masked: a shorter one would tear holes into any text."""

SHORTEST_UNNAMED: Final = 8
"""Characters the value of an environment variable must have to be masked when its name tells of no secret."""

LONGEST_URL: Final = 8_192
"""Characters of one URL that a stream waits for before it passes on what it has."""

_TELLING_NAME = re.compile(
    r"token|secret|passw|pwd|credential|signature|\bsig\b|key(?:_?id)?$|auth(?!or)", re.IGNORECASE
)
_URL = re.compile(r"://[^\s\"'<>`]*")
_URL_BEGINNINGS = (":/", ":")
_USERINFO = re.compile(r"://([^/?#]*)@")
_PARAMETER = re.compile(r"[?&]([^=&#?]{1,64})=([^&#]+)")
_ARMOUR = re.compile(r"-----(?:BEGIN|END) [A-Z0-9 ]+-----")

_NO_SECRET = ("", "git")
"""User names in URLs that everybody uses: `ssh://git@host`."""

_Span = tuple[int, int]


def environment_secrets(env: Mapping[str, str]) -> Iterator[str]:
    """Yield what a redactor shall hide of environment variables.

    These are values of at least `SHORTEST` characters where the name tells of a secret (`DB_PASSWORD`), else of
    `SHORTEST_UNNAMED`, and the password inside a value that is a URL.
    """
    for name, value in env.items():
        if len(value) >= (SHORTEST if _TELLING_NAME.search(name) else SHORTEST_UNNAMED):
            yield value
        yield from _password_in(value)


def tells_of_a_secret(name: str) -> bool:
    """Tell whether a name is one that secrets are given: `DB_PASSWORD`, `rds_password`, `apiKey`."""
    return _TELLING_NAME.search(name) is not None


class Redactor:
    """Hides a set of secrets in texts; secrets shorter than `SHORTEST` are left alone."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        patterns = {pattern for secret in secrets for pattern in _appearances(secret)}
        self._patterns: Final = tuple(sorted(patterns))
        self._lines: Final = _Beginnings(pattern for pattern in patterns if "\n" not in pattern)
        self._blocks: Final = _Beginnings(pattern for pattern in patterns if "\n" in pattern)

    def text(self, text: str) -> str:
        """Return `text` with everything that must stay secret replaced by `***`."""
        spans = self.spans(text)
        return _masked(text, spans) if spans else text

    def stream(self) -> RedactingStream:
        """Return a redactor of one text that arrives in pieces."""
        return RedactingStream(self)

    def spans(self, text: str) -> list[_Span]:
        """Return where secrets stand in `text`: start and end, in order, those that overlap made one."""
        found = [*self._secret_spans(text), *_url_spans(text)]
        return _merged(found) if found else found

    def complete_until(self, text: str) -> int:
        """Return up to where `text` can be judged: behind it stands what may be the beginning of a secret."""
        line = text.rfind("\n") + 1
        until = min(self._lines.first_in(text, line), self._blocks.first_in(text, 0), _url_beginning(text))
        return _start_of_url_around(text, until)

    def _secret_spans(self, text: str) -> Iterator[_Span]:
        for pattern in self._patterns:
            at = text.find(pattern)
            while at >= 0:
                yield at, at + len(pattern)
                at = text.find(pattern, at + 1)


class RedactingStream:
    """Hides secrets in a text that arrives in pieces, also where one is spread over several pieces.

    It holds back only what may be the beginning of a secret or of a URL's credentials, so at most the longest secret
    and `LONGEST_URL` characters.
    """

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._held = ""
        self._covered = 0
        """How many of the held characters belong to a secret whose mask was passed on already."""

    def feed(self, piece: str) -> str:
        """Take the next piece and return what can be passed on by now, which may be nothing."""
        text = self._held + piece
        return self._pass_on(text, self._redactor.complete_until(text))

    def flush(self) -> str:
        """Return what was held back: the text has ended, or is to be shown up to here whatever follows."""
        return self._pass_on(self._held, len(self._held))

    def _pass_on(self, text: str, until: int) -> str:
        spans = self._redactor.spans(text)
        if self._covered:
            spans = _merged([(0, self._covered), *spans])
        out: list[str] = []
        at = 0
        for start, end in spans:
            known = start == 0 and self._covered > 0
            if start >= until and not known:
                break
            if not known:
                out += (text[at:start], MASK)
            at = end
        out.append(text[at:until])
        self._held = text[until:]
        self._covered = max(0, at - until)
        return "".join(out)


class _Beginnings:
    """Finds where the beginning of one of its patterns stands at the end of a text."""

    def __init__(self, patterns: Iterable[str]) -> None:
        by_first: defaultdict[str, list[str]] = defaultdict(list)
        for pattern in patterns:
            by_first[pattern[0]].append(pattern)
        self._by_first = dict(by_first)
        self._longest = max((len(pattern) for found in by_first.values() for pattern in found), default=0)
        self._first = re.compile(f"[{re.escape(''.join(by_first))}]") if by_first else None

    def first_in(self, text: str, start: int) -> int:
        """Return the first place from `start` on whose rest begins a pattern without ending it; else the length."""
        if self._first is None:
            return len(text)
        for found in self._first.finditer(text, max(start, len(text) - self._longest + 1)):
            rest = text[found.start() :]
            if any(pattern.startswith(rest) and pattern != rest for pattern in self._by_first[found[0]]):
                return found.start()
        return len(text)


def _appearances(secret: str) -> Iterator[str]:
    """Yield how a secret may stand in a text; nothing for one too short to hide."""
    bare = secret.strip()
    lines = [line.strip() for line in bare.splitlines()]
    for part in {bare, *(line for line in lines if not _ARMOUR.fullmatch(line))}:
        if len(part) >= SHORTEST:
            yield part
            yield json.dumps(part)[1:-1]
            yield json.dumps(part, ensure_ascii=False)[1:-1]
            yield quote(part, safe="", errors="replace")
            yield base64.b64encode(part.encode(errors="replace")).decode().rstrip("=")


def _password_in(value: str) -> Iterator[str]:
    try:
        password = urlsplit(value).password
    except ValueError:
        return
    if password:
        yield password
        yield unquote(password)


def _url_spans(text: str) -> Iterator[_Span]:
    for url in _URL.finditer(text):
        userinfo = _USERINFO.match(text, url.start(), url.end())
        if userinfo and userinfo[1] not in _NO_SECRET:
            yield userinfo.span(1)
        for parameter in _PARAMETER.finditer(text, url.start(), url.end()):
            if _TELLING_NAME.search(parameter[1]):
                yield parameter.span(2)


def _url_beginning(text: str) -> int:
    for beginning in _URL_BEGINNINGS:
        if text.endswith(beginning):
            return len(text) - len(beginning)
    return len(text)


def _start_of_url_around(text: str, place: int) -> int:
    # A URL is judged as a whole: cut in two, its second half would not be known for one. One that the text ends with
    # may go on.
    for url in _URL.finditer(text):
        inside = url.start() < place and (place < url.end() or url.end() == len(text))
        if inside and url.end() - url.start() <= LONGEST_URL:
            return url.start()
    return place


def _merged(spans: list[_Span]) -> list[_Span]:
    spans.sort()
    merged = [spans[0]]
    for start, end in spans[1:]:
        last_start, last_end = merged[-1]
        if start < last_end:
            merged[-1] = (last_start, max(last_end, end))
        else:
            merged.append((start, end))
    return merged


def _masked(text: str, spans: list[_Span]) -> str:
    out: list[str] = []
    at = 0
    for start, end in spans:
        out += (text[at:start], MASK)
        at = end
    out.append(text[at:])
    return "".join(out)
