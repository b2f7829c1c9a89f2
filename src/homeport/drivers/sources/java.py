"""Java: what Maven or Gradle does with a source, and which of its jars is the program."""

from __future__ import annotations

import re
import shlex
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from homeport.drivers.sources.conventions import Step
from homeport.model.causes import Cause, failed

_MAVEN: Final = "-B -q clean package"
_GRADLE: Final = "--no-daemon --console=plain build"
_GRADLE_FILES: Final = ("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts")
_PLACES: Final = ("", "target", "build/libs", "*/target", "*/build/libs")
"""Where jars lie: the source itself, what Maven and Gradle make, and their modules."""

_MAIN_CLASS: Final = re.compile(rb"^Main-Class:[ \t]*\S", re.MULTILINE)
_LONGEST_MANIFEST: Final = 1 << 20


def build_steps(source: Path) -> list[Step]:
    """Return how Maven or Gradle builds a source, by its wrapper where the source brings one."""
    if (source / "pom.xml").is_file():
        if (source / "mvnw").is_file():
            return [Step(f"sh ./mvnw {_MAVEN}")]
        return [Step(f"mvn {_MAVEN}", "mvn", "maven", "a pom.xml without a wrapper (mvnw)")]
    if any((source / name).is_file() for name in _GRADLE_FILES):
        if (source / "gradlew").is_file():
            return [Step(f"sh ./gradlew {_GRADLE}")]
        return [Step(f"gradle {_GRADLE}", "gradle", "gradle", "a build.gradle without a wrapper (gradlew)")]
    return []


def start_commands(source: Path, artifact_name: str | None) -> Iterator[str]:
    """Yield how the program is started: the jar that `artifact_name` names, or the only one that can be run.

    Raises:
        TaskFailed: several could be run, or none of those that are there (`start-failed`, naming them).
    """
    jars = list(_jars(source))
    chosen = [jar for jar in jars if jar.name == artifact_name] if artifact_name else list(filter(_is_runnable, jars))
    if jars and len(chosen) != 1:
        names = ", ".join(str(jar.relative_to(source)) for jar in chosen or jars)
        if artifact_name:
            what = f"build.parameters.artifact_name is {artifact_name}, and the jars that were built are {names}"
        elif chosen:
            what = f"several jars could be the program: {names}"
        else:
            what = f"no jar has a Main-Class in its manifest: {names}"
        raise failed(Cause.START_FAILED, what, advice=_ADVICE)
    for jar in chosen:
        yield f"java -jar {shlex.quote(str(jar.relative_to(source)))}"


_ADVICE: Final = (
    "Name the jar in build.parameters.artifact_name (for code), build a runnable one, or add a Procfile with a line "
    "such as `web: java -cp app.jar shop.Main`."
)


def _jars(source: Path) -> Iterator[Path]:
    found = {
        path
        for place in _PLACES
        for ending in ("jar", "war")
        for path in source.glob(f"{place}/*.{ending}" if place else f"*.{ending}")
    }
    return (path for path in sorted(found) if path.is_file())


def _is_runnable(jar: Path) -> bool:
    try:
        with zipfile.ZipFile(jar) as archive, archive.open("META-INF/MANIFEST.MF") as manifest:
            return _MAIN_CLASS.search(manifest.read(_LONGEST_MANIFEST)) is not None
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError):
        return False
