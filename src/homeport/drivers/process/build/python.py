"""A virtual environment of a release's own, with what the source needs installed in it."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from homeport.drivers.sources.output import Output
from homeport.model.causes import Cause, failed

VENV: Final = "venv"
"""Its folder in the release."""

_PROJECT_FILES: Final = ("pyproject.toml", "setup.py")

_PIP_SCRIPT: Final = """\
#!{python}
import sys
from pip._internal.cli.main import main
sys.exit(main())
"""


def make_environment(release: Path) -> None:
    """Make a virtual environment of the same Python that Homeport runs with, without pip.

    Raises:
        TaskFailed: this Python cannot (`runtime-missing`).
    """
    try:
        venv.EnvBuilder(symlinks=True).create(release / VENV)
    except (subprocess.CalledProcessError, ValueError) as error:
        advice = "Install Python's venv module (Debian: python3-venv)."
        raise failed(Cause.RUNTIME_MISSING, f"no virtual environment can be made: {error}", advice=advice) from error


def add_pip(release: Path, output: Output, environ: Mapping[str, str]) -> None:
    """Put pip into the virtual environment, for build commands that call it.

    It is copied from Homeport's own Python where that has one: half a second instead of the five of ensurepip.

    Raises:
        TaskFailed: there is none, and ensurepip brings none (`runtime-missing`).
    """
    own = _own_pip()
    if own is not None:
        return _copy_pip(own, release)
    code, _ = output.run([str(_python(release)), "-m", "ensurepip"], folder=release, environ=environ)
    if code != 0:
        advice = "Install Python's ensurepip module (Debian: python3-venv)."
        raise failed(Cause.RUNTIME_MISSING, "there is no pip for the build", advice=advice, log=output.last)
    return None


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
        TaskFailed: pip failed (`build-failed`, `disk-full`), or there is none (`runtime-missing`).
    """
    own = _own_pip()
    if own is None:
        add_pip(release, output, environ)
    output.say(f"Installing {' '.join(what)}")
    pip = [str(_python(release)), "-m", "pip"] if own is None else _pip_for(release)
    options = ["install", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    code, said = output.run([*pip, *options, *what], folder=folder, environ=environ)
    if code != 0:
        cause = Cause.DISK_FULL if "No space left on device" in said else Cause.BUILD_FAILED
        raise failed(cause, f"pip install {' '.join(what)} ended with exit code {code}", log=output.last)


def console_scripts(release: Path, wheel: Path) -> list[str]:
    """Return the commands that an installed wheel brought, by its entry_points.txt."""
    distributions = importlib.metadata.distributions(path=[str(_site_packages(release))])
    name = _normal(wheel.name.split("-")[0])
    return [
        point.name
        for distribution in distributions
        if _normal(distribution.name) == name
        for point in distribution.entry_points
        if point.group == "console_scripts"
    ]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _python(release: Path) -> Path:
    return release / VENV / "bin" / "python"


def _site_packages(release: Path) -> Path:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return release / VENV / "lib" / version / "site-packages"


def _pip_for(release: Path) -> list[str]:
    return [sys.executable, "-m", "pip", "--python", str(_python(release))]


def _own_pip() -> importlib.metadata.Distribution | None:
    """Return the pip of Homeport's own Python when it is one that can install into other environments (22.3)."""
    try:
        found = importlib.metadata.distribution("pip")
    except importlib.metadata.PackageNotFoundError:
        return None
    version = tuple(int(part) for part in re.findall(r"\d+", found.version)[:2])
    return found if version >= (22, 3) and found.files else None


def _copy_pip(own: importlib.metadata.Distribution, release: Path) -> None:
    for file in own.files or ():
        target = _site_packages(release) / file
        source = Path(str(own.locate_file(file)))
        if ".." not in file.parts and source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    script = release / VENV / "bin" / "pip"
    script.write_text(_PIP_SCRIPT.format(python=_python(release)))
    script.chmod(0o755)
    shutil.copy2(script, script.with_name("pip3"))
