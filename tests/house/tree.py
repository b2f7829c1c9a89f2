"""The project's own Python files, as its checks read them."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]

PYTHON_FOLDERS: Final = ("src", "tests", "scripts", "benchmarks")
"""Where the project's Python files are, beside its root."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source:
    """A Python file: its path from the project's root, its text, its syntax tree."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    @cached_property
    def lines(self) -> list[str]:
        """The text by lines; line n of the file is `lines[n - 1]`."""
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # Python says it where it compiles the file
            return ast.parse(self.text, self.path)

    def at(self, node: ast.expr | ast.stmt | ast.ExceptHandler) -> str:
        """Return where a node stands: `src/homeport/app.py:12`."""
        return f"{self.path}:{node.lineno}"

    def says(self, node: ast.expr | ast.stmt | ast.ExceptHandler, word: str) -> bool:
        """Tell whether a comment on the node's first line says `word` and goes on with a reason."""
        _, found, reason = self.lines[node.lineno - 1].partition(f"# {word}: ")
        return bool(found and reason.strip())

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Yield every call of something imported, with its full dotted name whatever it is called here."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                first, dot, rest = dotted(node.func).partition(".")
                if first in self._imported:
                    yield node, self._imported[first] + dot + rest

    @cached_property
    def _imported(self) -> dict[str, str]:
        """What each imported name stands for."""
        names = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    root = alias.name.partition(".")[0]
                    names[alias.asname or root] = alias.name if alias.asname else root
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        return names


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for such an expression, and nothing for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (value := dotted(node.value)):
        return f"{value}.{node.attr}"
    return ""


@lru_cache
def sources() -> tuple[Source, ...]:
    """Return every Python file of the project."""
    paths = [*ROOT.glob("*.py"), *(path for folder in PYTHON_FOLDERS for path in (ROOT / folder).rglob("*.py"))]
    return tuple(Source(str(path.relative_to(ROOT)), path.read_text()) for path in sorted(paths))


def below(*folders: str) -> tuple[Source, ...]:
    """Return the Python files below these folders, named from the project's root with a slash at the end."""
    return tuple(source for source in sources() if source.path.startswith(folders))


def nothing_of(found: list[str]) -> None:
    """Fail and print what a check found, unless it found nothing."""
    assert not found, "\n".join(["", *found])
