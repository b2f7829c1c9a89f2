"""The closed list of causes for which a task can fail, and the words in which a user reads one.

`detail` of a failed task is the only text that Terraform and most CI actions ever show (contract/contract.md, section
3.1), so every failure carries a cause from here, what happened, and what to do about it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

import msgspec

LOG_LINES_IN_DETAIL: Final = 12
"""How many of a log's last lines follow the cause in `detail`."""

_LONGEST_LINE: Final = 300

_ESCAPE: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])")
"""A control sequence (ECMA-48), with the ones that set a terminal's title."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Control characters but the tabulator and the end of a line."""


class Cause(StrEnum):
    """Why a task did not succeed; the values are stable and may be matched by programs."""

    SOURCE_MISSING = "source-missing"
    SOURCE_UNREACHABLE = "source-unreachable"
    SOURCE_REFUSED = "source-refused"
    CREDENTIAL_MISSING = "credential-missing"
    CREDENTIAL_REFUSED = "credential-refused"
    SOURCE_INVALID = "source-invalid"
    SOURCE_UNSUPPORTED = "source-unsupported"
    RUNTIME_MISSING = "runtime-missing"
    BUILD_FAILED = "build-failed"
    IMAGE_MISSING = "image-missing"
    REGISTRY_REFUSED = "registry-refused"
    START_FAILED = "start-failed"
    MOUNT_FAILED = "mount-failed"
    PORT_CLOSED = "port-closed"
    PORT_TAKEN = "port-taken"
    CERTIFICATE_UNUSABLE = "certificate-unusable"
    HEALTH_CHECK_FAILED = "health-check-failed"
    CRASH_LOOP = "crash-loop"
    OUT_OF_MEMORY = "out-of-memory"
    DISK_FULL = "disk-full"
    LIMIT_UNAVAILABLE = "limit-unavailable"
    DEADLINE_EXCEEDED = "deadline-exceeded"
    TERMINATED = "terminated"
    STILL_ALIVE = "still-alive"
    DRIVER_UNREACHABLE = "driver-unreachable"
    WORKER_LOST = "worker-lost"
    NODE_LOST = "node-lost"
    SCRIPTED = "scripted"
    INTERNAL = "internal"


ADVICE: Final[dict[Cause, str]] = {
    Cause.SOURCE_MISSING: "Check source.url: nothing is there.",
    Cause.SOURCE_UNREACHABLE: "Check that this machine can reach the host in source.url, then retry the job.",
    Cause.SOURCE_REFUSED: "Allow this location in the setting file_sources, or use a source that needs no permission.",
    Cause.CREDENTIAL_MISSING: "Store it (homeport credentials create), or correct source.code.auth_name; then retry.",
    Cause.CREDENTIAL_REFUSED: "Delete the credential, store one that is good under its name, then retry the job.",
    Cause.SOURCE_INVALID: "Build the package again: a .zip, .tar.gz or .whl with plain files below one folder.",
    Cause.SOURCE_UNSUPPORTED: "Use a source this driver can run, or another driver (homeport serve --driver).",
    Cause.RUNTIME_MISSING: "Install the interpreter on this machine, or use a runtime that is here (homeport doctor).",
    Cause.BUILD_FAILED: "Mend what the last lines of the build log name, then retry the job or send a new source.",
    Cause.IMAGE_MISSING: "Check the image reference and its tag.",
    Cause.REGISTRY_REFUSED: "Give the registry's credentials, or check the ones that are stored.",
    Cause.START_FAILED: "Check the start command: Procfile (web: …) or the runtime's convention.",
    Cause.MOUNT_FAILED: "Check the volume, and for a bucket its credential (homeport credentials show); then retry.",
    Cause.PORT_CLOSED: "Listen on 0.0.0.0 (without Docker 127.0.0.1 will do) at the port in the variable PORT.",
    Cause.PORT_TAKEN: "Choose another port in the access configuration, or free this one; then retry the job.",
    Cause.CERTIFICATE_UNUSABLE: "Store it with its key in the environment (CreateCertificate); then retry the job.",
    Cause.HEALTH_CHECK_FAILED: "Check the probe's path, port and delays in the healthCheck configuration.",
    Cause.CRASH_LOOP: "See the instance's log (homeport components logs): the program ends by itself.",
    Cause.OUT_OF_MEMORY: "Raise resource_limit.memory_limit, or let the program use less.",
    Cause.DISK_FULL: "Free space in the data folder (homeport doctor shows it), then retry the job.",
    Cause.LIMIT_UNAVAILABLE: "Run Homeport where a cgroup is writable, or do without the limit.",
    Cause.DEADLINE_EXCEEDED: "Give it longer (annotation homeport/deadline), or find what it waits for in the log.",
    Cause.TERMINATED: "Retry the job to run it again.",
    Cause.STILL_ALIVE: "End the named instances by hand, then retry the job.",
    Cause.DRIVER_UNREACHABLE: "Check that the driver's service runs (homeport doctor), then retry the job.",
    Cause.WORKER_LOST: "The engine died three times during this job; see its own log before you retry.",
    Cause.NODE_LOST: "Bring the node back, or remove what it still runs; then retry the job.",
    Cause.SCRIPTED: "The driver's script asked for this failure.",
    Cause.INTERNAL: "This is a defect of Homeport: please report it with the job's id and the engine's log.",
}
"""What to do about each cause, in a sentence or two."""


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A cause with its story: what happened, to what, what to do, and the last lines of the log that shows it."""

    cause: Cause
    what: str
    advice: str = ""
    log: tuple[str, ...] = ()

    def detail(self) -> str:
        """Return the text of a failed task: one line `cause: what happened. What to do.`, then the log's last lines."""
        what = " ".join(plain(self.what).split()) or "no more is known"
        end = "" if what.endswith((".", "!", "?")) else "."
        first = f"{self.cause}: {what}{end} {self.advice or ADVICE[self.cause]}"
        lines = (_as_shown(line) for line in self.log)
        return "\n".join([first, *[line for line in lines if line][-LOG_LINES_IN_DETAIL:]])


def plain(text: str) -> str:
    """Return a text without what steers a terminal (colours, titles, the cursor); other control characters show.

    What a program has printed is read in places that are no terminal, and must not steer those that are.
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _ESCAPE.sub("", text))


def _as_shown(line: str) -> str:
    """Return a line of a log as a terminal shows it at the end: a progress bar draws itself over and over."""
    return plain(line.rstrip().rpartition("\r")[2]).rstrip()[:_LONGEST_LINE]


class TaskFailed(Exception):  # noqa: N818 - said of the task, not of the program
    """A task cannot do what it was asked; `failure` says why. Drivers and tasks raise it, the engine records it."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail())
        self.failure = failure


def failed(cause: Cause, what: str, *, advice: str = "", log: tuple[str, ...] = ()) -> TaskFailed:
    """Return the exception to raise for `cause`; `advice` replaces the cause's own where more is known."""
    return TaskFailed(Failure(cause=cause, what=what, advice=advice, log=log))
