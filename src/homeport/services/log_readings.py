"""Logs of instances that this process has no driver for: a worker of their node reads them, through the store.

Whoever asks writes down a reading and takes its pieces as they come; the worker is never more than `PIECES_AHEAD` of
them ahead. Each side has a lease on the store's clock and ends when the other's is over, so that nothing is left of a
reading for long, whichever side was killed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from enum import StrEnum
from typing import Final

from homeport.model.changes import Change, Statement, Value, log_asked_topic, log_read_topic, log_taken_topic
from homeport.model.clock import SECOND
from homeport.model.errors import InstanceNotFound, Unavailable
from homeport.model.records import Component, Environment
from homeport.services.context import Context
from homeport.store.base import Row, StoreError

LEASE: Final = 15 * SECOND
"""Microseconds for which a reading is wanted, or read, after the last word of whoever does."""
RENEW_SECONDS: Final = 5.0
PIECES_AHEAD: Final = 16
LARGEST_PIECE: Final = 64 * 1024
"""Characters of one piece."""
ANSWER_SECONDS: Final = 10.0
"""How long a worker may take to begin."""
_LOOK_SECONDS: Final = 1.0
"""Between two looks at what no signal told of."""


class Reading(StrEnum):
    """How far a reading has come."""

    ASKED = "asked"
    OPEN = "open"
    ENDED = "ended"
    ABSENT = "absent"
    """There is no such log."""
    FAILED = "failed"
    """The log cannot be read, or not to its end; the words say why."""


class BrokenOff(Exception):  # noqa: N818 - said of a log
    """A log ends before its end."""


async def log_from_node(
    context: Context, environment: Environment, component: Component, instance: str, *, tail: int | None, follow: bool
) -> AsyncGenerator[bytes, None]:
    """Return the log of a component's instance as a worker of its node reads it.

    The generator raises `BrokenOff` when that worker ends before the log does.

    Raises:
        InstanceNotFound: the component has no instance of this name, and no log of one that is gone.
        Unavailable: no worker of the node lives, none begins within `ANSWER_SECONDS`, or the log cannot be read.
    """
    node = environment.node
    if node is None:
        raise InstanceNotFound(component.id, instance)
    where = f"the log of instance {instance} lies on node {node} of driver {environment.driver}"
    if await context.store.row("living_node", driver=environment.driver, node=node) is None:
        raise Unavailable(f"No worker runs there: {where}, and only a worker of it (homeport worker) can read it")
    id_ = context.ids.uuid()
    asked: dict[str, Value] = {
        "id": id_,
        "component_id": component.id,
        "instance": instance,
        "lines": -1 if tail is None else tail,
        "follow": int(follow),
        "driver": environment.driver,
        "node": node,
        "state": Reading.ASKED,
        "lease": LEASE,
    }
    add = Statement("add_log_reading", asked)
    try:
        await context.store.commit(Change((add,), (log_asked_topic(environment.driver, node),)))
        _check(await _begun(context, id_), component, instance, where)
    except BaseException:
        await _remove(context, id_)
        raise
    return _pieces(context, id_)


def _check(begun: Row | None, component: Component, instance: str, where: str) -> None:
    """Raise what is to be said where a reading does not give a log."""
    if begun is None:
        raise Unavailable(f"No worker has answered within {ANSWER_SECONDS:g} s: {where}")
    if begun["state"] == Reading.ABSENT:
        raise InstanceNotFound(component.id, instance)
    if begun["state"] == Reading.FAILED:
        raise Unavailable(str(begun["words"]))


async def _begun(context: Context, id_: str) -> Row | None:
    """Return a reading once a worker has something to say of it; None when none has in time."""
    end = context.clock.monotonic() + ANSWER_SECONDS
    with context.store.watch(log_read_topic(id_)) as watch:
        while (left := end - context.clock.monotonic()) > 0:
            row = await context.store.row("log_reading", id=id_)
            if row is None or row["state"] != Reading.ASKED:
                return row
            await watch.wait(min(left, _LOOK_SECONDS))
    return None


async def _pieces(context: Context, id_: str) -> AsyncGenerator[bytes, None]:
    wanting = asyncio.create_task(_want(context, id_))
    try:
        with context.store.watch(log_read_topic(id_)) as watch:
            while True:
                # Before the pieces: when it has ended by now, they are all there.
                row = await context.store.row("log_reading", id=id_)
                pieces = await context.store.rows("log_pieces", reading_id=id_)
                for piece in pieces:
                    yield str(piece["text"]).encode()
                if pieces:
                    await _taken(context, id_, pieces[-1]["number"])
                elif row is None or row["state"] == Reading.FAILED or not row["read_now"]:
                    raise BrokenOff(str(row["words"]) if row and row["words"] else "the worker that read it has ended")
                elif row["state"] == Reading.ENDED:
                    return
                else:
                    await watch.wait(_LOOK_SECONDS)
    finally:
        wanting.cancel()
        await _remove(context, id_)


async def _taken(context: Context, id_: str, number: Value) -> None:
    statements = (
        Statement("take_log_pieces", {"id": id_, "taken": number}, rows=None),
        Statement("remove_log_pieces", {"reading_id": id_, "taken": number}, rows=None),
    )
    await context.store.commit(Change(statements, (log_taken_topic(id_),)))


async def _want(context: Context, id_: str) -> None:
    """Say that a reading is wanted, for as long as somebody takes its pieces, however slowly."""
    want = Change((Statement("want_log_reading", {"id": id_, "lease": LEASE}, rows=None),))
    while True:
        await context.clock.sleep(RENEW_SECONDS)
        # A store that is away for a moment: it is said again before the lease is over.
        with suppress(StoreError):
            await context.store.commit(want)


async def _remove(context: Context, id_: str) -> None:
    remove = Statement("remove_log_reading", {"id": id_}, rows=None)
    # What the store does not take is removed by the worker, or swept, when nobody has wanted it for a while.
    with suppress(StoreError):
        await context.store.commit(Change((remove,), (log_taken_topic(id_),)))
