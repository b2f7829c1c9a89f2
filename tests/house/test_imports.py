"""Imports point down only: the rule of the house, who may import whom.

    app -> all        cli -> (HTTP)        api, jobs, controllers -> services -> identity -> store -> model
    jobs, controllers, supervisor -> drivers, routing -> model          settings: app and cli alone

Skipping down is allowed. An exception is listed with its reason.
"""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import Final

from house.tree import Source, below, nothing_of

_DOWN_FROM_SERVICES: Final = {"services", "identity", "store", "model", "log_setup"}
_DOWN_FROM_DRIVERS: Final = {"drivers", "routing", "model", "log_setup"}

ALLOWED: Final[dict[str, set[str]]] = {
    "model": set(),
    "store": {"model", "log_setup"},
    "identity": {"store", "model"},
    "services": {"identity", "store", "model"},
    "drivers": {"model", "log_setup"},
    "routing": {"model"},
    "supervisor": _DOWN_FROM_DRIVERS,
    "api": _DOWN_FROM_SERVICES,
    "jobs": _DOWN_FROM_SERVICES | _DOWN_FROM_DRIVERS,
    "controllers": _DOWN_FROM_SERVICES | _DOWN_FROM_DRIVERS,
    "cli": {"settings"},
    "settings": set(),
    "log_setup": set(),
    "examples": set(),
}
"""Which parts each part may import, beside itself. `app` may import all; `homeport` itself holds the version alone."""

EXCEPTIONS: Final[dict[tuple[str, str], str]] = {
    (
        "homeport.cli",
        "homeport.identity.signature",
    ): "the client signs as any client does, and the rule is written once",
    ("homeport.cli", "homeport.model.clock"): "time comes from one place, so that tests own it",
    ("homeport.cli", "homeport.model.ids"): "ids come from one place, so that tests own them",
    ("homeport.cli.serve", "homeport.app"): "runs the engine in its own process; no client command loads it",
    (
        "homeport.cli.parts",
        "homeport.app",
    ): "runs parts of the engine in their own processes; no client command loads it",
    ("homeport.cli.checks", "homeport.drivers.docker"): "doctor says what the driver itself would find",
    ("homeport.cli.checks", "homeport.drivers.s3fs"): "doctor says what the supervisor itself would find",
    ("homeport.cli.checks", "homeport.drivers.sources.runtimes"): "doctor says what the driver itself would find",
    ("homeport.cli.checks", "homeport.routing.haproxy.installed"): "doctor says what the engine itself would find",
    ("homeport.cli.checks", "homeport.supervisor.cgroups"): "doctor says what the supervisor itself would find",
    ("homeport.cli.quickstart", "homeport.examples"): "a folder of files to deploy, no code to depend on",
}
"""Which modules may import which against the rule, each with all below it, and why."""

FORBIDDEN_LIBRARIES: Final[dict[str, set[str]]] = {
    "model": {"aiohttp", "httpx2", "psycopg", "socket", "sqlite3", "starlette", "subprocess", "uvicorn"},
    "jobs": {"aiohttp", "httpx2", "starlette", "uvicorn", "websockets"},
    "api": {"psycopg", "sqlite3"},
}
"""`model` does no I/O, `jobs` knows no HTTP, `api` no SQL."""

ONLY_APP: Final = ("homeport.store.sqlite", "homeport.store.postgres")
"""Stores are opened in one place."""


def violations(files: Iterable[Source]) -> list[str]:
    """Return every import that the rule forbids, with where it stands and what is allowed there."""
    return list(dict.fromkeys(found for file in files for found in _violations_of(file)))


def _violations_of(file: Source) -> Iterator[str]:
    module = _module(file)
    part = _part(module)
    if part in ("app", ""):
        return
    if part not in ALLOWED:
        yield f"{file.path}: {part} has no place in the import rule; give it one"
        return
    for node, target in _imports(file):
        if reason := _refused(module, target):
            yield f"{file.at(node)}: {part} imports {target}; {reason}"


def _refused(module: str, target: str) -> str:
    """Return why a module may not import the target; nothing when it may."""
    part = _part(module)
    root, _, _ = target.partition(".")
    if root == "structlog" and part != "log_setup":
        return "loggers come from homeport.log_setup"
    if root != "homeport":
        return "it must not know this library" if root in FORBIDDEN_LIBRARIES.get(part, ()) else ""
    if part != "store" and _within(target, ONLY_APP):
        return "only app opens stores"
    if any(_within(module, [who]) and _within(target, [whom]) for who, whom in EXCEPTIONS):
        return ""
    if _part(target) in ALLOWED[part] | {part, ""}:
        return ""
    return f"allowed are {', '.join(sorted(ALLOWED[part])) or 'none of ours'}"


def _within(target: str, modules: Iterable[str]) -> bool:
    return any(target == module or target.startswith(module + ".") for module in modules)


def _imports(file: Source) -> Iterator[tuple[ast.stmt, str]]:
    """Yield each import, wherever it stands in the file, and the module it names."""
    package = _module(file).split(".")
    if not file.path.endswith("/__init__.py"):
        package.pop()
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            # `from homeport import app` names a module too.
            yield from ((node, _named(module, alias.name)) for alias in node.names)


def _named(module: str, name: str) -> str:
    return f"{module}.{name}" if module == "homeport" and not name.startswith("__") else module


def _module(file: Source) -> str:
    parts = file.path.removeprefix("src/").removesuffix(".py").split("/")
    return ".".join(part for part in parts if part != "__init__")


def _part(module: str) -> str:
    _, _, rest = module.partition(".")
    return rest.partition(".")[0]


def _seeded(path: str, text: str) -> list[str]:
    return violations([Source(f"src/homeport/{path}", text)])


def test_imports_point_down_only():
    nothing_of(violations(below("src/")))


def test_an_import_that_points_up_is_found():
    [found] = _seeded("store/loading.py", "from homeport.services.jobs import submit_job\n")
    assert (
        found == "src/homeport/store/loading.py:1: store imports homeport.services.jobs; allowed are log_setup, model"
    )


def test_a_relative_import_that_points_up_is_found():
    assert _seeded("drivers/process/link.py", "from ...jobs import worker\n")


def test_a_module_named_in_an_import_of_the_package_is_found():
    assert _seeded("model/states.py", "from homeport import app\n")


def test_an_import_inside_a_function_is_found():
    assert _seeded("model/states.py", "def f():\n    import homeport.store.base\n")


def test_a_driver_that_routes_is_found():
    assert _seeded("drivers/simulated.py", "from homeport.routing.base import Route\n")


def test_settings_are_for_app_and_cli_alone():
    assert _seeded("services/jobs.py", "from homeport.settings import Settings\n")
    assert not _seeded("cli/main.py", "from homeport.settings import Settings\n")


def test_a_logger_that_does_not_come_from_log_setup_is_found():
    assert _seeded("jobs/runner.py", "import structlog\n")
    assert not _seeded("jobs/runner.py", "from homeport.log_setup import get_logger\n")


def test_http_in_the_engine_is_found():
    assert _seeded("jobs/runner.py", "import httpx2\n")


def test_sql_in_the_api_is_found():
    assert _seeded("api/edge.py", "import sqlite3\n")


def test_a_store_that_is_opened_outside_app_is_found():
    assert _seeded("jobs/worker.py", "from homeport.store.sqlite import SqliteStore\n")


def test_an_exception_counts_for_its_module_alone():
    text = "from homeport.app import serve\n"
    assert not _seeded("cli/serve.py", text)
    assert _seeded("cli/jobs.py", text)


def test_the_command_line_starts_without_the_engine():
    program = "import sys, homeport.cli.main; print([name for name in sys.modules if name == 'homeport.app'])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_exception_is_in_use():
    imported = {(_module(file), target) for file in below("src/") for _, target in _imports(file)}
    unused = [
        (who, whom)
        for who, whom in EXCEPTIONS
        if not any(_within(module, [who]) and _within(target, [whom]) for module, target in imported)
    ]
    assert unused == []


def test_a_new_part_without_a_place_in_the_rule_is_found():
    assert _seeded("plugins/first.py", "import os\n")
