"""One connection, used the quickest way there is: calls go out together and their results come back together.

psycopg's own cursors send each statement by itself and wait for the socket in between, which costs several times what
the database does (`benchmarks/jobs.py`). So libpq is used through `psycopg.pq`: everything is written into its buffer,
flushed once, and read once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final, NamedTuple

import psycopg
from psycopg.pq import DiagnosticField, ExecStatus
from psycopg.pq.abc import PGresult

from homeport.model.changes import Value
from homeport.store.base import Row
from homeport.store.postgres.connecting import Connection

_GOOD: Final = frozenset({ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK})
_NUMBERS: Final = frozenset({20, 21, 23})
"""Type ids of int8, int2 and int4; everything else that the schema has is text."""


class Call(NamedTuple):
    """A statement with `$1`, `$2` …, and its values as texts."""

    text: bytes
    values: Sequence[bytes | None] = ()
    once: bool = False
    """Not worth preparing."""


class Refused(Exception):  # noqa: N818 - said by the database
    """The database has refused a call, and with it every other call of its transaction."""

    def __init__(self, index: int, sqlstate: str, text: str) -> None:
        super().__init__(text)
        self.index = index
        self.sqlstate = sqlstate
        self.text = text


class Wire:
    """A connection in pipeline mode."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._libpq = connection.pgconn
        self._libpq.nonblocking = 1
        self._libpq.enter_pipeline_mode()
        self._names: dict[bytes, bytes] = {}
        self._made = 0

    @property
    def process_id(self) -> int:
        """Of the server's process at the other end."""
        return self._libpq.backend_pid

    async def run(self, calls: Sequence[Call]) -> list[PGresult]:
        """Run calls as one transaction and return the result of each.

        Raises:
            Refused: one of them was refused; nothing of any was done.
            psycopg.OperationalError: the connection broke; whether something was done is not known.
        """
        sent: list[tuple[int, bytes | None]] = []
        for index, call in enumerate(calls):
            self._send(index, call, sent)
        self._libpq.pipeline_sync()
        found = await self._received()
        return self._checked(sent, found)

    async def close(self) -> None:
        """Close the connection."""
        await self._connection.close()

    def _send(self, index: int, call: Call, sent: list[tuple[int, bytes | None]]) -> None:
        if call.once:
            self._libpq.send_query_params(call.text, call.values)
        else:
            name = self._names.get(call.text)
            if name is None:
                self._made += 1
                name = self._names[call.text] = b"homeport_%d" % self._made
                self._libpq.send_prepare(name, call.text)
                sent.append((index, call.text))
            self._libpq.send_query_prepared(name, call.values)
        sent.append((index, None))

    def _checked(self, sent: list[tuple[int, bytes | None]], found: list[PGresult]) -> list[PGresult]:
        refusal: Refused | None = None
        for (index, prepared), result in zip(sent, found, strict=True):
            if result.status in _GOOD:
                continue
            if prepared is not None:
                del self._names[prepared]
            if refusal is None:
                state = (result.error_field(DiagnosticField.SQLSTATE) or b"").decode()
                text = (result.error_field(DiagnosticField.MESSAGE_PRIMARY) or b"").decode(errors="replace")
                refusal = Refused(index, state, text)
        if refusal is not None:
            raise refusal
        return [result for (_, prepared), result in zip(sent, found, strict=True) if prepared is None]

    async def _received(self) -> list[PGresult]:
        found: list[PGresult] = []
        unsent = bool(self._libpq.flush())
        while True:
            if unsent or self._libpq.is_busy():
                await self._moved(writes=unsent)
                self._libpq.consume_input()
                unsent = unsent and bool(self._libpq.flush())
                continue
            result = self._libpq.get_result()
            if result is None:
                if self._libpq.status != psycopg.pq.ConnStatus.OK:
                    raise psycopg.OperationalError("the connection to the database was lost")
                continue
            if result.status == ExecStatus.PIPELINE_SYNC:
                return found
            found.append(result)

    async def _moved(self, *, writes: bool) -> None:
        """Wait until there is something to read, or room to write."""
        loop = asyncio.get_running_loop()
        moved: asyncio.Future[None] = loop.create_future()
        descriptor = self._libpq.socket

        def note() -> None:
            if not moved.done():
                moved.set_result(None)

        loop.add_reader(descriptor, note)
        if writes:
            loop.add_writer(descriptor, note)
        try:
            await moved
        finally:
            loop.remove_reader(descriptor)
            if writes:
                loop.remove_writer(descriptor)


def text_of(value: Value) -> bytes | None:
    """Return a value as the text that the database takes. A NUL, which it cannot hold, becomes U+FFFD."""
    if value is None:
        return None
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode()
    return b"%d" % value if isinstance(value, int) else repr(value).encode()


def rows_of(result: PGresult) -> list[Row]:
    """Return the rows of a result."""
    columns = range(result.nfields)
    names = [(result.fname(column) or b"").decode() for column in columns]
    numbers = [result.ftype(column) in _NUMBERS for column in columns]
    return [
        {names[column]: _value(result.get_value(row, column), number=numbers[column]) for column in columns}
        for row in range(result.ntuples)
    ]


def _value(value: bytes | None, *, number: bool) -> Value:
    if value is None:
        return None
    return int(value) if number else value.decode()
