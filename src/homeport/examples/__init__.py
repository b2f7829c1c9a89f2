"""Applications that come with Homeport, to be deployed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

HELLO: Final = "hello"
"""A small web application of Python's standard library alone: a page, and a health check."""

_CONTENT: Final = ("app.py", "page.html", "Procfile")


def write_hello(folder: Path, version: str) -> Path:
    """Write the application `hello` in a version of its own into `folder`, which is made; return the folder."""
    source = files(__name__) / HELLO
    folder.mkdir(parents=True, exist_ok=True)
    for name in _CONTENT:
        (folder / name).write_bytes((source / name).read_bytes())
    (folder / "VERSION").write_text(f"{version}\n")
    return folder
