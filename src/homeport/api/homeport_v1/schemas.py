"""What Homeport's own calls give back. Times are RFC 3339 with six digits and `Z`."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from homeport.api.cae_v1.answers import JobTask

_CREDENTIAL_NAME: Final = Meta(extra_json_schema={"pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"})


class HealthAnswer(Struct, frozen=True, kw_only=True):
    """Answer of the health check; `status` is `ok`."""

    status: str
    version: str


class VersionAnswer(Struct, frozen=True, kw_only=True):
    """Answer of the version call."""

    version: str


class JobItem(Struct, frozen=True, kw_only=True):
    """A job in a list."""

    id: str
    action: str
    status: str
    progress: int
    attempt: int
    environment_id: str
    environment_name: str | None = None
    """Null once the environment is gone."""
    application_id: str | None = None
    component_id: str | None = None
    component_name: str | None = None
    created_at: str
    updated_at: str
    finished_at: str | None = None
    deadline_at: str
    created_by: str


class JobRecord(JobItem, frozen=True, kw_only=True):
    """Everything that is known of a job."""

    sequence: int
    driver: str
    cause: str | None = None
    """Why it ended as it did, from the closed list of causes; null for a job that is not ended or ended well."""
    detail: str = ""
    tasks: list[JobTask]


class JobsAnswer(Struct, frozen=True, kw_only=True):
    """A page of jobs, newest first. `next` is the query parameter `after` of the next page; null on the last."""

    items: list[JobItem]
    next: str | None = None


class JobEvent(Struct, frozen=True, kw_only=True):
    """A move of a job or of a task (`task` is its index, 0 the job); `sequence` rises by one from move to move."""

    sequence: int
    at: str
    task: int
    status: str
    progress: int
    detail: str = ""


class JobEventsAnswer(Struct, frozen=True, kw_only=True):
    """The moves of a job, oldest first."""

    items: list[JobEvent]


class StreamEnd(Struct, frozen=True, kw_only=True):
    """Data of the event `end`, the last of a stream: how the job ended, and the sequence number of its last move."""

    status: str
    sequence: int


class CreateCredentialBody(Struct, frozen=True, kw_only=True):
    """A credential to be stored. Which fields go with which type stands in the summary of the operation."""

    name: Annotated[str, _CREDENTIAL_NAME]
    """What `source.code.auth_name` says of components that are built with it."""
    type: Literal["git-https", "git-ssh", "registry", "s3", "secret"]
    server: str | None = None
    """Host, or host:port: a registry's; for git the only server it may be shown to, any when left out.

    For s3 the URL of the store.
    """
    username: str | None = None
    """For s3 the access key."""
    password: str | None = None
    """Or a token; for s3 the secret key; for secret the value of a variable."""
    private_key: str | None = None
    """Without a passphrase."""
    known_hosts: str | None = None
    """The keys by which the server is known; those of the engine's machine count when left out."""
    buckets: tuple[str, ...] | None = None
    """The buckets that one of type s3 opens."""


class CredentialAnswer(Struct, frozen=True, kw_only=True):
    """A credential without its secret."""

    name: str
    type: Literal["git-https", "git-ssh", "registry", "s3", "secret"]
    server: str | None = None
    username: str | None = None
    public_key: str | None = None
    """The public half of the private key, to be registered with the server."""
    known_hosts: str | None = None
    buckets: list[str] | None = None
    created_by: str
    created_at: str


class CredentialsAnswer(Struct, frozen=True, kw_only=True):
    """The credentials of a project, by name."""

    items: list[CredentialAnswer]


class OpenApiAnswer(Struct, frozen=True, kw_only=True):
    """The OpenAPI document."""

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]


class ComparedSnapshot(Struct, frozen=True, kw_only=True):
    """One of two snapshots that are compared: its index, its version, and the action and job that made it."""

    index: int
    version: str
    operation: str
    job_id: str
    created_at: str


class DifferenceItem(Struct, frozen=True, kw_only=True):
    """A field that differs, by its path; null where it is not there. What is secret is `***`."""

    field: str
    before: str | None = None
    after: str | None = None


class ComparisonAnswer(Struct, frozen=True, kw_only=True):
    """Two snapshots, and what differs from the first to the second."""

    first: ComparedSnapshot
    second: ComparedSnapshot
    differences: list[DifferenceItem]


class MetricSample(Struct, frozen=True, kw_only=True):
    """One value that an instance told, as it wrote it (`NaN` and `+Inf` are values too); without secrets."""

    name: str
    type: str
    """counter, gauge, histogram, summary or untyped."""
    labels: dict[str, str]
    value: str


class InstanceMetrics(Struct, frozen=True, kw_only=True):
    """What an instance told last of itself."""

    name: str
    read_at: str
    failure: str | None = None
    """Why it told nothing; left out when it did."""
    left_out: int = 0
    """How many samples there were beyond those that are kept."""
    samples: list[MetricSample]


class MetricsAnswer(Struct, frozen=True, kw_only=True):
    """What the ready instances of a component told last; none before they were asked."""

    items: list[InstanceMetrics]
