"""Users, projects and roles: who there is, and who may do what where."""

from __future__ import annotations

from typing import Final, Literal

from homeport.identity.records import Domain, Grant, Project, User
from homeport.model.caller import Caller, Role
from homeport.model.changes import Change, Statement, Value
from homeport.model.clock import Clock
from homeport.model.errors import AccountNotFound, InvalidParameter
from homeport.model.ids import Ids
from homeport.store.base import Missed, Store
from homeport.store.loading import record

IDENTITY_TOPIC: Final = "identity"
"""Signalled whenever what a caller may do, or who a credential belongs to, may have changed."""

LONGEST_NAME: Final = 64
"""Characters a name may have (contract/auth.md has no limit; IAM's is this one)."""


def new_id(ids: Ids) -> str:
    """Return an id as IAM writes them: 32 hex digits."""
    return ids.uuid().replace("-", "")


def check_name(field: str, name: str) -> None:
    """Raise `InvalidParameter` unless `name` is 1 to 64 printable characters without a space at either end."""
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable() and name == name.strip()):
        raise InvalidParameter(field, "is no name", allowed=f"1 to {LONGEST_NAME} printable characters")


class Accounts:
    """Reads and changes of domains, projects, users and roles. A change that is refused has written nothing."""

    def __init__(self, store: Store, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids

    async def domain(self, domain_id: str) -> Domain:
        """Return a domain; raise `AccountNotFound` without one."""
        row = await self._store.row("iam_domain", id=domain_id)
        if row is None:
            raise AccountNotFound("domain", domain_id)
        return record(Domain, row)

    async def project(self, project_id: str) -> Project | None:
        """Return a project; None without one."""
        row = await self._store.row("project", id=project_id)
        return None if row is None else record(Project, row)

    async def projects(self, domain_id: str) -> list[Project]:
        """Return the projects of a domain, by name."""
        return [record(Project, row) for row in await self._store.rows("projects", domain_id=domain_id)]

    async def user(self, user_id: str) -> User | None:
        """Return a user; None without one."""
        row = await self._store.row("user", id=user_id)
        return None if row is None else record(User, row)

    async def user_named(self, name: str, *, domain_id: str = "", domain_name: str = "") -> User | None:
        """Return the user of this name in the domain that is given by id, by name or by both; None without one.

        Where neither is given the oldest domain counts that has such a user.
        """
        row = await self._store.row("user_by_name", name=name, domain_id=domain_id, domain_name=domain_name)
        return None if row is None else record(User, row)

    async def users(self, domain_id: str) -> list[User]:
        """Return the users of a domain, by name."""
        return [record(User, row) for row in await self._store.rows("users", domain_id=domain_id)]

    async def roles_of(self, user_id: str) -> dict[str, Role]:
        """Return the roles of a user: project id to role."""
        rows = await self._store.rows("roles_of_user", user_id=user_id)
        return {str(row["project_id"]): Role(str(row["role"])) for row in rows}

    async def roles_in(self, project_id: str) -> list[Grant]:
        """Return who has which role in a project."""
        rows = await self._store.rows("roles_in_project", project_id=project_id)
        return [record(Grant, row | {"project_id": project_id}) for row in rows]

    async def caller(
        self,
        user_id: str,
        method: Literal["token", "signature"],
        *,
        scope_project_id: str | None = None,
        expires_at: int | None = None,
    ) -> Caller | None:
        """Return a user as a caller with the roles of this moment; None when there is no such user."""
        user = await self.user(user_id)
        if user is None:
            return None
        return Caller(
            user_id=user.id,
            user_name=user.name,
            domain_id=user.domain_id,
            domain_name=user.domain_name,
            roles=await self.roles_of(user_id),
            scope_project_id=scope_project_id,
            method=method,
            expires_at=expires_at,
        )

    async def add_project(self, domain_id: str, name: str, *, description: str = "") -> Project:
        """Make a project in a domain and return it; raise `InvalidParameter` for a bad name or one that is taken."""
        check_name("name", name)
        project = Project(
            id=new_id(self._ids),
            domain_id=domain_id,
            name=name,
            description=description,
            created_at=self._clock.now(),
        )
        try:
            await self._store.commit(Change((add_project(project),)))
        except Missed:
            raise _taken("project", name) from None
        return project

    async def add_user(self, domain_id: str, name: str, password_hash: str | None) -> User:
        """Make a user in a domain and return it; raise `InvalidParameter` for a bad name or one that is taken."""
        check_name("name", name)
        now = self._clock.now()
        user = User(
            id=new_id(self._ids),
            domain_id=domain_id,
            domain_name=(await self.domain(domain_id)).name,
            name=name,
            password=password_hash,
            created_at=now,
            updated_at=now,
        )
        try:
            await self._store.commit(Change((add_user(user),)))
        except Missed:
            raise _taken("user", name) from None
        return user

    async def set_password(self, user_id: str, password_hash: str) -> None:
        """Give a user another password and end their tokens; raise `AccountNotFound` for an unknown user."""
        params: dict[str, Value] = {"id": user_id, "password": password_hash, "now": self._clock.now()}
        await self._change_user(
            user_id, Statement("set_password", params), Statement("remove_tokens_of_user", {"user_id": user_id}, None)
        )

    async def renew_password_hash(self, user: User, password_hash: str) -> None:
        """Keep the same password of a user under a newer rule; does nothing when it was changed meanwhile."""
        params: dict[str, Value] = {"id": user.id, "password": password_hash, "was_password": user.password}
        await self._store.commit(Change((Statement("renew_password_hash", params, None),)))

    async def remove_user(self, user_id: str) -> None:
        """Remove a user with their keys, tokens and roles; raise `AccountNotFound` for an unknown user."""
        await self._change_user(user_id, Statement("remove_user", {"id": user_id}))

    async def grant(self, user_id: str, project_id: str, role: Role) -> None:
        """Give a user a role in a project instead of the one they had; raise `AccountNotFound` for an unknown one."""
        if await self.project(project_id) is None:
            raise AccountNotFound("project", project_id)
        await self._change_user(
            user_id,
            Statement("touch_user", {"id": user_id, "now": self._clock.now()}),
            put_role(Grant(user_id=user_id, project_id=project_id, role=role)),
        )

    async def revoke(self, user_id: str, project_id: str) -> None:
        """Take a user's role in a project away, whether they had one or not; raise `AccountNotFound` as `grant`."""
        await self._change_user(
            user_id,
            Statement("touch_user", {"id": user_id, "now": self._clock.now()}),
            Statement("remove_role", {"user_id": user_id, "project_id": project_id}, None),
        )

    async def _change_user(self, user_id: str, *statements: Statement) -> None:
        try:
            await self._store.commit(Change(statements, (IDENTITY_TOPIC,)))
        except Missed:
            raise AccountNotFound("user", user_id) from None


def add_domain(domain: Domain) -> Statement:
    """Return the statement that adds a domain; it misses when there is one of that id or name."""
    return Statement("add_iam_domain", {"id": domain.id, "name": domain.name, "now": domain.created_at})


def add_project(project: Project) -> Statement:
    """Return the statement that adds a project; it misses when the domain has one of that name."""
    return Statement(
        "add_project",
        {
            "id": project.id,
            "domain_id": project.domain_id,
            "name": project.name,
            "description": project.description,
            "now": project.created_at,
        },
    )


def add_user(user: User) -> Statement:
    """Return the statement that adds a user; it misses when the domain has one of that name."""
    return Statement(
        "add_user",
        {
            "id": user.id,
            "domain_id": user.domain_id,
            "name": user.name,
            "password": user.password,
            "now": user.created_at,
        },
    )


def put_role(grant: Grant) -> Statement:
    """Return the statement that gives a user a role in a project instead of the one they had."""
    return Statement("put_role", {"user_id": grant.user_id, "project_id": grant.project_id, "role": grant.role.value})


def _taken(what: str, name: str) -> InvalidParameter:
    return InvalidParameter("name", f"is taken: there is a {what} {name!r} already", allowed="a name that is free")
