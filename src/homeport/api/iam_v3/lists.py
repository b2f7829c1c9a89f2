"""The lists in which clients look up ids at their start (contract/auth.md, section 2).

Each is whole: clients page by `links.next`, which is always null. Links are paths, since an engine behind a proxy does
not know its own name.
"""

from __future__ import annotations

from homeport.api.calls import Answer, Call, json_answer
from homeport.api.iam_v3 import schemas
from homeport.api.iam_v3.scopes import visible_projects
from homeport.identity.parts import Identity
from homeport.identity.records import Project, User
from homeport.model.caller import Role


async def list_projects(identity: Identity, call: Call) -> Answer:
    """Answer `GET /v3/projects`: the caller's projects, at most one when `name` is given."""
    wanted = call.query.get("name", "")
    found = await _projects(identity, call)
    return _projects_answer("/v3/projects", [project for project in found if wanted in ("", project.name)])


async def list_auth_projects(identity: Identity, call: Call) -> Answer:
    """Answer `GET /v3/auth/projects`: the caller's projects."""
    return _projects_answer("/v3/auth/projects", await _projects(identity, call))


async def list_auth_domains(identity: Identity, call: Call) -> Answer:  # noqa: ARG001 - every handler is called alike
    """Answer `GET /v3/auth/domains`: the one domain the caller belongs to."""
    caller = call.caller
    item = schemas.DomainItem(
        id=caller.domain_id, name=caller.domain_name, links=schemas.SelfLink(self=f"/v3/domains/{caller.domain_id}")
    )
    return json_answer(schemas.DomainsAnswer(domains=[item], links=schemas.Links(self="/v3/auth/domains")))


async def list_users(identity: Identity, call: Call) -> Answer:
    """Answer `GET /v3/users`: for an admin everybody in the domain, else the caller alone."""
    caller = call.caller
    wanted = call.query.get("name", "")
    admin = Role.ADMIN in caller.roles.values()
    users = [
        _user_item(user)
        for user in await identity.accounts.users(caller.domain_id)
        if (admin or user.id == caller.user_id) and wanted in ("", user.name)
    ]
    return json_answer(schemas.UsersAnswer(users=users, links=schemas.Links(self="/v3/users")))


async def _projects(identity: Identity, call: Call) -> list[Project]:
    caller = call.caller
    if call.query.get("domain_id", "") not in ("", caller.domain_id):
        return []
    return await visible_projects(identity.accounts, caller.domain_id, caller.roles)


def _projects_answer(path: str, projects: list[Project]) -> Answer:
    items = [
        schemas.ProjectItem(
            id=project.id,
            name=project.name,
            domain_id=project.domain_id,
            parent_id=project.domain_id,
            description=project.description,
            links=schemas.SelfLink(self=f"/v3/projects/{project.id}"),
        )
        for project in projects
    ]
    return json_answer(schemas.ProjectsAnswer(projects=items, links=schemas.Links(self=path)))


def _user_item(user: User) -> schemas.UserItem:
    return schemas.UserItem(
        id=user.id, name=user.name, domain_id=user.domain_id, links=schemas.SelfLink(self=f"/v3/users/{user.id}")
    )
