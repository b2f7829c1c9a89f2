"""The Dockerfile of a source that brings none: its runtime's base image, build and start."""

from __future__ import annotations

import json
import re
import shlex
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from homeport.drivers.sources import commands
from homeport.drivers.sources.runtimes import Runtime, runtime_of
from homeport.model.causes import Cause, failed

JAVA_BUILD: Final = "JavaBuild"
"""Base image that Java code is built in, beside the families of runtimes."""

_ARGUMENTS: Final = re.compile(r"NPM_CONFIG_\w+|npm_config_\w+|MAVEN_OPTS")
"""What any `build_cmd` may go by."""
_PIP_ARGUMENTS: Final = re.compile(r"PIP_\w+")
"""What only images of Python have a use for; elsewhere their values would only make layers anew."""
_FIND_JAR: Final = (
    "set -- $(ls -d {jars} 2>/dev/null | grep -Eve '{others}'); "
    'test $# -eq 1 || {{ echo "one jar is needed, and there are $#: $*" >&2; exit 1; }}; '
    'mkdir /built && cp "$1" /built/app.jar'
)
_BUILT: Final = ("target", "build/libs", "*/target", "*/build/libs")
"""Where Maven and Gradle put the jars of a source and of its modules."""
_OTHERS: Final = "-(plain|sources|javadoc|tests)[.]jar$|/original-"


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a Dockerfile is generated from."""

    source: Path
    whole: Path | None
    """The package in `source` that is taken whole, where there is one."""
    runtime: str
    parameters: Mapping[str, str]
    base_images: Mapping[str, str]
    """By family of runtimes, and JAVA_BUILD."""

    @property
    def kind(self) -> Runtime:
        """The runtime's family."""
        return runtime_of(self.runtime)

    @property
    def commands(self) -> list[str]:
        """What is run in the source to build it."""
        steps = commands.build_steps(self.source, self.kind, self.parameters.get("build_cmd"))
        return [f"RUN {json.dumps(['/bin/sh', '-c', step.command])}" for step in steps]

    def base(self, family: str) -> str:
        """Return the image to build on.

        Raises:
            TaskFailed: none is known (`source-unsupported`).
        """
        image = self.parameters.get("base_image") or self.base_images.get(family, "")
        if not image:
            what = f"no base image is known for runtime {self.runtime}"
            advice = "Name one in build.parameters.base_image or in the setting base_images, or bring a Dockerfile."
            raise failed(Cause.SOURCE_UNSUPPORTED, what, advice=advice)
        return image.replace("{version}", re.sub(r"\D+", "", self.runtime))


def generated(given: Given, environ: Mapping[str, str]) -> str:
    """Return a Dockerfile; the settings of its package managers in `environ` are declared in it.

    Raises:
        TaskFailed: there is none for such a source (`source-unsupported`), or nothing says how to start the program
            (`start-failed`).
    """
    patterns = (_ARGUMENTS, _PIP_ARGUMENTS) if given.kind.family == "Python" else (_ARGUMENTS,)
    names = [name for name in sorted(environ) if any(pattern.fullmatch(name) for pattern in patterns)]
    declared = [f"ARG {name}" for name in names]
    if given.kind.family == "Tomcat":
        return _tomcat(given)
    if given.kind.family == "Java" and given.whole is None and given.commands:
        return _java(given, declared)
    return "\n".join([*_plain(given, declared), ""])


def _plain(given: Given, declared: list[str]) -> Iterator[str]:
    """Yield the lines of a Dockerfile with one stage."""
    source, whole, python = given.source, given.whole, given.kind.family == "Python"
    yield f"FROM {given.base(given.kind.family)}"
    yield from ("WORKDIR /app", "ENV HOST=0.0.0.0 PYTHONUNBUFFERED=1 NODE_ENV=production", *declared)
    scripts = commands.project_scripts(source) if python else []
    if whole is not None and whole.suffix == ".whl":
        if not python:
            what = f"{whole.name} is a Python wheel, and the runtime is {given.runtime}"
            raise failed(Cause.SOURCE_UNSUPPORTED, what, advice="Use runtime Python3.")
        yield from (f"COPY {json.dumps([whole.name, './'])}", f"RUN pip install ./{shlex.quote(whole.name)}")
        scripts = _scripts_of(whole)
    else:
        if python and _is_plain(source / "requirements.txt"):
            yield from ("COPY requirements.txt ./", "RUN pip install -r requirements.txt")
        yield "COPY . ./"
        if python and (what := _rest(source)):
            yield f"RUN pip install {what}"
        yield from given.commands
    command = commands.start_command(source, given.kind, scripts, given.parameters.get("artifact_name"))
    yield f"CMD {json.dumps(['/bin/sh', '-c', command])}"


def _rest(source: Path) -> str:
    """Return what pip installs once the whole source is there."""
    if (source / "requirements.txt").is_file():
        return "" if _is_plain(source / "requirements.txt") else "-r requirements.txt"
    return "." if any((source / name).is_file() for name in ("pyproject.toml", "setup.py")) else ""


def _is_plain(file: Path) -> bool:
    """Tell whether requirements name nothing of the source itself, so that their layer outlives changes of it."""
    if not file.is_file():
        return False
    lines = (line.strip() for line in file.read_text(errors="replace").splitlines())
    return not any(line.startswith(("-", ".", "/")) or "file:" in line for line in lines)


def _scripts_of(wheel: Path) -> list[str]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            name = next(one for one in archive.namelist() if one.endswith(".dist-info/entry_points.txt"))
            text = archive.read(name).decode(errors="replace")
    except (zipfile.BadZipFile, StopIteration):
        return []
    section = re.search(r"^\[console_scripts\]\s*$(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
    return re.findall(r"^([^\s=#]+)\s*=", section[1], re.MULTILINE) if section else []


def _java(given: Given, declared: list[str]) -> str:
    artifact_name = given.parameters.get("artifact_name")
    jar = shlex.quote(artifact_name) if artifact_name else "*.jar"
    find = _FIND_JAR.format(jars=" ".join(f"{place}/{jar}" for place in _BUILT), others=_OTHERS)
    lines = [f"FROM {given.base(JAVA_BUILD)} AS build", "WORKDIR /source", *declared, "COPY . ./", *given.commands]
    lines += [f"RUN {json.dumps(['/bin/sh', '-c', find])}", f"FROM {given.base('Java')}", "WORKDIR /app"]
    return "\n".join([*lines, "COPY --from=build /built/app.jar ./", 'CMD ["java", "-jar", "app.jar"]', ""])


def _tomcat(given: Given) -> str:
    if given.whole is None or given.whole.suffix != ".war":
        what = f"runtime {given.runtime} runs a .war that is a package"
        raise failed(Cause.SOURCE_UNSUPPORTED, what, advice="Send a .war, or bring a Dockerfile.")
    copy = json.dumps([given.whole.name, "/usr/local/tomcat/webapps/ROOT.war"])
    return f"FROM {given.base('Tomcat')}\nCOPY {copy}\n"
