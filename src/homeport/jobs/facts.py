"""What a job knows, so that its tasks need not look it up again.

Some facts do not change while a job runs: whose workload it is about, its configurations, its orders. The component and
its instances are nobody else's to change while the job is this worker's, so they follow the job's own commits.
"""

from __future__ import annotations

from collections.abc import Iterable

from homeport.identity.redact import Redactor, environment_secrets
from homeport.jobs.following import Known, after
from homeport.jobs.tools import Tools
from homeport.model.buckets import Bucket
from homeport.model.changes import Statement
from homeport.model.configurations import Effective, effective
from homeport.model.environments import SIMULATED
from homeport.model.records import Component, Instance, Job
from homeport.model.workloads import Access, InstanceOrder, Owner, Source
from homeport.services.configuration_sets import load_set
from homeport.services.credentials import open_buckets, open_credential, open_registries, open_registry, with_secrets
from homeport.services.orders import named_owner, open_order
from homeport.store.base import Row
from homeport.store.loading import load_instances, record


class Facts:
    """The facts of one job, shared by all of its tasks."""

    def __init__(self, tools: Tools, job: Job, component: Row | None = None) -> None:
        """`component` is the row of the job's component with its names, where it was read together with the job."""
        self._tools = tools
        self._project_id = job.project_id
        self._driver = job.driver
        self._component_id = job.component_id or ""
        self._operation_id = job.goal.operation_id
        self._known = Known()
        self._owner: Owner | None = None
        self._workload: Effective | None = None
        self._redactor: Redactor | None = None
        self._access: Access | None = None
        self._looked_for_access = False
        self._buckets: tuple[Bucket, ...] | None = None
        self._orders: dict[str, InstanceOrder] = {}
        self._know(component)

    def forget(self) -> None:
        """Look up anew what may have changed."""
        self._known = Known()

    def follow(self, statements: Iterable[Statement]) -> None:
        """Take over what statements of the job have changed, now that they are committed."""
        self._known = after(self._known, statements)

    async def component(self) -> Component | None:
        """Return the job's component as the job's last commit left it; None where there is none."""
        if self._known.component is None:
            self._know(await self._tools.store.row("component_and_names", id=self._component_id))
        return self._known.component

    def _know(self, row: Row | None) -> None:
        if row is not None:
            component = record(Component, row)
            self._owner = named_owner(component, row)
            self._known = Known(component, self._known.instances)

    async def instances(self) -> tuple[Instance, ...]:
        """Return the component's instances as the job's last commit left them, oldest first."""
        if self._known.instances is None:
            instances = tuple(await load_instances(self._tools.store, self._component_id))
            self._known = Known(self._known.component, instances)
            return instances
        return self._known.instances

    async def owner(self) -> Owner | None:
        """Return whose workload the job is about; None where there is no component."""
        if self._owner is None:
            await self.component()
        return self._owner

    async def workload(self) -> Effective:
        """Return the configurations that the job's instances run with, secrets that variables refer to among them."""
        if self._workload is None:
            chosen = await load_set(self._tools.context, self._component_id, self._operation_id)
            self._workload = effective(chosen)
            if self._driver != SIMULATED:
                self._workload = await with_secrets(self._tools.context, self._project_id, self._workload)
        return self._workload

    async def access(self, source: Source) -> Access | None:
        """Return the credential for the job's source, opened; None where there is none.

        Code names its own, an image's is the one of its registry. From then on its secret is hidden like the job's own.
        """
        if not self._looked_for_access:
            self._access = await self._open(source)
            self._redactor = None if self._access is not None else self._redactor
            self._looked_for_access = True
        return self._access

    async def registries(self) -> tuple[Access, ...]:
        """Return the credentials of the registries that the job's build may need images from, opened."""
        if self._driver == SIMULATED:
            return ()
        return await open_registries(self._tools.context, self._project_id)

    async def buckets(self) -> tuple[Bucket, ...]:
        """Return which volumes of the job's instances are buckets of a store, opened; their keys are hidden then.

        On driver `simulated` nothing is mounted.
        """
        if self._buckets is None:
            names = () if self._driver == SIMULATED else (await self.workload()).volumes
            self._buckets = await open_buckets(self._tools.context, self._project_id, names)
            self._redactor = None if self._buckets else self._redactor
        return self._buckets

    async def _open(self, source: Source) -> Access | None:
        context, project_id = self._tools.context, self._project_id
        if source.type == "image":
            return None if self._driver == SIMULATED else await open_registry(context, project_id, source.url)
        name = source.code.auth_name if source.type == "code" and source.code else None
        return await open_credential(context, project_id, name) if name else None

    async def redactor(self) -> Redactor:
        """Return what keeps the job's secrets out of texts."""
        if self._redactor is None:
            workload = await self.workload() if self._component_id else None
            env = {} if workload is None else workload.env
            referred = () if workload is None else (env[one] for one in workload.secrets if one in env)
            opened = () if self._access is None else (self._access.secret,)
            keys = (one.secret_key for one in self._buckets or ())
            self._redactor = Redactor((*environment_secrets(env), *opened, *keys, *referred))
        return self._redactor

    def asked_for(self, orders: Iterable[InstanceOrder]) -> None:
        """Remember what is asked for instances that are written down with the job's next commit."""
        self._orders.update({order.name: order for order in orders})

    def order(self, instance: Instance) -> InstanceOrder:
        """Return what was asked for an instance; an order is never changed under the same name."""
        order = self._orders.get(instance.name)
        if order is None:
            order = self._orders[instance.name] = open_order(self._tools.context, instance)
        return order
