"""Who is calling, and what they may do in which project."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal

import msgspec


class Role(StrEnum):
    """What a user may do in a project; each role may do what the ones before it may."""

    READ_ONLY = "read-only"
    """See everything, change nothing."""
    OPERATOR = "operator"
    """Create, deploy, change and delete."""
    ADMIN = "admin"
    """Also manage who may do what."""

    @property
    def covers(self) -> frozenset[Role]:
        """The roles whose rights are among this one's, itself included."""
        return _COVERS[self]


_COVERS: Final = {
    role: frozenset(lesser for lesser in Role if list(Role).index(lesser) <= list(Role).index(role)) for role in Role
}


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """A user whose credentials were found good, and what came with them."""

    user_id: str
    user_name: str
    domain_id: str
    domain_name: str
    roles: Mapping[str, Role]
    """Project id to role, for every project the user may see."""
    scope_project_id: str | None = None
    """The only project these credentials are good for; None when they are good for all of `roles`."""
    method: Literal["token", "signature"] = "token"
    expires_at: int | None = None
    """When the credentials end, in microseconds since 1970; None for a signature."""

    def role_in(self, project_id: str) -> Role | None:
        """Return the role in this project with these credentials; None without any right to it."""
        scope = self.scope_project_id
        if scope is not None and scope != project_id:
            return None
        return self.roles.get(project_id)
