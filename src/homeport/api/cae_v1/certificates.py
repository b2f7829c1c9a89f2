"""The certificates calls (contract/contract.md, section 15)."""

from __future__ import annotations

from collections.abc import Awaitable

from homeport.api.cae_v1.answers import (
    CertificateItem,
    CertificateMetadataAnswer,
    CertificatesAnswer,
    CertificateSpecAnswer,
)
from homeport.api.cae_v1.places import Parts, environment_of, scope_of, time_text
from homeport.api.cae_v1.schemas import CertificateSpec, CreateCertificateBody, UpdateCertificateBody
from homeport.api.calls import Answer, Call, Handler, empty_answer, json_answer
from homeport.api.once import carry_out
from homeport.services import certificates
from homeport.services.certificates import Held, Pair
from homeport.services.context import Context


def handlers(parts: Parts) -> dict[str, Handler]:
    """Return the handlers by operation id."""
    context = parts.context

    async def list_certificates(call: Call) -> Answer:
        environment = await environment_of(context, call)
        return _shown(await certificates.list_certificates(context, environment.id))

    async def create_certificate(call: Call) -> Answer:
        await environment_of(context, call)
        body = await call.decode(CreateCertificateBody)

        def act(within: Context) -> Awaitable[Held]:
            return certificates.create_certificate(within, scope_of(call), body.metadata.name, _pair(body.spec))

        return await carry_out(context, call, act, lambda held: _shown([held]))

    async def update_certificate(call: Call) -> Answer:
        environment = await environment_of(context, call)
        body = await call.decode(UpdateCertificateBody)
        certificate_id = call.param("certificate_id")
        await certificates.change_certificate(context, environment, certificate_id, _pair(body.spec))
        return empty_answer()

    async def delete_certificate(call: Call) -> Answer:
        environment = await environment_of(context, call)
        await certificates.delete_certificate(context, environment, call.param("certificate_id"))
        return empty_answer()

    return {
        "ListCertificates": list_certificates,
        "CreateCertificate": create_certificate,
        "UpdateCertificate": update_certificate,
        "DeleteCertificate": delete_certificate,
    }


def _pair(spec: CertificateSpec) -> Pair:
    return Pair(crt=spec.crt, key=spec.key)


def _shown(found: list[Held]) -> Answer:
    return json_answer(CertificatesAnswer(items=[_item(held) for held in found]))


def _item(held: Held) -> CertificateItem:
    certificate = held.certificate
    return CertificateItem(
        metadata=CertificateMetadataAnswer(id=certificate.id, name=certificate.name),
        spec=CertificateSpecAnswer(crt=held.pair.crt, key=held.pair.key, created_at=time_text(certificate.created_at)),
    )
