"""The task `pull`: brings the image to the node."""

from __future__ import annotations

from homeport.jobs.tasks.base import Entry, Result, TaskKind
from homeport.jobs.tasks.build import build_order
from homeport.jobs.work import Work


class Pulling(TaskKind):
    """Pulls through the driver; what is pulled stands."""

    async def enter(self, work: Work) -> Entry:
        """Skip where no image is needed."""
        order = await build_order(work)
        made = work.job.artifact or work.job.goal.artifact
        if made is None or work.driver.needs_pull(order):
            return Entry()
        return Entry(skip=f"not needed: driver {work.job.driver} starts from what was built")

    async def run(self, work: Work) -> Result:
        """Pull and keep what instances start from."""
        made = work.job.artifact or work.job.goal.artifact
        artifact = await work.driver.pull(await build_order(work), made, work.log)
        return Result(artifact=artifact, detail=f"pulled {artifact.image_url}")
