"""What CAE's operations give back, for those that are built (contract/schemas.md, contract/contract.md).

Times are RFC 3339 with six digits and `Z`. A field of type Raw holds JSON as its user sent it. What is UNSET is left
out of the answer: Terraform sees a plan to change where a field comes back that nobody sent.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from homeport.api.cae_v1.schemas import Build, ConfigurationType, Limit, Runtime, Source
from homeport.api.kept import Kept
from homeport.model.states import Status

Time = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
JobStatus = Annotated[str, Meta(extra_json_schema={"enum": [status.value for status in Status]})]
Progress = Annotated[int, Meta(ge=0, le=100)]
RawAnnotations = Annotated[Raw | UnsetType, Kept(dict[str, str | None])]
RawSource = Annotated[Raw | UnsetType, Kept(Source)]
RawBuild = Annotated[Raw | UnsetType, Kept(Build)]
RawLimit = Annotated[Raw | UnsetType, Kept(Limit)]
RawData = Annotated[Raw | UnsetType, Kept(dict[str, Any])]


class JobId(Struct, frozen=True):
    """Answer of whatever starts a job."""

    job_id: str


# Jobs


class JobTask(Struct, frozen=True, kw_only=True):
    """A task of a job."""

    index: int
    name: str
    status: JobStatus
    detail: str
    created_at: Time
    updated_at: Time


class JobSpec(Struct, frozen=True, kw_only=True):
    """How far a job is."""

    progress: Progress
    status: JobStatus
    tasks: list[JobTask]


class JobAnswer(Struct, frozen=True, kw_only=True):
    """Answer of ShowJob."""

    api_version: str = "v1"
    kind: str = "Job"
    spec: JobSpec


# Environments


class EnvironmentItem(Struct, frozen=True, kw_only=True):
    """An environment in a list."""

    id: str
    name: str
    status: str
    job_id: str
    annotations: dict[str, str]
    created_at: Time
    updated_at: Time
    version: str | UnsetType = UNSET


class EnvironmentsAnswer(Struct, frozen=True, kw_only=True):
    """Answer of ListEnvironments."""

    api_version: str = "v1"
    kind: str = "Environment"
    items: list[EnvironmentItem]


# Applications


class ApplicationItem(Struct, frozen=True, kw_only=True):
    """An application."""

    id: str
    name: str
    created_at: Time
    updated_at: Time


class ApplicationsAnswer(Struct, frozen=True, kw_only=True):
    """Answer of ListApplications."""

    api_version: str = "v1"
    kind: str = "Application"
    items: list[ApplicationItem]


class ApplicationAnswer(Struct, frozen=True, kw_only=True):
    """Answer of CreateApplication and ShowApplication."""

    api_version: str = "v1"
    kind: str = "Application"
    metadata: ApplicationItem


# Certificates


class CertificateMetadataAnswer(Struct, frozen=True, kw_only=True):
    """Which certificate."""

    id: str
    name: str


class CertificateSpecAnswer(Struct, frozen=True, kw_only=True):
    """A certificate's chain and key, as they were sent."""

    crt: str
    key: str
    created_at: Time


class CertificateItem(Struct, frozen=True, kw_only=True):
    """A certificate."""

    metadata: CertificateMetadataAnswer
    spec: CertificateSpecAnswer


class CertificatesAnswer(Struct, frozen=True, kw_only=True):
    """Answer of ListCertificates and CreateCertificate."""

    api_version: str = "v1"
    kind: str = "Certificate"
    items: list[CertificateItem]


# Domains and volumes


class HostDomainMetadata(Struct, frozen=True, kw_only=True):
    """Which domain."""

    id: str
    name: str
    created_at: Time


class HostDomainItem(Struct, frozen=True, kw_only=True):
    """A domain."""

    metadata: HostDomainMetadata


class HostDomainsAnswer(Struct, frozen=True, kw_only=True):
    """Answer of ListDomains and CreateDomain."""

    api_version: str = "v1"
    kind: str = "Domain"
    items: list[HostDomainItem]


class VolumeItem(Struct, frozen=True, kw_only=True):
    """A volume that is bound; it has no access key, and how much is in it is not known here."""

    id: str
    resource_name: str
    resource_type: str
    resource_sub_type: str
    resource_info: dict[str, str] = {}
    access: str = ""
    time: Time


class VolumesAnswer(Struct, frozen=True, kw_only=True):
    """Answer of ListVolumes."""

    api_version: str = "v1"
    kind: str = "Volume"
    items: list[VolumeItem]


class MountingItem(Struct, frozen=True, kw_only=True):
    """A component that has a volume mounted, and where it is."""

    env_id: str
    env_name: str
    app_id: str
    app_name: str
    component_id: str
    component_name: str


class MountingAnswer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Answer of DeleteVolume: empty when the volume is unbound, else who has it mounted."""

    api_version: str = ""
    kind: str = ""
    items: list[MountingItem] = []


# Components


class AccessInfo(Struct, frozen=True, kw_only=True):
    """An address under which a component answers."""

    address: str
    type: str


class ComponentSpecAnswer(Struct, frozen=True, kw_only=True):
    """What a component is, and how it is doing."""

    runtime: Runtime
    env_id: str
    replica: int
    source: RawSource = UNSET
    build: RawBuild = UNSET
    resource_limit: RawLimit = UNSET
    available_replica: int
    status: str
    image_url: str | UnsetType = UNSET
    access_info: list[AccessInfo] | UnsetType = UNSET
    job_id: str | UnsetType = UNSET
    build_id: str | UnsetType = UNSET
    build_log_id: str | UnsetType = UNSET
    configuration_operation_id: str | UnsetType = UNSET


class ComponentMetadataAnswer(Struct, frozen=True, kw_only=True):
    """A component's id, name and times."""

    id: str
    name: str
    annotations: RawAnnotations = UNSET
    created_at: Time
    updated_at: Time


class ComponentAnswer(Struct, frozen=True, kw_only=True):
    """Answer of CreateComponent and ShowComponent."""

    api_version: str = "v1"
    kind: str = "Component"
    metadata: ComponentMetadataAnswer
    spec: ComponentSpecAnswer


class ComponentItem(Struct, frozen=True, kw_only=True):
    """A component in a list, where metadata is flat."""

    id: str
    name: str
    annotations: RawAnnotations = UNSET
    created_at: Time
    updated_at: Time
    spec: ComponentSpecAnswer


class ComponentsAnswer(Struct, frozen=True, kw_only=True):
    """Answer of ListComponents; `total_count` counts all, whatever the page."""

    api_version: str = "v1"
    kind: str = "Component"
    items: list[ComponentItem]
    total_count: int


# Configurations


class ConfigurationItemAnswer(Struct, frozen=True, kw_only=True):
    """A stored configuration of one type."""

    type: ConfigurationType
    data: RawData = UNSET
    operation_id: str
    operated_at: Time
    is_activated: bool
    is_using: bool | UnsetType = UNSET


class ConfigurationsAnswer(Struct, frozen=True, kw_only=True):
    """Answer of ListComponentConfigurations."""

    api_version: str = "v1"
    kind: str = "ComponentConfiguration"
    items: list[ConfigurationItemAnswer]


class ComponentWithConfigurationAnswer(Struct, frozen=True, kw_only=True):
    """Answer of CreateComponentWithConfiguration; `status` holds the job that deploys it."""

    api_version: str = "v1"
    kind: str = "Component"
    metadata: ComponentMetadataAnswer
    spec: ComponentSpecAnswer
    configurations: list[ConfigurationItemAnswer]
    status: JobId


# Instances, snapshots, events


class InstanceItem(Struct, frozen=True, kw_only=True):
    """An instance of a component."""

    id: str
    name: str
    status: str


class InstancesAnswer(Struct, frozen=True, kw_only=True):
    """Answer of ListComponentInstances."""

    api_version: str = "v1"
    kind: str = "ComponentInstance"
    items: list[InstanceItem]


class SnapshotContext(Struct, frozen=True, kw_only=True):
    """What a snapshot remembers; `source`, `build` and `resource_limit` are JSON in a string."""

    app_id: str
    env_id: str
    id: str
    name: str
    runtime: Runtime
    replica: int
    available_replica: int
    source: str
    build: str
    resource_limit: str
    image_url: str
    operation: str
    operation_status: str
    status: str
    version: str
    job_id: str
    created_at: Time
    updated_at: Time
    build_id: str | UnsetType = UNSET
    build_log_id: str | UnsetType = UNSET
    log_group_id: str | UnsetType = UNSET
    log_stream_id: str | UnsetType = UNSET


class SnapshotItem(Struct, frozen=True, kw_only=True):
    """A snapshot; `index` is what rollback takes."""

    component_id: str
    index: int
    context: SnapshotContext
    created_at: Time
    updated_at: Time


class SnapshotsAnswer(Struct, frozen=True, kw_only=True):
    """Answer of ListComponentSnapshots."""

    api_version: str = "v1"
    kind: str = "ComponentSnapshot"
    items: list[SnapshotItem]


class EventItem(Struct, frozen=True, kw_only=True):
    """Something that happened to a component or an instance of it; `status` is `Normal` or `Warning`."""

    name: str
    message: str
    status: str
    count: int
    involved_object: str
    involved_object_kind: str
    created_at: Time
    updated_at: Time


class EventsAnswer(Struct, frozen=True, kw_only=True):
    """Answer of ListComponentEvents."""

    api_version: str = "v1"
    kind: str = "ComponentEvent"
    items: list[EventItem]
