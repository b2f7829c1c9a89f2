"""Fetching a repository: one branch, its newest commit alone, and nobody asked for a password."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from homeport.drivers.process.build.output import Output
from homeport.drivers.process.sources import local_path, shown
from homeport.drivers.process.wire import BuildSpec
from homeport.model.causes import Cause, failed

_REFUSALS: Final = (
    r"Authentication failed|could not read (Username|Password)|Permission denied|terminal prompts"
    r"|Host key verification failed|returned error: 40[13]"
)

_REASONS: Final = (
    (r"Remote branch .* not found|couldn't find remote ref", Cause.SOURCE_MISSING, "Check source.code.branch."),
    (
        _REFUSALS,
        Cause.SOURCE_REFUSED,
        "Give credentials in source.url (https://user:token@host/…), or a key that ssh finds without asking.",
    ),
    (r"not found|does not exist|does not appear to be a git repository", Cause.SOURCE_MISSING, ""),
    (
        r"Could not resolve host|Failed to connect|Connection refused|timed out|unable to access|Could not read from",
        Cause.SOURCE_UNREACHABLE,
        "",
    ),
    (r"No space left on device", Cause.DISK_FULL, ""),
)


def fetch_code(spec: BuildSpec, target: Path, environ: Mapping[str, str], output: Output) -> None:
    """Clone the order's branch (the repository's own, when none is named) into the folder `target`.

    Raises:
        TaskFailed: `source-missing`, `source-refused`, `source-unreachable` or `runtime-missing` (no git).
    """
    source = spec.order.source
    if shutil.which("git", path=environ.get("PATH")) is None:
        raise failed(Cause.RUNTIME_MISSING, "a repository needs `git`, which is not on this machine")
    if source.url.startswith("file:"):
        path = local_path(source.url, spec.file_sources)
        if not path.exists():
            raise failed(Cause.SOURCE_MISSING, f"{shown(source.url)} is not there")
    branch = source.code.branch if source.code else None
    output.say(f"Cloning {shown(source.url)}{f' (branch {branch})' if branch else ''}")
    command = ["git", *_RULES, "clone", "--quiet", "--depth", "1", "--no-tags", "--single-branch"]
    command += [f"--branch={branch}"] if branch else []
    url, secret = _without_secret(source.url)
    quiet = {**environ, **_NO_QUESTIONS, **secret}
    code, said = output.run([*command, "--", url, str(target)], folder=target.parent, environ=quiet)
    if code != 0:
        raise _failure(shown(source.url), output.clean(said))
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


def _without_secret(url: str) -> tuple[str, dict[str, str]]:
    """Return the URL without user and password, and the variables that hand them to git unseen by `ps`."""
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.username is None:
        return url, {}
    host = parts.netloc.rpartition("@")[2]
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    header = f"Authorization: Basic {base64.b64encode(pair.encode()).decode()}"
    return parts._replace(netloc=host).geturl(), {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.https://{host}/.extraHeader",
        "GIT_CONFIG_VALUE_0": header,
    }


def _failure(url: str, said: str) -> Exception:
    last = next((line for line in reversed(said.splitlines()) if line.startswith(("fatal:", "error:"))), said[-200:])
    for pattern, cause, advice in _REASONS:
        if re.search(pattern, said):
            return failed(cause, f"{url} cannot be cloned: {last}", advice=advice, log=tuple(said.splitlines()))
    return failed(Cause.SOURCE_UNREACHABLE, f"{url} cannot be cloned: {last}", log=tuple(said.splitlines()))
