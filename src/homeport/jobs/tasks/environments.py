"""The tasks `create-environment` and `delete-environment`."""

from __future__ import annotations

from homeport.jobs.tasks.base import Result, TaskKind
from homeport.jobs.work import Work


class EnvironmentCreation(TaskKind):
    """Makes sure that the environment's driver answers on the node it is pinned to."""

    async def run(self, work: Work) -> Result:
        """Ask the driver for its node."""
        node = await work.driver.node()
        return Result(detail=f"driver {work.job.driver} on node {node}")


class EnvironmentDeletion(TaskKind):
    """Removes an environment, which holds nothing any more when its job is accepted."""

    async def run(self, work: Work) -> Result:  # noqa: ARG002 - nothing is to be looked at
        """Leave it to the last commit: nothing is kept of an empty environment on its node."""
        return Result()
