"""The task `stop`: takes the traffic away, then stops every instance. It is not undone."""

from __future__ import annotations

from homeport.jobs.tasks.base import Entry, Result, TaskKind
from homeport.jobs.tasks.record import route_statement, send_route
from homeport.jobs.work import Work
from homeport.model.causes import Cause, failed
from homeport.model.changes import Statement


class Stopping(TaskKind):
    """Stops all of a component's instances."""

    async def enter(self, work: Work) -> Entry:
        """Commit the empty route together with the start."""
        component = await work.component()
        now = work.tools.clock.now()
        leaving = [
            Statement("set_instance_status", {"name": instance.name, "status": "terminating", "now": now}, rows=None)
            for instance in await work.instances()
        ]
        return Entry(statements=(route_statement(component, (), fence=work.job.fence, port=component.port), *leaving))

    async def run(self, work: Work) -> Result:
        """Drain, stop, and return when every process was seen gone."""
        component = await work.component()
        await send_route(work, component, (), operation_id=component.operation_id)
        names = [instance.name for instance in await work.instances()]
        left = await work.driver.stop(names, work.job.fence) if names else []
        if left:
            raise failed(Cause.STILL_ALIVE, f"could not end {', '.join(left)}")
        return Result(detail=f"{len(names)} stopped")
