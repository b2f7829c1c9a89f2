"""Passwords at rest: argon2id at 19 MiB and two passes, one at a time and off the event loop.

One hash takes some 30 ms and 19 MiB. Since never two are made at once, logins can neither fill the memory nor slow down
the event loop; they wait in a short line, and past its end they are turned away.
"""

from __future__ import annotations

import asyncio
import ctypes
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from homeport.model.errors import Unavailable

MEMORY_KIB: Final = 19 * 1024
"""Memory of one hash, in KiB."""

PASSES: Final = 2
"""Passes over that memory."""

MOST_AT_ONCE: Final = 32
"""How many may be hashed or wait for it; about a second's work."""

T = TypeVar("T")

_NOBODYS_HASH: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$aG9tZXBvcnQ6IG5vYm9keQ$q0DTepQ0Le1CkpDTmjqTkxd3S/sg2SXUrKZIKObG+7o"
)


_M_MMAP_THRESHOLD: Final = -3
"""Parameter of mallopt(3): from which size on a block of memory is the system's own."""


class Verdict(msgspec.Struct, frozen=True):
    """Whether a password fits, and whether its hash was made by an older rule and should be replaced."""

    fits: bool
    outdated: bool = False


class Passwords:
    """Makes and checks hashes of passwords in one thread of its own."""

    def __init__(self) -> None:
        _give_large_blocks_back()
        self._hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=1)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="homeport-passwords")
        self._at_once = 0

    async def hash(self, password: str) -> str:
        """Return the text to store for a password; raises `Unavailable` when too many wait already."""
        return await self._in_turn(lambda: self._hasher.hash(password))

    async def verify(self, stored: str | None, password: str) -> Verdict:
        """Tell whether `password` is the one that `stored` was made from.

        None stands for a user who does not exist: it fits never and takes as long as a real one, so that the time does
        not tell which names there are. Raises `Unavailable` when too many wait already, and what argon2 raises for a
        stored text that is no hash.
        """
        return await self._in_turn(lambda: self._verify(stored, password))

    def close(self) -> None:
        """Start no more hashes; one that is under way ends by itself."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _in_turn(self, work: Callable[[], T]) -> T:
        if self._at_once >= MOST_AT_ONCE:
            raise Unavailable(f"{self._at_once} logins are under way already")
        self._at_once += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._at_once -= 1

    def _verify(self, stored: str | None, password: str) -> Verdict:
        try:
            self._hasher.verify(_NOBODYS_HASH if stored is None else stored, password)
        except VerifyMismatchError:
            return Verdict(fits=False)
        return Verdict(fits=stored is not None, outdated=stored is not None and self._hasher.check_needs_rehash(stored))


def _give_large_blocks_back() -> None:
    # glibc raises this threshold to the size of the first large block it frees, and from then on keeps such blocks: the
    # 19 MiB of one login would stay with the engine for good. A threshold that is set stays where it is.
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, 1024 * 1024)
