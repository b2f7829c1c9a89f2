"""Which front does the work: haproxy where the setting `router` and the machine have it, else the embedded one."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from typing import Final

from homeport.log_setup import get_logger
from homeport.settings import Settings

OLDEST: Final = (2, 6)
"""The first version of haproxy whose runtime API adds and deletes servers without being asked for experiments."""

_PLACES: Final = "/usr/sbin:/usr/local/sbin"
"""Where it lies on machines whose users do not have it in their PATH."""
_ANSWER_SECONDS: Final = 5.0
_VERSION: Final = re.compile(rb"version (\d+)\.(\d+)")

_log = get_logger()


class RouterMissing(Exception):  # noqa: N818 - said of the router
    """The router that the setting asks for cannot be had; the text says what to do."""


async def haproxy_of(settings: Settings) -> str:
    """Return the path of the haproxy that shall do the front's work; empty for the embedded front.

    Raises:
        RouterMissing: the setting asks for haproxy, and there is none, or one that is too old.
    """
    if settings.router == "embedded":
        return ""
    program = shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:{_PLACES}")
    why = "haproxy is not on this machine (Debian: apt-get install haproxy)" if program is None else ""
    if program is not None and (version := await _version(program)) < OLDEST:
        why = f"{program} is version {'.'.join(map(str, version)) or 'unknown'}, and 2.6 is the oldest that will do"
    if why and settings.router == "haproxy":
        raise RouterMissing(f"setting router is haproxy, but {why}; or choose router embedded, which needs nothing")
    chosen = "" if why else program or ""
    _log.info("router.chosen", router=chosen or "embedded", reason=why or None)
    return chosen


async def _version(program: str) -> tuple[int, ...]:
    try:
        process = await asyncio.create_subprocess_exec(
            program, "-v", stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await asyncio.wait_for(process.communicate(), _ANSWER_SECONDS)
    except (OSError, TimeoutError):
        return ()
    match = _VERSION.search(said)
    return tuple(map(int, match.groups())) if match else ()
