"""The lists in which clients look up ids at their start (contract/auth.md, section 2)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from homeport.api.authenticator import IdentityAuthenticator
from homeport.api.edge import Edge, request_ids
from homeport.api.iam_v3.handlers import handlers
from homeport.api.operations import OPERATIONS_BY_ID
from homeport.identity.first_start import Given, set_up
from homeport.identity.records import User
from homeport.model.caller import Role
from support.identity import IdentityHouse, call, run_in

DOMAIN = "d" * 32
PROJECT = "0" * 32
ADMIN = Given(project_id=PROJECT, project_name="cn-north-4", domain_id=DOMAIN, domain_name="acme", user_name="ann")


class House(IdentityHouse):
    """Ann is an admin in one project; Bob reads in a second; nobody has a right to a third."""

    ann: User
    bob: User
    second: str

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        found = handlers(self.identity)
        operations = [OPERATIONS_BY_ID[id_] for id_ in found]
        authenticator = IdentityAuthenticator(self.identity, self.clock)
        self.edge = Edge(found, authenticator, request_ids(self.ids), operations=operations)

    async def fill(self) -> None:
        await set_up(self.store, self.identity, self.vault, self.ids, ADMIN, self.folder / "credentials.json")
        accounts = self.identity.accounts
        ann = await accounts.user_named("ann")
        assert ann
        self.ann = ann
        self.bob = await accounts.add_user(DOMAIN, "bob", None)
        self.second = (await accounts.add_project(DOMAIN, "second", description="another")).id
        await accounts.grant(self.bob.id, self.second, Role.READ_ONLY)
        await accounts.add_project(DOMAIN, "closed")

    async def get(self, path: str, user: User | None = None, *, project_id: str | None = None) -> Any:
        token = (await self.identity.tokens.issue((user or self.ann).id, project_id, "password")).value
        answer = await call(self.edge, "GET", path, headers={"X-Auth-Token": token})
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("application/json")
        return answer.json()


Run = Callable[[Callable[[House], Awaitable[Any]]], Any]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda scenario: run_in(lambda: House(tmp_path), scenario)


def test_projects_are_listed_as_iam_does(run: Run) -> None:
    assert run(lambda house: house.get("/v3/projects")) == {
        "projects": [
            {
                "id": PROJECT,
                "name": "cn-north-4",
                "domain_id": DOMAIN,
                "parent_id": DOMAIN,
                "enabled": True,
                "is_domain": False,
                "description": "",
                "links": {"self": f"/v3/projects/{PROJECT}"},
            }
        ],
        "links": {"self": "/v3/projects", "next": None, "previous": None},
    }


def names(answer: Any) -> list[str]:
    (rows,) = (value for name, value in answer.items() if name != "links")
    return [row["name"] for row in rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["cn-north-4", "second"]),
        ("?name=second", ["second"]),
        ("?name=cn-north-4&domain_id=" + DOMAIN, ["cn-north-4"]),
        ("?name=", ["cn-north-4", "second"]),
        ("?name=cn-north", []),
        ("?name=closed", []),
        ("?domain_id=elsewhere", []),
    ],
)
def test_projects_are_those_the_caller_has_a_role_in_and_the_query_asks_for(
    run: Run, query: str, found: list[str]
) -> None:
    async def scenario(house: House) -> object:
        await house.identity.accounts.grant(house.ann.id, house.second, Role.OPERATOR)
        return names(await house.get("/v3/projects" + query))

    assert run(scenario) == found


def test_the_projects_of_a_token_do_not_depend_on_its_scope(run: Run) -> None:
    async def scenario(house: House) -> object:
        await house.identity.accounts.grant(house.ann.id, house.second, Role.OPERATOR)
        return names(await house.get("/v3/auth/projects", project_id=PROJECT))

    assert run(scenario) == ["cn-north-4", "second"]


def test_each_sees_their_own_projects(run: Run) -> None:
    assert names(run(lambda house: house.get("/v3/auth/projects", house.bob))) == ["second"]


def test_the_domain_of_the_caller_is_the_one_domain_listed(run: Run) -> None:
    assert run(lambda house: house.get("/v3/auth/domains")) == {
        "domains": [
            {
                "id": DOMAIN,
                "name": "acme",
                "enabled": True,
                "description": "",
                "links": {"self": f"/v3/domains/{DOMAIN}"},
            }
        ],
        "links": {"self": "/v3/auth/domains", "next": None, "previous": None},
    }


def test_an_admin_sees_every_user(run: Run) -> None:
    assert names(run(lambda house: house.get("/v3/users"))) == ["ann", "bob"]


def test_others_see_themselves(run: Run) -> None:
    assert names(run(lambda house: house.get("/v3/users", house.bob))) == ["bob"]


def test_a_user_is_found_by_name_with_an_id_and_without_a_password(run: Run) -> None:
    async def scenario(house: House) -> object:
        return house.bob.id, await house.get("/v3/users?name=bob")

    user_id, answer = run(scenario)
    assert answer["users"] == [
        {
            "id": user_id,
            "name": "bob",
            "domain_id": DOMAIN,
            "enabled": True,
            "description": "",
            "links": {"self": f"/v3/users/{user_id}"},
        }
    ]


@pytest.mark.parametrize("path", ["/v3/projects", "/v3/auth/projects", "/v3/auth/domains", "/v3/users"])
def test_without_credentials_nothing_is_listed(run: Run, path: str) -> None:
    answer = run(lambda house: call(house.edge, "GET", path))
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, 401)
