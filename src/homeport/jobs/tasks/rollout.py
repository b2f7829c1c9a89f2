"""The tasks that start instances: deploy, upgrade, rollback, configure, restart, start, and scale's additional ones.

New instances start beside the old ones, which serve on until `verify` has passed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar, Final

import msgspec

from homeport.jobs.tasks.base import Entry, Result, TaskKind
from homeport.jobs.work import Work
from homeport.model.causes import Cause, TaskFailed
from homeport.model.changes import Statement
from homeport.model.happenings import FAILED_MOUNT, component_event, instance_event
from homeport.model.plans import Action
from homeport.model.workloads import InstanceOrder, Owner
from homeport.services.orders import Make, addition, new_order

_STARTS_AT_ONCE: Final = 8


class Rollout(TaskKind):
    """Starts the instances that a job needs; undone by stopping them."""

    undoable: ClassVar[bool] = True

    async def enter(self, work: Work) -> Entry:
        """Name the instances and write them down in the commit that starts the task."""
        if work.job.goal.stored_only:
            return Entry(skip="the component is paused: kept for its next start")
        missing = await missing_instances(work)
        if missing <= 0:
            return Entry()
        return Entry(statements=await _additions(work, missing))

    async def run(self, work: Work) -> Result:
        """Ask the driver for each instance; those that are there already are left alone.

        An instance that another claim of the job has written down is asked for under this claim's fence: under its own
        it would be taken for a late worker's.
        """
        fence = work.job.fence
        orders = [msgspec.structs.replace(work.order(one), fence=fence) for one in await work.kept_instances()]
        gate = asyncio.Semaphore(_STARTS_AT_ONCE)
        done = 0

        async def start(order: InstanceOrder) -> None:
            nonlocal done
            async with gate:
                await _start(work, order)
            done += 1
            if done < len(orders):
                await work.report(100 * done // len(orders), None)

        async with asyncio.TaskGroup() as group:
            for order in orders:
                group.create_task(start(order))
        return Result(detail=_said(len(orders)))

    async def undo(self, work: Work) -> list[str]:
        """Stop the job's instances and forget them; return the names of those still alive.

        What the committed route names is left alone: an attempt before this one has given it the traffic.
        """
        route = await work.route()
        own = [instance.name for instance in await work.own_instances()]
        left = await stop_instances(work, [name for name in own if name not in route])
        return [*left, *(name for name in own if name in route)]


async def _start(work: Work, order: InstanceOrder) -> None:
    try:
        await work.driver.start(order)
    except TaskFailed as error:
        if error.failure.cause is Cause.MOUNT_FAILED:
            text = (await work.redactor()).text(error.failure.what)
            now = work.tools.clock.now()
            component_id = order.owner.component_id
            await work.commit(
                instance_event(component_id, FAILED_MOUNT, text, now=now, instance=order.name, warning=True)
            )
        raise


async def stop_instances(work: Work, names: list[str]) -> list[str]:
    """Stop instances and forget those that are gone; return the names of those still alive."""
    if not names:
        return []
    left = await work.driver.stop(names, work.job.fence)
    gone = [Statement("remove_instance", {"name": name}, rows=None) for name in names if name not in left]
    await work.commit(*gone)
    return left


async def missing_instances(work: Work) -> int:
    """Return how many instances the job still has to ask for."""
    own = len(await work.kept_instances())
    if work.job.action is Action.SCALE:
        return work.job.goal.replica - len(await work.still_serving(await work.component())) - own
    return work.job.goal.replica - own


async def _additions(work: Work, count: int) -> tuple[Statement, ...]:
    goal = work.job.goal
    owner = await work.owner()
    make = Make(
        job_id=work.job.id,
        revision=f"{work.job.id}/{work.job.attempt}",
        fence=work.job.fence,
        artifact=work.artifact,
        runtime=goal.runtime,
        resource_limit=goal.resource_limit,
        workload=await work.workload(),
        buckets=await work.buckets(),
        script=goal.script,
    )
    orders = [new_order(work.tools.context, owner, make) for _ in range(count)]
    work.asked_for(orders)
    return (*(addition(work.tools.context, order) for order in orders), *_told(work, owner, orders))


def _told(work: Work, owner: Owner, orders: Sequence[InstanceOrder]) -> list[Statement]:
    now = work.tools.clock.now()
    statements = [
        instance_event(owner.component_id, "SuccessfulCreate", f"Created instance {name}", now=now, instance=name)
        for name in (order.name for order in orders)
    ]
    text = f"{work.job.action}: scaled up by {len(orders)} to {work.job.goal.replica}"
    involved = owner.component_name
    scaling = component_event(
        owner.component_id, "ScalingReplicaSet", text, now=now, involved=involved, kind="Component"
    )
    return [*statements, scaling]


def _said(count: int) -> str:
    return "no instance to start" if not count else f"{count} instance{'s' if count > 1 else ''} started"
