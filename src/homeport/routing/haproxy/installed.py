"""The haproxy of this machine: where it lies, its version, and whether it will do."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from typing import Final

import msgspec

OLDEST: Final = (2, 6)
"""The first version of haproxy whose runtime API adds and deletes servers without being asked for experiments."""

_PLACES: Final = "/usr/sbin:/usr/local/sbin"
"""Where it lies on machines whose users do not have it in their PATH."""
_ANSWER_SECONDS: Final = 5.0
_VERSION: Final = re.compile(rb"version ((\d+)\.(\d+)[.\d]*)")


class Installed(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of haproxy."""

    program: str = ""
    """Its path; empty where there is none."""
    version: str = "unknown"
    shortcoming: str = ""
    """Why it will not do, in words; empty where it will."""


async def find_haproxy() -> Installed:
    """Return what there is of haproxy on this machine."""
    program = shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:{_PLACES}")
    if program is None:
        return Installed(shortcoming="haproxy is not on this machine (Debian: apt-get install haproxy)")
    match = _VERSION.search(await _said(program))
    version = match.group(1).decode() if match else "unknown"
    if not match or (int(match.group(2)), int(match.group(3))) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        why = f"{program} is version {version}, and {oldest} is the oldest that will do"
    else:
        from homeport.routing.haproxy.trying import refusal_of  # noqa: PLC0415 - only engines with haproxy need it

        refusal = await refusal_of(program)
        why = f"{program} {version} does not take Homeport's configuration: {refusal}" if refusal else ""
    return Installed(program=program, version=version, shortcoming=why)


async def _said(program: str) -> bytes:
    try:
        process = await asyncio.create_subprocess_exec(
            program, "-v", stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await asyncio.wait_for(process.communicate(), _ANSWER_SECONDS)
    except (OSError, TimeoutError):
        return b""
    return said
