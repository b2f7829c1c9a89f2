"""Homeport's own operations, never inside CAE's paths (DESIGN.md, section 3)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from homeport.api.homeport_v1 import schemas
from homeport.api.operations.base import Operation, Parameter
from homeport.model import errors
from homeport.model.caller import Role
from homeport.model.credentials import CredentialNameTaken, CredentialNotFound
from homeport.model.plans import Action
from homeport.model.states import Status

ROOT: Final = "/homeport/v1"
_PROJECT: Final = ROOT + "/{project_id}"
_JOB: Final = _PROJECT + "/jobs/{job_id}"
_CREDENTIAL: Final = _PROJECT + "/credentials/{name}"
_INDEX: Final = {"type": "integer", "minimum": 1, "maximum": 2**53}
_LINES: Final = {"type": "integer", "minimum": 0, "maximum": 10_000}


def _parameter(name: str, description: str, **schema: Any) -> Parameter:
    return Parameter(name=name, description=description, schema=schema)


def _own(**facts: Any) -> Operation:
    return Operation(group="Homeport", **facts)


def _words(name: str, description: str, allowed: type[StrEnum]) -> Parameter:
    word = "|".join(allowed)
    return _parameter(name, description, type="string", pattern=f"^(({word})(,({word}))*)?$")


_ID: Final = {"type": "string", "pattern": "^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$"}
_TIME: Final = {"type": "string", "format": "date-time"}
_FOLLOW: Final = (
    _parameter("tail", "Only the last lines: how many. All when left out.", **_LINES),
    _parameter("follow", "Stay and send what is added, until the end or until the caller goes.", type="boolean"),
)

HOMEPORT: Final = (
    _own(
        id="ShowHealth",
        method="GET",
        path=ROOT + "/health",
        summary="Tell whether the engine answers and its store too",
        response=schemas.HealthAnswer,
        role=None,
        refusals=(errors.Unavailable,),
    ),
    _own(
        id="ShowVersion",
        method="GET",
        path=ROOT + "/version",
        summary="Tell which version this is",
        response=schemas.VersionAnswer,
        role=None,
    ),
    _own(
        id="ShowOpenApi",
        method="GET",
        path="/openapi.json",
        summary="The OpenAPI 3.1 document of all this",
        response=schemas.OpenApiAnswer,
        role=None,
    ),
    _own(
        id="ShowDocs",
        method="GET",
        path="/docs",
        summary="The documentation of all this, to read in a browser",
        media_type="text/html",
        role=None,
    ),
    _own(
        id="ListJobs",
        method="GET",
        path=_PROJECT + "/jobs",
        summary="List jobs, newest first",
        response=schemas.JobsAnswer,
        query=(
            _words("status", "Only jobs in these statuses, separated by commas.", Status),
            _words("action", "Only jobs of these actions, separated by commas.", Action),
            _parameter("environment_id", "Only jobs of this environment.", **_ID),
            _parameter("application_id", "Only jobs of this application.", **_ID),
            _parameter("component_id", "Only jobs of this component.", **_ID),
            _parameter("requested_by", "Only jobs that the user of this name asked for.", type="string"),
            _parameter("accepted_since", "Only jobs accepted at this time or later.", **_TIME),
            _parameter("accepted_before", "Only jobs accepted before this time.", **_TIME),
            _parameter("limit", "How many at most; 50 when left out.", type="integer", minimum=1, maximum=500),
            _parameter("after", "The `next` of the page before.", **_ID),
        ),
        action="homeport:job:list",
    ),
    _own(
        id="ShowJobRecord",
        method="GET",
        path=_JOB,
        summary="Show everything that is known of a job",
        response=schemas.JobRecord,
        action="homeport:job:get",
        refusals=(errors.JobNotFound,),
    ),
    _own(
        id="TerminateJob",
        method="POST",
        path=_JOB + "/terminate",
        summary="Stop a job and put back what served before; answers at once, the job ends when it is so",
        status=202,
        response=schemas.JobRecord,
        action="homeport:job:terminate",
        role=Role.OPERATOR,
        refusals=(errors.JobNotFound, errors.TerminateRefused),
    ),
    _own(
        id="ListJobEvents",
        method="GET",
        path=_JOB + "/events",
        summary="List every move of a job and its tasks, oldest first",
        response=schemas.JobEventsAnswer,
        query=(
            _parameter("after", "Only moves after this sequence number.", type="integer", minimum=0, maximum=2**53),
        ),
        action="homeport:job:get",
        refusals=(errors.JobNotFound,),
    ),
    _own(
        id="StreamJobEvents",
        method="GET",
        path=_JOB + "/events/stream",
        summary="Send every move of a job as it happens, as server-sent events, until the job has ended",
        media_type="text/event-stream",
        query=(
            _parameter("after", "Only moves after this sequence number.", type="integer", minimum=0, maximum=2**53),
        ),
        headers=(
            _parameter(
                "Last-Event-ID",
                "The sequence number of the last move that was seen; counts before the query's.",
                type="integer",
                minimum=0,
                maximum=2**53,
            ),
        ),
        others=((204, "The job has ended and all its moves were seen."),),
        action="homeport:job:get",
        refusals=(errors.JobNotFound,),
    ),
    _own(
        id="WaitForJob",
        method="GET",
        path=_JOB + "/wait",
        summary="Show a job as soon as it has ended or moved on",
        response=schemas.JobRecord,
        query=(
            _parameter(
                "after_seq",
                "Answer as soon as the job has moved beyond this sequence number; when left out, once it has ended.",
                type="integer",
                minimum=0,
                maximum=2**53,
            ),
            _parameter(
                "timeout",
                "Seconds after which the job is answered as it is; 30 when left out.",
                type="integer",
                minimum=0,
                maximum=60,
            ),
        ),
        action="homeport:job:get",
        refusals=(errors.JobNotFound,),
    ),
    _own(
        id="ShowTaskLog",
        method="GET",
        path=_JOB + "/tasks/{index}/log",
        summary="Show the log of a task",
        media_type="text/plain",
        query=(
            *_FOLLOW,
            _parameter(
                "start", "The first byte that is sent; 0 when left out.", type="integer", minimum=0, maximum=2**53
            ),
        ),
        headers=(
            _parameter(
                "Range",
                "One range of bytes, counted over everything that was ever written: bytes=a-b, bytes=a-, bytes=-n. "
                "Passed over beside the parameters.",
                type="string",
            ),
        ),
        others=((206, "The part of the range that is kept; Content-Range says where it stands in the log."),),
        action="homeport:job:get",
        refusals=(errors.JobNotFound, errors.TaskNotFound, errors.RangeOutside),
    ),
    _own(
        id="ListCredentials",
        method="GET",
        path=_PROJECT + "/credentials",
        summary="List the credentials for private repositories, registries and buckets, without their secrets",
        response=schemas.CredentialsAnswer,
        action="homeport:credential:list",
    ),
    _own(
        id="CreateCredential",
        method="POST",
        path=_PROJECT + "/credentials",
        summary="Store a credential: git-https needs username and password, git-ssh private_key, "
        "registry server, username and password, s3 server, username, password and buckets, "
        "secret password",
        status=201,
        request=schemas.CreateCredentialBody,
        response=schemas.CredentialAnswer,
        action="homeport:credential:create",
        role=Role.OPERATOR,
        refusals=(CredentialNameTaken,),
    ),
    _own(
        id="ShowCredential",
        method="GET",
        path=_CREDENTIAL,
        summary="Show a credential, without its secret",
        response=schemas.CredentialAnswer,
        action="homeport:credential:get",
        refusals=(CredentialNotFound,),
    ),
    _own(
        id="DeleteCredential",
        method="DELETE",
        path=_CREDENTIAL,
        summary="Delete a credential; builds that name it fail from then on",
        status=204,
        action="homeport:credential:delete",
        role=Role.OPERATOR,
        refusals=(CredentialNotFound,),
    ),
    _own(
        id="CompareSnapshots",
        method="GET",
        path=_PROJECT + "/components/{component_id}/comparison",
        summary="Show what differs between two snapshots of a component, without secrets",
        response=schemas.ComparisonAnswer,
        query=(
            _parameter("first", "Index of the one snapshot; the one before `second` when left out.", **_INDEX),
            _parameter("second", "Index of the other; the newest when left out.", **_INDEX),
        ),
        action="homeport:component:get",
        refusals=(errors.ComponentNotFound,),
    ),
    _own(
        id="ShowComponentMetrics",
        method="GET",
        path=_PROJECT + "/components/{component_id}/metrics",
        summary="Show the metrics that the instances of a component told last (configuration type customMetric)",
        response=schemas.MetricsAnswer,
        action="homeport:component:get",
        refusals=(errors.ComponentNotFound, errors.Unavailable),
    ),
    _own(
        id="ShowInstanceLog",
        method="GET",
        path=_PROJECT + "/components/{component_id}/instances/{instance}/log",
        summary="Show the log of an instance",
        media_type="text/plain",
        query=_FOLLOW,
        action="homeport:component:get",
        refusals=(errors.ComponentNotFound, errors.InstanceNotFound, errors.Unavailable),
    ),
)
"""In the order of the documentation."""
