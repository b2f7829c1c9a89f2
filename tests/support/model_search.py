"""The search for a sequence that breaks a promise: as many as are asked for, drawn from one seed."""

from __future__ import annotations

import asyncio
import os
import random
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import structlog
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis.internal.cache import LRUCache
from hypothesis.internal.conjecture import providers

from homeport.model.states import JOB_MOVES, TASK_MOVES, Status
from homeport.store.base import Missed, StoreError
from support.model_hands import Killed
from support.model_plant import Plant
from support.model_record import Moves, must
from support.model_sequence import run_sequence
from support.model_steps import Plan, plans, told
from support.model_store import StoreUnderTest, store_under_test
from support.model_time import VirtualClock, VirtualLoop

DEFECTS: Final = frozenset(
    {"worker.runner_crashed", "worker.claim_crashed", "job.step_crashed", "job.task_crashed", "controller.crashed"}
)
"""What the engine logs of a defect of its own."""


SEQUENCES: Final = 2_000
"""At each change, the same ones each time."""
SOAK_SEQUENCES: Final = 100_000
POSTGRES_SEQUENCES: Final = 100
"""Over PostgreSQL one takes five times as long."""
POSTGRES_CHUNK: Final = 50
POSTGRES_SOAK_SEQUENCES: Final = 10_000
PARTS: Final = 2
"""The files among which the sequences are divided: each runs in a process of its own."""
CHUNK: Final = 125
"""Sequences under one seed: what Hypothesis remembers of them all does not grow any more."""
LONGEST_SECONDS: Final = 7 * 86_400.0
"""Of virtual time, after which a sequence waits for what never comes: most take ten minutes, none two hours."""
ENOUGH: Final = 900
"""From how many sequences on every possible move must be among those that were made."""

IMPOSSIBLE: Final = {
    ("job", Status.INIT, Status.FAILED): "a job that ends failed before it began shows a failed task, so it runs first",
}
"""Moves that the table has and the engine never makes, and why."""

POSSIBLE: Final = (
    frozenset(
        (kind, source, target)
        for kind, table in (("job", JOB_MOVES), ("task", TASK_MOVES))
        for source, targets in table.items()
        for target in targets
    )
    - IMPOSSIBLE.keys()
)


class Search:
    """One loop and one store for many sequences, each in an engine of its own."""

    def __init__(self, runner: asyncio.Runner, clock: VirtualClock, under_test: StoreUnderTest) -> None:
        self._runner = runner
        self._clock = clock
        self._under_test = under_test
        self.moves: Moves = Moves()
        self.run_so_far = 0

    def one(self, plan: Plan) -> None:
        """Run one sequence; raise what it found."""
        self.run_so_far += 1
        self._runner.run(self._one_in_time(plan))

    async def _one_in_time(self, plan: Plan) -> None:
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                await self._one(plan)
        except TimeoutError as error:
            what = f"after {LONGEST_SECONDS:g} virtual seconds something is still waited for"
            raise AssertionError(what) from error

    async def _one(self, plan: Plan) -> None:
        self._clock.restart()
        await self._under_test.wipe()
        as_failed = "as failed" in plan.beginning
        plant = Plant(self._under_test.store, self._clock, self.moves, unfinished_as_failed=as_failed)
        with _defects_of(plant):
            try:
                await run_sequence(plant, plan)
            finally:
                await _end_all()


@contextmanager
def a_search(address: str | None = None) -> Iterator[Search]:
    """Yield a search over SQLite, or over the PostgreSQL database of an address."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        loop = runner.get_loop()
        loop.set_exception_handler(_unheard)
        clock = VirtualClock(loop)
        opening = store_under_test(clock, address)
        under_test = runner.run(opening.__aenter__())
        try:
            yield Search(runner, clock, under_test)
        finally:
            runner.run(opening.__aexit__(None, None, None))


@contextmanager
def _nothing_but_the_seed() -> Iterator[None]:
    """Let a seed draw the same sequences wherever it is used.

    Hypothesis takes some of what it draws from the constants of whatever modules are loaded, which is other in each
    process; it has no setting for that.
    """
    known, cache = providers._get_local_constants, providers.CONSTANTS_CACHE
    providers._get_local_constants = providers.Constants
    providers.CONSTANTS_CACHE = LRUCache(1_024)
    try:
        yield
    finally:
        providers._get_local_constants, providers.CONSTANTS_CACHE = known, cache


def search(count: int, from_seed: int, *, shrinks: bool = True, address: str | None = None) -> Moves:
    """Run so many sequences and return the moves that were made; a failure shows the shortest that was found.

    They run over SQLite, or over the PostgreSQL database of an address.
    """
    with _nothing_but_the_seed(), a_search(address) as found:

        @seed(from_seed)
        @settings(
            max_examples=count,
            phases=(Phase.generate, Phase.shrink) if shrinks else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
            database=None,
            deadline=None,
            print_blob=True,
            report_multiple_bugs=False,
        )
        @given(plans)
        def holds(plan: Plan) -> None:
            note(f"seed {from_seed}, sequence {found.run_so_far + 1}:\n{told(plan)}")
            found.one(plan)

        holds()
        return found.moves


def chunks(part: int, *, soak: bool) -> list[tuple[int, int]]:
    """Return the chunks of one of the `PARTS` of all sequences: a number that makes their seed, and how many they are.

    Variable MODEL_SEQUENCES says how many sequences there are in all.
    """
    own = int(os.environ.get("MODEL_SEQUENCES", SOAK_SEQUENCES if soak else SEQUENCES)) // PARTS
    return [(first * PARTS + part, min(CHUNK, own - first)) for first in range(0, own, CHUNK)]


def postgres_chunks(*, soak: bool) -> list[tuple[int, int]]:
    """Return the chunks of the sequences over PostgreSQL; `MODEL_SEQUENCES_POSTGRES` says how many they are."""
    count = int(os.environ.get("MODEL_SEQUENCES_POSTGRES", POSTGRES_SOAK_SEQUENCES if soak else POSTGRES_SEQUENCES))
    return [(first, min(POSTGRES_CHUNK, count - first)) for first in range(0, count, POSTGRES_CHUNK)]


class Made:
    """What the sequences of one file have made, all together."""

    def __init__(self, *, drawn: bool) -> None:
        """`drawn` makes every run another one, by the seed that it prints; else it is the same sequences each time."""
        self._drawn = drawn
        self.sequences = 0
        self.moves: Moves = Moves()

    def run(self, chunk: tuple[int, int], *, address: str | None = None) -> None:
        """Run a chunk of sequences under a seed of its own, over PostgreSQL where an address is given."""
        number, count = chunk
        # To look for the shortest takes minutes; `make soak` does.
        drawn = random.getrandbits(32) if self._drawn else 0
        self.moves += search(count, drawn + number, shrinks=self._drawn, address=address)
        self.sequences += count

    def check(self) -> None:
        """Check that many sequences have made every move that can be made."""
        missing = POSSIBLE - self.moves.keys() if self.sequences >= ENOUGH else set()
        must(not missing, "moves that no sequence has made", sorted(missing))


async def _end_all() -> None:
    """End all that goes on, without letting it do anything more."""
    for _ in range(20):
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        if not others:
            return
        for task in others:
            task.cancel()
        await asyncio.sleep(0)
    raise RuntimeError(f"something goes on behind a sequence: {others}")


@contextmanager
def _defects_of(plant: Plant) -> Iterator[None]:
    """Let what the engine logs of its own defects break the sequence, and keep its other words to itself."""
    before = structlog.get_config()

    def hear(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
        if event["event"] in DEFECTS:
            plant.broken.append(AssertionError(f"a defect of the engine: {event['event']}\n{event.get('exc_info')}"))
        raise structlog.DropEvent

    structlog.configure(processors=[_with_error, hear])
    try:
        yield
    finally:
        structlog.configure(**before)


def _with_error(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    error = event.get("exc_info")
    error = sys.exc_info()[1] if error is True else error
    if isinstance(error, BaseException):
        event["exc_info"] = "".join(traceback.format_exception(error))
    return event


def _unheard(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    if not _meant(context.get("exception")):
        loop.default_exception_handler(context)


def _meant(error: BaseException | None) -> bool:
    """Tell whether nobody has to hear of an error: a worker died of it, could not begin, or was late with a log."""
    if isinstance(error, BaseExceptionGroup):
        return all(map(_meant, error.exceptions))
    return isinstance(error, Killed | StoreError | Missed | None)
