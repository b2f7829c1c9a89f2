"""Where the engine is, and as whom it is called: by flags, else variables, else what it left in its data folder."""

from __future__ import annotations

import ipaddress
import shlex
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

import msgspec

from homeport.cli.failures import ExitCode, Failure
from homeport.settings import default_data_dir

T = TypeVar("T")

ENDPOINT_FILE: Final = "endpoint.json"
"""In the data folder while an engine runs: where it listens."""
SUPERVISOR_FILE: Final = "supervisor.json"
"""In the data folder while a supervisor runs: who it is and where its socket is."""
CREDENTIALS_FILE: Final = "credentials.json"
"""In the data folder: the admin's credentials; mode 0600."""
ACCESS_KEY_VARIABLE: Final = "HOMEPORT_ACCESS_KEY"
SECRET_KEY_VARIABLE: Final = "HOMEPORT_SECRET_KEY"  # noqa: S105 - its name
PROJECT_VARIABLE: Final = "HOMEPORT_PROJECT_ID"


class Whereabouts(msgspec.Struct, frozen=True, kw_only=True):
    """What a running engine says of itself in `endpoint.json`; `ca` is a PEM file to check its certificate by."""

    url: str
    pid: int | None = None
    ca: str | None = None


class Supervisor(msgspec.Struct, frozen=True, kw_only=True):
    """What a running supervisor says of itself in `supervisor.json`."""

    pid: int
    socket: str
    version: str


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever calls: an access key, and a password where a token is to be had."""

    access_key: str
    secret_key: str
    project_id: str = ""
    domain_name: str = ""
    user_name: str = ""
    user_password: str = ""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """An engine, and how to call it."""

    url: str
    credentials: Credentials
    project_id: str = ""
    """Empty when the engine has to be asked for the caller's project."""
    ca: str | None = None

    @property
    def on_this_machine(self) -> bool:
        """Whether the engine can read the same files as this command."""
        return is_loopback(self.url)


def is_loopback(url: str) -> bool:
    """Tell whether an address is this machine's own."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def find_target(
    environ: Mapping[str, str], data_dir: Path, *, endpoint: str | None, project: str | None, ca_file: str | None
) -> Target:
    """Return the engine that a command means.

    Raises:
        Failure: no engine is known, or nothing says as whom to call it.
    """
    where = Whereabouts(url=checked_url(endpoint)) if endpoint else running_engine(data_dir)
    credentials = _credentials(environ, data_dir)
    return Target(
        url=where.url.rstrip("/"),
        credentials=credentials,
        project_id=project or environ.get(PROJECT_VARIABLE) or credentials.project_id,
        ca=ca_file or where.ca,
    )


def checked_url(url: str) -> str:
    """Return an endpoint when it is an address; raise a `Failure` otherwise."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Failure(
            f"{url!r} is no endpoint",
            advice="Give the address of an engine, as http://127.0.0.1:8223.",
            code=ExitCode.USAGE,
        )
    return url


def running_engine(data_dir: Path) -> Whereabouts:
    """Return what the engine of a data folder says of itself; it may have ended without a word.

    Raises:
        Failure: none runs there.
    """
    found = read_endpoint(data_dir)
    if found is None:
        raise Failure(
            f"No engine runs with the data folder {data_dir}",
            advice=f"Start one: {command('serve', data_dir)}\n"
            "Or say where it is: --endpoint URL (HOMEPORT_ENDPOINT), or --data-dir FOLDER (HOMEPORT_DATA_DIR).",
            code=ExitCode.UNREACHABLE,
        )
    return found


def read_endpoint(data_dir: Path) -> Whereabouts | None:
    """Return the content of `endpoint.json`; None where there is none, or none that can be read."""
    return _read(data_dir / ENDPOINT_FILE, Whereabouts)


def read_supervisor(data_dir: Path) -> Supervisor | None:
    """Return the content of `supervisor.json`; None where there is none, or none that can be read."""
    return _read(data_dir / SUPERVISOR_FILE, Supervisor)


def read_credentials(data_dir: Path) -> Credentials | None:
    """Return the content of `credentials.json`; None where there is none.

    Raises:
        Failure: it is another user's, or it can be read by others.
    """
    file = data_dir / CREDENTIALS_FILE
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o077:
            raise Failure(f"{file} holds secrets, but others may read it", advice=f"Close it: chmod 600 {file}")
        return _read(file, Credentials)
    except FileNotFoundError:
        return None
    except PermissionError:
        advice = f"Call as the user who runs the engine, or set {ACCESS_KEY_VARIABLE} and {SECRET_KEY_VARIABLE}."
        raise Failure(f"{file} cannot be read: it belongs to somebody else", advice=advice) from None


def _credentials(environ: Mapping[str, str], data_dir: Path) -> Credentials:
    key, secret = environ.get(ACCESS_KEY_VARIABLE, ""), environ.get(SECRET_KEY_VARIABLE, "")
    if key and secret:
        return Credentials(access_key=key, secret_key=secret)
    found = read_credentials(data_dir)
    if found is None:
        raise Failure(
            f"Nothing says as whom to call the engine: {data_dir / CREDENTIALS_FILE} is not there",
            advice=f"Set {ACCESS_KEY_VARIABLE}, {SECRET_KEY_VARIABLE} and {PROJECT_VARIABLE}, "
            "or name the engine's data folder: --data-dir FOLDER.",
            code=ExitCode.USAGE,
        )
    return found


def _read(file: Path, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=kind)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def command(words: str, data_dir: Path) -> str:
    """Return a homeport command to be typed, with the data folder where it is not the default one."""
    if data_dir == default_data_dir():
        return f"homeport {words}"
    return f"homeport {words} --data-dir {shlex.quote(str(data_dir))}"
