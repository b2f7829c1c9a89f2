"""The rows of credentials: one a name and project, found by name or by server, removed as what was read."""

import asyncio

import pytest

from homeport.model.changes import Change, Statement
from homeport.store.base import Missed


def add(name, **facts):
    row = {
        "id": f"id-of-{name}",
        "project_id": "p",
        "name": name,
        "type": "registry",
        "server": "registry.example.com",
        "username": "ada",
        "known_hosts": "",
        "public_key": "",
        "buckets": "",
        "secret": "sealed",
        "created_by": "ada",
        "created_at": 1,
    }
    return Change((Statement("add_credential", row | facts),))


def remove(name, id_):
    return Change((Statement("remove_credential", {"project_id": "p", "name": name, "id": id_}),))


async def names(store, project_id="p"):
    return [row["name"] for row in await store.rows("credentials", project_id=project_id)]


def test_of_credentials_of_one_name_at_once_one_is_written(stores) -> None:
    async def scenario(store):
        changes = [add("hub", id=f"id-{number}") for number in range(4)]
        outcomes = await asyncio.gather(*map(store.commit, changes), return_exceptions=True)
        return outcomes, await names(store)

    outcomes, found = stores.run(scenario)
    assert [isinstance(outcome, Missed) for outcome in outcomes].count(True) == 3
    assert found == ["hub"]


def test_two_projects_may_have_one_of_the_same_name(stores) -> None:
    async def scenario(store):
        await store.commit(add("hub"))
        await store.commit(add("hub", id="other", project_id="q"))
        return await names(store), await names(store, "q")

    assert stores.run(scenario) == (["hub"], ["hub"])


def test_the_newest_of_a_server_comes_first_and_other_types_are_left_out(stores) -> None:
    async def scenario(store):
        await store.commit(add("old"))
        await store.commit(add("new", created_at=2))
        await store.commit(add("git", type="git-https"))
        await store.commit(add("elsewhere", server="docker.io"))
        found = await store.rows(
            "credentials_of_server", project_id="p", type="registry", server="registry.example.com"
        )
        return [row["name"] for row in found]

    assert stores.run(scenario) == ["new", "old"]


def test_a_credential_is_removed_as_the_one_that_was_read_and_not_as_its_successor(stores) -> None:
    async def scenario(store):
        await store.commit(add("hub"))
        with pytest.raises(Missed):
            await store.commit(remove("hub", "id-of-another"))
        before = await names(store)
        await store.commit(remove("hub", "id-of-hub"))
        return before, await names(store)

    assert stores.run(scenario) == (["hub"], [])
