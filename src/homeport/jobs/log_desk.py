"""Where a worker reads logs of its node's instances for processes that have no driver (services/log_readings.py)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing, suppress
from typing import Final

from homeport.drivers.base import Driver
from homeport.jobs.instance_logs import instance_log
from homeport.log_setup import get_logger
from homeport.model.causes import TaskFailed
from homeport.model.changes import Change, Statement, Value, log_asked_topic, log_read_topic, log_taken_topic
from homeport.model.errors import InstanceNotFound, Unavailable
from homeport.services.context import Context
from homeport.services.log_readings import LARGEST_PIECE, LEASE, PIECES_AHEAD, RENEW_SECONDS, Reading
from homeport.store.base import Missed, Row, StoreError
from homeport.store.loading import load_component

MOST_AT_ONCE: Final = 64
"""Readings of one process and node at a time; others wait for one to end."""
_LOOK_SECONDS: Final = 5.0
"""Between two looks at what no signal told of."""

_log = get_logger()


class LogDesk:
    """Reads what is asked for of one driver's node."""

    def __init__(self, context: Context, drivers: Mapping[str, Driver], driver: str, node: str) -> None:
        self._context = context
        self._drivers = drivers
        self._driver = driver
        self._node = node
        self._id = context.ids.uuid()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Read until cancelled; who reads along then is told that the log breaks off."""
        try:
            with self._context.store.watch(log_asked_topic(self._driver, self._node)) as watch:
                while True:
                    try:
                        await self._take_up()
                    except StoreError as error:
                        _log.warning("log.desk_failed", driver=self._driver, error=str(error))
                    except Exception:  # noqa: BLE001 - it is logged with its traceback
                        _log.exception("log.desk_crashed", driver=self._driver)
                    await watch.wait(_LOOK_SECONDS)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take_up(self) -> None:
        most = MOST_AT_ONCE - len(self._tasks)
        rows = await self._context.store.rows("asked_log_readings", driver=self._driver, node=self._node, most=most)
        for row in rows:
            reader = _Reader(self._context, self._drivers, self._id, row)
            with suppress(Missed):
                await reader.begin()
                task = asyncio.create_task(reader.run())
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)


class _Reader:
    """Reads one log."""

    def __init__(self, context: Context, drivers: Mapping[str, Driver], desk: str, row: Row) -> None:
        self._context = context
        self._drivers = drivers
        self._row = row
        self._id = str(row["id"])
        self._mine: dict[str, Value] = {"id": self._id, "reader": desk}
        self._held = Statement("keep_log_reading", self._mine | {"lease": LEASE})

    async def begin(self) -> None:
        """Make it this desk's. Raises `Missed` when it is another's, or nobody's any more."""
        begin = Statement("begin_log_reading", self._mine | {"lease": LEASE})
        await self._context.store.commit(Change((begin,)))

    async def run(self) -> None:
        """Read the log to its end, or for as long as somebody wants it."""
        try:
            await self._read()
        except Missed:
            # Nobody wants it any more, and perhaps nobody has said so.
            await self._remove()
        except StoreError as error:
            _log.warning("log.not_read", reading=self._id, error=str(error))
        except TaskFailed as error:
            await self._tell_failure(error.failure.what)
        except asyncio.CancelledError:
            await self._tell_failure("the worker that read the log has ended")
            raise
        except Exception:  # noqa: BLE001 - it is logged with its traceback
            _log.exception("log.reader_crashed", reading=self._id)
            await self._tell_failure("the log could not be read; the log of the worker says why")

    async def _read(self) -> None:
        component = await load_component(self._context.store, str(self._row["component_id"]))
        if component is None:
            return await self._tell(Reading.ABSENT)
        lines, name = int(self._row["lines"] or 0), str(self._row["instance"])
        tail, follow = None if lines < 0 else lines, bool(self._row["follow"])
        try:
            log = await instance_log(self._context, self._drivers, component, name, tail=tail, follow=follow)
        except InstanceNotFound:
            return await self._tell(Reading.ABSENT)
        except Unavailable as error:
            return await self._tell(Reading.FAILED, error.what)
        await self._tell(Reading.OPEN)
        async with aclosing(log):
            await self._while_wanted(log)
        return await self._tell(Reading.ENDED)

    async def _while_wanted(self, log: AsyncGenerator[bytes, None]) -> None:
        """Hand on a log to its end. Raises `Missed` when nobody wants it any more."""
        works = [asyncio.ensure_future(work) for work in (self._hand_on(log), self._hold())]
        try:
            await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for work in works:
                work.cancel()
            ends = await asyncio.gather(*works, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                raise end

    async def _hold(self) -> None:
        while True:
            await self._context.clock.sleep(RENEW_SECONDS)
            await self._context.store.commit(Change((self._held,)))

    async def _hand_on(self, log: AsyncGenerator[bytes, None]) -> None:
        number = taken = 0
        with self._context.store.watch(log_taken_topic(self._id)) as watch:
            async for text in log:
                for piece in _pieces(text):
                    while number - taken >= PIECES_AHEAD:
                        taken = await self._taken()
                        if number - taken >= PIECES_AHEAD:
                            await watch.wait(_LOOK_SECONDS)
                    number += 1
                    add = Statement("add_log_piece", {"reading_id": self._id, "number": number, "text": piece})
                    await self._context.store.commit(Change((self._held, add), (log_read_topic(self._id),)))

    async def _taken(self) -> int:
        row = await self._context.store.row("log_reading", id=self._id)
        if row is None:
            raise Missed("keep_log_reading", 1, 0)
        return int(row["taken"] or 0)

    async def _tell(self, state: Reading, words: str = "") -> None:
        told = Statement("tell_log_reading", self._mine | {"state": state, "words": words})
        await self._context.store.commit(Change((told,), (log_read_topic(self._id),)))

    async def _remove(self) -> None:
        with suppress(StoreError):
            await self._context.store.commit(Change((Statement("remove_log_reading", {"id": self._id}, rows=None),)))

    async def _tell_failure(self, words: str) -> None:
        with suppress(Missed, StoreError):
            await self._tell(Reading.FAILED, words)


def _pieces(text: bytes) -> Iterator[str]:
    """Yield text in pieces that the store takes: without NUL, which it does not hold."""
    whole = text.decode().replace("\x00", "\N{REPLACEMENT CHARACTER}")
    for start in range(0, len(whole), LARGEST_PIECE):
        yield whole[start : start + LARGEST_PIECE]
