"""The documentation as its tests read it: pages, their code blocks, and what the pages say about the blocks.

A comment on the line above a block says what is special about it:

    <!-- file: NAME -->        the block is the content of this file, in the folder of the page's session
    <!-- background: TEXT -->  the block starts something that goes on; the next block waits until it has printed TEXT
    <!-- instead: COMMAND -->  what is run in its place
    <!-- output -->            the block is what the block before prints; … stands for anything
    <!-- not run: REASON -->   the block cannot run in a test

A page that says `<!-- engine: DRIVER -->` anywhere expects an engine to run already; one that says `<!-- database -->`
finds the address of an empty PostgreSQL database in $DATABASE.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]

RUN: Final = ("bash", "console", "python")
"""Languages of blocks that run."""
DATA: Final = ("hcl", "json", "toml", "yaml")
"""Languages of blocks that a test reads."""
SHOWN: Final = ("mermaid", "text")
"""Languages of blocks that are for the eye alone."""

_FENCE: Final = re.compile(r"^(?P<indent> *)```(?P<language>\S*)\s*$")
_NOTE: Final = re.compile(r"^ *<!-- (?P<word>file|background|instead|output|not run|engine)(: (?P<value>.+?))? -->$")
_LINK: Final = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING: Final = re.compile(r"^#{1,6} (?P<text>.+)$")


@dataclass(frozen=True)
class Block:
    """A fenced block: where its first line stands, what language it is in, and what the page says about it."""

    page: str
    line: int
    language: str
    text: str
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it stands: `docs/index.md:12`."""
        return f"{self.page}:{self.line}"

    @property
    def runs(self) -> bool:
        """Whether the session of its page runs it."""
        return self.language in RUN and not self.notes.keys() & {"not run", "file"}


@dataclass(frozen=True)
class Page:
    """A page: its path from the project's root, and its text."""

    path: str
    text: str

    @property
    def blocks(self) -> list[Block]:
        """Its fenced blocks, in order."""
        return _blocks(self)

    @property
    def engine(self) -> str:
        """The driver of the engine that it expects to run; empty when it starts one itself, or needs none."""
        found = re.search(r"<!-- engine: (\w+) -->", self.text)
        return found.group(1) if found else ""

    @property
    def needs_database(self) -> bool:
        """Whether it needs a PostgreSQL database."""
        return "<!-- database -->" in self.text

    @property
    def prose(self) -> list[str]:
        """Its lines outside of blocks."""
        inside = False
        lines = []
        for line in self.text.splitlines():
            if _FENCE.match(line):
                inside = not inside
            elif not inside:
                lines.append(line)
        return lines

    @property
    def links(self) -> list[str]:
        """The targets of its links."""
        return [found["target"] for line in self.prose for found in _LINK.finditer(re.sub(r"`[^`]*`", "", line))]

    @property
    def anchors(self) -> set[str]:
        """The anchors that its headings make."""
        return {_anchor(found["text"]) for line in self.prose if (found := _HEADING.match(line))}


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _blocks(page: Page) -> list[Block]:
    blocks: list[Block] = []
    notes: dict[str, str] = {}
    lines = iter(enumerate(page.text.splitlines(), start=1))
    for number, line in lines:
        if note := _NOTE.match(line):
            notes[note["word"]] = note["value"] or ""
        elif fence := _FENCE.match(line):
            content = []
            for _, inner in lines:
                if inner.strip() == "```":
                    break
                content.append(inner.removeprefix(fence["indent"]))
            blocks.append(Block(page.path, number + 1, fence["language"], "\n".join(content) + "\n", notes))
            notes = {}
        else:
            notes = {}
    return blocks


def pages() -> list[Page]:
    """Return the pages at the root and every page below docs/."""
    paths = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    return [Page(str(path.relative_to(ROOT)), path.read_text()) for path in paths]
