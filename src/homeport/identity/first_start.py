"""The first start: makes a domain, a project and an admin with an access key, and hands out how to use them once.

Settings may say what these shall be; what they leave open is made. They count at the first start only: later the store
is what counts, and settings that say something else are named in a warning.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from pathlib import Path
from typing import Final

import msgspec

from homeport.identity.access_keys import NewKey, add_access_key, new_key
from homeport.identity.accounts import IDENTITY_TOPIC, add_domain, add_project, add_user, check_name, new_id, put_role
from homeport.identity.parts import Identity
from homeport.identity.private_file import SharedFile, read_private, write_private
from homeport.identity.random_text import letters_and_digits
from homeport.identity.records import Domain, Grant, Project, User
from homeport.identity.vault import Vault
from homeport.model.caller import Role
from homeport.model.changes import Change, Statement
from homeport.model.errors import InvalidParameter
from homeport.model.ids import Ids
from homeport.store.base import Missed, Store

DEFAULT_PROJECT_NAME: Final = "local-1"
"""Clients that know no project id look for a project with the name of their region; this is a name fit for one."""

DEFAULT_DOMAIN_NAME: Final = "homeport"
DEFAULT_USER_NAME: Final = "admin"

_LONGEST_FILE: Final = 64 * 1024
_PASSWORD_LENGTH: Final = 24


class SetUpError(Exception):
    """The first start cannot be done as it was asked; the text names the setting or file, and what to do."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What the settings say the admin shall be: HOMEPORT_ACCESS_KEY, HOMEPORT_SECRET_KEY …; None where they do not."""

    access_key: str | None = None
    secret_key: str | None = None
    project_id: str | None = None
    project_name: str | None = None
    domain_id: str | None = None
    domain_name: str | None = None
    user_name: str | None = None
    user_password: str | None = None


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a client needs beside the address; also the content of the credentials file, a JSON object."""

    access_key: str
    secret_key: str
    project_id: str
    project_name: str
    domain_id: str
    domain_name: str
    user_name: str
    user_password: str


class SetUp(msgspec.Struct, frozen=True):
    """What the start found: `credentials` at the first one alone, to be shown once; `warnings` for the log."""

    credentials: Credentials | None = None
    warnings: tuple[str, ...] = ()


class _Admin(msgspec.Struct, frozen=True):
    user_id: str
    project_id: str


async def set_up(store: Store, identity: Identity, vault: Vault, ids: Ids, given: Given, path: Path) -> SetUp:
    """Make sure that there is an admin, and that the vault's key fits the store; `path` is the credentials file.

    The file is written before the store, so a first start that was interrupted goes on with the same secrets. Of two
    processes that start first at once, one makes the admin and both find it.

    Raises:
        SetUpError: a setting has a value that cannot be, or the file cannot be used.
        VaultError: the store's secrets were sealed under another master key.
    """
    _check(given)
    if await store.row("first_start") is None:
        credentials = await asyncio.to_thread(_settle_file, path, given, _made(ids))
        if await _make(store, identity, vault, ids, credentials):
            return SetUp(credentials)
        if await _compare(store, identity, Given(**msgspec.structs.asdict(credentials))):
            # Another process was faster and has a file of its own, in another data folder: this one opens nothing.
            await asyncio.to_thread(path.unlink, missing_ok=True)
    return SetUp(warnings=await _compare(store, identity, given))


def _check(given: Given) -> None:
    for field, (pattern, allowed) in _RULES.items():
        value = getattr(given, field)
        if value is not None and not pattern.fullmatch(value):
            raise SetUpError(f"{_setting(field)} has a value that cannot be used. Allowed: {allowed}.")
    for field in ("project_name", "domain_name", "user_name"):
        value = getattr(given, field)
        if value is not None:
            try:
                check_name(_setting(field), value)
            except InvalidParameter as error:
                raise SetUpError(error.text) from None


_ID: Final = (re.compile(r"[A-Za-z0-9_-]{1,64}"), "1 to 64 of A-Z a-z 0-9 _ -")
_RULES: Final = {
    "access_key": (re.compile(r"[A-Za-z0-9._-]{1,128}"), "1 to 128 of A-Z a-z 0-9 . _ -"),
    "secret_key": (re.compile(r"[!-~]{1,128}"), "1 to 128 visible ASCII characters"),
    "project_id": _ID,
    "domain_id": _ID,
    "user_password": (re.compile(r"[^\x00-\x1f\x7f]{1,128}"), "1 to 128 characters, no control characters"),
}


def _setting(field: str) -> str:
    return f"HOMEPORT_{field.upper()}"


def _settle_file(path: Path, given: Given, made: Credentials) -> Credentials:
    """Return what the file says, or `made` where there is none, in either case with what is given in its place.

    Afterwards the file says that.
    """
    wanted = {name: value for name, value in msgspec.structs.asdict(given).items() if value is not None}
    try:
        with contextlib.suppress(FileExistsError):
            settled = msgspec.structs.replace(made, **wanted)
            write_private(path, _text(settled))
            return settled
        found = _read(path)
        settled = msgspec.structs.replace(found, **wanted)
        if settled != found:
            write_private(path, _text(settled), replace=True)
    except SharedFile as error:
        raise SetUpError(str(error)) from None
    except OSError as error:
        raise SetUpError(f"{path}: {error.strerror}; give Homeport a data folder it may write to") from error
    return settled


def _read(path: Path) -> Credentials:
    try:
        return msgspec.json.decode(read_private(path, _LONGEST_FILE), type=Credentials)
    except msgspec.DecodeError:
        raise SetUpError(f"{path} is no file of credentials, and the store has no admin yet; move it away") from None


def _text(credentials: Credentials) -> str:
    return msgspec.json.format(msgspec.json.encode(credentials), indent=2).decode() + "\n"


def _made(ids: Ids) -> Credentials:
    key = new_key(ids)
    return Credentials(
        access_key=key.id,
        secret_key=key.secret,
        project_id=new_id(ids),
        project_name=DEFAULT_PROJECT_NAME,
        domain_id=new_id(ids),
        domain_name=DEFAULT_DOMAIN_NAME,
        user_name=DEFAULT_USER_NAME,
        user_password=letters_and_digits(ids, _PASSWORD_LENGTH),
    )


async def _make(store: Store, identity: Identity, vault: Vault, ids: Ids, credentials: Credentials) -> bool:
    """Write domain, project, admin and key; False, and nothing written, when another process was faster."""
    now = store.now()
    domain = Domain(id=credentials.domain_id, name=credentials.domain_name, created_at=now)
    project = Project(
        id=credentials.project_id, domain_id=domain.id, name=credentials.project_name, description="", created_at=now
    )
    user = User(
        id=new_id(ids),
        domain_id=domain.id,
        domain_name=domain.name,
        name=credentials.user_name,
        password=await identity.passwords.hash(credentials.user_password),
        created_at=now,
        updated_at=now,
    )
    key = NewKey(credentials.access_key, credentials.secret_key)
    statements = (
        Statement("add_first_start", {"user_id": user.id, "project_id": project.id, "now": now}),
        add_domain(domain),
        add_project(project),
        add_user(user),
        put_role(Grant(user_id=user.id, project_id=project.id, role=Role.ADMIN)),
        add_access_key(vault, key, user.id, now, description="made at the first start"),
    )
    try:
        await store.commit(Change(statements, (IDENTITY_TOPIC,)))
    except Missed:
        return False
    return True


async def _compare(store: Store, identity: Identity, given: Given) -> tuple[str, ...]:
    admin = msgspec.convert(await store.row("first_start"), _Admin)
    user = await identity.accounts.user(admin.user_id)
    project = await identity.accounts.project(admin.project_id)
    if user is None or project is None:
        return ("The admin of the first start was removed; settings about it are not looked at.",)
    stored = await _stored(identity, user, project)
    differing = [field for field, values in stored.items() if getattr(given, field) not in (None, *values)]
    if given.user_password is not None:
        verdict = await identity.passwords.verify(user.password, given.user_password)
        differing += [] if verdict.fits else ["user_password"]
    if not differing:
        return ()
    names = ", ".join(_setting(field) for field in differing)
    return (f"{names}: not what this store has. They count at the first start only; unset them, or use another store.",)


async def _stored(identity: Identity, user: User, project: Project) -> dict[str, set[str]]:
    """Return, by the fields of `Given`, what the store has of the admin.

    The keys are opened whatever is given: a wrong master key has to show now, and not at somebody's first request.
    """
    key_ids = {key.id for key in await identity.keys.of_user(user.id)}
    signers = [await identity.keys.signer(key_id) for key_id in key_ids]
    return {
        "access_key": key_ids,
        "secret_key": {signer.secret for signer in signers if signer},
        "project_id": {project.id},
        "project_name": {project.name},
        "domain_id": {user.domain_id},
        "domain_name": {user.domain_name},
        "user_name": {user.name},
    }
