"""The calls about tokens: get one, check one, end one (contract/auth.md, section 1)."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

import msgspec
from msgspec import UNSET

from homeport.api.calls import JSON, Answer, Call, empty_answer
from homeport.api.iam_v3 import schemas
from homeport.api.iam_v3.scopes import project_of
from homeport.identity.parts import Identity
from homeport.identity.records import Project, Token, User
from homeport.identity.tokens import token_not_found
from homeport.model.caller import Role
from homeport.model.clock import rfc3339
from homeport.model.errors import InvalidParameter, Unauthenticated

_ROLE_NAMES: Final = {Role.ADMIN: "te_admin", Role.OPERATOR: "CAE FullAccess", Role.READ_ONLY: "CAE ReadOnlyAccess"}


class _Proof(NamedTuple):
    user: User
    method: Literal["password", "token"]
    expires_at: int | None
    """When the token it was proved by ends, which a new one made from it does not outlive."""


async def create_token(identity: Identity, call: Call) -> Answer:
    """Answer `POST /v3/auth/tokens`: a token in the header X-Subject-Token, what it is good for in the body."""
    auth = (await call.decode(schemas.CreateTokenBody)).auth
    proof = await _prove(identity, auth.identity, call.client)
    project = await project_of(identity.accounts, auth.scope, proof.user)
    made = await identity.tokens.issue(
        proof.user.id, project.id if project else None, proof.method, expires_at=proof.expires_at
    )
    return await _answer(identity, made.value.encode(), made.token, proof.user, project)


async def show_token(identity: Identity, call: Call) -> Answer:
    """Answer `GET /v3/auth/tokens`: what the token in X-Subject-Token is good for; 404 when it is good for nothing."""
    value = _subject(call)
    token = await identity.tokens.find(value)
    user = await identity.accounts.user(token.user_id) if token else None
    if token is None or user is None:
        raise token_not_found(value)
    project = await identity.accounts.project(token.project_id) if token.project_id else None
    return await _answer(identity, value, token, user, project)


async def delete_token(identity: Identity, call: Call) -> Answer:
    """Answer `DELETE /v3/auth/tokens`: the token in X-Subject-Token is good for nothing from now on."""
    await identity.tokens.revoke(_subject(call))
    return empty_answer()


async def _prove(identity: Identity, proof: schemas.Identity, address: str) -> _Proof:
    match proof.methods:
        case ["password"] if proof.password is not None:
            return _Proof(await _by_password(identity, proof.password.user, address), "password", None)
        case ["token"] if proof.token is not None:
            return await _by_token(identity, proof.token.id)
    raise InvalidParameter(
        "auth.identity.methods",
        "does not name one way in, with its part beside it",
        allowed='["password"] with auth.identity.password, or ["token"] with auth.identity.token',
    )


async def _by_password(identity: Identity, credentials: schemas.UserCredentials, address: str) -> User:
    if credentials.id:
        user = await identity.accounts.user(credentials.id)
    elif credentials.name:
        domain = credentials.domain or schemas.Named()
        user = await identity.accounts.user_named(
            credentials.name, domain_id=domain.id or "", domain_name=domain.name or ""
        )
    else:
        raise InvalidParameter("auth.identity.password.user", "names nobody", allowed="an id, or a name and a domain")
    return await identity.logins.check(user, credentials.password, address)


async def _by_token(identity: Identity, value: str) -> _Proof:
    caller = await identity.tokens.caller(value.encode())
    user = await identity.accounts.user(caller.user_id) if caller else None
    if caller is None or user is None:
        raise Unauthenticated("decrypt token fail")
    return _Proof(user, "token", caller.expires_at)


def _subject(call: Call) -> bytes:
    value = call.headers.get(b"x-subject-token", b"").strip()
    if not value:
        raise InvalidParameter("X-Subject-Token", "is missing", allowed="the token that is meant, as a header")
    return value


async def _answer(identity: Identity, value: bytes, token: Token, user: User, project: Project | None) -> Answer:
    roles = await identity.accounts.roles_of(user.id)
    held = {role for project_id, role in roles.items() if project is None or project_id == project.id}
    domain = schemas.Reference(id=user.domain_id, name=user.domain_name)
    body = schemas.Token(
        methods=[token.methods],
        issued_at=rfc3339(token.issued_at),
        expires_at=rfc3339(token.expires_at),
        user=schemas.InDomain(id=user.id, name=user.name, domain=domain, password_expires_at=""),
        project=schemas.InDomain(id=project.id, name=project.name, domain=domain) if project else UNSET,
        domain=UNSET if project else domain,
        roles=[schemas.Reference(id=role.value, name=_ROLE_NAMES[role]) for role in Role if role in held],
        catalog=[],
    )
    return Answer(msgspec.json.encode(schemas.TokenAnswer(token=body)), headers=(*JSON, (b"x-subject-token", value)))
