"""Passwords: argon2id as promised, one at a time, and no telling who exists."""

from __future__ import annotations

import asyncio
import platform
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError
from argon2.low_level import Type

from homeport.identity import passwords as module
from homeport.identity.passwords import MOST_AT_ONCE, Passwords, Verdict
from homeport.model.errors import Unavailable


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    made = Passwords()
    yield made
    made.close()


def test_a_password_fits_its_hash(passwords: Passwords) -> None:
    async def scenario() -> Verdict:
        return await passwords.verify(await passwords.hash("pässwörd"), "pässwörd")

    assert asyncio.run(scenario()) == Verdict(fits=True)


def test_another_password_does_not_fit(passwords: Passwords) -> None:
    async def scenario() -> Verdict:
        return await passwords.verify(await passwords.hash("one"), "other")

    assert asyncio.run(scenario()) == Verdict(fits=False)


def test_a_hash_is_argon2id_with_nineteen_mebibytes_and_two_passes(passwords: Passwords) -> None:
    found = extract_parameters(asyncio.run(passwords.hash("one")))
    assert (found.type, found.memory_cost, found.time_cost, found.parallelism) == (Type.ID, 19 * 1024, 2, 1)


def test_a_hash_of_an_older_rule_fits_and_is_said_to_be_outdated(passwords: Passwords) -> None:
    older = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("one")
    assert asyncio.run(passwords.verify(older, "one")) == Verdict(fits=True, outdated=True)


@pytest.mark.parametrize("password", ["", "nobody", "homeport: nobody"])
def test_nothing_fits_a_user_who_does_not_exist(passwords: Passwords, password: str) -> None:
    assert asyncio.run(passwords.verify(None, password)) == Verdict(fits=False)


def test_a_user_who_does_not_exist_costs_the_same_work_as_one_who_does(passwords: Passwords) -> None:
    assert extract_parameters(module._NOBODYS_HASH) == extract_parameters(asyncio.run(passwords.hash("one")))


@pytest.mark.parametrize("stored", ["", "plain text"])
def test_a_stored_text_that_is_no_hash_is_an_error_and_not_a_wrong_password(passwords: Passwords, stored: str) -> None:
    with pytest.raises(InvalidHashError):
        asyncio.run(passwords.verify(stored, "nobody"))


def test_never_two_are_hashed_at_once(passwords: Passwords, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def hash_(self: PasswordHasher, password: str) -> str:
        gate.wait()
        return threading.current_thread().name

    monkeypatch.setattr(PasswordHasher, "hash", hash_)

    async def scenario() -> list[str]:
        hashing = [asyncio.ensure_future(passwords.hash("one")) for _ in range(MOST_AT_ONCE)]
        await asyncio.sleep(0)  # waits: for what was begun to reach the thread
        gate.set()
        return await asyncio.gather(*hashing)

    # The first keeps its thread until all have been handed over; any of them that could run beside it, would.
    assert len(set(asyncio.run(scenario()))) == 1


def test_past_the_end_of_the_line_a_login_is_turned_away(passwords: Passwords, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr(PasswordHasher, "hash", lambda self, password: gate.wait() and password)

    async def scenario() -> str:
        waiting = [asyncio.ensure_future(passwords.hash("one")) for _ in range(MOST_AT_ONCE)]
        await asyncio.sleep(0)  # waits: for what was begun to reach the thread
        with pytest.raises(Unavailable):
            await passwords.hash("one too many")
        gate.set()
        await asyncio.gather(*waiting)
        return await passwords.hash("later")

    assert asyncio.run(scenario()) == "later"


def test_the_event_loop_goes_on_while_a_password_is_hashed(
    passwords: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    monkeypatch.setattr(PasswordHasher, "hash", lambda self, password: gate.wait(10) and password)

    async def scenario() -> str:
        hashing = asyncio.ensure_future(passwords.hash("one"))
        await asyncio.sleep(0)  # waits: for what was begun to reach the thread
        gate.set()
        return await hashing

    assert asyncio.run(scenario()) == "one"


GROWTH = """
import asyncio, pathlib
from homeport.identity.passwords import Passwords

def resident():
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4096

async def main():
    passwords = Passwords()
    before = resident()
    for _ in range(3):
        await passwords.hash("one")
    print(resident() - before)
    passwords.close()

asyncio.run(main())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries give memory back by themselves")
def test_the_memory_of_a_login_is_given_back() -> None:
    grown = subprocess.run([sys.executable, "-c", GROWTH], capture_output=True, text=True, check=True).stdout
    assert int(grown) < 8 * 1024 * 1024
