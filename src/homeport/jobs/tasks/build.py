"""The task `build`: makes the artifact from code or a package."""

from __future__ import annotations

from homeport.jobs.tasks.base import Entry, Result, TaskKind
from homeport.jobs.work import Work
from homeport.model.sources import build_of, source_of
from homeport.model.workloads import BuildOrder


class Building(TaskKind):
    """Builds through the driver; undone only while it is under way, for what is built stands."""

    async def enter(self, work: Work) -> Entry:
        """Skip where there is nothing to build, or what a rollback needs stands still."""
        if work.job.goal.artifact is not None and await work.driver.stands(work.job.goal.artifact):
            return Entry(skip="not needed: what was built for this version stands")
        order = await build_order(work)
        await work.driver.check(order)
        if not work.driver.needs_build(order):
            return Entry(skip=f"not needed for a source of type {order.source.type}")
        return Entry()

    async def run(self, work: Work) -> Result:
        """Build, or take up the build that a worker before this one has begun."""
        artifact = await work.driver.build(await build_order(work), work.log)
        return Result(artifact=artifact, detail=f"built {artifact.image_url}")

    async def undo(self, work: Work) -> list[str]:
        """End the build that is under way."""
        await work.driver.stop_build(build_id(work))
        return []


def build_id(work: Work) -> str:
    """Return the id of the job's build: another one at each attempt, for one that failed is not taken up again."""
    return work.job.id if work.job.attempt == 1 else f"{work.job.id}-{work.job.attempt}"


async def build_order(work: Work) -> BuildOrder:
    """Return what a driver is asked to build or pull for a job."""
    goal = work.job.goal
    owner = await work.owner()
    workload = await work.workload()
    source = source_of(goal.source)
    task = work.job.tasks[work.index - 1]
    return BuildOrder(
        id=build_id(work),
        owner=owner,
        runtime=goal.runtime,
        source=source,
        build=build_of(goal.build),
        version=goal.version,
        env=workload.env,
        access=await work.access(source),
        registries=() if source.type == "image" else await work.registries(),
        asked_at=task.started_at or work.tools.clock.now(),
        script=goal.script,
        job_id=work.job.id,
    )
