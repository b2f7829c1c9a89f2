"""How the program of a source is started: as its Procfile says, or by the convention of its runtime."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from homeport.drivers.sources import java, node
from homeport.drivers.sources.conventions import Step
from homeport.drivers.sources.runtimes import Runtime
from homeport.model.causes import Cause, failed

_PROCFILE_WEB: Final = re.compile(r"^web:[ \t]*(\S.*)$", re.MULTILINE)
_COMPOUND: Final = re.compile(r"[;&|<>(){}`\n]")
_ASSIGNMENT: Final = re.compile(r"\s*[A-Za-z_]\w*=")


def start_command(source: Path, runtime: Runtime, scripts: Sequence[str], artifact_name: str | None) -> str:
    """Return the line for /bin/sh that starts the program.

    Looked at in turn: the `web:` line of a Procfile; the one console script that a wheel or project brings; what a
    package.json says; the jar that build parameter artifact_name names, or that can be run; the files that the runtime
    usually begins with.

    Raises:
        TaskFailed: none of these says how (`start-failed`).
    """
    for command in _candidates(source, runtime, scripts, artifact_name):
        return with_exec(command)
    usual = [*_LOOKED.get(runtime.family, ()), *(name for name, _ in runtime.start)]
    looked = ["a Procfile with a line `web: …`", *usual]
    many = f" (there are {len(scripts)} console scripts: {', '.join(scripts)})" if len(scripts) > 1 else ""
    raise failed(
        Cause.START_FAILED,
        f"nothing says how to start the program; looked for {', '.join(looked)}{many}",
        advice=f"Add a Procfile with a line such as `web: {_EXAMPLES.get(runtime.family, 'python server.py')}`.",
    )


_LOOKED: Final = {
    "Python": ("exactly one console script",),
    "Nodejs": ("a package.json with a script `start` or a `main`",),
    "Java": ("a .jar here, in target/ or in build/libs/",),
}
_EXAMPLES: Final = {"Nodejs": "node server.js", "Java": "java -jar app.jar", "Php": "php -S $HOST:$PORT"}


def with_exec(command: str) -> str:
    """Return a command line under which the program takes the shell's place, so that signals reach it.

    A line of several commands stays as it is: signals reach all processes of an instance anyway.
    """
    if _COMPOUND.search(command):
        return command
    return f"exec env {command.strip()}" if _ASSIGNMENT.match(command) else f"exec {command.strip()}"


def project_scripts(source: Path) -> list[str]:
    """Return the console scripts that a project's pyproject.toml declares."""
    try:
        project = tomllib.loads((source / "pyproject.toml").read_text()).get("project", {})
        return list(project.get("scripts", {}))
    except (FileNotFoundError, tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError):
        return []


def build_steps(source: Path, runtime: Runtime, build_cmd: str | None) -> list[Step]:
    """Return what is run in the source before it is a release: build_cmd, build.sh, or the runtime's convention.

    Raises:
        TaskFailed: a file that the convention reads is broken (`source-invalid`).
    """
    if build_cmd:
        return [Step(build_cmd)]
    if (source / "build.sh").is_file():
        return [Step("sh ./build.sh")]
    convention = _BUILDS.get(runtime.family)
    return convention(source) if convention else []


_BUILDS: Final[dict[str, Callable[[Path], list[Step]]]] = {"Nodejs": node.build_steps, "Java": java.build_steps}


def _candidates(source: Path, runtime: Runtime, scripts: Sequence[str], artifact_name: str | None) -> Iterator[str]:
    procfile = source / "Procfile"
    if procfile.is_file() and (found := _PROCFILE_WEB.search(procfile.read_text(errors="replace"))):
        yield found[1]
    if len(scripts) == 1:
        yield scripts[0]
    if runtime.family == "Nodejs":
        yield from node.start_commands(source)
    elif runtime.family == "Java":
        yield from java.start_commands(source, artifact_name)
    for pattern, command in runtime.start:
        for file in sorted(source.glob(pattern)):
            if file.is_file():
                yield command.format(shlex.quote(str(file.relative_to(source))))
