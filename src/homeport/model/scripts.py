"""The script of the driver `simulated`: what a job shall be made to look like.

A script is a list of steps, `build=2s; ready=crash`:

| step    | what it is                              | values                                                  |
|---------|-----------------------------------------|---------------------------------------------------------|
| `build` | the build of a code or package source   | a duration or reads, `fail:CAUSE`, `stuck`              |
| `pull`  | the pull of an image                    | a duration or reads, `fail:CAUSE`, `stuck`              |
| `start` | from the asking to the running program  | a duration or reads, `fail`, `stuck`                    |
| `ready` | from there to the first ready answer    | a duration or reads, `never`, `crash`, `oom`            |
| `stop`  | ending an instance                      | a duration or reads, `stuck`                            |
| `cpu`   | processor time that an instance uses    | percent of its limit                                    |
| `memory`| memory that an instance uses            | percent of its limit                                    |

A failure may come late: `build=3s,fail:build-failed`. Durations are `20ms`, `2s`, `5m`. Reads, `4reads`, are calls of
ShowJob since the job was accepted or retried, whatever the steps before took: a step ends with the read of that number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec

from homeport.model.causes import Cause
from homeport.model.clock import SECOND
from homeport.model.errors import InvalidParameter

STEPS: Final[dict[str, frozenset[str]]] = {
    "build": frozenset({"fail", "stuck"}),
    "pull": frozenset({"fail", "stuck"}),
    "start": frozenset({"fail", "stuck"}),
    "ready": frozenset({"never", "crash", "oom"}),
    "stop": frozenset({"stuck"}),
    "cpu": frozenset(),
    "memory": frozenset(),
}
"""The steps of a script and the words that each understands beside a duration."""

ENDLESS: Final = frozenset({"stuck", "never"})
"""The words of a step that never ends by itself."""

_IN_ORDER: Final = ("build", "pull", "start", "ready")
"""The steps that follow each other in one job."""
_DURATION: Final = re.compile(r"([0-9]{1,6})(ms|s|m)")
_LOADS: Final = ("cpu", "memory")
"""The steps that are none: how much an instance uses for as long as it runs."""
_PERCENT: Final = re.compile(r"([0-9]{1,4}) ?%")
_READS: Final = re.compile(r"([0-9]{1,6}) ?reads?")
_UNITS: Final = {"ms": 1_000, "s": SECOND, "m": 60 * SECOND}


class Step(msgspec.Struct, frozen=True):
    """How one step goes: it takes `after` microseconds, or `reads` of its job, then ends with `word` (empty: well)."""

    after: int = 0
    word: str = ""
    cause: Cause | None = None
    reads: int = 0
    """How often the job has to be read before the step ends, counted from its acceptance or retry on; 0: not at all."""
    percent: int = 0
    """Of its limit that an instance uses (`cpu`, `memory`)."""


Script = dict[str, Step]


@lru_cache(maxsize=256)
def parse_script(text: str) -> Script:
    """Return a script by its steps.

    Raises:
        InvalidParameter: a step or value is not understood; the text names it and what is allowed.
    """
    script: Script = {}
    for piece in filter(None, (part.strip() for part in text.split(";"))):
        name, _, value = (part.strip() for part in piece.partition("="))
        if name not in STEPS:
            raise InvalidParameter("homeport/script", f"has a step {name!r}", allowed=", ".join(STEPS))
        script[name] = _load(name, value) if name in _LOADS else _step(name, value)
    _check_reads(script)
    return script


def counts_reads(text: str) -> bool:
    """Tell whether a script, which was understood before, has a step that waits for reads."""
    return bool(text) and any(step.reads for step in parse_script(text).values())


def _load(name: str, value: str) -> Step:
    match = _PERCENT.fullmatch(value)
    if match is None:
        raise InvalidParameter("homeport/script", f"has {name}={value!r}", allowed="percent of the limit such as 80%")
    return Step(percent=int(match.group(1)))


def _step(name: str, value: str) -> Step:
    after, reads, word, cause = 0, 0, "", None
    for part in (part.strip() for part in value.split(",")):
        duration = _DURATION.fullmatch(part)
        counted = _READS.fullmatch(part)
        first, _, rest = part.partition(":")
        if duration:
            after = int(duration.group(1)) * _UNITS[duration.group(2)]
        elif counted:
            reads = int(counted.group(1))
        elif first in STEPS[name]:
            word, cause = first, _cause(name, rest)
        else:
            allowed = "a duration such as 20ms, 2s, 5m; reads such as 4reads; " + ", ".join(sorted(STEPS[name]))
            raise InvalidParameter("homeport/script", f"has {name}={value!r}", allowed=allowed)
    if after and reads:
        raise InvalidParameter("homeport/script", f"has {name}={value!r}", allowed="a duration or reads, not both")
    return Step(after, word, cause, reads)


def _check_reads(script: Script) -> None:
    """Refuse what could not be meant by those who know that reads are counted from the job's acceptance on."""
    least, before = 0, ""
    for name in _IN_ORDER:
        reads = script.get(name, Step()).reads
        if reads and reads < least:
            what = f"has {name}={reads}reads behind {before}={least}reads"
            allowed = f"at least {least}reads: they are counted from the job's acceptance on, not from the step before"
            raise InvalidParameter("homeport/script", what, allowed=allowed)
        least, before = (reads, name) if reads else (least, before)
    if script.get("start", Step()).reads and script.get("ready", Step()).after:
        what = "has a duration of ready behind reads of start, which have no time that it could count from"
        raise InvalidParameter("homeport/script", what, allowed="reads for both, or durations for both")


def _cause(name: str, text: str) -> Cause | None:
    if not text:
        return None
    if text not in set(Cause):
        raise InvalidParameter("homeport/script", f"has {name}=fail:{text}", allowed=", ".join(Cause))
    return Cause(text)
