"""Handing a credential to git so that nobody else sees it: in files of mode 0600, for as long as one clone takes.

Nothing of it is ever in a command line, a URL or a variable. git shows it to the server of the source alone.
"""

from __future__ import annotations

import base64
import os
import shlex
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from homeport.model.credentials import CredentialType
from homeport.model.workloads import Access

_FOLDER: Final = "access"
_ASK_FILE: Final = '!f() { test "$1" = get && cat {file}; }; f'
"""A helper of git's (gitcredentials(7)) that answers from a file and keeps nothing."""


class Opening(NamedTuple):
    """What git is called with: the URL, free of secrets, and variables that say where it finds the rest."""

    url: str
    environ: Mapping[str, str]


@contextmanager
def opening(access: Access | None, url: str, work: Path) -> Iterator[Opening]:
    """Yield how git is called for a URL; files that hold the credential are in the folder `work` until the end.

    Without a credential the user and password of the URL itself are used.
    """
    if access is None:
        yield _by_url(url)
        return
    folder = work / _FOLDER
    folder.mkdir(mode=0o700)
    try:
        yield _by_key(access, url, folder) if access.type is CredentialType.GIT_SSH else _by_helper(access, url, folder)
    finally:
        shutil.rmtree(folder)


def secrets_of_access(access: Access | None) -> Iterator[str]:
    """Yield what of a credential must be shown nowhere, also as HTTP carries it."""
    if access is not None:
        yield from (access.secret, *access.secret.splitlines())
        yield base64.b64encode(f"{access.username}:{access.secret}".encode()).decode()


def _by_url(url: str) -> Opening:
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.username is None:
        return Opening(url, {})
    bare = _without_user(parts)
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    header = f"Authorization: Basic {base64.b64encode(pair.encode()).decode()}"
    return Opening(bare.geturl(), _configuration((f"http.{_root(bare)}/.extraHeader", header)))


def _by_helper(access: Access, url: str, folder: Path) -> Opening:
    bare = _without_user(urlsplit(url))
    file = folder / "answer"
    _write(file, f"username={access.username}\npassword={access.secret}\n")
    helper = _ASK_FILE.replace("{file}", shlex.quote(str(file)))
    own = f"credential.{_root(bare)}.helper"
    # The empty ones take away the helpers of this machine's user: they would keep what they are told.
    return Opening(bare.geturl(), _configuration(("credential.helper", ""), (own, ""), (own, helper)))


def _by_key(access: Access, url: str, folder: Path) -> Opening:
    key = folder / "key"
    _write(key, access.secret)
    options = {
        "BatchMode": "yes",
        "ConnectTimeout": "15",
        "IdentitiesOnly": "yes",
        "IdentityAgent": "none",
        "PreferredAuthentications": "publickey",
        # A connection that the machine's user has open already was let in by another key.
        "ControlMaster": "no",
        "ControlPath": "none",
        "StrictHostKeyChecking": "yes",
    }
    if access.known_hosts:
        known = folder / "known_hosts"
        _write(known, access.known_hosts)
        options |= {"UserKnownHostsFile": str(known), "GlobalKnownHostsFile": "/dev/null", "UpdateHostKeys": "no"}
    words = ["ssh", "-i", str(key), *(word for name, value in options.items() for word in ("-o", f"{name}={value}"))]
    return Opening(url, {"GIT_SSH_COMMAND": shlex.join(words)})


def _configuration(*pairs: tuple[str, str]) -> dict[str, str]:
    """Return the variables that give git settings (git-config(1), GIT_CONFIG_COUNT)."""
    found = {"GIT_CONFIG_COUNT": str(len(pairs))}
    for index, (key, value) in enumerate(pairs):
        found |= {f"GIT_CONFIG_KEY_{index}": key, f"GIT_CONFIG_VALUE_{index}": value}
    return found


def _without_user(parts: SplitResult) -> SplitResult:
    return parts._replace(netloc=parts.netloc.rpartition("@")[2])


def _root(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"


def _write(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
        written.write(text)
