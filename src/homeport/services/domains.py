"""Domains of an environment: list, announce, and withdraw."""

from __future__ import annotations

import msgspec

from homeport.model.changes import Change, Statement, Value
from homeport.model.domains import DomainNotFound, DomainTaken, check_name
from homeport.model.records import Environment, EnvironmentDomain
from homeport.services.context import Context
from homeport.services.deciding import Decision, accept
from homeport.services.environments import Scope, addition_guard, find_environment, refuse_addition
from homeport.store.loading import record


async def list_domains(context: Context, environment_id: str) -> list[EnvironmentDomain]:
    """Return the domains of an environment, oldest first."""
    rows = await context.store.rows("environment_domains", environment_id=environment_id)
    return [record(EnvironmentDomain, row) for row in rows]


async def create_domain(context: Context, scope: Scope, name: str) -> EnvironmentDomain:
    """Announce a domain and return it; upper and lower case are the same to hosts.

    Raises:
        InvalidParameter: the name is that of no host.
        EnvironmentNotFound, EnvironmentBeingDeleted, EnvironmentNotReady: nothing can be put into the environment.
        DomainTaken: the environment has it already.
    """
    check_name(name)

    async def attempt() -> Decision[EnvironmentDomain]:
        environment = await find_environment(context, scope)
        refuse_addition(environment)
        if any(known.name.lower() == name.lower() for known in await list_domains(context, environment.id)):
            raise DomainTaken(name)
        domain = EnvironmentDomain(
            id=context.ids.uuid(), environment_id=environment.id, name=name, created_at=context.clock.now()
        )
        guard = addition_guard(environment.id, environment.project_id)
        added = Statement("add_environment_domain", msgspec.structs.asdict(domain))
        return Decision(domain, Change((guard, added)))

    return await accept(context, attempt)


async def delete_domain(context: Context, environment: Environment, domain_id: str) -> None:
    """Withdraw a domain. What is reached by its name stays reached by it.

    Raises:
        DomainNotFound: the environment has none of this id.
    """

    async def attempt() -> Decision[None]:
        if all(known.id != domain_id for known in await list_domains(context, environment.id)):
            raise DomainNotFound(domain_id)
        which: dict[str, Value] = {"id": domain_id, "environment_id": environment.id}
        return Decision(None, Change((Statement("remove_environment_domain", which),)))

    await accept(context, attempt)
