"""What a client reads when a call fails: the status, the code and the JSON of every refusal and failure.

One table says which refusal of the model becomes which code, by operation where the contract demands it
(contract/errors.md, section 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final, NamedTuple

import msgspec

from homeport.api import codes
from homeport.api.codes import Code
from homeport.model import errors as model
from homeport.model.certificates import CertificateNameTaken, CertificateNotFound
from homeport.model.credentials import CredentialNameTaken, CredentialNotFound
from homeport.model.domains import DomainNotFound, DomainTaken
from homeport.model.errors import Refused
from homeport.model.volumes import VolumeBound, VolumeNotFound


class ApiError(Exception):
    """A call fails with this status, code and message; for failures that only the edge knows of.

    Handlers and services raise the refusals of `homeport.model.errors` instead.
    """

    def __init__(self, code: Code, message: str, *, status: int | None = None, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.code = code.text
        self.status = code.status if status is None else status
        self.message = message
        self.retry_after = retry_after
        """Seconds for a Retry-After header; None for no such header."""


class Row(NamedTuple):
    """A refusal and what it is answered with. Without `operations` it is the answer of all that no other row names."""

    refusal: type[Refused]
    code: Code
    status: int | None = None
    operations: tuple[str, ...] = ()


_JOBS = ("ShowJob", "RetryJob")

TABLE: Final = (
    Row(model.Unauthenticated, codes.UNAUTHENTICATED),
    Row(model.TokenExpired, codes.TOKEN_EXPIRED),
    Row(model.TooManyAttempts, codes.TOO_MANY_ATTEMPTS),
    Row(model.ProjectForbidden, codes.PROJECT_FORBIDDEN),
    Row(model.RoleMissing, codes.ROLE_MISSING),
    Row(model.AccountNotFound, codes.NOT_THERE),
    Row(model.EnvironmentNotFound, codes.ENVIRONMENT_UNKNOWN),
    Row(model.EnvironmentNotFound, codes.RESOURCE_UNKNOWN, 404, _JOBS),
    Row(model.ApplicationNotFound, codes.COMPONENT_UNKNOWN),
    Row(model.ApplicationNotFound, codes.APPLICATION_UNKNOWN, 500, ("ShowApplication",)),
    Row(model.ApplicationNotFound, codes.APPLICATION_UNKNOWN, 404, ("DeleteApplication",)),
    Row(model.ComponentNotFound, codes.COMPONENT_UNKNOWN),
    Row(model.JobNotFound, codes.RESOURCE_UNKNOWN, 404),
    Row(model.TaskNotFound, codes.NOT_THERE),
    Row(model.InstanceNotFound, codes.NOT_THERE),
    Row(CredentialNotFound, codes.NOT_THERE),
    Row(CertificateNotFound, codes.RESOURCE_UNKNOWN),
    Row(DomainNotFound, codes.RESOURCE_UNKNOWN),
    Row(VolumeNotFound, codes.RESOURCE_UNKNOWN),
    Row(model.RangeOutside, codes.RANGE_OUTSIDE),
    Row(model.InvalidParameter, codes.INVALID_PARAMETER),
    Row(model.InvalidEnvironmentName, codes.INVALID_PARAMETER),
    Row(model.InvalidApplicationName, codes.APPLICATION_NAME_INVALID),
    Row(model.InvalidComponentName, codes.COMPONENT_NAME_INVALID),
    Row(model.EnvValueNotText, codes.ENV_VALUE_NOT_TEXT),
    Row(model.PortOutOfRange, codes.PORT_OUT_OF_RANGE),
    Row(model.PortClash, codes.PORT_CLASH),
    Row(model.KeyReused, codes.KEY_REUSED),
    Row(model.EnvironmentNameTaken, codes.INVALID_PARAMETER),
    Row(model.ApplicationNameTaken, codes.INVALID_PARAMETER),
    Row(model.ComponentNameTaken, codes.COMPONENT_NAME_TAKEN),
    Row(CredentialNameTaken, codes.CONFLICT),
    Row(CertificateNameTaken, codes.INVALID_PARAMETER),
    Row(DomainTaken, codes.INVALID_PARAMETER),
    Row(VolumeBound, codes.INVALID_PARAMETER),
    Row(model.EnvironmentNotReady, codes.INVALID_PARAMETER),
    Row(model.EnvironmentBeingDeleted, codes.ENVIRONMENT_BEING_DELETED),
    Row(model.EnvironmentNotEmpty, codes.ENVIRONMENT_NOT_DELETED),
    Row(model.EnvironmentHasVolumes, codes.ENVIRONMENT_HAS_VOLUMES),
    Row(model.EnvironmentBusy, codes.ENVIRONMENT_NOT_DELETED),
    Row(model.ApplicationNotEmpty, codes.APPLICATION_NOT_EMPTY),
    Row(model.ComponentHasInstances, codes.COMPONENT_HAS_INSTANCES),
    Row(model.WrongState, codes.ACTION_REFUSED),
    Row(model.JobActive, codes.ACTION_REFUSED),
    Row(model.RetryRefused, codes.RETRY_REFUSED),
    Row(model.TerminateRefused, codes.CONFLICT),
    Row(model.Unavailable, codes.UNAVAILABLE),
)
"""Every refusal, and what it is answered with."""


def _keys() -> Iterator[tuple[tuple[type[Refused], str], Row]]:
    for row in TABLE:
        for operation in row.operations or ("",):
            yield (row.refusal, operation), row


_ROWS: Final = dict(_keys())


def row_of(refusal: type[Refused], operation_id: str) -> Row | None:
    """Return the row for a refusal met by an operation; None when the table forgot it, which is a defect."""
    return _ROWS.get((refusal, operation_id)) or _ROWS.get((refusal, ""))


def error_of(refusal: Refused, operation_id: str) -> ApiError | None:
    """Return the failure that a refusal is for the caller of this operation; None when the table forgot it."""
    row = row_of(type(refusal), operation_id)
    if row is None:
        return None
    wait = refusal.retry_after if isinstance(refusal, model.TooManyAttempts) else None
    return ApiError(row.code, refusal.text, status=row.status, retry_after=wait)


def internal_error(request_id: str) -> ApiError:
    """Return what a caller reads when the engine itself fails: no internals, and how to find them in its log."""
    return ApiError(
        codes.INTERNAL,
        f"The engine failed on this request; the cause stands in its log under request id {request_id}. "
        "Nothing is wrong with the request.",
    )


def cae_body(error: ApiError) -> bytes:
    """Return an error as CAE and its gateway write it: `{"error_code": …, "error_msg": …}`."""
    return msgspec.json.encode({"error_code": error.code, "error_msg": error.message})


def iam_body(error: ApiError) -> bytes:
    """Return an error as IAM's /v3 calls write it: `{"error": {"code": 401, "message": …, "title": …}}`."""
    title = HTTPStatus(error.status).phrase
    return msgspec.json.encode({"error": {"code": error.status, "message": error.message, "title": title}})
