"""Fetching a repository: one branch, its newest commit alone, and nobody asked for a password."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from homeport.drivers.sources.git_access import opening
from homeport.drivers.sources.output import Output
from homeport.drivers.sources.rules import local_path, shown
from homeport.drivers.sources.wanted import Wanted
from homeport.model.causes import Cause, TaskFailed, failed

_STORE_ONE: Final = "Store a credential (homeport credentials create) and name it in source.code.auth_name."

_REFUSED: Final = (
    r"Authentication failed|could not read (Username|Password)|Permission denied|terminal prompts"
    r"|returned error: 40[13]"
)
_UNKNOWN_HOST: Final = r"Host key verification failed"
_MISSING_BRANCH: Final = r"Remote branch .* not found|couldn't find remote ref"
_MISSING: Final = r"not found|does not exist|does not appear to be a git repository"
_UNREACHABLE: Final = (
    r"Could not resolve host|Failed to connect|Connection refused|timed out|unable to access|Could not read from"
)


def fetch_code(wanted: Wanted, work: Path, target: Path, environ: Mapping[str, str], output: Output) -> None:
    """Clone the order's branch (the repository's own, when none is named) into the folder `target`.

    The folder `work` holds the order's credential meanwhile.

    Raises:
        TaskFailed: `source-missing`, `source-refused`, `credential-refused`, `source-unreachable` or
            `runtime-missing` (no git).
    """
    source = wanted.order.source
    if shutil.which("git", path=environ.get("PATH")) is None:
        raise failed(Cause.RUNTIME_MISSING, "a repository needs `git`, which is not on this machine")
    if source.url.startswith("file:"):
        path = local_path(source.url, wanted.file_sources)
        if not path.exists():
            raise failed(Cause.SOURCE_MISSING, f"{shown(source.url)} is not there")
    branch = source.code.branch if source.code else None
    output.say(f"Cloning {shown(source.url)}{f' (branch {branch})' if branch else ''}")
    command = ["git", *_RULES, "clone", "--quiet", "--depth", "1", "--no-tags", "--single-branch"]
    command += [f"--branch={branch}"] if branch else []
    quiet = {**environ, **_NO_QUESTIONS}
    # For a path of this machine a credential plays no part.
    access = None if source.url.startswith("file:") else wanted.order.access
    with opening(access, source.url, work) as opened:
        words = [*command, "--", opened.url, str(target)]
        code, said = output.run(words, folder=target.parent, environ={**quiet, **opened.environ})
    if code != 0:
        raise _failure(source.url, output.clean(said), access.name if access else "")
    output.run(["git", "log", "-1", "--format=Commit %h: %s"], folder=target, environ=quiet)


_RULES: Final = (
    "-c",
    "protocol.allow=never",
    *(word for scheme in ("https", "ssh", "file") for word in ("-c", f"protocol.{scheme}.allow=always")),
    # Another user's repository is only read, and its hooks are not run by a clone.
    "-c",
    "safe.directory=*",
)

_NO_QUESTIONS: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "true",
    "SSH_ASKPASS": "true",
    "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=15",
    "LC_ALL": "C",
}


def _failure(url: str, said: str, credential: str) -> TaskFailed:
    """Return the failure that git's words tell of; `credential` is the name of the one that was used, if any."""
    last = next((line for line in reversed(said.splitlines()) if line.startswith(("fatal:", "error:"))), said[-200:])
    cause, advice = _cause_of(said, credential)
    return failed(cause, f"{shown(url)} cannot be cloned: {last}", advice=advice, log=tuple(said.splitlines()))


def _cause_of(said: str, credential: str) -> tuple[Cause, str]:
    reasons = (
        (_MISSING_BRANCH, Cause.SOURCE_MISSING, "Check source.code.branch."),
        (_UNKNOWN_HOST, Cause.SOURCE_REFUSED, _how_to_know_a_host(credential)),
        (_REFUSED, *((Cause.CREDENTIAL_REFUSED, "") if credential else (Cause.SOURCE_REFUSED, _STORE_ONE))),
        (_MISSING, Cause.SOURCE_MISSING, _where_it_may_be(credential)),
        (_UNREACHABLE, Cause.SOURCE_UNREACHABLE, ""),
        (r"No space left on device", Cause.DISK_FULL, ""),
    )
    found = ((cause, advice) for pattern, cause, advice in reasons if re.search(pattern, said))
    return next(found, (Cause.SOURCE_UNREACHABLE, ""))


def _how_to_know_a_host(credential: str) -> str:
    whose = f"the known_hosts of credential {credential}" if credential else "known_hosts of the user Homeport runs as"
    return f"Compare the server's key (ssh-keyscan HOST) with what its owner says, and put it into {whose}."


def _where_it_may_be(credential: str) -> str:
    # Servers say so of what a caller may not see, too.
    if credential:
        return f"Check source.url, and that credential {credential} may read what is there."
    return f"Check source.url. If it is private: {_STORE_ONE[0].lower()}{_STORE_ONE[1:]}"
