"""Waiting for a job in a real store: what is held for a reader, and that nothing is left when one goes."""

import asyncio
from contextlib import aclosing

import msgspec
import pytest

from homeport.model.changes import Move, job_topic, submit
from homeport.model.plans import Action
from homeport.model.states import Status
from homeport.services.submission import Request, new_job
from homeport.services.watching import MOVES_AT_ONCE, wait_beyond, watch_moves
from homeport.store.loading import load_job
from support.jobs import a_goal


class Counting:
    """A store that counts its watches and its reads of moves."""

    def __init__(self, store):
        self._store = store
        self.open = 0
        self.watched = asyncio.Event()
        self.pages = 0
        self.before_moves = None
        """What happens once, just before moves are read."""

    def __getattr__(self, name):
        return getattr(self._store, name)

    async def rows(self, query, /, **params):
        self.pages += query == "job_events"
        if query == "job_events" and self.before_moves is not None:
            happens, self.before_moves = self.before_moves, None
            await happens()
        return await self._store.rows(query, **params)

    def watch(self, *topics):
        return _Counted(self, self._store.watch(*topics))


class _Counted:
    def __init__(self, counting, watch):
        self._counting = counting
        self._watch = watch

    def __getattr__(self, name):
        return getattr(self._watch, name)

    def __enter__(self):
        self._counting.open += 1
        self._counting.watched.set()
        self._watch.__enter__()
        return self

    def __exit__(self, *error):
        self._counting.open -= 1
        return self._watch.__exit__(*error)


async def counted(house):
    """Return a context over a counting store, and a job that nobody has claimed."""
    context = msgspec.structs.replace(house.context, store=Counting(house.context.store))
    environment = await house.environment()
    request = Request(
        action=Action.DELETE_ENVIRONMENT,
        goal=a_goal(),
        project_id=house.project_id,
        environment_id=environment.id,
        node=None,
        requested_by="ada",
    )
    job = new_job(context, request)
    await context.store.commit(submit(job, (), ()))
    return context, job


async def end(context, job):
    """End a job that nobody has claimed."""
    await context.store.commit(ending(context, job))


def ending(context, job):
    """Return the change that ends a job that nobody has claimed."""
    return Move(job, context.clock.now()).job(Status.TERMINATED).build().change


async def begin_again(context, job_id):
    """Begin the next attempt of a job that has ended."""
    ended = await load_job(context.store, job_id)
    await context.store.commit(Move(ended, context.clock.now()).job(Status.INIT).build().change)


async def many_moves(context, job, count):
    """Let a job have many moves of its first task."""
    moved = job
    for _ in range(count):
        made = Move(moved, context.clock.now()).mark(1, detail="still at it").build()
        await context.store.commit(made.change)
        moved = made.job
    return moved


def test_a_wait_is_over_at_the_move_and_leaves_nothing_behind(in_house) -> None:
    async def scenario(house):
        context, job = await counted(house)
        waiting = asyncio.create_task(wait_beyond(context, job.id, None, 60))
        await context.store.watched.wait()
        await end(context, job)
        await asyncio.wait_for(waiting, 4)
        return context.store.open

    assert in_house(scenario) == 0


def test_a_wait_that_is_cancelled_leaves_nothing_behind(in_house) -> None:
    async def scenario(house):
        context, job = await counted(house)
        waiting = asyncio.create_task(wait_beyond(context, job.id, None, 60))
        await context.store.watched.wait()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        return context.store.open

    assert in_house(scenario) == 0


def test_no_more_than_a_page_of_moves_is_read_for_a_reader_that_takes_none(in_house) -> None:
    async def scenario(house):
        context, job = await counted(house)
        await many_moves(context, job, 2 * MOVES_AT_ONCE + 10)
        stream = watch_moves(context, job.id, 0, silence=60)
        async with aclosing(stream):
            first = await anext(stream)
            return len(first.moves), context.store.pages

    assert in_house(scenario) == (MOVES_AT_ONCE, 1)


def test_a_long_story_is_told_page_by_page_to_its_end(in_house) -> None:
    async def scenario(house):
        context, job = await counted(house)
        moved = await many_moves(context, job, 2 * MOVES_AT_ONCE + 10)
        await end(context, moved)
        seen = [news async for news in watch_moves(context, job.id, 0, silence=60)]
        return [move.seq for news in seen for move in news.moves], seen[-1].end, context.store.open

    numbers, last, watches = in_house(scenario)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 2 * MOVES_AT_ONCE
    assert (last, watches) == (Status.TERMINATED, 0)


def test_a_job_that_is_retried_while_a_reader_hears_of_its_end_goes_on_for_that_reader(in_house) -> None:
    async def scenario(house):
        context, job = await counted(house)
        await end(context, job)
        context.store.before_moves = lambda: begin_again(context, job.id)
        async with aclosing(watch_moves(context, job.id, 0, silence=60)) as stream:
            first = await anext(stream)
            await end(context, await load_job(context.store, job.id))
            return first, await anext(stream)

    first, second = in_house(scenario)
    assert (first.moves[-1].status, first.end) == (Status.INIT, None)
    assert (second.moves[-1].status, second.end) == (Status.TERMINATED, Status.TERMINATED)
    assert [move.seq for move in (*first.moves, *second.moves)] == list(range(1, second.moves[-1].seq + 1))


def test_a_reader_that_goes_leaves_nothing_behind(in_house) -> None:
    async def scenario(house):
        context, job = await counted(house)
        stream = watch_moves(context, job.id, 0, silence=60)
        await anext(stream)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(stream), 0.01)
        await stream.aclose()
        return context.store.open

    assert in_house(scenario) == 0


def test_a_move_that_no_signal_told_of_is_seen_all_the_same(in_house) -> None:
    async def scenario(house):
        context, job = await counted(house)
        stream = watch_moves(context, job.id, 1, silence=0.05)
        async with aclosing(stream):
            assert (await anext(stream)).moves == []
            change = ending(context, job)
            silent = msgspec.structs.replace(change, topics=tuple(t for t in change.topics if t != job_topic(job.id)))
            await context.store.commit(silent)
            while not (news := await anext(stream)).moves:
                pass
            return news.end

    assert in_house(scenario) is Status.TERMINATED
