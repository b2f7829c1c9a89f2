"""Certificates of an environment: list, create, change, delete, and find those that entrances name.

The key is sealed by the vault. The API gives it back to whoever may write, since Terraform compares it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import msgspec

from homeport.identity.certificates import UnusableCertificate, check_pair
from homeport.model.certificates import CertificateNameTaken, CertificateNotFound, check_name, pem_of
from homeport.model.changes import Change, Statement, Value
from homeport.model.errors import InvalidParameter
from homeport.model.records import Certificate, Environment
from homeport.services.context import Context
from homeport.services.deciding import Decision, accept
from homeport.services.environments import Scope, addition_guard, find_environment, refuse_addition
from homeport.store.loading import record


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A chain and its key as they were sent: PEM, or base64 of it."""

    crt: str
    key: str

    def __repr__(self) -> str:
        return "Pair()"


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate, opened."""

    certificate: Certificate
    pair: Pair


async def list_certificates(context: Context, environment_id: str) -> list[Held]:
    """Return the certificates of an environment, oldest first, opened.

    Raises:
        VaultError: one cannot be opened (another master key, a damaged row).
    """
    rows = await context.store.rows("certificates", environment_id=environment_id)
    return [_opened(context, record(Certificate, row)) for row in rows]


async def create_certificate(context: Context, scope: Scope, name: str, pair: Pair) -> Held:
    """Store a certificate and return it.

    Raises:
        InvalidParameter: the name breaks the rule, or chain and key cannot be used.
        EnvironmentNotFound, EnvironmentBeingDeleted, EnvironmentNotReady: nothing can be put into the environment.
        CertificateNameTaken: the environment has one of this name.
    """
    check_name(name)
    await _check(pair)

    async def attempt() -> Decision[Held]:
        environment = await find_environment(context, scope)
        refuse_addition(environment)
        if any(held.certificate.name == name for held in await list_certificates(context, environment.id)):
            raise CertificateNameTaken(name)
        certificate = _new(context, environment, name, pair)
        guard = addition_guard(environment.id, environment.project_id)
        added = Statement("add_certificate", msgspec.structs.asdict(certificate))
        return Decision(Held(certificate=certificate, pair=pair), Change((guard, added)))

    return await accept(context, attempt)


async def change_certificate(context: Context, environment: Environment, certificate_id: str, pair: Pair) -> None:
    """Replace the chain and key of a certificate; ports that show it show the new one within half a minute.

    Raises:
        InvalidParameter: chain and key cannot be used.
        CertificateNotFound: the environment has none of this id.
    """
    await _check(pair)

    async def attempt() -> Decision[None]:
        await _require(context, environment, certificate_id)
        changed: dict[str, Value] = {
            "id": certificate_id,
            "environment_id": environment.id,
            "crt": pair.crt,
            "private_key": context.vault.seal_text(pair.key, _place(certificate_id)),
            "now": context.clock.now(),
        }
        return Decision(None, Change((Statement("change_certificate", changed),)))

    await accept(context, attempt)


async def delete_certificate(context: Context, environment: Environment, certificate_id: str) -> None:
    """Delete a certificate. Ports that are open go on showing it; a job that opens one with it fails from now on.

    Raises:
        CertificateNotFound: the environment has none of this id.
    """

    async def attempt() -> Decision[None]:
        await _require(context, environment, certificate_id)
        which: dict[str, Value] = {"id": certificate_id, "environment_id": environment.id}
        return Decision(None, Change((Statement("remove_certificate", which),)))

    await accept(context, attempt)


async def pems_of(context: Context, environment_id: str, names: Collection[str]) -> dict[str, str]:
    """Return the PEM of chain and key by the name or id that they are called by, of those that there are.

    Raises `VaultError` as `list_certificates` does.
    """
    held = await list_certificates(context, environment_id) if names else []
    by_name = {called: one.pair for one in held for called in (one.certificate.id, one.certificate.name)}
    return {
        name: f"{pem_of(pair.crt, 'crt').strip()}\n{pem_of(pair.key, 'key').strip()}\n"
        for name in names
        if (pair := by_name.get(name)) is not None
    }


async def _check(pair: Pair) -> None:
    crt, key = pem_of(pair.crt, "spec.crt"), pem_of(pair.key, "spec.key")
    try:
        await asyncio.to_thread(check_pair, crt, key)
    except UnusableCertificate as error:
        allowed = "PEM of a chain, the server's own certificate first, and of its key"
        raise InvalidParameter(f"spec.{error.part}", str(error), allowed=allowed) from None


async def _require(context: Context, environment: Environment, certificate_id: str) -> None:
    rows = await context.store.rows("certificates", environment_id=environment.id)
    if all(row["id"] != certificate_id for row in rows):
        raise CertificateNotFound(certificate_id)


def _new(context: Context, environment: Environment, name: str, pair: Pair) -> Certificate:
    now, id_ = context.clock.now(), context.ids.uuid()
    return Certificate(
        id=id_,
        project_id=environment.project_id,
        environment_id=environment.id,
        name=name,
        crt=pair.crt,
        private_key=context.vault.seal_text(pair.key, _place(id_)),
        created_at=now,
        updated_at=now,
    )


def _opened(context: Context, certificate: Certificate) -> Held:
    key = context.vault.unseal_text(certificate.private_key, _place(certificate.id))
    return Held(certificate=certificate, pair=Pair(crt=certificate.crt, key=key))


def _place(certificate_id: str) -> str:
    return f"certificate:{certificate_id}"
