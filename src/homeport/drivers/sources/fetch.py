"""Fetching a package: over HTTP, or from a folder of this machine that may be read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import httpx2

from homeport.drivers.sources.rules import local_path, shown
from homeport.drivers.sources.wanted import Wanted
from homeport.model.causes import Cause, TaskFailed, failed

_TIMEOUTS: Final = httpx2.Timeout(30.0, connect=10.0)
_PIECE: Final = 1 << 20
_AS_STORED: Final = {"Accept-Encoding": "identity"}
"""A package is packed already; packed again on its way it could not be told from one that is stored so."""

_SAY_STATUS: Final = {
    401: (Cause.SOURCE_REFUSED, "Give credentials in source.url (https://user:password@host/…)."),
    403: (Cause.SOURCE_REFUSED, "Check that the credentials or the signature in source.url are still good."),
    404: (Cause.SOURCE_MISSING, ""),
    410: (Cause.SOURCE_MISSING, ""),
}


def fetch_package(wanted: Wanted, target: Path, say: Callable[[str], None]) -> Path:
    """Bring the order's package to the folder `target`, or return the local folder that it is.

    Raises:
        TaskFailed: it is not there (`source-missing`), cannot be reached (`source-unreachable`), may not be had
            (`source-refused`) or is too large (`source-invalid`).
    """
    url = wanted.order.source.url
    say(f"Fetching {shown(url)}")
    if url.startswith("file:"):
        path = local_path(url, wanted.file_sources)
        if not path.exists():
            raise failed(Cause.SOURCE_MISSING, f"{shown(url)} is not there")
        return path if path.is_dir() else _copied(path, target, wanted.max_package_bytes)
    return _downloaded(url, target, wanted.max_package_bytes)


def _copied(path: Path, target: Path, limit: int) -> Path:
    if not path.is_file():
        raise failed(Cause.SOURCE_INVALID, f"{path} is neither a file nor a folder")
    if path.stat().st_size > limit:
        raise _too_large(str(path), limit)
    try:
        return Path(shutil.copyfile(path, target / path.name))
    except PermissionError as error:
        what = f"{path} may not be read by the user Homeport runs as"
        raise failed(Cause.SOURCE_REFUSED, what, advice="Give that user leave to read it.") from error


def _downloaded(url: str, target: Path, limit: int) -> Path:
    try:
        with (
            httpx2.Client(follow_redirects=True, timeout=_TIMEOUTS, headers=_AS_STORED) as client,
            client.stream("GET", url) as response,
        ):
            _check_status(response, url)
            file = target / (Path(httpx2.URL(url).path).name or "package")
            _write(response, file, url, limit)
            return file
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
        raise failed(Cause.SOURCE_UNSUPPORTED, f"{shown(url)} cannot be fetched: {error}") from error
    except httpx2.HTTPError as error:
        what = f"{shown(url)} cannot be fetched: {str(error) or type(error).__name__}"
        raise failed(Cause.SOURCE_UNREACHABLE, what) from error


def _check_status(response: httpx2.Response, url: str) -> None:
    if response.is_success:
        return
    cause, advice = _SAY_STATUS.get(response.status_code, (Cause.SOURCE_UNREACHABLE, ""))
    raise failed(cause, f"the server answered {response.status_code} for {shown(url)}", advice=advice)


def _write(response: httpx2.Response, file: Path, url: str, limit: int) -> None:
    """Write what comes, up to the limit; what the server announces of its size is not believed."""
    size = 0
    with file.open("wb") as package:
        for piece in response.iter_raw(_PIECE):
            size += len(piece)
            if size > limit:
                raise _too_large(shown(url), limit)
            package.write(piece)


def _too_large(what: str, limit: int) -> TaskFailed:
    return failed(
        Cause.SOURCE_INVALID,
        f"{what} is larger than {limit} bytes",
        advice="Make the package smaller, or raise the setting max_package_bytes.",
    )
