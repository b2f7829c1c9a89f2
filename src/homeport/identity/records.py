"""What identity keeps, as values: a struct a table, its fields the columns. Times are microseconds since 1970."""

from __future__ import annotations

import msgspec

from homeport.model.caller import Role


class Domain(msgspec.Struct, frozen=True, kw_only=True):
    """An account in IAM's sense: what projects and users belong to."""

    id: str
    name: str
    created_at: int


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """A project: what environments and jobs belong to. Clients look it up by name, which is a region's on the cloud."""

    id: str
    domain_id: str
    name: str
    description: str
    created_at: int


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A user with the name of their domain. `password` is its hash; None where only access keys are used."""

    id: str
    domain_id: str
    domain_name: str
    name: str
    password: str | None
    created_at: int
    updated_at: int


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """The role of one user in one project."""

    user_id: str
    project_id: str
    role: Role


class AccessKey(msgspec.Struct, frozen=True, kw_only=True):
    """An access key; `secret` is sealed for the context `access-key:<id>`."""

    id: str
    user_id: str
    secret: str
    description: str
    created_at: int


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A token that was issued; of its value only the hash is kept."""

    hash: str
    """SHA-256 of the value, hex."""
    user_id: str
    project_id: str | None
    """The only project it is good for; None when it is good for all of its user's."""
    methods: str
    """How its user proved who they are: `password`, or `token` for one that was made from another."""
    issued_at: int
    expires_at: int
