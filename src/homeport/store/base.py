"""The protocol of a store: reads by name, changes as values, signals after commits.

Statements are named in `store/sql/*.sql` and written once for every store wherever the dialects allow.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from homeport.model.changes import Change, Value
from homeport.model.records import Job, JobDocument

Row = dict[str, Value]
"""A row by column names."""


class Query(NamedTuple):
    """A named query of `store/sql` and its parameters."""

    name: str
    params: dict[str, Value]


class StoreError(Exception):
    """The store could not do what it was asked, for a reason that lies outside of the change itself."""


class StoreBusy(StoreError):  # noqa: N818 - said of the store
    """Another process owns the store; its id and what to do are in the text."""


class Contradiction(StoreError):  # noqa: N818 - said of the change
    """The change breaks a rule of what is stored: it is never going to be taken, however often it is tried."""


class Missed(Exception):  # noqa: N818 - an answer, not a defect
    """A guard touched other rows than it must: nothing of the change was written. Read again and decide anew."""

    def __init__(self, statement: str, expected: int, touched: int) -> None:
        super().__init__(f"{statement} touched {touched} rows instead of {expected}")
        self.statement = statement


class Watch(Protocol):
    """Tells that a topic was signalled since it was opened or waited on last. Open it first, then read, then wait."""

    async def wait(self, seconds: float | None) -> bool:
        """Return True once a topic has been signalled, False after `seconds` without; None waits without end."""
        ...

    def on_signal(self, callback: Callable[[], object]) -> None:
        """Call `callback` on the event loop at each signal, instead of waiting."""
        ...

    def __enter__(self) -> Self:
        """Begin to listen."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening."""
        ...


class Store(Protocol):
    """Where everything is kept. What `commit` has returned for is durable and is what every later read sees."""

    def now(self) -> int:
        """Return the store's time in microseconds since 1970: the one that leases are measured by."""
        ...

    async def rows(self, query: str, /, **params: Value) -> list[Row]:
        """Return the rows of a named query."""
        ...

    async def row(self, query: str, /, **params: Value) -> Row | None:
        """Return the first row of a named query, None without one."""
        ...

    async def results(self, *queries: Query) -> list[list[Row]]:
        """Return the rows of each of several queries: where there are round trips, they make one together.

        They are read in their order, and others may commit in between.
        """
        ...

    async def document(self, job_id: str) -> JobDocument | None:
        """Return a job's document as its last move left it; None for an unknown job."""
        ...

    def remembered(self, job_id: str) -> Job | None:
        """Return an active job as its last move left it, where it need not be read; None where it has to be."""
        ...

    async def commit(self, change: Change) -> None:
        """Write a change whole, then signal its topics.

        A cancelled commit may have happened: read before you decide what it became.

        Raises:
            Missed: a statement touched other rows than it must; nothing was written.
            Contradiction: the change can never be written as it is; nothing was written.
            StoreError: the store failed (a full disk, a lost connection); nothing was written, or it is not known.
        """
        ...

    def watch(self, *topics: str) -> Watch:
        """Return a watch on topics, to be entered."""
        ...

    async def close(self) -> None:
        """Finish what was handed in and let go of the store."""
        ...
