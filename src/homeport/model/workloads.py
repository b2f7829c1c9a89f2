"""What an instance is made from and how it shall run, as a driver is told it."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from homeport.model.buckets import Bucket
from homeport.model.credentials import CredentialType
from homeport.model.volumes import Mount

MEBIBYTE: Final = 1024 * 1024

_CPU: Final = {"500m": 0.5, "1000m": 1.0, "2000m": 2.0}
_MEMORY: Final = {"1Gi": 1024 * MEBIBYTE, "2Gi": 2048 * MEBIBYTE, "4Gi": 4096 * MEBIBYTE}


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """Whose workload something is: ids, and the names that logs and instance names show."""

    project_id: str
    environment_id: str
    environment_name: str
    application_id: str
    application_name: str
    component_id: str
    component_name: str


class CodeOrigin(msgspec.Struct, frozen=True):
    """Where in a repository the code is (contract/contract.md, section 6.1)."""

    auth_name: str | None = None
    branch: str | None = None
    namespace: str | None = None


class Source(msgspec.Struct, frozen=True):
    """What a component is built from or pulled from, as its user sent it."""

    type: Literal["image", "code", "softwarePackage"]
    url: str
    sub_type: str | None = None
    code: CodeOrigin | None = None


class Build(msgspec.Struct, frozen=True):
    """How to build, as its user sent it; `parameters` holds base_image, build_cmd, dockerfile_path, artifact_name …."""

    archive: dict[str, Any] | None = None
    parameters: dict[str, str] = msgspec.field(default_factory=dict)


class ResourceLimit(msgspec.Struct, frozen=True):
    """The most an instance may use, in CAE's words: `500m` is half a core, `1Gi` is 1,073,741,824 bytes."""

    cpu_limit: Literal["500m", "1000m", "2000m"]
    memory_limit: Literal["1Gi", "2Gi", "4Gi"]

    @property
    def cores(self) -> float:
        """Cores of processor time."""
        return _CPU[self.cpu_limit]

    @property
    def memory_bytes(self) -> int:
        """Bytes of memory."""
        return _MEMORY[self.memory_limit]


class HttpGet(msgspec.Struct, frozen=True, rename="camel"):
    """A probe by an HTTP GET, healthy from 200 to 399."""

    path: str = "/"
    port: int | None = None
    scheme: Literal["HTTP", "HTTPS"] = "HTTP"
    http_headers: tuple[dict[str, str], ...] = ()


class TcpSocket(msgspec.Struct, frozen=True, rename="camel"):
    """A probe by connecting to a port."""

    port: int | None = None


class Exec(msgspec.Struct, frozen=True, rename="camel"):
    """A probe or hook by a command whose exit code 0 is good."""

    command: tuple[str, ...] = ()


class Probe(msgspec.Struct, frozen=True, rename="camel"):
    """One health check with CAE's field names; times are seconds. Exactly one of the three ways is set."""

    period_seconds: int = 10
    initial_delay_seconds: int = 0
    timeout_seconds: int = 1
    success_threshold: int = 1
    failure_threshold: int = 3
    http_get: HttpGet | None = None
    tcp_socket: TcpSocket | None = None
    exec: Exec | None = None


class HealthCheck(msgspec.Struct, frozen=True, rename="camel"):
    """The probes of a component: startup delays both others, readiness gates traffic, liveness restarts."""

    liveness_probe: Probe | None = None
    readiness_probe: Probe | None = None
    startup_probe: Probe | None = None


class Lifecycle(msgspec.Struct, frozen=True):
    """Commands beside an instance's life: after its start, and before its stop."""

    post_start: Exec | None = None
    pre_stop: Exec | None = None


class Artifact(msgspec.Struct, frozen=True, kw_only=True):
    """What a build or pull made, in the words of the driver that made it: enough to start instances from at any time.

    `reference` names it (a folder of releases, an image), `data` is the driver's own. `image_url` is what ShowComponent
    shows in `image_url`.
    """

    driver: str
    reference: str
    image_url: str
    data: dict[str, Any] = msgspec.field(default_factory=dict)


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """An opened credential, for the one use it was opened for. Its `repr` shows its name, never the secret."""

    name: str
    type: CredentialType
    secret: str
    """A password or token; of type git-ssh a private key."""
    server: str = ""
    """The only `host` or `host:port` it may be shown to; any when empty."""
    username: str = ""
    known_hosts: str = ""
    """The keys by which an SSH server is known; those of the machine count when empty."""

    def __repr__(self) -> str:
        return f"Access(name={self.name!r}, type={self.type.value!r})"


class BuildOrder(msgspec.Struct, frozen=True, kw_only=True):
    """One build. `id` is unique to the work: the same id asked for twice is the same build, taken up again."""

    id: str
    owner: Owner
    runtime: str
    source: Source
    build: Build | None
    version: str | None
    env: dict[str, str]
    """Build-time variables; may hold secrets, which a driver keeps out of logs."""
    access: Access | None = None
    """What `source.code.auth_name` names; None where there is no credential of that name, or none is named."""
    registries: tuple[Access, ...] = ()
    """The credentials of registries that images to build from may lie in."""
    asked_at: int = 0
    """When it was asked for, in microseconds since 1970."""
    script: str = ""
    """What the driver `simulated` shall do (drivers/simulated.py); others ignore it."""
    job_id: str = ""
    """The job that asks for it, whose reads the script may count."""


class InstanceOrder(msgspec.Struct, frozen=True, kw_only=True):
    """One instance as it shall be. The name is its identity: an order is never changed under the same name."""

    name: str
    owner: Owner
    job_id: str
    fence: int
    """Fence of the job that asked for it; no job of a lower fence may touch it."""
    asked_at: int
    """When it was asked for, in microseconds since 1970."""
    artifact: Artifact
    runtime: str
    limit: ResourceLimit
    env: dict[str, str]
    health: HealthCheck
    lifecycle: Lifecycle
    mounts: tuple[Mount, ...] = ()
    """The volumes that it finds, and where."""
    buckets: tuple[Bucket, ...] = ()
    """Which of these volumes are buckets of a store; the others are folders."""
    log_paths: tuple[str, ...] = ()
    """The files that belong to its log beside what it prints (log_files.py)."""
    target_port: int = 0
    """Where the `access` configuration says that the program listens; 0 where it says nothing."""
    stop_seconds: int = 10
    """How long after SIGTERM (and the preStop hook) until it is killed."""
    script: str = ""
    """What the driver `simulated` shall do; others ignore it."""
