"""The row of a request under a key: of those at once one is written, and one whose time is over gives way."""

import asyncio

import pytest

from homeport.model.changes import Change, Statement
from homeport.services.requests import ADD_REQUEST
from homeport.store.base import Missed


def change(digest, *, made_at=100, since=0, key="key-1"):
    row = {"project_id": "p", "key": key, "operation": "o", "digest": digest, "status": 200, "answer": "sealed"}
    return Change((Statement(ADD_REQUEST, {**row, "made_at": made_at, "since": since}),))


async def kept(store, since=0):
    row = await store.row("request", project_id="p", key="key-1", since=since)
    return None if row is None else row["digest"]


def test_of_requests_under_one_key_at_once_one_is_written_and_the_others_miss_at_its_row(stores) -> None:
    async def scenario(store):
        changes = [change(f"d{number}") for number in range(5)]
        outcomes = await asyncio.gather(*map(store.commit, changes), return_exceptions=True)
        return outcomes, await kept(store)

    outcomes, digest = stores.run(scenario)
    missed = [outcome for outcome in outcomes if isinstance(outcome, Missed)]
    assert [one.statement for one in missed] == [ADD_REQUEST] * 4
    assert outcomes[int(digest[1:])] is None


def test_a_request_that_missed_writes_nothing_of_its_change(stores) -> None:
    async def scenario(store):
        await store.commit(change("d1"))
        other = change("d2").also(*change("d2", key="key-2").statements)
        with pytest.raises(Missed):
            await store.commit(other)
        return await store.row("request", project_id="p", key="key-2", since=0)

    assert stores.run(scenario) is None


def test_a_request_gives_way_once_its_time_is_over_and_not_before(stores) -> None:
    async def scenario(store):
        await store.commit(change("d1", made_at=100))
        with pytest.raises(Missed):
            await store.commit(change("d2", made_at=200, since=99))
        before = await kept(store, since=99), await kept(store, since=100)
        await store.commit(change("d2", made_at=200, since=100))
        return before, await kept(store, since=100)

    assert stores.run(scenario) == (("d1", None), "d2")
