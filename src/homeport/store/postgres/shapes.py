"""How a change becomes one call: a function in the session's own schema for every shape of change.

A shape is the names of a change's statements and how many rows each must touch. Its function runs them in order, rows
that are inserted one after the other into the same table as one statement, and answers 0, or 1 when the first guard
touched nothing, so that nothing was written. A guard that misses later ends the transaction with an error that names
it. All values travel as one array of texts, so that a call has one parameter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from homeport.model.changes import Change, Statement, Value
from homeport.store.base import Missed
from homeport.store.postgres.wire import Call, Wire, rows_of
from homeport.store.statements import bind

MISSED_LATER: Final = "HP001"
"""SQLSTATE of a guard that missed behind the first; the message is `index touched`."""
FIRST_MISSED: Final = b"1"
"""Answer of a change whose first guard touched nothing."""

_TYPES: Final = (
    b"SELECT kind::text AS kind FROM pg_prepared_statements, unnest(parameter_types) AS kind "
    b"WHERE name = 'homeport_types'"
)
_FORGET: Final = b"DEALLOCATE homeport_types"

_VALUES: Final = "VALUES "
_ROW: Final = re.compile(r"INSERT INTO \w+ \([\w,\s]+\)\s*VALUES \([:\w,\s]+\)")
"""A statement that inserts one row, whatever is in the table."""

Shape = tuple[tuple[str, int | None], ...]


class Shapes:
    """The functions that one connection has; they go with it."""

    def __init__(self, statements: dict[str, str]) -> None:
        self._statements = statements
        self._calls: dict[Shape, bytes] = {}
        self._types: dict[str, list[str]] = {}

    async def prepare(self, wire: Wire, changes: list[Change]) -> None:
        """Make the functions that these changes need and that are not there yet; outside of a transaction.

        Raises:
            Refused: the database does not have what a statement names.
            psycopg.Error: it went away.
        """
        for change in changes:
            shape = shape_of(change)
            if shape not in self._calls:
                self._calls[shape] = await self._make(wire, shape, len(self._calls))

    def call(self, change: Change) -> Call:
        """Return the call of a change whose shape was prepared."""
        return Call(self._calls[shape_of(change)], (array_of(self._values(change)),))

    def _values(self, change: Change) -> list[Value]:
        found: list[Value] = []
        for statement in change.statements:
            found += [statement.params[name] for name in bind(self._statements[statement.name]).names]
        return found

    async def _make(self, wire: Wire, shape: Shape, number: int) -> bytes:
        name = f"pg_temp.homeport_change_{number}"
        lines: list[str] = []
        at = 0
        for index, times in runs_of(shape, self._statements):
            statement, rows = shape[index]
            bound = bind(self._statements[statement])
            types = await self._types_of(wire, statement)
            written = []
            for _ in range(times):
                written.append(bound.text([f"(hp_values[{at + n + 1}])::{kind}" for n, kind in enumerate(types)]))
                at += len(types)
            lines.append(_as_one(written) + ";")
            if rows is not None:
                lines += ["GET DIAGNOSTICS hp_touched = ROW_COUNT;", _check(index, rows * times)]
        body = "\n".join(["#variable_conflict use_column", "DECLARE hp_touched bigint;", "BEGIN", *lines])
        make = (
            f"CREATE FUNCTION {name}(hp_values text[]) RETURNS bigint LANGUAGE plpgsql AS "
            f"$homeport$\n{body}\nRETURN 0;\nEND\n$homeport$"
        )
        await wire.run([Call(make.encode(), once=True)])
        return f"SELECT {name}($1)".encode()

    async def _types_of(self, wire: Wire, statement: str) -> list[str]:
        """Return the types that PostgreSQL finds for the parameters of a statement."""
        known = self._types.get(statement)
        if known is None:
            bound = bind(self._statements[statement])
            numbered = bound.text([f"${n + 1}" for n in range(len(bound.names))])
            prepare = f"PREPARE homeport_types AS {numbered}".encode()
            result = (await wire.run([Call(text, once=True) for text in (prepare, _TYPES, _FORGET)]))[1]
            known = [str(row["kind"]) for row in rows_of(result)]
            self._types[statement] = known
        return known


def shape_of(change: Change) -> Shape:
    """Return the shape of a change."""
    return tuple([(statement.name, statement.rows) for statement in change.statements])


def runs_of(shape: Shape, statements: Mapping[str, str]) -> list[tuple[int, int]]:
    """Return where each statement of a shape's function begins in the shape, and of how many like it it is made."""
    runs: list[tuple[int, int]] = []
    for index, one in enumerate(shape):
        begin, times = runs[-1] if runs else (0, 0)
        if times and shape[begin] == one and one[1] is not None and _ROW.fullmatch(statements[one[0]]):
            runs[-1] = begin, times + 1
        else:
            runs.append((index, 1))
    return runs


def _as_one(inserts: list[str]) -> str:
    """Return inserts of one row each into the same table as one statement; a single statement as it is."""
    if len(inserts) == 1:
        return inserts[0]
    head = inserts[0][: inserts[0].index(_VALUES)]
    return f"{head}{_VALUES}{', '.join(text.partition(_VALUES)[2] for text in inserts)}"


def missed_first(change: Change) -> Missed:
    """Return what is said of a change whose first guard touched nothing."""
    first = change.statements[0]
    return Missed(first.name, _expected(first), 0)


def missed_later(change: Change, told: str) -> Missed:
    """Return what is said of a change behind whose first guard one has missed, as the database tells it."""
    index, touched = (int(word) for word in told.split())
    statement = change.statements[index]
    return Missed(statement.name, _expected(statement), touched)


def _expected(statement: Statement) -> int:
    return statement.rows if statement.rows is not None else 0


def _check(index: int, rows: int) -> str:
    nothing = "IF hp_touched = 0 THEN RETURN 1; END IF;\n" if index == 0 and rows > 0 else ""
    return (
        f"{nothing}IF hp_touched <> {rows} THEN RAISE EXCEPTION USING ERRCODE = '{MISSED_LATER}', "
        f"MESSAGE = format('{index} %s', hp_touched); END IF;"
    )


def array_of(values: list[Value]) -> bytes:
    """Return values as the text of an array of texts. A NUL, which PostgreSQL's text cannot hold, becomes U+FFFD."""
    return ("{" + ",".join([_item(value) for value in values]) + "}").encode()


def _item(value: Value) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        escaped = value.replace("\0", "\ufffd").replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)
