"""Node.js: what npm does with a source, and how its program is started."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from homeport.drivers.sources.conventions import Step
from homeport.model.causes import Cause, failed

PATH: Final = ("app/node_modules/.bin",)
"""Where a release has the commands of its dependencies."""

ENVIRON: Final = {"NODE_ENV": "production", "npm_config_update_notifier": "false"}
"""What a program is started with, unless its own variables say otherwise."""

BUILD_ENVIRON: Final = {
    "npm_config_audit": "false",
    "npm_config_fund": "false",
    "npm_config_progress": "false",
    "npm_config_update_notifier": "false",
}
"""npm as a build wants it: it asks its registry for packages and for nothing else."""

_LOCKS: Final = ("package-lock.json", "npm-shrinkwrap.json")


def build_steps(source: Path) -> list[Step]:
    """Return how npm installs what a package.json needs, and runs its script `build` if there is one.

    What only the build needs is installed for it, and taken away after it.

    Raises:
        TaskFailed: the package.json is none (`source-invalid`).
    """
    if not (source / "package.json").is_file():
        return []
    install = "npm ci" if any((source / lock).is_file() for lock in _LOCKS) else "npm install"
    if "build" in _scripts(source):
        commands = [f"{install} --include=dev", "npm run build", "npm prune --omit=dev"]
    else:
        commands = [f"{install} --omit=dev"]
    return [Step(command, "npm", "nodejs npm", "a package.json") for command in commands]


def start_commands(source: Path) -> Iterator[str]:
    """Yield how a package.json says that its program is started: the script `start`, then `main`."""
    if (source / "package.json").is_file():
        if "start" in _scripts(source):
            yield "npm start"
        main = _package(source).get("main")
        if isinstance(main, str) and (source / main).is_file():
            yield f"node {shlex.quote(main)}"


def _scripts(source: Path) -> dict[str, Any]:
    scripts = _package(source).get("scripts")
    return scripts if isinstance(scripts, dict) else {}


def _package(source: Path) -> dict[str, Any]:
    try:
        found = json.loads((source / "package.json").read_bytes())
    except ValueError as error:
        raise failed(Cause.SOURCE_INVALID, f"package.json is no JSON: {error}", advice="Mend package.json.") from error
    if not isinstance(found, dict):
        raise failed(Cause.SOURCE_INVALID, "package.json holds no object", advice="Mend package.json.")
    return found
