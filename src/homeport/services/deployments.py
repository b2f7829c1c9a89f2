"""A component that is created, configured and deployed in one change: all of it is accepted, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from homeport.model.changes import Statement, submit
from homeport.model.configuration_rules import check_size
from homeport.model.configurations import NewItem, laid_over
from homeport.model.records import Component
from homeport.services.actions import first_deployment
from homeport.services.components import ComponentSpec, check_spec, creation, plan_component
from homeport.services.configurations import Operation, applied_items, operation_statements, plan_operation, warnings
from homeport.services.context import Context
from homeport.services.deciding import Decision, accept
from homeport.services.environments import Scope, find_environment
from homeport.services.ports import refuse_taken_ports
from homeport.services.volumes import named_volumes


class Deployment(msgspec.Struct, frozen=True, kw_only=True):
    """A component as it was accepted, and the operation on its configurations; None where none were sent."""

    component: Component
    operation: Operation | None


async def create_and_deploy(
    context: Context,
    scope: Scope,
    application_id: str,
    spec: ComponentSpec,
    items: Sequence[NewItem],
    requested_by: str,
) -> Deployment:
    """Accept a new component with its configurations and the job that deploys it; `component.job_id` names the job.

    Raises:
        Refused: as `create_component` and `store_configurations` do.
    """
    check_spec(spec)
    effects = applied_items(items, {}, "configurations")
    check_size(laid_over({}, effects), "configurations")

    async def attempt() -> Decision[Deployment]:
        environment = await find_environment(context, scope)
        planned = await plan_component(context, environment, application_id, spec)
        await refuse_taken_ports(context, planned, effects, "configurations")
        named = await named_volumes(context, planned, effects)
        operation = plan_operation(context, None, items) if items else None
        job = await first_deployment(
            context, environment, planned, None if operation is None else operation.id, requested_by
        )
        component = msgspec.structs.replace(planned, status=job.goal.while_running, job_id=job.id)
        guards = creation(context, component)
        change = submit(job, guards, await _stored(context, component, operation, named))
        return Decision(Deployment(component=component, operation=operation), change)

    return await accept(context, attempt)


async def _stored(
    context: Context, component: Component, operation: Operation | None, effects: Sequence[NewItem]
) -> tuple[Statement, ...]:
    if operation is None:
        return ()
    statements = operation_statements(context, component.id, operation, laid_over({}, effects))
    return (*statements, *await warnings(context, component, effects))
