"""Tokens over the IAM API, as curl users, Terraform and the docs ask for them (contract/auth.md, section 1)."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from homeport.api.authenticator import IdentityAuthenticator
from homeport.api.edge import Edge, request_ids
from homeport.api.iam_v3.handlers import handlers
from homeport.api.operations import OPERATIONS_BY_ID
from homeport.identity.attempts import PASSWORD_LIMIT
from homeport.identity.first_start import Given, set_up
from homeport.model.caller import Role
from homeport.model.clock import micros_of
from support.identity import IdentityHouse, call, run_in

DAY = 24 * 3600 * 1_000_000
ADMIN = Given(
    project_id="0" * 32,
    project_name="cn-north-4",
    domain_id="d" * 32,
    domain_name="acme",
    user_name="ann",
    user_password="correct horse",
)


class House(IdentityHouse):
    """The IAM API over an admin in one project, who reads in a second and has no right to a third."""

    user_id: str
    other_project_id: str

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        found = handlers(self.identity)
        operations = [OPERATIONS_BY_ID[id_] for id_ in found]
        authenticator = IdentityAuthenticator(self.identity, self.clock)
        self.edge = Edge(found, authenticator, request_ids(self.ids), operations=operations)

    async def fill(self) -> None:
        file = self.folder / "credentials.json"
        await set_up(self.store, self.identity, self.vault, self.ids, ADMIN, file)
        user = await self.identity.accounts.user_named("ann")
        assert user
        self.user_id = user.id
        self.other_project_id = (await self.identity.accounts.add_project("d" * 32, "other")).id
        await self.identity.accounts.grant(self.user_id, self.other_project_id, Role.READ_ONLY)
        await self.identity.accounts.add_project("d" * 32, "closed")

    async def send(self, method: str, path: str, *, json: Any = None, **headers: str) -> httpx2.Response:
        lines = {name.replace("_", "-"): value for name, value in headers.items()}
        return await call(self.edge, method, path, headers=lines, json=json)

    async def ask(self, identity: dict[str, Any], scope: Any = None) -> httpx2.Response:
        auth = {"identity": identity} if scope is None else {"identity": identity, "scope": scope}
        return await self.send("POST", "/v3/auth/tokens?nocatalog=true", json={"auth": auth})

    async def token(self, scope: Any = None) -> str:
        return str((await self.ask(password(), scope)).headers["x-subject-token"])


def password(**user: Any) -> dict[str, Any]:
    known = {"name": "ann", "domain": {"name": "acme"}} if not user.keys() & {"name", "id"} else {}
    return {"methods": ["password"], "password": {"user": {"password": "correct horse"} | known | user}}


def by_token(value: str) -> dict[str, Any]:
    return {"methods": ["token"], "token": {"id": value}}


Run = Callable[[Callable[[House], Awaitable[Any]]], Any]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda scenario: run_in(lambda: House(tmp_path), scenario)


PROJECT_SCOPE = {"project": {"id": "0" * 32}}


# --- a token by password ------------------------------------------------------------------------------------------


def test_a_token_for_a_project_is_answered_as_iam_does(run: Run) -> None:
    async def scenario(house: House) -> object:
        return house.user_id, await house.ask(password(), PROJECT_SCOPE)

    user_id, answer = run(scenario)
    assert answer.status_code == 201
    assert answer.headers["content-type"] == "application/json"
    token = json.loads(answer.content)["token"]
    issued, expires = micros_of(token.pop("issued_at")), micros_of(token.pop("expires_at"))
    assert expires - issued == DAY
    domain = {"id": "d" * 32, "name": "acme"}
    assert token == {
        "methods": ["password"],
        "user": {"id": user_id, "name": "ann", "domain": domain, "password_expires_at": ""},
        "project": {"id": "0" * 32, "name": "cn-north-4", "domain": domain},
        "roles": [{"id": "admin", "name": "te_admin"}],
        "catalog": [],
    }


def test_the_token_is_in_the_header_and_not_in_the_body(run: Run) -> None:
    answer = run(lambda house: house.ask(password(), PROJECT_SCOPE))
    value = answer.headers["x-subject-token"]
    assert (len(value) > 40, value in answer.text) == (True, False)


@pytest.mark.parametrize("scope", [{"domain": {"id": "d" * 32}}, {"domain": {"name": "acme"}}, {}, None])
def test_a_token_for_a_domain_names_the_domain_and_no_project(run: Run, scope: Any) -> None:
    token = run(lambda house: house.ask(password(), scope)).json()["token"]
    assert (token["domain"], "project" in token) == ({"id": "d" * 32, "name": "acme"}, False)


@pytest.mark.parametrize(
    "scope",
    [
        {"project": {"id": "0" * 32}},
        {"project": {"name": "cn-north-4"}},
        {"project": {"name": "cn-north-4", "domain": {"name": "acme"}}},
        {"project": {"name": "cn-north-4", "domain": {"id": "d" * 32}}},
        {"project": {"id": "0" * 32, "name": "cn-north-4", "domain": {"id": "d" * 32, "name": "acme"}}},
        {"project": {"id": "", "name": "cn-north-4"}, "domain": None},
    ],
)
def test_a_project_may_be_named_in_every_way_clients_do(run: Run, scope: Any) -> None:
    assert run(lambda house: house.ask(password(), scope)).json()["token"]["project"]["id"] == "0" * 32


@pytest.mark.parametrize(
    "user",
    [
        {"name": "ann", "domain": {"id": "d" * 32}},
        {"name": "ann", "domain": {"id": "d" * 32, "name": "acme"}},
        {"name": "ann"},
    ],
)
def test_a_user_may_be_named_in_every_way_clients_do(run: Run, user: dict[str, Any]) -> None:
    assert run(lambda house: house.ask(password(**user))).status_code == 201


def test_a_user_may_be_named_by_id_alone(run: Run) -> None:
    assert run(lambda house: house.ask(password(id=house.user_id))).status_code == 201


def test_the_token_opens_the_api(run: Run) -> None:
    async def scenario(house: House) -> object:
        return (await house.send("GET", "/v3/auth/domains", x_auth_token=await house.token())).status_code

    assert run(scenario) == 200


def test_roles_are_those_of_the_project_asked_for(run: Run) -> None:
    async def scenario(house: House) -> object:
        return (await house.ask(password(), {"project": {"name": "other"}})).json()["token"]["roles"]

    assert run(scenario) == [{"id": "read-only", "name": "CAE ReadOnlyAccess"}]


# --- a token by token ---------------------------------------------------------------------------------------------


def test_a_token_gets_one_for_another_scope_which_ends_with_the_first(run: Run) -> None:
    async def scenario(house: House) -> object:
        first = await house.ask(password(), PROJECT_SCOPE)
        value = first.headers["x-subject-token"]
        second = await house.ask(by_token(value), {"project": {"name": "other", "domain": {"name": "acme"}}})
        token = second.json()["token"]
        return (
            token["methods"],
            token["project"]["id"] == house.other_project_id,
            token["expires_at"] == first.json()["token"]["expires_at"],
            second.headers["x-subject-token"] == value,
        )

    assert run(scenario) == (["token"], True, True, False)


def test_terraform_asks_twice_first_for_the_project_then_for_the_domain(run: Run) -> None:
    async def scenario(house: House) -> object:
        value = await house.token()
        answers = [await house.ask(by_token(value), scope) for scope in (PROJECT_SCOPE, {"domain": {"id": "d" * 32}})]
        return [answer.status_code for answer in answers]

    assert run(scenario) == [201, 201]


# --- refusals -----------------------------------------------------------------------------------------------------


def error(answer: httpx2.Response) -> tuple[int, int, str]:
    inner = json.loads(answer.content)["error"]
    assert inner["message"]
    return answer.status_code, inner["code"], inner["title"]


@pytest.mark.parametrize(
    "user",
    [
        {"password": "wrong"},
        {"password": ""},
        {"name": "nobody", "domain": {"name": "acme"}},
        {"name": "ann", "domain": {"name": "elsewhere"}},
        {"name": "ann", "domain": {"id": "d" * 32, "name": "elsewhere"}},
        {"id": "nobody"},
    ],
)
def test_a_wrong_name_or_password_is_401_in_iams_shape(run: Run, user: dict[str, Any]) -> None:
    answer = run(lambda house: house.ask(password(**user), PROJECT_SCOPE))
    assert error(answer) == (401, 401, "Unauthorized")
    assert answer.json()["error"]["message"].endswith("the user name or password is wrong")


def test_an_address_that_guesses_is_told_to_wait(run: Run) -> None:
    async def scenario(house: House) -> object:
        for _ in range(PASSWORD_LIMIT.elsewhere):
            await house.ask(password(password="wrong"))
        return await house.ask(password())

    answer = run(scenario)
    assert error(answer) == (429, 429, "Too Many Requests")
    assert answer.headers["retry-after"].isdigit()


@pytest.mark.parametrize(
    "scope",
    [
        {"project": {"id": "1" * 32}},
        {"project": {"name": "nowhere"}},
        {"project": {"name": "closed"}},
        {"project": {"name": "cn-north-4", "domain": {"name": "elsewhere"}}},
        {"domain": {"id": "elsewhere"}},
        {"domain": {"id": "d" * 32, "name": "elsewhere"}},
    ],
)
def test_a_scope_that_the_user_has_no_right_to_is_404(run: Run, scope: Any) -> None:
    assert error(run(lambda house: house.ask(password(), scope))) == (404, 404, "Not Found")


@pytest.mark.parametrize(
    ("auth", "field"),
    [
        ({"identity": password(), "scope": {"project": {"id": "0" * 32}, "domain": {"id": "d" * 32}}}, "auth.scope"),
        ({"identity": password(), "scope": {"project": {}}}, "auth.scope.project"),
        ({"identity": password(), "scope": {"domain": {}}}, "auth.scope.domain"),
        ({"identity": password(name="")}, "auth.identity.password.user"),
        ({"identity": {"methods": ["password"]}}, "auth.identity.methods"),
        ({"identity": {"methods": ["token"]}}, "auth.identity.methods"),
        ({"identity": {"methods": []}}, "auth.identity.methods"),
        ({"identity": {"methods": ["assume_role"]}}, "auth.identity.methods"),
        ({"identity": password() | {"methods": ["password", "totp"]}}, "auth.identity.methods"),
        ({"identity": {"methods": "password"}}, "auth.identity.methods"),
        ({"identity": password(password=1)}, "auth.identity.password.user.password"),
        ({}, "auth.identity"),
        (None, "auth"),
    ],
)
def test_a_body_that_does_not_say_who_or_what_for_is_400_and_names_the_field(run: Run, auth: Any, field: str) -> None:
    answer = run(lambda house: house.send("POST", "/v3/auth/tokens", json={"auth": auth}))
    assert error(answer) == (400, 400, "Bad Request")
    assert answer.json()["error"]["message"].startswith(field + " ")


@pytest.mark.parametrize("value", ["", "hpt_unknown", "ünï"])
def test_a_token_that_is_none_gets_no_other(run: Run, value: str) -> None:
    assert error(run(lambda house: house.ask(by_token(value), PROJECT_SCOPE))) == (401, 401, "Unauthorized")


# --- checking and ending a token ----------------------------------------------------------------------------------


def test_a_token_is_shown_as_it_was_issued(run: Run) -> None:
    async def scenario(house: House) -> object:
        made = await house.ask(password(), PROJECT_SCOPE)
        value = made.headers["x-subject-token"]
        shown = await house.send("GET", "/v3/auth/tokens", x_auth_token=value, x_subject_token=value)
        return shown.status_code, shown.json() == made.json(), shown.headers["x-subject-token"] == value

    assert run(scenario) == (200, True, True)


def test_a_token_that_was_ended_opens_nothing_and_is_not_shown(run: Run) -> None:
    async def scenario(house: House) -> object:
        mine, other = await house.token(), await house.token()
        await house.send("GET", "/v3/auth/domains", x_auth_token=other)
        ended = await house.send("DELETE", "/v3/auth/tokens", x_auth_token=mine, x_subject_token=other)
        opened = await house.send("GET", "/v3/auth/domains", x_auth_token=other)
        shown = await house.send("GET", "/v3/auth/tokens", x_auth_token=mine, x_subject_token=other)
        renewed = await house.ask(by_token(other))
        return ended.status_code, opened.status_code, shown.status_code, renewed.status_code

    assert run(scenario) == (204, 401, 404, 401)


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_call_about_no_token_or_an_unknown_one_says_so(run: Run, method: str) -> None:
    async def scenario(house: House) -> object:
        mine = await house.token()
        unknown = await house.send(method, "/v3/auth/tokens", x_auth_token=mine, x_subject_token="hpt_unknown")
        missing = await house.send(method, "/v3/auth/tokens", x_auth_token=mine)
        stranger = await house.send(method, "/v3/auth/tokens", x_subject_token=mine)
        return error(unknown)[0], error(missing)[0], error(stranger)[0]

    assert run(scenario) == (404, 400, 401)
