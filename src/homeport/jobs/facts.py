"""What does not change while a job runs, looked up once: whose workload it is about, its configurations, its orders."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from homeport.identity.redact import Redactor, environment_secrets
from homeport.jobs.tools import Tools
from homeport.model.configurations import Effective, effective
from homeport.model.records import Component, Instance, Job
from homeport.model.workloads import InstanceOrder, Owner
from homeport.services.configurations import load_set
from homeport.services.orders import open_order, owner_of


class Facts:
    """The facts of one job, shared by all of its tasks."""

    def __init__(self, tools: Tools, job: Job) -> None:
        self._tools = tools
        self._component_id = job.component_id
        self._operation_id = job.goal.operation_id
        self._owner: Owner | None = None
        self._workload: Effective | None = None
        self._redactor: Redactor | None = None
        self._orders: dict[str, InstanceOrder] = {}

    async def owner(self, component: Callable[[], Awaitable[Component]]) -> Owner:
        """Return whose workload the job is about; `component` reads the job's component."""
        if self._owner is None:
            self._owner = await owner_of(self._tools.context, await component())
        return self._owner

    async def workload(self) -> Effective:
        """Return the configurations that the job's instances run with."""
        if self._workload is None:
            chosen = await load_set(self._tools.context, self._component_id or "", self._operation_id)
            self._workload = effective(chosen)
        return self._workload

    async def redactor(self) -> Redactor:
        """Return what keeps the job's secrets out of texts."""
        if self._redactor is None:
            env = (await self.workload()).env if self._component_id else {}
            self._redactor = Redactor(environment_secrets(env))
        return self._redactor

    def order(self, instance: Instance) -> InstanceOrder:
        """Return what was asked for an instance; an order is never changed under the same name."""
        order = self._orders.get(instance.name)
        if order is None:
            order = self._orders[instance.name] = open_order(self._tools.context, instance)
        return order
