"""The domains calls (contract/contract.md, section 14)."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

from homeport.api.cae_v1.answers import HostDomainItem, HostDomainMetadata, HostDomainsAnswer
from homeport.api.cae_v1.places import Parts, environment_of, scope_of, time_text
from homeport.api.cae_v1.schemas import CreateDomainBody
from homeport.api.calls import Answer, Call, Handler, empty_answer, json_answer
from homeport.api.once import carry_out
from homeport.model.records import EnvironmentDomain
from homeport.services import domains
from homeport.services.context import Context


def handlers(parts: Parts) -> dict[str, Handler]:
    """Return the handlers by operation id."""
    context = parts.context

    async def list_domains(call: Call) -> Answer:
        environment = await environment_of(context, call)
        return _shown(await domains.list_domains(context, environment.id))

    async def create_domain(call: Call) -> Answer:
        await environment_of(context, call)
        body = await call.decode(CreateDomainBody)

        def act(within: Context) -> Awaitable[EnvironmentDomain]:
            return domains.create_domain(within, scope_of(call), body.metadata.name)

        return await carry_out(context, call, act, lambda domain: _shown([domain]))

    async def delete_domain(call: Call) -> Answer:
        environment = await environment_of(context, call)
        await domains.delete_domain(context, environment, call.param("domain_id"))
        return empty_answer()

    return {"ListDomains": list_domains, "CreateDomain": create_domain, "DeleteDomain": delete_domain}


def _shown(found: Sequence[EnvironmentDomain]) -> Answer:
    return json_answer(HostDomainsAnswer(items=[_item(domain) for domain in found]))


def _item(domain: EnvironmentDomain) -> HostDomainItem:
    created_at = time_text(domain.created_at)
    return HostDomainItem(metadata=HostDomainMetadata(id=domain.id, name=domain.name, created_at=created_at))
