"""An engine of this machine for a command that needs one: the one that runs, or a child process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import httpx2
import msgspec

from homeport.cli.connection import command, read_endpoint
from homeport.cli.failures import Failure
from homeport.cli.ports import holder_of, is_free
from homeport.cli.waiting import SystemWaiter, wait_until
from homeport.settings import Settings

LOG_FILE: Final = "engine.log"
"""In the data folder: what an engine that was started so has written."""

_START_SECONDS: Final = 60.0
_STOP_SECONDS: Final = 60.0
_LINES_SHOWN: Final = 15


class LocalEngine(msgspec.Struct, frozen=True, kw_only=True):
    """An engine that answers. `process` is None where it ran before."""

    url: str
    log: Path
    process: subprocess.Popen[bytes] | None

    def wait(self) -> None:
        """Wait until it ends, for ever where it is not this command's child; raise a `Failure` when it failed."""
        if self.process is not None and self.process.wait() != 0:
            raise Failure(f"The engine ended with exit code {self.process.returncode}", advice=_last_lines(self.log))

    def stop(self) -> None:
        """End it in good order when it is this command's child; what it runs goes on."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(_STOP_SECONDS)


def running(data_dir: Path) -> str | None:
    """Return the address of the engine of a data folder; None where none answers."""
    where = read_endpoint(data_dir)
    return where.url if where is not None and answers(where.url, where.ca) else None


def answers(url: str, ca: str | None = None) -> bool:
    """Tell whether an engine answers at an address and is well."""
    try:
        verify = url.startswith("https:") and (ca is None or httpx2.create_ssl_context(verify=ca))
        return httpx2.get(f"{url}/homeport/v1/health", timeout=5.0, trust_env=False, verify=verify).is_success
    except (httpx2.HTTPError, OSError):
        return False


def start(settings: Settings, flags: Sequence[str]) -> LocalEngine:
    """Return the engine of the settings' data folder, starting it as a child where none runs.

    Raises:
        Failure: the port is taken, or it does not come to answer.
    """
    log = settings.data_dir / LOG_FILE
    url = running(settings.data_dir)
    if url is not None:
        return LocalEngine(url=url, log=log, process=None)
    if settings.port and not is_free(settings.host, settings.port):
        raise _taken(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    process = _spawn(settings, flags, log)
    try:
        return LocalEngine(url=_started(process, settings.data_dir, log), log=log, process=process)
    except BaseException:
        # Ctrl-C too: nobody else ends a child that is in a session of its own.
        process.kill()
        process.wait()
        raise


def _spawn(settings: Settings, flags: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    arguments = ("serve", "--data-dir", str(settings.data_dir), "--port", str(settings.port), *flags)
    with log.open("ab") as file:
        # In a session of its own: Ctrl-C is for the command, which ends the engine in good order.
        return subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-m", "homeport.cli", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )


def _started(process: subprocess.Popen[bytes], data_dir: Path, log: Path) -> str:
    """Return the address of a child when it answers; raise a `Failure` when it has ended, or takes too long."""

    def look() -> str | None:
        if process.poll() is not None:
            return ""
        where = read_endpoint(data_dir)
        return where.url if where is not None and where.pid == process.pid and answers(where.url, where.ca) else None

    url = wait_until(look, SystemWaiter(), seconds=_START_SECONDS)
    if not url:
        raise Failure("The engine does not start", advice=f"{_last_lines(log)}\nThe whole log: {log}")
    return url


def _taken(settings: Settings) -> Failure:
    holder = holder_of(settings.port)
    by = f" by {holder}" if holder else ""
    return Failure(
        f"Port {settings.port} on {settings.host} is taken{by}",
        advice=f"Stop that, or choose another port: {command('quickstart --port 0', settings.data_dir)}",
    )


def _last_lines(log: Path) -> str:
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError as error:
        return f"Its log {log} cannot be read: {error.strerror}"
    return "\n".join(lines[-_LINES_SHOWN:])
