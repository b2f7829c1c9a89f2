"""What the IAM calls take in and give back (contract/auth.md, sections 1 and 2).

Bodies are lenient, as Terraform writes scopes and users in several ways; which of the fields must be there together is
for the handler to say.
"""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Struct, UnsetType


class Named(Struct, frozen=True):
    """Something named by id, by name, or by both."""

    id: str | None = None
    name: str | None = None


class UserCredentials(Struct, frozen=True):
    """A user by id, or by name and domain, with the password."""

    password: str
    id: str | None = None
    name: str | None = None
    domain: Named | None = None


class PasswordMethod(Struct, frozen=True):
    """The part of `identity` that the method `password` looks at."""

    user: UserCredentials


class TokenMethod(Struct, frozen=True):
    """The part of `identity` that the method `token` looks at."""

    id: str


class Identity(Struct, frozen=True):
    """How the caller says who they are; `methods` names the part that counts."""

    methods: list[str]
    password: PasswordMethod | None = None
    token: TokenMethod | None = None


class ProjectScope(Struct, frozen=True):
    """A project by id, or by name, perhaps with its domain."""

    id: str | None = None
    name: str | None = None
    domain: Named | None = None


class Scope(Struct, frozen=True):
    """What the token shall be good for: one project, or a domain."""

    project: ProjectScope | None = None
    domain: Named | None = None


class Auth(Struct, frozen=True):
    """Who, and for what."""

    identity: Identity
    scope: Scope | None = None


class CreateTokenBody(Struct, frozen=True):
    """Body of `POST /v3/auth/tokens`."""

    auth: Auth


# Answers


class Reference(Struct, frozen=True, kw_only=True):
    """An id and a name."""

    id: str
    name: str


class InDomain(Struct, frozen=True, kw_only=True):
    """An id, a name, and the domain they belong to."""

    id: str
    name: str
    domain: Reference
    password_expires_at: str | UnsetType = UNSET


class Token(Struct, frozen=True, kw_only=True):
    """A token, except for its value, which travels in the header X-Subject-Token. `project` or `domain`, never both."""

    methods: list[str]
    issued_at: str
    expires_at: str
    user: InDomain
    project: InDomain | UnsetType = UNSET
    domain: Reference | UnsetType = UNSET
    roles: list[Reference]
    catalog: list[dict[str, Any]]


class TokenAnswer(Struct, frozen=True, kw_only=True):
    """Answer of the two calls about tokens."""

    token: Token


class Links(Struct, frozen=True, kw_only=True):
    """Links of a list; `next` is null, since Terraform would follow it."""

    self: str
    next: str | None = None
    previous: str | None = None


class SelfLink(Struct, frozen=True, kw_only=True):
    """The link of one item."""

    self: str


class ProjectItem(Struct, frozen=True, kw_only=True):
    """A project in a list."""

    id: str
    name: str
    domain_id: str
    parent_id: str
    enabled: bool = True
    is_domain: bool = False
    description: str = ""
    links: SelfLink


class ProjectsAnswer(Struct, frozen=True, kw_only=True):
    """Answer of `GET /v3/projects` and `GET /v3/auth/projects`."""

    projects: list[ProjectItem]
    links: Links


class DomainItem(Struct, frozen=True, kw_only=True):
    """A domain in a list."""

    id: str
    name: str
    enabled: bool = True
    description: str = ""
    links: SelfLink


class DomainsAnswer(Struct, frozen=True, kw_only=True):
    """Answer of `GET /v3/auth/domains`."""

    domains: list[DomainItem]
    links: Links


class UserItem(Struct, frozen=True, kw_only=True):
    """A user in a list."""

    id: str
    name: str
    domain_id: str
    enabled: bool = True
    description: str = ""
    links: SelfLink


class UsersAnswer(Struct, frozen=True, kw_only=True):
    """Answer of `GET /v3/users`."""

    users: list[UserItem]
    links: Links
