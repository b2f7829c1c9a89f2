"""Credentials of a project: store, list, delete, and open one for the source it is meant for.

The secret is sealed by the vault, and opened for nobody but a driver: no call gives it back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import msgspec

from homeport.identity.ssh_keys import UnusableKey, public_key_of
from homeport.model.buckets import Bucket
from homeport.model.changes import Change, Statement, Value
from homeport.model.configurations import Effective
from homeport.model.credentials import (
    CredentialNameTaken,
    CredentialNotFound,
    CredentialType,
    NewCredential,
    checked,
    invalid,
    registry_of,
)
from homeport.model.records import Credential
from homeport.model.workloads import Access
from homeport.services.context import Context
from homeport.services.deciding import Decision, accept
from homeport.store.base import Row
from homeport.store.loading import record


async def list_credentials(context: Context, project_id: str) -> list[Credential]:
    """Return the credentials of a project, by name."""
    return [record(Credential, row) for row in await context.store.rows("credentials", project_id=project_id)]


async def find_credential(context: Context, project_id: str, name: str) -> Credential:
    """Return a credential of a project.

    Raises:
        CredentialNotFound: the project has none of this name.
    """
    credential = await _load(context, project_id, name)
    if credential is None:
        raise CredentialNotFound(name)
    return credential


async def create_credential(context: Context, project_id: str, new: NewCredential, user: str) -> Credential:
    """Store a credential and return it.

    Raises:
        InvalidParameter: a field is missing, belongs to another type, or holds what it may not.
        CredentialNameTaken: the project has one of this name.
    """
    new = checked(new)
    public_key = await _public_key(new)

    async def attempt() -> Decision[Credential]:
        if await _load(context, project_id, new.name) is not None:
            raise CredentialNameTaken(new.name)
        credential = _new_credential(context, project_id, new, public_key, user)
        return Decision(credential, Change((Statement("add_credential", msgspec.structs.asdict(credential)),)))

    return await accept(context, attempt)


async def delete_credential(context: Context, project_id: str, name: str) -> None:
    """Delete a credential. What was built with it stands; a build that needs it fails from now on.

    Raises:
        CredentialNotFound: the project has none of this name.
    """

    async def attempt() -> Decision[None]:
        credential = await find_credential(context, project_id, name)
        which: dict[str, Value] = {"project_id": project_id, "name": name, "id": credential.id}
        return Decision(None, Change((Statement("remove_credential", which),)))

    await accept(context, attempt)


async def open_credential(context: Context, project_id: str, name: str) -> Access | None:
    """Return the credential of this name, opened; None where the project has none.

    Raises:
        VaultError: it cannot be opened (another master key, a damaged row).
    """
    credential = await _load(context, project_id, name)
    return None if credential is None else _opened(context, credential)


async def open_registry(context: Context, project_id: str, image: str) -> Access | None:
    """Return the credential for the registry that an image's reference names, opened; None without one.

    Of several for the same server the one stored last counts. Raises `VaultError` as `open_credential` does.
    """
    rows = await context.store.rows(
        "credentials_of_server", project_id=project_id, type=CredentialType.REGISTRY.value, server=registry_of(image)
    )
    return _opened(context, record(Credential, rows[0])) if rows else None


async def open_registries(context: Context, project_id: str) -> tuple[Access, ...]:
    """Return the credentials of every registry, opened, one a server: of several the one stored last counts.

    Raises `VaultError` as `open_credential` does.
    """
    rows = await context.store.rows("credentials", project_id=project_id)
    found = [record(Credential, row) for row in rows]
    registries = sorted((one for one in found if one.type is CredentialType.REGISTRY), key=lambda one: one.created_at)
    return tuple({one.server: _opened(context, one) for one in registries}.values())


async def open_buckets(context: Context, project_id: str, names: Iterable[str]) -> tuple[Bucket, ...]:
    """Return those of some volumes that are buckets of a store, opened: credentials of type s3 name them.

    Of several credentials for a bucket the one stored last counts. Raises `VaultError` as `open_credential` does.
    """
    found = await _credentials_of_buckets(context, project_id, names)
    return tuple(_bucket(name, _opened(context, one)) for name, one in sorted(found.items()))


async def with_secrets(context: Context, project_id: str, workload: Effective) -> Effective:
    """Return a workload in which those variables have values that refer to secrets, as far as there are such.

    Raises `VaultError` as `open_credential` does.
    """
    opened = {name: await open_credential(context, project_id, name) for name in set(workload.secrets.values())}
    values = {
        variable: access.secret
        for variable, name in workload.secrets.items()
        if (access := opened[name]) is not None and access.type is CredentialType.SECRET
    }
    return msgspec.structs.replace(workload, env=workload.env | values) if values else workload


async def bucket_names(context: Context, project_id: str, names: Iterable[str]) -> list[str]:
    """Return those of some volumes that are buckets of a store."""
    return sorted(await _credentials_of_buckets(context, project_id, names))


async def _credentials_of_buckets(context: Context, project_id: str, names: Iterable[str]) -> dict[str, Credential]:
    wanted = set(names)
    if not wanted:
        return {}
    rows = await context.store.rows("credentials_of_type", project_id=project_id, type=CredentialType.S3.value)
    newest: dict[str, Credential] = {}
    for one in (record(Credential, row) for row in rows):
        newest |= {name: one for name in one.buckets.split() if name in wanted and name not in newest}
    return newest


def _bucket(name: str, access: Access) -> Bucket:
    return Bucket(name=name, endpoint=access.server, access_key=access.username, secret_key=access.secret)


async def _load(context: Context, project_id: str, name: str) -> Credential | None:
    row: Row | None = await context.store.row("credential", project_id=project_id, name=name)
    return None if row is None else record(Credential, row)


async def _public_key(new: NewCredential) -> str:
    if new.private_key is None:
        return ""
    try:
        return await asyncio.to_thread(public_key_of, new.private_key)
    except UnusableKey as error:
        raise invalid("private_key", str(error)) from None


def _new_credential(context: Context, project_id: str, new: NewCredential, public_key: str, user: str) -> Credential:
    id_ = context.ids.uuid()
    return Credential(
        id=id_,
        project_id=project_id,
        name=new.name,
        type=new.type,
        server=new.server or "",
        username=new.username or "",
        known_hosts=new.known_hosts or "",
        public_key=public_key,
        buckets=" ".join(new.buckets or ()),
        secret=context.vault.seal_text(new.private_key or new.password or "", _place(id_)),
        created_by=user,
        created_at=context.clock.now(),
    )


def _opened(context: Context, credential: Credential) -> Access:
    return Access(
        name=credential.name,
        type=credential.type,
        secret=context.vault.unseal_text(credential.secret, _place(credential.id)),
        server=credential.server,
        username=credential.username,
        known_hosts=credential.known_hosts,
    )


def _place(credential_id: str) -> str:
    return f"credential:{credential_id}"
