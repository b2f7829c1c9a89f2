"""What CAE's operations take in, for those that are built (contract/schemas.md).

The envelope (`api_version`, `kind`) is not looked at: the Node.js SDK sends it empty or not at all, a sample of the
docs writes `apiVersion` (contract/auth.md, section 3; contract/contract.md, section 4). Unknown fields are ignored.
Names are plain strings here, since each resource has its own rule and its own code for a bad one.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from homeport.api.bodies import decode_kept
from homeport.api.kept import Kept, sent

Runtime = Literal[
    "Docker",
    "Java8",
    "Java11",
    "Java17",
    "Java21",
    "Tomcat8",
    "Tomcat9",
    "Python3",
    "Nodejs8",
    "Nodejs14",
    "Nodejs16",
    "Php7",
    "Php8",
    "Dotnet6",
    "Dotnet7",
    "Dotnet8",
]
SubType = Literal["BinObs", "BinDevCloud", "GitLab", "GitHub", "DevCloud", "Gitee", "Bitbucket"]
SourceType = Literal["image", "code", "softwarePackage"]
Cpu = Literal["500m", "1000m", "2000m"]
Memory = Literal["1Gi", "2Gi", "4Gi"]
ActionName = Literal["deploy", "upgrade", "configure", "scale", "restart", "start", "stop", "rollback"]
ConfigurationType = Literal[
    "rds", "cse", "env", "access", "scaling", "volume", "healthCheck", "lifecycle", "apm2", "log", "customMetric"
]
Replica = Annotated[int, Meta(ge=1, le=99)]
SnapshotIndex = Annotated[int, Meta(ge=1, le=2_147_483_647)]

_ENVIRONMENT_NAME: Final = Meta(
    extra_json_schema={"minLength": 2, "maxLength": 30, "pattern": "^[a-z]([a-z0-9-]*[a-z0-9])$"}
)
_APPLICATION_NAME: Final = Meta(
    extra_json_schema={"minLength": 2, "maxLength": 63, "pattern": "^[a-z]([a-z0-9-]*[a-z0-9])$"}
)
_COMPONENT_NAME: Final = Meta(
    extra_json_schema={"minLength": 4, "maxLength": 32, "pattern": "^[a-z]([a-z0-9-]*[a-z0-9])$"}
)


# Shapes of what is kept as it was sent


class Code(Struct, frozen=True):
    """Where in a repository the code is."""

    auth_name: str | None = None
    branch: str | None = None
    namespace: str | None = None


class Source(Struct, frozen=True):
    """What a component is built or pulled from."""

    type: SourceType
    url: str
    sub_type: SubType | Literal[""] | None = None
    code: Code | None = None


class PartialSource(Struct, frozen=True):
    """A source of which an action changes a part."""

    type: SourceType | None = None
    url: str | None = None
    sub_type: SubType | Literal[""] | None = None
    code: Code | None = None


class Archive(Struct, frozen=True):
    """Where the built image goes."""

    artifact_namespace: str | None = None


class Build(Struct, frozen=True):
    """How to build."""

    archive: Archive | None = None
    parameters: dict[str, str | None] | None = None


class Limit(Struct, frozen=True):
    """The most an instance may use."""

    cpu_limit: Cpu
    memory_limit: Memory


class PartialLimit(Struct, frozen=True):
    """Limits of which an action changes one or both."""

    cpu_limit: Cpu | None = None
    memory_limit: Memory | None = None


Annotations = Annotated[Raw | UnsetType, Kept(dict[str, str | None])]


# Environments and applications


class EnvironmentMetadata(Struct, frozen=True):
    """Name and annotations of a new environment."""

    name: Annotated[str, _ENVIRONMENT_NAME]
    annotations: Annotations = UNSET


class CreateEnvironmentBody(Struct, frozen=True):
    """Body of CreateEnvironment."""

    metadata: EnvironmentMetadata


class ApplicationMetadata(Struct, frozen=True):
    """Name of a new application."""

    name: Annotated[str, _APPLICATION_NAME]


class CreateApplicationBody(Struct, frozen=True):
    """Body of CreateApplication."""

    metadata: ApplicationMetadata


# Certificates


class CertificateMetadata(Struct, frozen=True):
    """Name of a new certificate."""

    name: Annotated[str, Meta(extra_json_schema={"pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"})]


class CertificateSpec(Struct, frozen=True):
    """A chain and its key: PEM, or base64 of it."""

    crt: str
    key: str


class CreateCertificateBody(Struct, frozen=True):
    """Body of CreateCertificate."""

    metadata: CertificateMetadata
    spec: CertificateSpec


class UpdateCertificateBody(Struct, frozen=True):
    """Body of UpdateCertificate."""

    spec: CertificateSpec


# Domains and volumes


class DomainMetadata(Struct, frozen=True):
    """Name of a new domain."""

    name: str


class CreateDomainBody(Struct, frozen=True):
    """Body of CreateDomain."""

    metadata: DomainMetadata


class VolumeCredential(Struct, frozen=True):
    """What an object store is reached with; refused, as none is asked."""

    access: str = ""
    secret: str = ""


class VolumeSpec(Struct, frozen=True):
    """What shall be bound: names of one kind."""

    resource_type: Literal["obs", "sfs"]
    resource_sub_type: Literal["object_bucket", "parallel_file_system", "sfs3.0"]
    resources: tuple[str, ...]
    resources_credentials: tuple[VolumeCredential, ...] | None = None


class CreateVolumeBody(Struct, frozen=True):
    """Body of CreateVolume."""

    spec: VolumeSpec


# Components


class ComponentMetadata(Struct, frozen=True):
    """Name and annotations of a component."""

    name: Annotated[str, _COMPONENT_NAME]
    annotations: Annotations = UNSET


class ComponentSpec(Struct, frozen=True):
    """What a new component shall run."""

    runtime: Runtime
    replica: Replica
    source: Annotated[Raw, Kept(Source)]
    resource_limit: Annotated[Raw, Kept(Limit)]
    build: Annotated[Raw | UnsetType, Kept(Build)] = UNSET


class CreateComponentBody(Struct, frozen=True):
    """Body of CreateComponent."""

    metadata: ComponentMetadata
    spec: ComponentSpec


class ChangedComponentSpec(Struct, frozen=True):
    """What of a component that was never deployed shall be otherwise; what is left out stays."""

    resource_limit: Annotated[Raw, Kept(Limit)]
    runtime: Runtime | None = None
    replica: Replica | None = None
    source: Annotated[Raw | UnsetType, Kept(Source)] = UNSET
    build: Annotated[Raw | UnsetType, Kept(Build)] = UNSET


class UpdateComponentBody(Struct, frozen=True):
    """Body of UpdateComponent."""

    metadata: ComponentMetadata
    spec: ChangedComponentSpec


class ConfigurationItem(Struct, frozen=True):
    """One type's configuration; without `data` it resets the type."""

    type: ConfigurationType
    data: Annotated[Raw | UnsetType, Kept(dict[str, Any])] = UNSET


class CreateComponentConfigurationBody(Struct, frozen=True):
    """Body of CreateComponentConfiguration; Terraform leaves `items` out when the last one was removed."""

    items: list[ConfigurationItem] | None = None


class CreateComponentWithConfigurationBody(Struct, frozen=True):
    """Body of CreateComponentWithConfiguration."""

    metadata: ComponentMetadata
    spec: ComponentSpec
    configurations: list[ConfigurationItem] | None = None


# Actions


class ActionMetadata(Struct, frozen=True):
    """Which action, and notes about it."""

    name: ActionName
    annotations: Annotations = UNSET


class AnyActionSpec(Struct, frozen=True):
    """What actions take from `spec`: deploy and upgrade the first three, scale the replicas, rollback the snapshot."""

    source: Annotated[Raw | UnsetType, Kept(PartialSource)] = UNSET
    build: Annotated[Raw | UnsetType, Kept(Build)] = UNSET
    resource_limit: Annotated[Raw | UnsetType, Kept(PartialLimit)] = UNSET
    replica: Replica | None = None
    snapshot_index: SnapshotIndex | None = None


class ExecuteActionBody(Struct, frozen=True):
    """Body of ExecuteAction. `action_spec` reads `spec`, since each action looks at other fields of it."""

    metadata: ActionMetadata
    spec: Annotated[Raw | UnsetType, Kept(Any, shown=AnyActionSpec)] = UNSET


class ChangeSpec(Struct, frozen=True):
    """What deploy and upgrade take from `spec`."""

    source: Annotated[Raw | UnsetType, Kept(PartialSource)] = UNSET
    build: Annotated[Raw | UnsetType, Kept(Build)] = UNSET
    resource_limit: Annotated[Raw | UnsetType, Kept(PartialLimit)] = UNSET


class ScaleSpec(Struct, frozen=True):
    """What scale takes from `spec`."""

    replica: Replica


class RollbackSpec(Struct, frozen=True):
    """What rollback takes from `spec`."""

    snapshot_index: SnapshotIndex


ActionSpec = ChangeSpec | ScaleSpec | RollbackSpec | None

_SPECS: Final[dict[str, type[ChangeSpec] | type[ScaleSpec] | type[RollbackSpec]]] = {
    "deploy": ChangeSpec,
    "upgrade": ChangeSpec,
    "scale": ScaleSpec,
    "rollback": RollbackSpec,
}


def action_spec(body: ExecuteActionBody) -> ActionSpec:
    """Return what the action takes from its `spec`; None for an action that takes nothing.

    Fields the action does not need are ignored, whatever they hold. Raises `InvalidParameter`.
    """
    shape = _SPECS.get(body.metadata.name)
    return None if shape is None else decode_kept(sent(body.spec) or b"{}", shape, "spec")
