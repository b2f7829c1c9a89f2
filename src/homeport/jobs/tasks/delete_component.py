"""The task `delete-component`: ends what is left of a component and removes all that was kept of it on its node."""

from __future__ import annotations

from homeport.jobs.tasks.base import Result, TaskKind
from homeport.jobs.work import Work
from homeport.model.causes import Cause, failed


class ComponentDeletion(TaskKind):
    """Removes a component's address, instances, artifacts and logs. It is not undone."""

    async def run(self, work: Work) -> Result:
        """Make everything of the component be gone."""
        component_id = work.job.component_id or ""
        if work.router is not None:
            await work.router.remove(component_id, work.job.fence)
        names = [instance.name for instance in await work.instances()]
        left = await work.driver.stop(names, work.job.fence) if names else []
        if left:
            raise failed(Cause.STILL_ALIVE, f"could not end {', '.join(left)}")
        await work.driver.forget(component_id)
        if work.router is not None:
            await work.router.forget(component_id)
        return Result(detail="nothing of it is left")
