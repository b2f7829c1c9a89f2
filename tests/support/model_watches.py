"""Watches that are woken in the order in which they were opened, so that every run takes the same course."""

from __future__ import annotations

from homeport.store.watches import LocalWatch, Watches


class _InOrder(dict[LocalWatch, None]):
    """A set that is walked in the order in which it was filled; a set of objects is walked by their addresses."""

    def add(self, watch: LocalWatch) -> None:
        self[watch] = None

    def discard(self, watch: LocalWatch) -> None:
        self.pop(watch, None)


class OrderedWatches(Watches):
    """The watches of a store under the model tests."""

    def add(self, watch: LocalWatch, topics: tuple[str, ...]) -> None:
        """Let a watch hear topics, after those that hear them already."""
        for topic in topics:
            self._open.setdefault(topic, _InOrder()).add(watch)  # type: ignore[arg-type]
