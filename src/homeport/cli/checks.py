"""What `homeport doctor` looks at, one function a matter: what was found, and what to do where it is not well."""

from __future__ import annotations

import asyncio
import os
import platform
import resource
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal

import msgspec

from homeport import __version__
from homeport.cli import localengine
from homeport.cli.connection import CREDENTIALS_FILE, command, read_endpoint, read_supervisor
from homeport.cli.ports import holder_of, is_free
from homeport.drivers.docker.engine import version_at
from homeport.drivers.docker.settings import host_of
from homeport.drivers.s3fs import find_s3fs
from homeport.drivers.sources.runtimes import runtime_of
from homeport.model.clock import SystemClock
from homeport.routing.haproxy.installed import find_haproxy
from homeport.settings import Settings
from homeport.supervisor.cgroups import find_hierarchies

GIBIBYTE: Final = 1024**3
_LOW: Final = GIBIBYTE
_TOO_LOW: Final = GIBIBYTE // 10
_FEW_FILES: Final = 4_096
_RUNTIMES: Final = ("Nodejs16", "Java17", "Php8", "Dotnet8")
_BUILD_TOOLS: Final = (("node", "npm"), ("java", "mvn"), ("java", "gradle"))
"""Interpreters, and what builds the sources of their languages."""


class Finding(msgspec.Struct, frozen=True):
    """One matter: `ok`; `warn` where something is missing that is not always needed; `fail` where nothing will work."""

    matter: str
    state: Literal["ok", "warn", "fail"]
    found: str
    advice: str = ""


Check = Callable[[Settings], Iterator[Finding]]


def check_python(settings: Settings) -> Iterator[Finding]:  # noqa: ARG001 - each check has the same shape
    """Which Python this is, and on what."""
    system = f"{platform.system()} {platform.release()}"
    yield Finding("python", "ok", f"Homeport {__version__}, Python {platform.python_version()}, {system}")


def check_engine(settings: Settings) -> Iterator[Finding]:
    """Whether an engine answers; without one, whether it could listen."""
    where = read_endpoint(settings.data_dir)
    if where is not None and localengine.answers(where.url, where.ca):
        yield Finding("engine", "ok", f"answers at {where.url}")
        return
    start = f"Start it: {command('serve', settings.data_dir)}"
    if where is None:
        yield Finding("engine", "warn", "does not run", start)
    else:
        alive = where.pid is not None and Path(f"/proc/{where.pid}").exists()
        state = f"process {where.pid} {'is there and does not answer' if alive else 'is gone'}"
        advice = f"End process {where.pid}, then start it again." if alive else start
        yield Finding("engine", "fail" if alive else "warn", f"was at {where.url}; {state}", advice)
    yield _port(settings)


def _port(settings: Settings) -> Finding:
    if settings.port == 0 or is_free(settings.host, settings.port):
        return Finding("port", "ok", f"{settings.port} on {settings.host} is free")
    holder = holder_of(settings.port)
    found = f"{settings.port} on {settings.host} cannot be used" + (f": {holder} listens there" if holder else "")
    return Finding("port", "fail", found, "Stop that, or choose another port: --port, HOMEPORT_PORT.")


def check_data_folder(settings: Settings) -> Iterator[Finding]:
    """Whether the data folder can be written to, and whether its secrets are closed to others."""
    folder = settings.data_dir
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        yield Finding("data folder", "fail", f"{there} cannot be written to", "Choose another: --data-dir.")
    elif there != folder:
        yield Finding("data folder", "ok", f"{folder} will be made at the first start")
    else:
        yield Finding("data folder", "ok", str(folder))
    file = folder / CREDENTIALS_FILE
    if file.exists() and file.stat().st_mode & 0o077:
        yield Finding("credentials", "fail", f"others may read {file}", f"Close it: chmod 600 {file}")


def check_disk(settings: Settings) -> Iterator[Finding]:
    """Whether there is room for databases, packages and logs."""
    folder = settings.data_dir
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(there).free
    found = f"{free / GIBIBYTE:.1f} GiB free at {there}"
    if free >= _LOW:
        yield Finding("disk", "ok", found)
    else:
        advice = "Free some space, or choose a data folder on another disk: --data-dir."
        yield Finding("disk", "fail" if free < _TOO_LOW else "warn", found, advice)


def check_supervisor(settings: Settings) -> Iterator[Finding]:
    """Whether the process that owns the instances is there, if it should be."""
    where = read_supervisor(settings.data_dir)
    if where is None:
        yield Finding("supervisor", "ok", "does not run; the engine starts it when something is to be run")
        return
    with socket.socket(socket.AF_UNIX) as attempt:
        attempt.settimeout(5.0)
        try:
            attempt.connect(where.socket)
        except OSError as error:
            found = f"process {where.pid} does not answer on {where.socket}: {error.strerror or error}"
            yield Finding("supervisor", "warn", found, "The engine starts another one when it needs one.")
            return
    found = f"runs as process {where.pid}"
    if where.version == __version__:
        yield Finding("supervisor", "ok", found)
    else:
        advice = f"It goes on as it is; `{command('down', settings.data_dir)}` ends it and what it runs."
        yield Finding("supervisor", "warn", f"{found}, of version {where.version}", advice)


def check_limits(settings: Settings) -> Iterator[Finding]:  # noqa: ARG001 - each check has the same shape
    """Whether limits of memory and processor can be held, and processes be ended for certain."""
    hierarchies = find_hierarchies(f"homeport-doctor-{os.getpid()}")
    notes = hierarchies.notes()
    hierarchies.remove()
    if notes:
        advice = "Applications run all the same. Run Homeport as root, or where systemd delegates a cgroup to it."
        yield Finding("cgroups", "warn", " ".join(notes), advice)
    else:
        yield Finding("cgroups", "ok", "limits of memory and processor can be held")
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < _FEW_FILES:
        yield Finding("open files", "warn", f"at most {soft} a process", f"Allow more: ulimit -n {_FEW_FILES}")


def check_docker(settings: Settings) -> Iterator[Finding]:
    """Whether a Docker Engine answers, for driver `docker`."""
    host = host_of(settings.docker_host, os.environ)
    version = asyncio.run(version_at(host, SystemClock()))
    if version is not None:
        yield Finding("docker", "ok", f"Docker Engine {version} answers at {host}")
    else:
        advice = "Driver docker needs one; without it packages and repositories run as processes."
        yield Finding(
            "docker", "warn" if settings.driver != "docker" else "fail", f"no Engine answers at {host}", advice
        )


def check_router(settings: Settings) -> Iterator[Finding]:
    """What answers on applications' addresses, and why: haproxy or Homeport's own front."""
    found = asyncio.run(find_haproxy())
    here = found.shortcoming or f"haproxy {found.version} is at {found.program}"
    if settings.router == "embedded":
        could = "" if found.shortcoming else f"; {here} and would be used with router auto or haproxy"
        yield Finding("router", "ok", f"Homeport's own front, as router is embedded{could}")
    elif not found.shortcoming:
        yield Finding("router", "ok", f"haproxy {found.version} at {found.program}, as router is {settings.router}")
    elif settings.router == "haproxy":
        advice = "Install haproxy 2.6 or newer, or choose router embedded, which needs nothing."
        yield Finding("router", "fail", f"router is haproxy, but {here}", advice)
    else:
        advice = "Nothing is needed. Install haproxy 2.6 or newer to have it do this work."
        yield Finding("router", "ok", f"Homeport's own front, as router is auto and {here}", advice)


def check_programs(settings: Settings) -> Iterator[Finding]:  # noqa: ARG001 - each check has the same shape
    """Which runtimes and helpers of driver `process` are on this machine."""
    there: list[str] = ["Python"]
    missing: list[str] = []
    for name in _RUNTIMES:
        program = runtime_of(name).interpreter
        (there if shutil.which(program) else missing).append(f"{name.rstrip('0123456789')} ({program})")
    yield Finding("runtimes", "ok", "here: " + ", ".join(there))
    if missing:
        advice = "Install a program to deploy what needs it."
        yield Finding("runtimes", "warn", "not here: " + ", ".join(missing), advice)
    tools = [tool for program, tool in _BUILD_TOOLS if shutil.which(program) and not shutil.which(tool)]
    if tools:
        advice = "Install a tool to build what is written for it, or let the source bring its wrapper."
        yield Finding("build tools", "warn", "not here: " + ", ".join(tools), advice)
    if shutil.which("git") is None:
        yield Finding("git", "warn", "is not here", "Install git to deploy from repositories.")


def check_buckets(settings: Settings) -> Iterator[Finding]:  # noqa: ARG001 - each check has the same shape
    """Whether volumes can be buckets of an S3-compatible store."""
    found = find_s3fs()
    if found.shortcoming:
        advice = "Nothing is needed unless a volume is to be a bucket; volumes are folders without it."
        yield Finding("buckets", "ok", f"cannot be mounted: {found.shortcoming}", advice)
    else:
        yield Finding("buckets", "ok", f"can be mounted, by {found.program}")


CHECKS: Final[tuple[Check, ...]] = (
    check_python,
    check_engine,
    check_data_folder,
    check_disk,
    check_supervisor,
    check_limits,
    check_docker,
    check_router,
    check_programs,
    check_buckets,
)
"""In the order in which they are shown."""
