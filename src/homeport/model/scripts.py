"""The script of the driver `simulated`: what a job shall be made to look like.

A script is a list of steps, `build=2s; ready=crash`:

| step    | what it is                              | values                                                  |
|---------|-----------------------------------------|---------------------------------------------------------|
| `build` | the build of a code or package source   | a duration, `fail:CAUSE`, `stuck`                       |
| `pull`  | the pull of an image                    | a duration, `fail:CAUSE`, `stuck`                       |
| `start` | from the asking to the running program  | a duration, `fail`, `stuck`                             |
| `ready` | from there to the first ready answer    | a duration, `never`, `crash`, `oom`                     |
| `stop`  | ending an instance                      | a duration, `stuck`                                     |

A failure may come late: `build=3s,fail:build-failed`. Durations are `20ms`, `2s`, `5m`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec

from homeport.model.causes import Cause
from homeport.model.clock import SECOND
from homeport.model.errors import InvalidParameter

STEPS: Final = {
    "build": frozenset({"fail", "stuck"}),
    "pull": frozenset({"fail", "stuck"}),
    "start": frozenset({"fail", "stuck"}),
    "ready": frozenset({"never", "crash", "oom"}),
    "stop": frozenset({"stuck"}),
}
"""The steps of a script and the words that each understands beside a duration."""

_DURATION: Final = re.compile(r"([0-9]{1,6})(ms|s|m)")
_UNITS: Final = {"ms": 1_000, "s": SECOND, "m": 60 * SECOND}


class Step(msgspec.Struct, frozen=True):
    """How one step goes: it takes `after` microseconds and then ends with `word` (empty: well)."""

    after: int = 0
    word: str = ""
    cause: Cause | None = None


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
        script[name] = _step(name, value)
    return script


def _step(name: str, value: str) -> Step:
    after, word, cause = 0, "", None
    for part in (part.strip() for part in value.split(",")):
        duration = _DURATION.fullmatch(part)
        first, _, rest = part.partition(":")
        if duration:
            after = int(duration.group(1)) * _UNITS[duration.group(2)]
        elif first in STEPS[name]:
            word, cause = first, _cause(name, rest)
        else:
            allowed = "a duration such as 20ms, 2s, 5m; " + ", ".join(sorted(STEPS[name]))
            raise InvalidParameter("homeport/script", f"has {name}={value!r}", allowed=allowed)
    return Step(after, word, cause)


def _cause(name: str, text: str) -> Cause | None:
    if not text:
        return None
    if text not in set(Cause):
        raise InvalidParameter("homeport/script", f"has {name}=fail:{text}", allowed=", ".join(Cause))
    return Cause(text)
