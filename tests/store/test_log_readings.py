"""Logs on their way through a store: whoever has no driver asks, a worker of the node reads, and nothing is left."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest

from homeport.controllers.retention import Retention
from homeport.drivers.simulated import SimulatedDriver
from homeport.jobs.log_desk import LogDesk
from homeport.model.causes import Cause, failed
from homeport.model.changes import Change, Statement
from homeport.model.clock import SECOND, Clock, SystemClock
from homeport.model.errors import InstanceNotFound, Unavailable
from homeport.model.ids import SystemIds
from homeport.services.log_readings import LARGEST_PIECE, PIECES_AHEAD, BrokenOff, log_from_node
from homeport.store.base import Store
from support.engine import Engine
from support.reads import HandReads

LONGEST_WAIT = 20.0


class Writing(SimulatedDriver):
    """A driver whose one instance has written something, and writes on until it is told to end."""

    def __init__(self, *written: bytes) -> None:
        super().__init__(SystemClock(), HandReads())
        self.written = written
        self.next: asyncio.Queue[bytes] = asyncio.Queue()
        self.left = asyncio.Event()
        self.answers = True

    async def logs(self, component_id: str, name: str, *, tail: int | None, follow: bool) -> AsyncIterator[bytes]:
        """Yield what it has written, and with `follow` what it writes; an empty piece is the end."""
        if not self.answers:
            raise failed(Cause.DRIVER_UNREACHABLE, "the Docker Engine does not answer")
        if name != "cart-1":
            return
        try:
            for piece in self.written[-tail:] if tail else self.written:
                yield piece
            while follow and (piece := await self.next.get()):
                yield piece
        finally:
            if follow:
                self.left.set()


class Remembered(SystemIds):
    """Ids, and which were given."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.given: list[str] = []

    def uuid(self) -> str:
        """Return an id that no other is like."""
        self.given.append(super().uuid())
        return self.given[-1]


class Newsroom:
    """A component, a desk that reads its logs, and how to ask for them."""

    def __init__(self, engine: Engine, desk: asyncio.Task[None], environment: Any, component: Any) -> None:
        self.engine = engine
        self.desk = desk
        self.ids = Remembered(engine.context.clock)
        self._environment = environment
        self._component = component

    async def ask(self, instance: str = "cart-1", *, tail: int | None = None, follow: bool = False) -> Any:
        """Return the log as it arrives."""
        context = msgspec.structs.replace(self.engine.context, ids=self.ids)
        return await log_from_node(context, self._environment, self._component, instance, tail=tail, follow=follow)


@asynccontextmanager
async def newsroom(store: Store, driver: Writing) -> AsyncIterator[Newsroom]:
    engine = Engine(store, driver)
    worker = engine.start_worker()
    environment = await engine.environment()
    component = await engine.component(environment)
    desk = asyncio.create_task(LogDesk(engine.context, engine.tools.drivers, "simulated", str(environment.node)).run())
    try:
        async with asyncio.timeout(LONGEST_WAIT):
            yield Newsroom(engine, desk, environment, component)
    finally:
        desk.cancel()
        await asyncio.gather(desk, return_exceptions=True)
        await engine.stop_worker(worker)


@pytest.fixture
def in_newsroom(stores) -> Callable[..., Any]:
    """Return a function that runs a scenario `async (Newsroom, Writing) -> T` over a store."""

    def run(scenario: Callable[[Newsroom, Writing], Awaitable[Any]], *written: bytes) -> Any:
        async def whole(store: Store) -> Any:
            driver = Writing(*written)
            async with newsroom(store, driver) as room:
                return await scenario(room, driver)

        return stores.run(whole)

    return run


async def read(log: Any) -> bytes:
    return b"".join([piece async for piece in log])


def test_a_log_arrives_whole_however_long_it_is_and_is_gone_from_the_store(in_newsroom) -> None:
    longer = [b"%06d " % number * (LARGEST_PIECE // 4) for number in range(PIECES_AHEAD)]

    async def scenario(room, driver):
        whole = await read(await room.ask())
        return whole == b"".join(longer), await rows_of(room)

    assert in_newsroom(scenario, *longer) == (True, 0)


async def rows_of(room: Newsroom) -> int:
    """Return how many readings and pieces the store holds of what was asked."""
    store, ids = room.engine.context.store, room.ids.given
    readings = [row for one in ids if (row := await store.row("log_reading", id=one)) is not None]
    pieces = [row for one in ids for row in await store.rows("log_pieces", reading_id=one)]
    return len(readings) + len(pieces)


def test_the_end_of_a_log_can_be_had_alone_and_what_no_store_holds_is_replaced(in_newsroom) -> None:
    async def scenario(room, driver):
        return await read(await room.ask(tail=1))

    assert (
        in_newsroom(scenario, b"first\n", b"nul\x00 \xff\n")
        == "nul\N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}\n".encode()
    )


def test_a_log_is_followed_until_nobody_wants_it_any_more(in_newsroom) -> None:
    async def scenario(room, driver):
        log = await room.ask(follow=True)
        seen = [await anext(log)]
        await driver.next.put(b"and then\n")
        seen.append(await anext(log))
        await log.aclose()
        await driver.next.put(b"to nobody\n")
        await driver.left.wait()
        return seen, await rows_of(room)

    assert in_newsroom(scenario, b"first\n") == ([b"first\n", b"and then\n"], 0)


def test_a_log_whose_reader_ends_breaks_off(in_newsroom) -> None:
    async def scenario(room, driver):
        log = await room.ask(follow=True)
        await anext(log)
        room.desk.cancel()
        with pytest.raises(BrokenOff, match="has ended"):
            await anext(log)
        return await rows_of(room)

    assert in_newsroom(scenario, b"first\n") == 0


def test_an_instance_that_there_is_not_is_told_as_the_driver_tells_it(in_newsroom) -> None:
    async def scenario(room, driver):
        with pytest.raises(InstanceNotFound):
            await room.ask("cart-9")
        return await rows_of(room)

    assert in_newsroom(scenario, b"first\n") == 0


def test_a_driver_that_does_not_answer_is_told_of_in_its_words(in_newsroom) -> None:
    async def scenario(room, driver):
        driver.answers = False
        with pytest.raises(Unavailable, match="instance cart-1 cannot be read: the Docker Engine does not answer"):
            await room.ask()
        return await rows_of(room)

    assert in_newsroom(scenario) == 0


def test_a_node_without_a_worker_is_told_at_once(in_newsroom) -> None:
    async def scenario(room, driver):
        for worker in list(room.engine._running):
            await room.engine.context.store.commit(Change((Statement("end_worker", {"id": worker.id}),)))
        with pytest.raises(Unavailable, match="No worker runs there: the log of instance cart-1 lies on node"):
            await room.ask()
        return await rows_of(room)

    assert in_newsroom(scenario, b"first\n") == 0


def test_a_log_whose_asker_was_killed_is_let_go_when_its_lease_is_over(in_newsroom, monkeypatch) -> None:
    monkeypatch.setattr("homeport.services.log_readings.LEASE", SECOND // 5)
    monkeypatch.setattr("homeport.jobs.log_desk.RENEW_SECONDS", 0.1)

    async def scenario(room, driver):
        never_taken = await room.ask(follow=True)
        await driver.left.wait()
        del never_taken
        async with asyncio.timeout(LONGEST_WAIT):
            while await rows_of(room):  # noqa: ASYNC110 - as below
                await asyncio.sleep(0.01)  # waits: for a row to go, which nobody is told of
        return True

    assert in_newsroom(scenario, b"first\n")


def test_what_nobody_wants_any_more_is_neither_read_nor_kept(in_newsroom) -> None:
    async def scenario(room, driver):
        store, component = room.engine.context.store, room._component
        asked = {
            "id": room.ids.uuid(),
            "component_id": component.id,
            "instance": "cart-1",
            "lines": -1,
            "follow": 1,
            "driver": "simulated",
            "node": str(room._environment.node),
            "state": "asked",
            "lease": 0,
        }
        await store.commit(Change((Statement("add_log_reading", asked),)))
        before = await rows_of(room)
        await Retention(room.engine.context).step()
        return before, await rows_of(room), driver.left.is_set()

    assert in_newsroom(scenario) == (1, 0, False)
