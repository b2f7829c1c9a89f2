"""What a task sees of the engine while it runs: its job, the drivers, its log, and a way to tell its progress."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from homeport.drivers.base import Driver, InstanceState, Observed
from homeport.identity.redact import Redactor
from homeport.jobs.facts import Facts
from homeport.jobs.logs import Begins, TaskLog
from homeport.jobs.tools import Tools
from homeport.model.buckets import Bucket
from homeport.model.causes import Cause, TaskFailed, failed
from homeport.model.changes import Change, Statement
from homeport.model.configurations import Effective
from homeport.model.records import Component, Instance, Job
from homeport.model.workloads import Access, Artifact, InstanceOrder, Owner, Source
from homeport.routing.base import Router

Reporter = Callable[[int, str | None], Awaitable[None]]
"""Takes how much of the task is done in percent, and what to say of it (None: as before)."""


class Work:
    """A task's view of its job. `job` is the job as it was last committed by this worker."""

    def __init__(self, tools: Tools, job: Job, index: int, facts: Facts, report: Reporter, begins: Begins) -> None:
        """`index` is the task's, `begins` where its log goes on."""
        self.tools = tools
        self.job = job
        self.index = index
        self.report = report
        self._begins = begins
        self._log: TaskLog | None = None
        self._facts = facts

    @property
    def driver(self) -> Driver:
        """The driver of the job's environment.

        Raises:
            TaskFailed: this process does not run it.
        """
        driver = self.tools.drivers.get(self.job.driver)
        if driver is None:
            raise failed(Cause.DRIVER_UNREACHABLE, f"driver {self.job.driver} does not run in this engine")
        return driver

    @property
    def router(self) -> Router | None:
        """The router in front of the driver's instances; None for a driver without addresses."""
        return self.tools.routers.get(self.job.driver)

    async def workload(self) -> Effective:
        """Return the configurations that the job's instances run with."""
        return await self._facts.workload()

    async def access(self, source: Source) -> Access | None:
        """Return the credential that the source of the job's goal names, opened; None without one."""
        return await self._facts.access(source)

    async def registries(self) -> tuple[Access, ...]:
        """Return the credentials of the registries that the job's build may need images from, opened."""
        return await self._facts.registries()

    async def buckets(self) -> tuple[Bucket, ...]:
        """Return which volumes of the job's instances are buckets of a store, opened."""
        return await self._facts.buckets()

    async def redactor(self) -> Redactor:
        """Return what keeps the job's secrets out of texts."""
        return await self._facts.redactor()

    async def log(self, data: bytes) -> None:
        """Add a piece to the task's log."""
        if self._log is None:
            redactor = await self.redactor()
            self._log = TaskLog(self.tools, self.job, self.index, redactor, self._begins)
        await self._log.write(data)

    async def say(self, text: str) -> None:
        """Add lines of the engine's own to the task's log."""
        await self.log(f"{text}\n".encode())

    def tail(self) -> tuple[str, ...]:
        """Return the last lines of the task's log."""
        return self._log.tail() if self._log is not None else ()

    def abandon(self) -> None:
        """Let the task's log be as it is."""
        if self._log is not None:
            self._log.abandon()

    async def close(self) -> None:
        """Write what is left of the task's log."""
        if self._log is not None:
            await self._log.close()

    async def rest_of_log(self) -> Change:
        """Return what writes the rest of the task's log, to be committed together with the task's end."""
        return await self._log.rest() if self._log is not None else Change(())

    async def commit(self, *statements: Statement) -> None:
        """Write statements that belong to the job, as long as it is this worker's.

        Raises:
            Missed: the job is another worker's by now.
        """
        if statements:
            guard = Statement("check_job_fence", {"id": self.job.id, "fence": self.job.fence, "owner": self.job.owner})
            try:
                await self.tools.store.commit(Change((guard, *statements)))
            except BaseException:
                # Also when it was cut short: it may have been written.
                self._facts.forget()
                raise
            self._facts.follow(statements)

    @property
    def artifact(self) -> Artifact:
        """What instances start from: what this job made, or what its goal brought along."""
        artifact = self.job.artifact or self.job.goal.artifact
        if artifact is None:
            raise failed(Cause.INTERNAL, f"job {self.job.id} has nothing to start instances from")
        return artifact

    async def component(self) -> Component:
        """Return the job's component as it is now."""
        component = await self._facts.component()
        if component is None:
            raise self._gone()
        return component

    async def route(self) -> frozenset[str]:
        """Return the names of the instances on the component's committed route; none where there is no component."""
        component = await self._facts.component()
        return frozenset(component.serving) if component else frozenset()

    async def owner(self) -> Owner:
        """Return whose workload the job is about."""
        owner = await self._facts.owner()
        if owner is None:
            raise self._gone()
        return owner

    def _gone(self) -> TaskFailed:
        return failed(Cause.INTERNAL, f"component {self.job.component_id} is gone though its job is active")

    async def instances(self) -> tuple[Instance, ...]:
        """Return the component's instances, oldest first."""
        return await self._facts.instances()

    async def own_instances(self) -> list[Instance]:
        """Return the instances that this job asked for, oldest first."""
        return [instance for instance in await self.instances() if instance.job_id == self.job.id]

    async def kept_instances(self) -> list[Instance]:
        """Return the instances that this job asked for and that nobody is ending, oldest first.

        What an earlier attempt could not end is ended by the controllers, who say so before they begin.
        """
        return [instance for instance in await self.own_instances() if instance.status != "terminating"]

    def asked_for(self, orders: Sequence[InstanceOrder]) -> None:
        """Remember what is asked for new instances, so that it need not be unsealed again."""
        self._facts.asked_for(orders)

    def order(self, instance: Instance) -> InstanceOrder:
        """Return what was asked for an instance."""
        return self._facts.order(instance)

    async def still_serving(self, component: Component) -> list[Instance]:
        """Return the instances on a component's route, without those that ended and will not come back."""
        on_route = set(component.serving)
        serving = [instance for instance in await self.instances() if instance.name in on_route]
        observed = await self.observe(serving)
        return [one for one in serving if observed[one.name].state not in (InstanceState.ABSENT, InstanceState.ENDED)]

    async def observe(self, instances: Sequence[Instance]) -> dict[str, Observed]:
        """Return by name what there is of instances."""
        return await self.driver.observe([self.order(instance) for instance in instances])
