"""CAE's runtimes as they are found on this machine, and how a program is started where nothing says how."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from typing import Final

import msgspec

from homeport.model.causes import Cause, failed
from homeport.model.workloads import BuildOrder


class Runtime(msgspec.Struct, frozen=True):
    """A family of runtimes: the program it needs, and its conventions, each the first that fits."""

    interpreter: str
    """Program that must be on the search path; empty when Homeport brings it."""
    prepare: tuple[tuple[str, str], ...] = ()
    """What is run before the start where such a file lies in the source and no build_cmd is given: file, command."""
    start: tuple[tuple[str, str], ...] = ()
    """How a program is started that has no Procfile: a file's name or pattern, command (`{}` is the file)."""


_RUNTIMES: Final[dict[str, Runtime]] = {
    "Python": Runtime(
        interpreter="",
        start=(
            ("app.py", "python app.py"),
            ("main.py", "python main.py"),
            ("wsgi.py", "python wsgi.py"),
            ("manage.py", "python manage.py runserver --noreload $HOST:$PORT"),
            ("__main__.py", "python __main__.py"),
        ),
    ),
    "Nodejs": Runtime(
        interpreter="node",
        prepare=(("package-lock.json", "npm ci --omit=dev"), ("package.json", "npm install --omit=dev")),
        start=(("server.js", "node server.js"), ("app.js", "node app.js"), ("index.js", "node index.js")),
    ),
    "Java": Runtime(
        interpreter="java",
        prepare=(("pom.xml", "mvn -B clean package"),),
        start=(("*.jar", "java -jar {}"), ("target/*.jar", "java -jar {}")),
    ),
    "Php": Runtime(interpreter="php", start=(("index.php", "php -S $HOST:$PORT"),)),
    "Dotnet": Runtime(interpreter="dotnet"),
    "Tomcat": Runtime(interpreter="catalina.sh"),
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
        TaskFailed: it is not (`runtime-missing`), or the runtime is unknown (`source-unsupported`).
    """
    interpreter = runtime_of(order.runtime).interpreter
    if interpreter and shutil.which(interpreter, path=environ.get("PATH")) is None:
        raise failed(
            Cause.RUNTIME_MISSING, f"runtime {order.runtime} needs `{interpreter}`, which is not on this machine"
        )
