"""A small memory of what was found lately, so that the next request need not look it up again."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final, Generic, TypeVar

from homeport.model.clock import SECOND, Clock

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

LONGEST: Final = 60 * SECOND
"""For how long, in microseconds, something is believed without looking again, should a signal to forget be lost."""


class Recent(Generic[K, V]):
    """At most `most` values by key, each until its own end or for `LONGEST`. `forget_all` empties it.

    A value that was looked up while everything was forgotten is not kept: it may be what had to be forgotten. So take
    `round` before looking up, and hand it to `keep`.
    """

    def __init__(self, clock: Clock, most: int) -> None:
        self._clock = clock
        self._most = most
        self._values: dict[K, tuple[V, int]] = {}
        self.round = 0
        """How often everything was forgotten."""

    def get(self, key: K) -> V | None:
        """Return what is kept for `key`; None when that is nothing, or has come to its end."""
        found = self._values.get(key)
        if found is None:
            return None
        value, until = found
        if self._clock.now() < until:
            return value
        del self._values[key]
        return None

    def keep(self, key: K, value: V, *, looked_up_in: int, until: int | None = None) -> None:
        """Keep `value` until `until` (microseconds since 1970), unless everything was forgotten since the look-up."""
        if looked_up_in != self.round:
            return
        latest = self._clock.now() + LONGEST
        while len(self._values) >= self._most:
            del self._values[next(iter(self._values))]
        self._values[key] = (value, latest if until is None else min(until, latest))

    def forget_all(self) -> None:
        """Drop everything, and whatever is being looked up at this moment."""
        self._values.clear()
        self.round += 1
