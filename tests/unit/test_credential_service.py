"""Credentials in a real store: sealed, opened for their own project alone, and found by name or by registry."""

import asyncio

import msgspec
import pytest

from homeport.identity.vault import VaultError
from homeport.model.changes import Change, Statement
from homeport.model.credentials import CredentialNameTaken, CredentialNotFound, CredentialType, NewCredential
from homeport.model.errors import InvalidParameter
from homeport.services.credentials import (
    create_credential,
    delete_credential,
    find_credential,
    list_credentials,
    open_buckets,
    open_credential,
    open_registry,
)

SECRET = "hunter2-of-the-test"
GIT = NewCredential(name="team-git", type=CredentialType.GIT_HTTPS, username="ada", password=SECRET)


def store(name, *buckets, server="https://obs.example.com"):
    return NewCredential(
        name=name, type=CredentialType.S3, server=server, username="AKID", password=SECRET, buckets=buckets
    )


def registry(name, server, password=SECRET):
    return NewCredential(name=name, type=CredentialType.REGISTRY, server=server, username="ada", password=password)


async def create(house, new, project_id=None):
    return await create_credential(house.context, project_id or house.project_id, new, "ada")


def test_a_credential_is_sealed_in_the_store_and_opened_again(in_house) -> None:
    async def scenario(house):
        kept = await create(house, GIT)
        return kept, await open_credential(house.context, house.project_id, "team-git")

    kept, access = in_house(scenario)
    assert SECRET not in str(msgspec.structs.asdict(kept))
    assert (access.username, access.secret) == ("ada", SECRET)
    assert SECRET not in repr(access)


def test_credentials_are_listed_by_name(in_house) -> None:
    async def scenario(house):
        for name in ("zoo", "ape"):
            await create(house, msgspec.structs.replace(GIT, name=name))
        return [one.name for one in await list_credentials(house.context, house.project_id)]

    assert in_house(scenario) == ["ape", "zoo"]


def test_of_credentials_of_one_name_at_once_one_is_stored(in_house) -> None:
    async def scenario(house):
        return await asyncio.gather(*(create(house, GIT) for _ in range(4)), return_exceptions=True)

    outcomes = in_house(scenario)
    assert sum(isinstance(outcome, CredentialNameTaken) for outcome in outcomes) == 3


def test_a_credential_is_its_projects_own(in_house) -> None:
    async def scenario(house):
        await create(house, GIT)
        other = "f" * 32
        await create(house, GIT, other)
        await delete_credential(house.context, other, "team-git")
        with pytest.raises(CredentialNotFound):
            await find_credential(house.context, other, "team-git")
        return await open_credential(house.context, other, "team-git"), await find_credential(
            house.context, house.project_id, "team-git"
        )

    gone, kept = in_house(scenario)
    assert gone is None
    assert kept.name == "team-git"


def test_a_credential_that_was_deleted_makes_room_for_another_of_its_name(in_house) -> None:
    async def scenario(house):
        await create(house, GIT)
        await delete_credential(house.context, house.project_id, "team-git")
        await create(house, msgspec.structs.replace(GIT, password="another-one"))
        return await open_credential(house.context, house.project_id, "team-git")

    assert in_house(scenario).secret == "another-one"


def test_a_key_that_is_none_is_refused_naming_its_field(in_house) -> None:
    async def scenario(house):
        new = NewCredential(name="key", type=CredentialType.GIT_SSH, private_key="no key")
        with pytest.raises(InvalidParameter, match="private_key is no private key"):
            await create(house, new)

    in_house(scenario)


def test_a_sealed_secret_that_was_moved_to_another_credential_does_not_open(in_house) -> None:
    async def scenario(house):
        first = await create(house, GIT)
        await create(house, msgspec.structs.replace(GIT, name="other"))
        other = await find_credential(house.context, house.project_id, "other")
        await delete_credential(house.context, house.project_id, "other")
        forged = msgspec.structs.asdict(msgspec.structs.replace(other, secret=first.secret))
        await house.context.store.commit(Change((Statement("add_credential", forged),)))
        with pytest.raises(VaultError):
            await open_credential(house.context, house.project_id, "other")

    in_house(scenario)


@pytest.mark.parametrize(
    ("image", "secret"),
    [
        ("registry.example.com/shop/cart:1", "of-the-firm-2"),
        ("registry.example.com:5000/cart", None),
        ("nginx:1", "of-the-hub"),
        ("team/cart", "of-the-hub"),
    ],
)
def test_a_registrys_credential_is_found_by_the_host_of_an_image_the_newest_first(in_house, image, secret) -> None:
    async def scenario(house):
        await create(house, registry("hub", "https://index.docker.io/v1/", "of-the-hub"))
        await create(house, registry("firm", "registry.example.com", "of-the-firm-1"))
        await create(house, registry("firm-2", "Registry.Example.com", "of-the-firm-2"))
        return await open_registry(house.context, house.project_id, image)

    access = in_house(scenario)
    assert (access and access.secret) == secret


def test_a_bucket_is_opened_by_the_credential_that_names_it_and_was_stored_last(in_house) -> None:
    async def scenario(house):
        await create(house, store("old", "data", "logs"))
        await create(house, store("new", "data", server="https://new.example.com"))
        await create(house, store("of-others", "data", "other"), "f" * 32)
        return await open_buckets(house.context, house.project_id, ["data", "logs", "other", "none"])

    opened = in_house(scenario)
    assert [(one.name, one.endpoint) for one in opened] == [
        ("data", "https://new.example.com"),
        ("logs", "https://obs.example.com"),
    ]
    assert {(one.access_key, one.secret_key) for one in opened} == {("AKID", SECRET)}
    assert SECRET not in repr(opened)
