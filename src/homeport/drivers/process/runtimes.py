"""CAE's runtimes as they are found on this machine, and how a program is started where nothing says how."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from typing import Final

import msgspec

from homeport.model.causes import Cause, TaskFailed, failed
from homeport.model.workloads import BuildOrder


class Runtime(msgspec.Struct, frozen=True):
    """A family of runtimes: the program it needs, the Debian packages that bring it, and how programs are started."""

    family: str
    interpreter: str = ""
    """Program that must be on the search path; empty when Homeport brings it."""
    packages: str = ""
    version: str = ""
    """The flag by which the program says which version it is; empty for one that is not asked."""
    start: tuple[tuple[str, str], ...] = ()
    """How a program is started that has no Procfile: a file's name or pattern, command (`{}` is the file)."""


_RUNTIMES: Final[dict[str, Runtime]] = {
    runtime.family: runtime
    for runtime in (
        Runtime(
            "Python",
            start=(
                ("app.py", "python app.py"),
                ("main.py", "python main.py"),
                ("wsgi.py", "python wsgi.py"),
                ("manage.py", "python manage.py runserver --noreload $HOST:$PORT"),
                ("__main__.py", "python __main__.py"),
            ),
        ),
        Runtime(
            "Nodejs",
            "node",
            "nodejs npm",
            "--version",
            start=(("server.js", "node server.js"), ("app.js", "node app.js"), ("index.js", "node index.js")),
        ),
        Runtime("Java", "java", "default-jdk-headless", "-version"),
        Runtime("Php", "php", "php-cli", start=(("index.php", "php -S $HOST:$PORT"),)),
        Runtime("Dotnet", "dotnet"),
        Runtime("Tomcat"),
    )
}


def runtime_of(name: str) -> Runtime:
    """Return the family of a runtime: `Nodejs16` is of Nodejs.

    Raises:
        TaskFailed: there is no such family (`source-unsupported`).
    """
    family = re.sub(r"\d+$", "", name)
    if family not in _RUNTIMES:
        raise failed(Cause.SOURCE_UNSUPPORTED, f"driver process knows no runtime {name}")
    return _RUNTIMES[family]


def check_runtime(order: BuildOrder, environ: Mapping[str, str]) -> None:
    """Pass when what the order's runtime needs is on this machine.

    The number in a runtime's name is not held against the machine: what is there is used.

    Raises:
        TaskFailed: it is not (`runtime-missing`), or the runtime is unknown or not built yet (`source-unsupported`).
    """
    runtime = runtime_of(order.runtime)
    if runtime.family == "Tomcat":
        raise failed(
            Cause.SOURCE_UNSUPPORTED,
            f"driver process does not run .war files on Tomcat yet (runtime {order.runtime})",
            advice="Pack the program with its server as a runnable .jar or .war, and use runtime Java17.",
        )
    if runtime.interpreter and not is_here(runtime.interpreter, environ):
        raise missing(f"runtime {order.runtime}", runtime.interpreter, runtime.packages)


def is_here(program: str, environ: Mapping[str, str]) -> bool:
    """Tell whether a program is on the search path."""
    return shutil.which(program, path=environ.get("PATH")) is not None


def missing(what: str, program: str, packages: str) -> TaskFailed:
    """Return the failure that `what` needs a program which this machine lacks; `packages` of Debian would bring it."""
    how = f" (Debian: apt-get install {packages})" if packages else ""
    return failed(
        Cause.RUNTIME_MISSING,
        f"{what} needs `{program}`, which is not on this machine",
        advice=f"Install it{how}, or use a runtime that is here (homeport doctor).",
    )
