"""Images for tests, made of what this machine has: busybox, and Python with its standard library."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from support.docker import NoEngine, OwnEngine
from support.packages import program

BUSYBOX: Final = "homeport-test/busybox:1"
PYTHON: Final = "homeport-test/python:1"

_LEFT_OUT: Final = ("site-packages", "test", "idlelib", "tkinter", "ensurepip", "lib2to3", "turtledemo")


def make_busybox(engine: OwnEngine, folder: Path) -> str:
    """Make an image with busybox's shell and commands; return its name."""
    root = folder / "busybox"
    _lay_out(root)
    engine.import_image(BUSYBOX, root, 'CMD ["/bin/sh"]')
    return BUSYBOX


def make_python(engine: OwnEngine, folder: Path, programs: Mapping[str, str]) -> str:
    """Make an image with this Python, a shell, and programs by name in /programs; return its name."""
    root = folder / "python"
    _lay_out(root)
    interpreter = Path(sys.executable).resolve()
    library = Path(sysconfig.get_paths()["stdlib"])
    extensions = [file for file in (library / "lib-dynload").glob("*.so") if not file.name.startswith("_test")]
    for file in (interpreter, *extensions, *_libraries(interpreter, *extensions)):
        _copy(file, root)
    _pack_library(library, _in(root, library).with_name(f"python{sys.version_info[0]}{sys.version_info[1]}.zip"))
    (root / "bin" / "python3").symlink_to(interpreter)
    for name, text in programs.items():
        (root / "programs" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "programs" / name).write_text(text)
    engine.import_image(PYTHON, root, f"ENV PYTHONHOME={sys.base_prefix} HOME=/tmp", command("/bin/python3"))
    return PYTHON


def make_applications(engine: OwnEngine, folder: Path, *more: str) -> dict[str, str]:
    """Make images of two versions of the program of support/packages.py that serves, and of others by what they do.

    Returns the image's name by what it does, or by its version.
    """
    kinds = {"1.0.0": "serves", "2.0.0": "serves", **{name: name for name in more}}
    files = {f"{kind}/app.py": program(does) for kind, does in kinds.items()}
    base = make_python(engine, folder, files | {f"{kind}/VERSION": kind for kind in kinds})
    images = {kind: f"homeport-test/{re.sub('[^a-z]+', '-', does.lower())}:{kind[0]}" for kind, does in kinds.items()}
    for kind, name in images.items():
        engine.derive_image(name, base, command("/bin/python3", "-u", f"/programs/{kind}/app.py"))
    return images


def command(*words: str) -> str:
    """Return the line of a Dockerfile for what an image runs."""
    return f"CMD {json.dumps(words)}"


def _lay_out(root: Path) -> None:
    busybox = shutil.which("busybox")
    if busybox is None:
        raise NoEngine("busybox is not installed: apt-get install busybox-static")
    for name in ("bin", "tmp", "etc", "proc", "sys", "dev"):
        (root / name).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    shutil.copy(busybox, root / "bin" / "busybox")
    for applet in subprocess.run([busybox, "--list"], check=True, capture_output=True, text=True).stdout.split():
        if applet != "busybox":
            (root / "bin" / applet).symlink_to("busybox")


def _libraries(*files: Path) -> set[Path]:
    said = subprocess.run(["ldd", *map(str, files)], check=False, capture_output=True, text=True).stdout
    return {Path(found) for found in re.findall(r"(/\S+) \(0x", said)}


def _copy(file: Path, root: Path) -> None:
    """Copy a file to the same place below another root, as what its links lead to."""
    target = _in(root, file)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(os.path.realpath(file), target)


def _pack_library(library: Path, target: Path) -> None:
    """Write the standard library, compiled where this Python has done that, as the one file it is imported from.

    Thousands of files would have to be copied, imported and removed again.
    """
    folders = [one for one in library.iterdir() if one.is_dir() and one.name not in _LEFT_OUT]
    with zipfile.ZipFile(target, "w") as archive:
        for file in (*library.glob("*.py"), *(each for folder in folders for each in folder.rglob("*.py"))):
            name = file.relative_to(library)
            compiled = Path(importlib.util.cache_from_source(str(file)))
            if compiled.exists():
                archive.write(compiled, name.with_suffix(".pyc"))
            else:
                archive.write(file, name)


def _in(root: Path, path: Path) -> Path:
    return root / path.relative_to("/")
