"""The task `record`: gives the traffic to what is new, stops what is old, and writes down what serves now.

The commit that starts it is the point of no return: from there on a job only goes forward.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

import msgspec

from homeport.jobs.tasks.base import Entry, Result, TaskKind
from homeport.jobs.versions import drop_old_artifacts, version_statements
from homeport.jobs.work import Work
from homeport.log_setup import get_logger
from homeport.model.causes import Cause, TaskFailed, failed
from homeport.model.changes import Statement, Value
from homeport.model.clock import SECOND
from homeport.model.happenings import instance_event
from homeport.model.plans import Action
from homeport.model.records import Component, Instance
from homeport.routing.base import Backend, Route
from homeport.services.access import load_opened

_T = TypeVar("_T")

_log = get_logger()

_PAUSE_SECONDS: Final = 1.0
"""Between two tries at a driver or router that does not answer; the task's deadline ends them."""


class Recording(TaskKind):
    """Ends a job well, each action in its own way."""

    async def enter(self, work: Work) -> Entry:
        """Commit the route together with the start: the instances that get the traffic from now on.

        With fewer than were asked for there is no start: what served before goes on serving.
        """
        if work.job.action not in ROUTED or work.job.goal.stored_only:
            return Entry()
        component = await work.component()
        serving, leaving = await _division(work, component)
        if len(serving) < work.job.goal.replica:
            raise failed(Cause.INTERNAL, f"{len(serving)} of {work.job.goal.replica} instances are there to serve")
        now = work.tools.clock.now()
        return Entry(
            statements=(
                route_statement(component, serving, fence=work.job.fence, port=component.port),
                *(_leaving(instance, now) for instance in leaving),
            )
        )

    async def run(self, work: Work) -> Result:
        """Make it so, and return what the job's last commit writes besides the job."""
        return await _RECORDERS[work.job.action](work)

    async def can_go_back(self, work: Work) -> bool:
        """Tell whether all that served before is still ready: once its stop has begun, only the new can serve."""
        if work.job.action not in ROUTED or work.job.goal.stored_only:
            return False
        before = [one for one in await work.instances() if one.name in work.job.goal.prior.route]
        if len(before) < len(work.job.goal.prior.route):
            return False
        return all(seen.ready for seen in (await work.observe(before)).values())

    async def undo(self, work: Work) -> list[str]:
        """Put back on the route what served before the job."""
        if work.job.action in ROUTED and not work.job.goal.stored_only:
            component = await work.component()
            before = [one for one in await work.instances() if one.name in work.job.goal.prior.route]
            await work.commit(route_statement(component, before, fence=work.job.fence, port=component.port))
            try:
                await send_route(work, component, before, operation_id=component.operation_id)
            except TaskFailed as error:
                _log.warning("record.route_not_sent", component_id=component.id, error=str(error))
        return []


async def _division(work: Work, component: Component) -> tuple[list[Instance], list[Instance]]:
    """Return the instances that serve from now on, and those that leave."""
    instances, own = await work.instances(), await work.kept_instances()
    serving = own
    if work.job.action is Action.SCALE:
        serving = [*await work.still_serving(component), *own][: work.job.goal.replica]
    names = {instance.name for instance in serving}
    return serving, [instance for instance in instances if instance.name not in names]


def route_statement(component: Component, serving: Sequence[Instance], *, fence: int, port: int) -> Statement:
    """Return the statement that commits which instances get a component's traffic."""
    names = msgspec.json.encode([instance.name for instance in serving]).decode()
    return Statement("route_component", {"id": component.id, "route": names, "port": port, "fence": fence})


def _leaving(instance: Instance, now: int) -> Statement:
    return Statement("set_instance_status", {"name": instance.name, "status": "terminating", "now": now}, rows=None)


async def _record_rollout(work: Work) -> Result:
    component = await work.component()
    if work.job.goal.stored_only:
        return Result(statements=tuple(version_statements(work, component, available=0)))
    route = set(component.serving)
    instances = await work.instances()
    serving = [instance for instance in instances if instance.name in route]
    leaving = [instance for instance in instances if instance.name not in route]
    operation_id = work.job.goal.operation_id
    port = await _persist(work, lambda: send_route(work, component, serving, operation_id=operation_id))
    left = await _persist(work, lambda: _stop(work, leaving))
    await drop_old_artifacts(work, component)
    # The route was committed with the start; only a port that the router has chosen is new.
    as_committed = port == component.port and len(serving) == len(route)
    routed = () if as_committed else (route_statement(component, serving, fence=work.job.fence, port=port),)
    statements = [
        *version_statements(work, component, available=len(serving)),
        *routed,
        *_farewells(work, [instance for instance in leaving if instance.name not in left]),
    ]
    return Result(detail=_said(serving, leaving, left), statements=tuple(statements))


async def send_route(work: Work, component: Component, serving: Sequence[Instance], *, operation_id: str | None) -> int:
    """Send a component's route to its router, wait for what is under way elsewhere, and return the address's port.

    What else is opened is what the configuration operation says.
    """
    router = work.router
    if router is None:
        return component.port
    observed = await work.observe(serving)
    opened = await load_opened(work.tools.context, component, operation_id)
    backends = tuple(Backend(name=seen.name, address=seen.address) for seen in observed.values() if seen.address)
    route = Route(
        component_id=component.id,
        component_name=component.name,
        fence=work.job.fence,
        port=component.port,
        backends=backends,
        entrances=opened.entrances,
        certificates=opened.certificates,
    )
    return await router.set(route, drain_seconds=work.tools.rules.drain / SECOND)


async def _stop(work: Work, leaving: Sequence[Instance]) -> list[str]:
    names = [instance.name for instance in leaving]
    return await work.driver.stop(names, work.job.fence) if names else []


async def _persist(work: Work, step: Callable[[], Awaitable[_T]]) -> _T:
    """Try a step until the driver and router answer: there is no way back from here."""
    while True:
        try:
            return await step()
        except TaskFailed as error:
            if error.failure.cause is not Cause.DRIVER_UNREACHABLE:
                raise
            await work.report(0, error.failure.detail())
            await work.tools.clock.sleep(_PAUSE_SECONDS)


def _farewells(work: Work, gone: Sequence[Instance]) -> list[Statement]:
    now = work.tools.clock.now()
    component_id = work.job.component_id or ""
    statements = []
    for instance in gone:
        statements.append(Statement("remove_instance", {"name": instance.name}, rows=None))
        text = f"Stopped instance {instance.name}"
        statements.append(instance_event(component_id, "Killing", text, now=now, instance=instance.name))
    return statements


def _said(serving: Sequence[Instance], leaving: Sequence[Instance], left: Sequence[str]) -> str:
    text = f"{len(serving)} serve, {len(leaving) - len(left)} stopped"
    return f"{text}; still alive: {', '.join(left)}" if left else text


async def _record_stop(work: Work) -> Result:
    component = await work.component()
    now = work.tools.clock.now()
    settled: dict[str, Value] = {
        "id": component.id,
        "fence": work.job.fence,
        "status": "paused",
        "available_replica": 0,
        "now": now,
    }
    return Result(
        statements=(Statement("settle_component", settled), *_farewells(work, await work.instances())),
        detail="nothing runs any more",
    )


async def _record_deletion(work: Work) -> Result:
    component_id = work.job.component_id or ""
    where: dict[str, Value] = {"component_id": component_id}
    emptied = (
        "remove_instances_of_component",
        "remove_snapshots_of_component",
        "remove_configuration_items",
        "remove_configurations_of_component",
        "remove_events_of_component",
    )
    return Result(
        statements=(
            *(Statement(name, where, rows=None) for name in emptied),
            Statement("remove_component", {"id": component_id, "fence": work.job.fence}),
        )
    )


async def _record_environment(work: Work) -> Result:
    environment_id = work.job.environment_id
    settled: dict[str, Value] = {
        "id": environment_id,
        "fence": work.job.fence,
        "status": "finish",
        "now": work.tools.clock.now(),
    }
    return Result(statements=(Statement("settle_environment", settled),))


async def _record_environment_deletion(work: Work) -> Result:
    gone: dict[str, Value] = {"id": work.job.environment_id, "fence": work.job.fence}
    where: dict[str, Value] = {"environment_id": work.job.environment_id}
    emptied = ("remove_certificates_of_environment", "remove_domains_of_environment")
    statements = [Statement(name, where, rows=None) for name in emptied]
    return Result(statements=(*statements, Statement("remove_environment", gone)))


ROUTED: Final = frozenset(
    {
        Action.DEPLOY,
        Action.UPGRADE,
        Action.CONFIGURE,
        Action.ROLLBACK,
        Action.SCALE,
        Action.RESTART,
        Action.START,
    }
)
"""The actions whose end is a route."""

_RECORDERS: Final = {
    **dict.fromkeys(ROUTED, _record_rollout),
    Action.STOP: _record_stop,
    Action.DELETE_COMPONENT: _record_deletion,
    Action.CREATE_ENVIRONMENT: _record_environment,
    Action.DELETE_ENVIRONMENT: _record_environment_deletion,
}
