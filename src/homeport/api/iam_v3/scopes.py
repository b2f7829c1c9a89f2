"""What a token shall be good for, from the several ways in which clients say it (contract/auth.md, section 1)."""

from __future__ import annotations

from collections.abc import Mapping

from homeport.api.iam_v3.schemas import Named, ProjectScope, Scope
from homeport.identity.accounts import Accounts
from homeport.identity.records import Project, User
from homeport.model.caller import Role
from homeport.model.errors import AccountNotFound, InvalidParameter


async def project_of(accounts: Accounts, scope: Scope | None, user: User) -> Project | None:
    """Return the one project a scope asks for; None for a domain's scope, and for none at all, which means the same.

    Raises:
        InvalidParameter: it asks for both, or for nothing that has an id or a name.
        AccountNotFound: there is no such project or domain, or the user has no right to it.
    """
    if scope is None or (scope.project is None and scope.domain is None):
        return None
    if scope.project is not None and scope.domain is not None:
        raise InvalidParameter("auth.scope", "names a project and a domain", allowed="one of the two")
    if scope.domain is not None:
        _check_domain("auth.scope.domain", scope.domain, user)
        return None
    return await _project(accounts, scope.project, user) if scope.project else None


async def _project(accounts: Accounts, wanted: ProjectScope, user: User) -> Project:
    named = wanted.id or wanted.name
    if not named:
        raise InvalidParameter("auth.scope.project", "names no project", allowed="an id or a name")
    if wanted.domain is not None:
        _check_domain("auth.scope.project.domain", wanted.domain, user)
    for project in await visible_projects(accounts, user.domain_id, await accounts.roles_of(user.id)):
        if named == (project.id if wanted.id else project.name):
            return project
    raise AccountNotFound("project", named)


async def visible_projects(accounts: Accounts, domain_id: str, roles: Mapping[str, Role]) -> list[Project]:
    """Return the projects of a domain in which there is a role, by name."""
    return [project for project in await accounts.projects(domain_id) if project.id in roles]


def _check_domain(field: str, wanted: Named, user: User) -> None:
    if not (wanted.id or wanted.name):
        raise InvalidParameter(field, "names no domain", allowed="an id or a name")
    if wanted.id not in (None, "", user.domain_id) or wanted.name not in (None, "", user.domain_name):
        raise AccountNotFound("domain", wanted.id or wanted.name or "")
