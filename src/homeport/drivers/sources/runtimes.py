"""CAE's runtimes, and how a program is started where nothing says how."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from homeport.model.causes import Cause, failed


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
        raise failed(Cause.SOURCE_UNSUPPORTED, f"there is no runtime {name} for code and packages")
    return _RUNTIMES[family]
