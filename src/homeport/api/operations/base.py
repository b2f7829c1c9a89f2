"""What one operation of the API is, as a value."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, Literal

import msgspec

from homeport.model.caller import Role

_PARAMETER: Final = re.compile(r"\{(\w+)\}")


class EnvironmentHeader(StrEnum):
    """Whether an operation wants the header X-Environment-ID."""

    REQUIRED = "required"
    """Absent or malformed is 400."""
    BY_JOB = "by job"
    """Malformed is 400; whether it may be absent depends on the job, so the handler looks (DESIGN.md, section 3)."""
    UNUSED = "unused"
    """It plays no part, whatever it says."""


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter of the query, or a header, as the documentation shows it; its handler checks it."""

    name: str
    description: str
    schema: dict[str, Any]
    required: bool = False


class Operation(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One operation: what it is called, where it is, what goes in, what comes out, who may call it."""

    id: str
    """As the SDK has it, in CamelCase."""
    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    """Template with `{parameters}`; the first is `{project_id}` wherever there is a project."""
    group: str
    """Heading under which the documentation lists it."""
    summary: str
    status: int = 200
    """Of success."""
    request: Any = None
    """Type of the body; None when it takes none."""
    response: Any = None
    """Type of a successful answer's body; None when it is empty."""
    kind: str = ""
    """CAE's word for the resource, in the envelope's `kind`."""
    environment: EnvironmentHeader = EnvironmentHeader.UNUSED
    enterprise: bool = False
    """Whether X-Enterprise-Project-ID is looked at."""
    query: tuple[Parameter, ...] = ()
    headers: tuple[Parameter, ...] = ()
    """Request headers that it alone looks at."""
    action: str = ""
    """The IAM action, as `cae:job:get`."""
    role: Role | None = Role.READ_ONLY
    """The least role in the project that may call it; None when anybody may, without credentials."""
    refusals: tuple[type, ...] = ()
    """Refusals of the model that it answers, beside those every call can meet; for the documentation."""
    built: bool = True
    """Whether it does something; otherwise it answers 501."""
    conditional: bool = False
    """Whether the answer has an ETag, and is 304 without a body to a request that has it already."""
    media_type: str = "application/json"
    """Of a successful answer."""
    others: tuple[tuple[int, str], ...] = ()
    """Further answers that are no failures: their statuses, and what they mean."""
    note: str = ""
    """What the parity page says beside it."""

    @cached_property
    def params(self) -> tuple[str, ...]:
        """The names of the path's parameters, in the order of the path."""
        return tuple(_PARAMETER.findall(self.path))

    @cached_property
    def in_project(self) -> bool:
        """Whether it acts in a project, which is then the path's first parameter."""
        return "project_id" in self.params

    @cached_property
    def once(self) -> bool:
        """Whether it takes an Idempotency-Key: everything that creates or starts something in a project."""
        return self.method == "POST" and self.in_project

    @property
    def iam(self) -> bool:
        """Whether it belongs to the IAM API, whose errors have another shape."""
        return self.path.startswith("/v3/")
