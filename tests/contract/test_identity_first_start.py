"""The first start makes an admin who can get in at once, and no later one does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from homeport.identity.first_start import Credentials, Given, SetUp, SetUpError, set_up
from homeport.identity.vault import KEY_BYTES, VaultError
from homeport.model.caller import Role
from support.identity import IdentityHouse, run_in

GIVEN = Given(
    access_key="HPGIVEN",
    secret_key="given/secret",
    project_id="0" * 32,
    project_name="cn-north-4",
    domain_id="1" * 32,
    domain_name="acme",
    user_name="ann",
    user_password="correct horse",
)


class House(IdentityHouse):
    """A data folder with its store open."""

    @property
    def file(self) -> Path:
        return self.folder / "credentials.json"

    async def set_up(self, given: Given | None = None) -> SetUp:
        return await set_up(self.store, self.identity, self.vault, self.ids, given or Given(), self.file)


Scenario = Callable[[House], Awaitable[Any]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Callable[..., Any]:
    """Open a house on the test's data folder, run a scenario in it, and close it again."""
    return lambda scenario, *, key=bytes(KEY_BYTES): run_in(lambda: House(data, key=key), scenario)


def first(given: Given | None = None) -> Scenario:
    async def scenario(house: House) -> Credentials:
        credentials = (await house.set_up(given)).credentials
        assert credentials
        return credentials

    return scenario


def later(given: Given | None = None) -> Scenario:
    async def scenario(house: House) -> SetUp:
        return await house.set_up(given)

    return scenario


def test_the_admin_that_is_made_gets_in_by_key_and_by_password(run: Callable[..., Any]) -> None:
    async def scenario(house: House) -> object:
        credentials = (await house.set_up()).credentials
        assert credentials
        signer = await house.identity.keys.signer(credentials.access_key)
        user = await house.identity.accounts.user_named(credentials.user_name, domain_name=credentials.domain_name)
        await house.identity.logins.check(user, credentials.user_password, "127.0.0.1")
        assert signer
        return signer.secret == credentials.secret_key, signer.caller.role_in(credentials.project_id)

    assert run(scenario) == (True, Role.ADMIN)


def test_what_is_made_has_the_shape_it_has_on_the_cloud(run: Callable[..., Any]) -> None:
    made = run(first())
    assert (len(made.access_key), len(made.secret_key), len(made.project_id), int(made.project_id, 16) > 0) == (
        20,
        40,
        32,
        True,
    )


def test_what_is_given_becomes_the_admins(run: Callable[..., Any]) -> None:
    assert msgspec.structs.asdict(run(first(GIVEN))) == msgspec.structs.asdict(GIVEN)


def test_what_is_not_given_is_made(run: Callable[..., Any]) -> None:
    made = run(first(Given(access_key="HPGIVEN", project_name="cn-north-4")))
    assert (made.access_key, made.project_name, made.user_name, len(made.secret_key)) == (
        "HPGIVEN",
        "cn-north-4",
        "admin",
        40,
    )


def test_two_first_starts_make_different_secrets(tmp_path: Path) -> None:
    one, other = (run_in(lambda name=name: House(tmp_path / name), first()) for name in ("one", "other"))
    same = [field for field in Credentials.__struct_fields__ if getattr(one, field) == getattr(other, field)]
    assert same == ["project_name", "domain_name", "user_name"]


def test_the_credentials_file_is_its_owners_alone_and_says_what_was_returned(
    run: Callable[..., Any], data: Path
) -> None:
    made = run(first())
    path = data / "credentials.json"
    assert (path.stat().st_mode & 0o777, json.loads(path.read_text())) == (0o600, msgspec.structs.asdict(made))


def test_a_later_start_returns_nothing_and_changes_nothing(run: Callable[..., Any], data: Path) -> None:
    run(first())
    before = (data / "credentials.json").read_text()
    assert run(later()) == SetUp()
    assert (data / "credentials.json").read_text() == before


def test_a_later_start_with_the_same_settings_warns_of_nothing(run: Callable[..., Any]) -> None:
    run(first(GIVEN))
    assert run(later(GIVEN)) == SetUp()


@pytest.mark.parametrize("field", Given.__struct_fields__)
def test_a_later_start_with_another_setting_names_it_without_its_value(run: Callable[..., Any], field: str) -> None:
    run(first(GIVEN))
    (warning,) = run(later(msgspec.structs.replace(GIVEN, **{field: "something-else"}))).warnings
    assert warning == (
        f"HOMEPORT_{field.upper()}: not what this store has. "
        "They count at the first start only; unset them, or use another store."
    )


def test_a_later_start_with_another_setting_changes_nothing(run: Callable[..., Any]) -> None:
    run(first(GIVEN))

    async def scenario(house: House) -> object:
        await house.set_up(msgspec.structs.replace(GIVEN, secret_key="something-else"))
        signer = await house.identity.keys.signer("HPGIVEN")
        return signer and signer.secret

    assert run(scenario) == "given/secret"


def test_a_first_start_that_was_interrupted_goes_on_with_the_secrets_of_its_file(
    run: Callable[..., Any], data: Path
) -> None:
    made = run(first())
    for path in data.glob("homeport.db*"):
        path.unlink()
    assert run(first()) == made


def test_settings_of_a_first_start_count_more_than_a_file_that_was_left(run: Callable[..., Any], data: Path) -> None:
    made = run(first())
    for path in data.glob("homeport.db*"):
        path.unlink()
    settled = run(first(Given(user_name="ann")))
    assert settled == msgspec.structs.replace(made, user_name="ann")
    assert json.loads((data / "credentials.json").read_text())["user_name"] == "ann"


def test_of_first_starts_at_once_one_makes_the_admin_and_all_agree(run: Callable[..., Any]) -> None:
    async def scenario(house: House) -> object:
        found = await asyncio.gather(*(house.set_up() for _ in range(4)))
        made = [each.credentials for each in found if each.credentials]
        return made == [msgspec.json.decode(house.file.read_bytes(), type=Credentials)]

    assert run(scenario)


@pytest.mark.parametrize("given", [Given(), Given(access_key="HPGIVEN", secret_key="given/secret")])
def test_of_first_starts_at_once_from_two_folders_the_one_that_came_too_late_leaves_no_file(
    run: Callable[..., Any], data: Path, given: Given
) -> None:
    other = data / "other.json"

    async def scenario(house: House) -> object:
        found = await asyncio.gather(
            house.set_up(given), set_up(house.store, house.identity, house.vault, house.ids, given, other)
        )
        return [each.credentials for each in found if each.credentials]

    made = run(scenario)
    files = [path for path in (data / "credentials.json", other) if path.exists()]
    assert [msgspec.json.decode(path.read_bytes(), type=Credentials) for path in files] == made


def test_another_master_key_shows_at_the_start(run: Callable[..., Any]) -> None:
    run(first())
    with pytest.raises(VaultError, match="start Homeport with the master key that belongs to this store"):
        run(later(), key=b"x" * KEY_BYTES)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("access_key", "a,b"),
        ("access_key", ""),
        ("secret_key", "a b"),
        ("project_id", "a/b"),
        ("domain_id", ""),
        ("user_password", "a\nb"),
        ("user_name", " ann"),
        ("project_name", ""),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(run: Callable[..., Any], field: str, value: str) -> None:
    with pytest.raises(SetUpError, match=f"^HOMEPORT_{field.upper()} .*Allowed: "):
        run(first(msgspec.structs.replace(GIVEN, **{field: value})))


def test_a_file_that_holds_no_credentials_is_refused_and_left_alone(run: Callable[..., Any], data: Path) -> None:
    path = data / "credentials.json"
    path.parent.mkdir()
    path.write_text("{}")
    path.chmod(0o600)
    with pytest.raises(SetUpError, match=f"^{path} is no file of credentials"):
        run(first())
    assert path.read_text() == "{}"


def test_a_file_that_others_may_read_is_refused(run: Callable[..., Any], data: Path) -> None:
    path = data / "credentials.json"
    path.parent.mkdir()
    path.write_text("{}")
    path.chmod(0o644)
    with pytest.raises(SetUpError, match=f"chmod 600 {path}"):
        run(first())


def test_a_start_after_the_admin_was_removed_goes_on_and_says_so(run: Callable[..., Any]) -> None:
    async def scenario(house: House) -> object:
        made = await first()(house)
        user = await house.identity.accounts.user_named(made.user_name)
        assert user
        await house.identity.accounts.remove_user(user.id)
        return (await house.set_up(GIVEN)).warnings

    assert run(scenario) == ("The admin of the first start was removed; settings about it are not looked at.",)
