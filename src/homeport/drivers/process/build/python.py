"""A virtual environment of a release's own, with what the source needs installed in it."""

from __future__ import annotations

import importlib.metadata
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from homeport.drivers.process.build.output import Output
from homeport.model.causes import Cause, failed

VENV: Final = "venv"
"""Its folder in the release."""

_PROJECT_FILES: Final = ("pyproject.toml", "setup.py")


def make_environment(release: Path, output: Output, environ: Mapping[str, str], *, with_pip: bool) -> None:
    """Make the virtual environment of the same Python that Homeport runs with; `with_pip` takes some seconds more."""
    command = [_base_python(), "-m", "venv", *(() if with_pip else ("--without-pip",)), str(release / VENV)]
    code, _ = output.run(command, folder=release, environ=environ)
    if code != 0:
        advice = "Install Python's venv and ensurepip modules (Debian: python3-venv)."
        raise failed(Cause.RUNTIME_MISSING, "no virtual environment can be made", advice=advice, log=output.last)


def requirements_of(source: Path) -> list[str]:
    """Return what pip shall install for a source: its requirements.txt, or else the project itself, or nothing."""
    if (source / "requirements.txt").is_file():
        return ["-r", "requirements.txt"]
    if any((source / name).is_file() for name in _PROJECT_FILES):
        return ["."]
    return []


def install(release: Path, what: list[str], folder: Path, output: Output, environ: Mapping[str, str]) -> None:
    """Install with pip into the virtual environment, from the indexes and with the settings that pip is told of.

    Raises:
        TaskFailed: pip failed (`build-failed`, `disk-full`).
    """
    output.say(f"Installing {' '.join(what)}")
    options = ["install", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    code, said = output.run([*_pip(release), *options, *what], folder=folder, environ=environ)
    if code != 0:
        cause = Cause.DISK_FULL if "No space left on device" in said else Cause.BUILD_FAILED
        raise failed(cause, f"pip install {' '.join(what)} ended with exit code {code}", log=output.last)


def has_lasting_pip() -> bool:
    """Tell whether Homeport's own Python has a pip that can install into other environments (22.3 and later)."""
    return _own_pip_version() >= (22, 3)


def console_scripts(release: Path, wheel: Path) -> list[str]:
    """Return the commands that an installed wheel brought, by its entry_points.txt."""
    name = re.sub(r"[-_.]+", "_", wheel.name.split("-")[0]).lower()
    for file in release.glob(f"{VENV}/lib/python*/site-packages/*.dist-info/entry_points.txt"):
        if re.sub(r"[-_.]+", "_", file.parent.name.split("-")[0]).lower() == name:
            return _scripts(file.read_text())
    return []


def _scripts(entry_points: str) -> list[str]:
    section, names = "", []
    for line in entry_points.splitlines():
        if line.startswith("["):
            section = line.strip("[] \t")
        elif section == "console_scripts" and "=" in line:
            names.append(line.partition("=")[0].strip())
    return names


def _pip(release: Path) -> list[str]:
    own = str(release / VENV / "bin" / "python")
    if not (release / VENV / "bin" / "pip").exists():
        return [sys.executable, "-m", "pip", "--python", own]
    return [own, "-m", "pip"]


def _own_pip_version() -> tuple[int, ...]:
    try:
        found = importlib.metadata.version("pip")
    except importlib.metadata.PackageNotFoundError:
        return ()
    return tuple(int(part) for part in re.findall(r"\d+", found)[:2])


def _base_python() -> str:
    """Return the interpreter that Homeport's own virtual environment, if it runs in one, was made from."""
    return getattr(sys, "_base_executable", None) or sys.executable
