"""How the program of a source is started: as its Procfile says, or by the convention of its runtime."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from homeport.drivers.process.runtimes import Runtime
from homeport.model.causes import Cause, failed

_PROCFILE_WEB: Final = re.compile(r"^web:[ \t]*(\S.*)$", re.MULTILINE)
_COMPOUND: Final = re.compile(r"[;&|<>(){}`\n]")
_ASSIGNMENT: Final = re.compile(r"\s*[A-Za-z_]\w*=")


def start_command(source: Path, runtime: Runtime, scripts: Sequence[str], artifact_name: str | None) -> str:
    """Return the line for /bin/sh that starts the program.

    Looked at in turn: the `web:` line of a Procfile; the one console script that a wheel or project brings; the file
    that build parameter artifact_name names; the runtime's conventions.

    Raises:
        TaskFailed: none of these says how (`start-failed`).
    """
    for command in _candidates(source, runtime, scripts, artifact_name):
        return with_exec(command)
    looked = ["a Procfile with a line `web: …`", "exactly one console script", *(name for name, _ in runtime.start)]
    many = f" (there are {len(scripts)} console scripts: {', '.join(scripts)})" if len(scripts) > 1 else ""
    raise failed(
        Cause.START_FAILED,
        f"nothing says how to start the program; looked for {', '.join(looked)}{many}",
        advice="Add a Procfile with a line such as `web: python server.py`.",
    )


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


def prepare_command(source: Path, runtime: Runtime, build_cmd: str | None) -> str | None:
    """Return what is run in the source before it is a release: build_cmd, build.sh, or the runtime's convention."""
    if build_cmd:
        return build_cmd
    if (source / "build.sh").is_file():
        return "sh ./build.sh"
    return next((command for name, command in runtime.prepare if (source / name).is_file()), None)


def _candidates(source: Path, runtime: Runtime, scripts: Sequence[str], artifact_name: str | None) -> Iterator[str]:
    procfile = source / "Procfile"
    if procfile.is_file() and (found := _PROCFILE_WEB.search(procfile.read_text(errors="replace"))):
        yield found[1]
    if len(scripts) == 1:
        yield scripts[0]
    patterns = [(artifact_name, "java -jar {}"), (f"target/{artifact_name}", "java -jar {}")] if artifact_name else []
    for pattern, command in [*patterns, *runtime.start]:
        for file in sorted(source.glob(pattern)):
            if file.is_file():
                yield command.format(shlex.quote(str(file.relative_to(source))))
