"""Which code and packages are taken to be built, and what of a URL may be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from homeport.model.causes import Cause, failed
from homeport.model.credentials import SCP_LIKE, CredentialType, good_for
from homeport.model.workloads import BuildOrder

PACKAGE_SCHEMES: Final = ("https", "http", "file")
CODE_SCHEMES: Final = ("https", "ssh", "file")

_CREDENTIAL_TYPES: Final = {"https": CredentialType.GIT_HTTPS, "ssh": CredentialType.GIT_SSH}

_SECRET_IN_URL: Final = re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/@'\"]+@", re.IGNORECASE)


def check_source(order: BuildOrder, file_sources: Sequence[str]) -> None:
    """Pass when a source is of a kind that can be built here and lies where it may.

    Raises:
        TaskFailed: `source-unsupported`, `source-refused` or `credential-missing`.
    """
    source = order.source
    if source.type == "code" and SCP_LIKE.fullmatch(source.url):
        return _check_access(order, "ssh")
    scheme, allowed = _split(source.url).scheme, CODE_SCHEMES if source.type == "code" else PACKAGE_SCHEMES
    if scheme not in allowed:
        what = f"source.url {shown(source.url)} is neither of {', '.join(f'{one}://' for one in allowed)}"
        raise failed(Cause.SOURCE_UNSUPPORTED, what, advice=f"Use one of {', '.join(allowed)}.")
    if scheme == "file":
        local_path(source.url, file_sources)
    elif source.type == "code":
        _check_access(order, scheme)
    return None


def _check_access(order: BuildOrder, scheme: str) -> None:
    """Pass when the credential that a source names is there, and one for such an address."""
    source, access = order.source, order.access
    name = source.code.auth_name if source.code else None
    if not name:
        return
    wanted = _CREDENTIAL_TYPES[scheme]
    if access is None:
        raise failed(Cause.CREDENTIAL_MISSING, f"source.code.auth_name {name} names no credential of this project")
    if access.type is not wanted:
        what = f"credential {name} is of type {access.type}, and {shown(source.url)} needs one of type {wanted}"
        raise failed(Cause.CREDENTIAL_MISSING, what)
    if not good_for(access.server, source.url):
        what = f"credential {name} is for {access.server} alone, and source.url is {shown(source.url)}"
        raise failed(Cause.CREDENTIAL_MISSING, what)


def local_path(url: str, file_sources: Sequence[str]) -> Path:
    """Return the path of a `file://` URL, links resolved, when it lies below a folder that the setting names.

    Raises:
        TaskFailed: it lies elsewhere (`source-refused`), or names another host (`source-unsupported`).
    """
    parts = _split(url)
    if parts.netloc not in ("", "localhost"):
        raise failed(Cause.SOURCE_UNSUPPORTED, f"{shown(url)} names a host; a file:// source lies on this machine")
    path = Path(unquote(parts.path)).resolve()
    if not any(path.is_relative_to(Path(folder).resolve()) for folder in file_sources):
        folders = ", ".join(file_sources) or "none"
        raise failed(Cause.SOURCE_REFUSED, f"{path} lies below no folder of the setting file_sources ({folders})")
    return path


def shown(url: str) -> str:
    """Return a URL without what may be secret in it: user, password and query (signed URLs carry their key there)."""
    parts = _split(url)
    if not parts.scheme:
        return url
    host = parts.netloc.rpartition("@")[2]
    netloc = f"***@{host}" if "@" in parts.netloc else host
    return urlunsplit((parts.scheme, netloc, parts.path, "***" if parts.query else "", ""))


def without_credentials(text: str) -> str:
    """Return a text with the user and password of every URL in it hidden."""
    return _SECRET_IN_URL.sub(r"\1***@", text)


def secrets_of(url: str) -> list[str]:
    """Return the parts of a URL that must be shown nowhere: its password or token, and its query."""
    parts = _split(url)
    found = (unquote(parts.password or ""), parts.password, parts.query)
    alone = "" if parts.password else parts.username
    return [one for one in (*found, alone) if one and one != "git"]


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise failed(Cause.SOURCE_UNSUPPORTED, f"source.url is no URL: {error}") from error
