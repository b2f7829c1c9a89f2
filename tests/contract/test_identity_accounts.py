"""Accounts, access keys, tokens and logins over a real store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from homeport.identity.accounts import add_domain
from homeport.identity.attempts import PASSWORD_LIMIT
from homeport.identity.records import Domain, User
from homeport.identity.tokens import KEPT_AFTER_EXPIRY, LIFETIME
from homeport.model.caller import Role
from homeport.model.changes import Change
from homeport.model.clock import SECOND, rfc3339
from homeport.model.errors import (
    AccountNotFound,
    InvalidParameter,
    Refused,
    TokenExpired,
    TooManyAttempts,
    Unauthenticated,
)
from support.identity import IdentityHouse, run_in

PASSWORD = "correct horse"


class House(IdentityHouse):
    """A domain, a project and a user who is an operator in it."""

    user: User
    project_id: str

    async def fill(self) -> None:
        await self.store.commit(Change((add_domain(Domain(id="d1", name="acme", created_at=1)),)))
        accounts = self.identity.accounts
        self.user = await accounts.add_user("d1", "ann", await self.identity.passwords.hash(PASSWORD))
        self.project_id = (await accounts.add_project("d1", "local-1")).id
        await accounts.grant(self.user.id, self.project_id, Role.OPERATOR)

    async def token(self, **options: Any) -> bytes:
        return (await self.identity.tokens.issue(self.user.id, None, "password", **options)).value.encode()


Run = Callable[[Callable[[House], Awaitable[Any]]], Any]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda scenario: run_in(lambda: House(tmp_path), scenario)


async def refusal_of(attempt: Awaitable[object], kind: type[Refused]) -> Any:
    with pytest.raises(kind) as caught:
        await attempt
    return caught.value


# --- users, projects, roles ---------------------------------------------------------------------------------------


def test_a_caller_has_the_roles_of_every_project(run: Run) -> None:
    async def scenario(house: House) -> object:
        caller = await house.identity.accounts.caller(house.user.id, "signature")
        assert caller
        return (caller.user_name, caller.domain_id, caller.domain_name, dict(caller.roles)) == (
            "ann",
            "d1",
            "acme",
            {house.project_id: Role.OPERATOR},
        )

    assert run(scenario)


def test_a_later_role_replaces_the_earlier_one(run: Run) -> None:
    async def scenario(house: House) -> object:
        await house.identity.accounts.grant(house.user.id, house.project_id, Role.READ_ONLY)
        return list((await house.identity.accounts.roles_of(house.user.id)).values())

    assert run(scenario) == [Role.READ_ONLY]


def test_a_role_that_was_revoked_is_gone(run: Run) -> None:
    async def scenario(house: House) -> object:
        await house.identity.accounts.revoke(house.user.id, house.project_id)
        return await house.identity.accounts.roles_in(house.project_id)

    assert run(scenario) == []


@pytest.mark.parametrize("add", ["add_user", "add_project"])
def test_a_name_is_given_once_in_a_domain(run: Run, add: str) -> None:
    async def scenario(house: House) -> object:
        make = getattr(house.identity.accounts, add)
        more = (None,) if add == "add_user" else ()
        await make("d1", "twice", *more)
        return (await refusal_of(make("d1", "twice", *more), InvalidParameter)).field

    assert run(scenario) == "name"


@pytest.mark.parametrize("name", ["", " a", "a ", "a\nb", "a\x00", "x" * 65])
def test_a_name_that_cannot_be_is_refused(run: Run, name: str) -> None:
    async def scenario(house: House) -> object:
        return await refusal_of(house.identity.accounts.add_project("d1", name), InvalidParameter)

    assert run(scenario)


def test_what_names_an_unknown_user_or_project_is_refused(run: Run) -> None:
    async def scenario(house: House) -> object:
        accounts = house.identity.accounts
        attempts = [
            accounts.grant("nobody", house.project_id, Role.ADMIN),
            accounts.grant(house.user.id, "nowhere", Role.ADMIN),
            accounts.revoke("nobody", house.project_id),
            accounts.set_password("nobody", "hash"),
            accounts.remove_user("nobody"),
            accounts.domain("nowhere"),
            house.identity.keys.add("nobody"),
            house.identity.tokens.issue("nobody", None, "password"),
        ]
        return [(await refusal_of(attempt, AccountNotFound)).kind for attempt in attempts]

    assert set(run(scenario)) == {"account-not-found"}


def test_a_user_who_is_removed_takes_keys_and_tokens_along(run: Run) -> None:
    async def scenario(house: House) -> object:
        key = await house.identity.keys.add(house.user.id)
        token = await house.token()
        await house.identity.keys.signer(key.id)
        await house.identity.tokens.caller(token)
        await house.identity.accounts.remove_user(house.user.id)
        return await house.identity.keys.signer(key.id), await house.identity.tokens.caller(token)

    assert run(scenario) == (None, None)


# --- access keys --------------------------------------------------------------------------------------------------


def test_a_new_key_reads_as_on_the_cloud(run: Run) -> None:
    key = run(lambda house: house.identity.keys.add(house.user.id))
    assert (len(key.id), key.id.isalnum() and key.id.isupper(), len(key.secret), key.secret.isalnum()) == (
        20,
        True,
        40,
        True,
    )


def test_a_key_tells_its_secret_and_whose_it_is(run: Run) -> None:
    async def scenario(house: House) -> object:
        key = await house.identity.keys.add(house.user.id)
        signer = await house.identity.keys.signer(key.id)
        assert signer
        return signer.secret == key.secret, signer.caller.user_name, signer.caller.method

    assert run(scenario) == (True, "ann", "signature")


def test_the_secret_of_a_key_stands_nowhere_in_the_store(run: Run, tmp_path: Path) -> None:
    key = run(lambda house: house.identity.keys.add(house.user.id))
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("homeport.db*"))
    assert (key.id.encode() in stored, key.secret.encode() in stored) == (True, False)


def test_a_key_that_was_removed_is_gone_at_once(run: Run) -> None:
    async def scenario(house: House) -> object:
        key = await house.identity.keys.add(house.user.id)
        await house.identity.keys.signer(key.id)
        await house.identity.keys.remove(house.user.id, key.id)
        return await house.identity.keys.signer(key.id), await house.identity.keys.of_user(house.user.id)

    assert run(scenario) == (None, [])


def test_nobody_removes_the_key_of_another_user(run: Run) -> None:
    async def scenario(house: House) -> object:
        key = await house.identity.keys.add(house.user.id)
        await refusal_of(house.identity.keys.remove("another", key.id), AccountNotFound)
        return [kept.id for kept in await house.identity.keys.of_user(house.user.id)] == [key.id]

    assert run(scenario)


def test_a_role_that_changes_counts_for_a_key_in_use_at_once(run: Run) -> None:
    async def scenario(house: House) -> object:
        key = await house.identity.keys.add(house.user.id)
        await house.identity.keys.signer(key.id)
        await house.identity.accounts.grant(house.user.id, house.project_id, Role.ADMIN)
        signer = await house.identity.keys.signer(key.id)
        assert signer
        return signer.caller.role_in(house.project_id)

    assert run(scenario) is Role.ADMIN


# --- tokens -------------------------------------------------------------------------------------------------------


def test_a_token_stands_for_its_user_in_its_project_for_a_day(run: Run) -> None:
    async def scenario(house: House) -> object:
        made = await house.identity.tokens.issue(house.user.id, house.project_id, "password")
        caller = await house.identity.tokens.caller(made.value.encode())
        assert caller
        return (
            caller.user_name,
            caller.scope_project_id == house.project_id,
            caller.role_in(house.project_id),
            caller.expires_at == house.clock.micros + LIFETIME,
        )

    assert run(scenario) == ("ann", True, Role.OPERATOR, True)


def test_a_token_is_known_without_the_store_once_it_was_looked_up(run: Run) -> None:
    async def scenario(house: House) -> object:
        token = await house.token()
        before = house.identity.tokens.known(token)
        caller = await house.identity.tokens.caller(token)
        return before, house.identity.tokens.known(token) is caller

    assert run(scenario) == (None, True)


def test_the_value_of_a_token_stands_nowhere_in_the_store(run: Run, tmp_path: Path) -> None:
    token = run(House.token)
    assert token not in b"".join(path.read_bytes() for path in tmp_path.glob("homeport.db*"))


def test_a_token_that_was_revoked_is_unknown_at_once_also_where_it_was_in_use(run: Run) -> None:
    async def scenario(house: House) -> object:
        other = house.opened()
        token = await house.token()
        await other.tokens.caller(token)
        await house.identity.tokens.revoke(token)
        found = other.tokens.known(token), await other.tokens.caller(token)
        other.close()
        return found

    assert run(scenario) == (None, None)


def test_revoking_an_unknown_token_is_refused_without_showing_it(run: Run) -> None:
    refusal = run(lambda house: refusal_of(house.identity.tokens.revoke(b"hpt_SECRETSECRET"), AccountNotFound))
    assert "SECRETSECRET" not in refusal.text


def test_a_token_in_use_expires_to_the_microsecond_and_says_when(run: Run) -> None:
    async def scenario(house: House) -> object:
        ends = house.clock.micros + SECOND
        token = await house.token(expires_at=ends)
        await house.identity.tokens.caller(token)
        house.clock.micros = ends - 1
        assert house.identity.tokens.known(token)
        house.clock.micros = ends
        assert house.identity.tokens.known(token) is None
        return (await refusal_of(house.identity.tokens.caller(token), TokenExpired)).expired_at == rfc3339(ends)

    assert run(scenario)


def test_a_token_long_expired_is_swept_out_when_another_is_issued(run: Run) -> None:
    async def scenario(house: House) -> object:
        token = await house.token()
        house.clock.micros += LIFETIME + KEPT_AFTER_EXPIRY + 1
        await house.token()
        return await house.identity.tokens.caller(token)

    assert run(scenario) is None


# --- logins -------------------------------------------------------------------------------------------------------


async def try_password(house: House, password: str, *, user: User | None = None, address: str = "192.0.2.1") -> User:
    return await house.identity.logins.check(user or house.user, password, address)


def test_the_right_password_tells_who_it_is(run: Run) -> None:
    assert run(lambda house: try_password(house, PASSWORD)).name == "ann"


def test_a_wrong_password_and_a_wrong_name_are_refused_alike(run: Run) -> None:
    async def scenario(house: House) -> object:
        wrong = await refusal_of(try_password(house, "wrong"), Unauthenticated)
        nobody = await refusal_of(house.identity.logins.check(None, PASSWORD, "192.0.2.1"), Unauthenticated)
        return wrong.text == nobody.text

    assert run(scenario)


def test_an_address_that_failed_too_often_is_refused_with_the_right_password_too(run: Run) -> None:
    async def scenario(house: House) -> object:
        for _ in range(PASSWORD_LIMIT.elsewhere):
            await refusal_of(try_password(house, "wrong"), Unauthenticated)
        return (await refusal_of(try_password(house, PASSWORD), TooManyAttempts)).retry_after

    assert run(scenario) == 60


def test_a_stranger_cannot_lock_the_owner_out(run: Run) -> None:
    async def scenario(house: House) -> object:
        for _ in range(PASSWORD_LIMIT.elsewhere):
            await refusal_of(try_password(house, "wrong"), Unauthenticated)
        return await try_password(house, PASSWORD, address="192.0.2.2")

    assert run(scenario)


def test_a_login_renews_a_hash_of_an_older_rule(run: Run) -> None:
    async def scenario(house: House) -> object:
        older = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        user = await house.identity.accounts.add_user("d1", "old", older)
        await try_password(house, PASSWORD, user=user)
        renewed = await house.identity.accounts.user(user.id)
        assert renewed
        return await house.identity.passwords.verify(renewed.password, PASSWORD)

    verdict = run(scenario)
    assert (verdict.fits, verdict.outdated) == (True, False)


def test_another_password_ends_the_tokens_that_were_issued(run: Run) -> None:
    async def scenario(house: House) -> object:
        token = await house.token()
        await house.identity.tokens.caller(token)
        await house.identity.accounts.set_password(house.user.id, "hash")
        return await house.identity.tokens.caller(token)

    assert run(scenario) is None
