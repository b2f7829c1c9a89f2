"""The limits of the house: how long files and functions may be, and what every public name says of itself."""

import ast
from collections.abc import Iterable, Iterator
from typing import Final

from house.tree import Function, Source, below, dotted, nothing_of, sources

LONGEST_FILE: Final = 400
LONGEST_FUNCTION: Final = 60
"""In lines, from `def` to the last, docstring included."""


def too_long(files: Iterable[Source]) -> list[str]:
    """Return the files and functions that are over the limits, and by how much."""
    return [found for file in files for found in _too_long(file)]


def _too_long(file: Source) -> Iterator[str]:
    if len(file.lines) > LONGEST_FILE:
        yield f"{file.path}: {len(file.lines)} lines"
    for node in ast.walk(file.tree):
        if isinstance(node, Function) and (length := _length(node)) > LONGEST_FUNCTION:
            yield f"{file.at(node)}: {node.name} has {length} lines"


def _length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def without_docstring(files: Iterable[Source]) -> list[str]:
    """Return the public modules, classes, functions and methods that do not say what they promise."""
    return [f"{file.path}:{line}: {name}" for file in files for line, name in _silent(file)]


def _silent(file: Source) -> Iterator[tuple[int, str]]:
    if file.text.strip() and not ast.get_docstring(file.tree):
        yield 1, "the module"
    for node in _public(file.tree):
        if not ast.get_docstring(node):
            yield node.lineno, node.name


def _public(scope: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    for node in scope.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            if not any(_says_it_elsewhere(mark) for mark in node.decorator_list):
                yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def _says_it_elsewhere(mark: ast.expr) -> bool:
    """Tell whether a decorator makes a further form of something that has its docstring: an overload, a setter."""
    return dotted(mark).rpartition(".")[2] in ("overload", "setter")


def test_no_file_and_no_function_is_over_its_limit():
    nothing_of(too_long(sources()))


def test_every_public_name_says_what_it_promises():
    nothing_of(without_docstring(below("src/", "scripts/", "benchmarks/", "conftest.py")))


def test_a_long_file_is_found():
    assert too_long([Source("src/a.py", "\n" * 401)]) == ["src/a.py: 401 lines"]


def test_a_long_function_is_found_wherever_it_is():
    text = "class A:\n    async def f(self):\n" + "        pass\n" * 60
    assert too_long([Source("src/a.py", text)]) == ["src/a.py:2: f has 61 lines"]


def test_a_silent_method_of_a_public_class_is_found():
    text = '"""A."""\nclass A:\n    """A."""\n    def f(self):\n        pass\n    def _g(self):\n        pass\n'
    assert without_docstring([Source("src/a.py", text)]) == ["src/a.py:4: f"]
