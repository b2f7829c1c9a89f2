"""What the store keeps, as values: a struct a table, its fields the columns. Times are microseconds since 1970.

Columns that hold JSON keep the user's own bytes where the API has to give them back (`source`, `build`, `annotations`,
configuration `data`); they are decoded only by whoever looks inside.
"""

from __future__ import annotations

import msgspec

from homeport.model.credentials import CredentialType
from homeport.model.plans import Action
from homeport.model.states import Status
from homeport.model.workloads import Artifact


class Environment(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An environment; `driver` and `node` are pinned by the job that creates it."""

    id: str
    project_id: str
    name: str
    status: str
    annotations: str
    """JSON object of strings, as sent."""
    enterprise_project_id: str
    driver: str
    node: str | None
    job_id: str
    fence: int
    created_at: int
    updated_at: int


class Application(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An application: a name under which an environment groups components."""

    id: str
    project_id: str
    environment_id: str
    name: str
    created_at: int
    updated_at: int


class Certificate(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A certificate of an environment: chain and key as they were sent, the key sealed."""

    id: str
    project_id: str
    environment_id: str
    name: str
    crt: str
    private_key: str
    created_at: int
    updated_at: int


class EnvironmentDomain(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A host name that an environment has announced."""

    id: str
    environment_id: str
    name: str
    created_at: int


class BoundVolume(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A bucket or file system that is bound to an environment."""

    id: str
    environment_id: str
    name: str
    resource_type: str
    resource_sub_type: str
    created_at: int


class Component(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A component: its spec as ShowComponent shows it, and what serves.

    `snapshot_index` names the snapshot that serves (or served, while paused); None means it never was deployed.
    `route` is the committed list of instance names that get traffic, a JSON array.
    """

    id: str
    project_id: str
    environment_id: str
    application_id: str
    name: str
    annotations: str
    version: str | None
    runtime: str
    replica: int
    source: str
    build: str | None
    resource_limit: str
    image_url: str
    status: str
    available_replica: int
    job_id: str
    build_id: str
    snapshot_index: int | None
    operation_id: str | None
    """The configuration operation that is in effect."""
    artifact: str | None
    """JSON of the `Artifact` that serves."""
    port: int
    """Port of its stable address; 0 before the first deployment."""
    route: str
    fence: int
    created_at: int
    updated_at: int

    @property
    def deployed(self) -> bool:
        """Whether a snapshot serves or served (DESIGN, section 5)."""
        return self.snapshot_index is not None

    @property
    def serving(self) -> tuple[str, ...]:
        """Names of the instances that get traffic, as the committed route has them."""
        return _names(self.route)


_names = msgspec.json.Decoder(tuple[str, ...]).decode


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A version of a component that once served, with everything a rollback needs to bring it back."""

    component_id: str
    idx: int
    job_id: str
    operation: str
    operation_status: str
    version: str | None
    annotations: str
    runtime: str
    replica: int
    source: str
    build: str | None
    resource_limit: str
    image_url: str
    build_id: str
    operation_id: str | None
    artifact: str
    status: str
    available_replica: int
    created_at: int
    updated_at: int


class ConfigurationItem(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One item of a stored configuration; `data` is sealed JSON, None where the item resets its type."""

    component_id: str
    operation_id: str
    position: int
    type: str
    data: str | None
    operated_at: int


class Configuration(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One configuration operation: `items` is the sealed JSON object type -> data that is in force with it."""

    component_id: str
    operation_id: str
    items: str
    operated_at: int


class Instance(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An instance that a job asked for. `orders` is its sealed `InstanceOrder`; env values are inside."""

    name: str
    component_id: str
    environment_id: str
    job_id: str
    fence: int
    status: str
    """creating, running, abnormal, failed or terminating (contract/contract.md, section 10)."""
    orders: str
    created_at: int
    updated_at: int


class ComponentEvent(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something that happened to a component or an instance, under a Kubernetes-like name."""

    component_id: str
    name: str
    message: str
    type: str
    """Normal or Warning."""
    count: int
    involved_object: str
    involved_object_kind: str
    created_at: int
    updated_at: int


class Task(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A task of a job."""

    job_id: str
    idx: int
    """From 1, contiguous."""
    name: str
    status: Status
    detail: str
    weight: int
    time_limit: int
    """Microseconds from its start."""
    done: int
    """Percent of itself that is done, 0 to 100."""
    stands: bool
    """Whether its effect is still there (or was never needed); a retry repeats only tasks that do not stand."""
    started_at: int | None
    created_at: int
    updated_at: int


class Prior(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How the target was before the job was accepted; a job that fails puts it back."""

    status: str
    replica: int = 0
    route: tuple[str, ...] = ()


class Goal(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a job shall bring about, frozen when it was accepted. JSON texts are the user's own bytes."""

    prior: Prior
    driver: str
    while_running: str
    """Status of the target from the job's acceptance to its end."""
    time_limit: int = 0
    """Microseconds an attempt may take; set when the job is made."""
    needed: bool = True
    """False when there is nothing to do (stop on a stopped component)."""
    skip_when_noop: bool = False
    """Whether a job with nothing to do ends `skip` instead of `success` (annotation homeport/on-noop)."""
    unfinished_as_failed: bool = False
    """Whether the job ends `failed` where it would end `timeout` or `terminated`."""
    stored_only: bool = False
    """Whether the component is paused: what changes is kept for its next start, and no instance is touched."""
    annotations: str = "{}"
    version: str | None = None
    runtime: str = ""
    replica: int = 0
    source: str = "null"
    build: str | None = None
    resource_limit: str = "null"
    operation_id: str | None = None
    """The configuration operation the instances run with."""
    snapshot_index: int | None = None
    """Of the snapshot that a rollback brings back."""
    artifact: Artifact | None = None
    """What instances start from when nothing has to be built."""
    image_url: str = ""
    build_id: str = ""
    script: str = ""
    """What the driver `simulated` shall do."""


class Ending(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The end a job is going to have and why, committed before its undo begins."""

    status: Status
    cause: str
    detail: str
    task: int
    """Index of the task that ended the job; 0 when none had begun."""


class Job(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A job with its tasks. `seq` is the number of its last event, and the strong ETag of its document."""

    id: str
    project_id: str
    environment_id: str
    application_id: str | None
    component_id: str | None
    action: Action
    status: Status
    progress: int
    seq: int
    fence: int
    owner: str | None
    node: str | None
    driver: str
    attempt: int
    """From 1; a retry adds one."""
    deaths: int
    """How many workers died over this attempt."""
    goal: Goal
    artifact: Artifact | None
    """What its build or pull has made."""
    ending: Ending | None
    deadline_at: int
    hard_deadline: bool
    """Whether the deadline was given for this job and counts the build's time too."""
    accepted_at: int
    started_at: int | None
    finished_at: int | None
    requested_by: str
    tasks: tuple[Task, ...]

    @property
    def target_id(self) -> str:
        """The component or environment that at most one active job may have."""
        return self.component_id or self.environment_id


class JobDocument(msgspec.Struct, frozen=True, gc=False):
    """A job as ShowJob answers it, with what the API has to know before it may answer."""

    job_id: str
    project_id: str
    environment_id: str
    inside_environment: bool
    """Whether X-Environment-ID is due: not for jobs that create or delete an environment."""
    seq: int
    status: Status
    body: bytes
    counts_reads: bool = False
    """Whether the job goes on with each ShowJob, by its script (model/scripts.py)."""
    job: Job | None = None
    """The job itself, for whoever goes on with it; None once it has ended, and where only the document was read."""


class JobEvent(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One move of a job or of one of its tasks."""

    job_id: str
    seq: int
    at: int
    task: int
    """Index of the task that moved; 0 for the job itself."""
    status: Status
    progress: int
    """Of the job, after the move."""
    detail: str


class Credential(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A credential, its secret sealed. What does not go with its type is empty."""

    id: str
    project_id: str
    name: str
    type: CredentialType
    server: str
    username: str
    known_hosts: str
    public_key: str
    """The public half of a private key, as a line of `authorized_keys`."""
    buckets: str
    """The names of buckets, a space between two."""
    secret: str
    created_by: str
    created_at: int
