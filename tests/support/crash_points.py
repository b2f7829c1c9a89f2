"""The crash points that there are, read from the engine's own code, so that a new one cannot be forgotten."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import homeport
from homeport.jobs.tasks import TASK_KINDS

_NAMERS: Final = frozenset({"_commit", "_write", "crash"})
"""What takes the name of a commit: each hands it on to the next, and the last passes the crash points."""

_TASK: Final = "{task.name}"


def commits() -> tuple[str, ...]:
    """Return the names of the commits around which crash points stand; that of a task's end for each task.

    Fails where a name is made in a way that is not understood here.
    """
    found: set[str] = set()
    texts = (file.read_text() for file in Path(homeport.__file__).parent.rglob("*.py"))
    for text in (text for text in texts if ".crash(" in text):
        for function in ast.walk(ast.parse(text)):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name not in _NAMERS:
                found.update(_named_in(function))
    return tuple(sorted(name.replace(_TASK, task) for name in found for task in (TASK_KINDS if _TASK in name else "-")))


def _named_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in _NAMERS:
            yield from _texts(call.args[0], function)


def _texts(node: ast.expr, function: ast.AST) -> Iterator[str]:
    """Yield what an expression may be: a text, one of two, or what a name was given."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(_text(part) for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, function)
        yield from _texts(node.orelse, function)
    elif isinstance(node, ast.Name):
        yield from (text for value in _values(node.id, function) for text in _texts(value, function))
    else:
        raise NotImplementedError(f"the name of a commit is made in a way that is new: {ast.unparse(node)}")


def _values(name: str, function: ast.AST) -> list[ast.expr]:
    assigned = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    values = [one.value for one in assigned if any(ast.unparse(target) == name for target in one.targets)]
    assert values, f"nobody says what the name of a commit, {name}, is"
    return values


def _text(part: ast.expr) -> str:
    return f"{{{ast.unparse(part.value)}}}" if isinstance(part, ast.FormattedValue) else str(ast.literal_eval(part))
