"""Error codes and the statuses they come with, as the cloud documents them (contract/errors.md, sections 2 and 3).

Only the code is read by clients, so it is what must be right. Codes of our own begin with `HOMEPORT.`: no client takes
one for anything it knows.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Code(NamedTuple):
    """An error code, the status it comes with unless a case says otherwise, and what it means."""

    text: str
    status: int
    meaning: str


INVALID_PARAMETER: Final = Code("CAE.01500001", 400, "a header, parameter or field of the request is wrong")
INTERNAL: Final = Code("CAE.01500002", 500, "the engine failed, through no fault of the request")
APPLICATION_UNKNOWN: Final = Code("CAE.01500003", 500, "the application does not exist")
RESOURCE_UNKNOWN: Final = Code("CAE.01500005", 400, "the resource does not exist")
ACTION_REFUSED: Final = Code("CAE.01500202", 500, "the component's state, or a job under way, forbids the action")
COMPONENT_NAME_TAKEN: Final = Code("CAE.01500205", 400, "another component of the application has the name")
COMPONENT_NAME_INVALID: Final = Code("CAE.01500206", 400, "the component's name is malformed")
COMPONENT_HAS_INSTANCES: Final = Code("CAE.01500207", 400, "instances of the component exist")
COMPONENT_UNKNOWN: Final = Code("CAE.01500208", 400, "the component or its application does not exist")
ENV_VALUE_NOT_TEXT: Final = Code("CAE.01500211", 400, "the value of an environment variable is no string")
APPLICATION_NOT_EMPTY: Final = Code("CAE.01500212", 400, "the application still has components")
APPLICATION_NAME_INVALID: Final = Code("CAE.01500214", 400, "the application's name is malformed")
ENVIRONMENT_NOT_DELETED: Final = Code("CAE.01500402", 500, "the environment cannot be deleted as it is")
ENVIRONMENT_BEING_DELETED: Final = Code("CAE.01500403", 500, "the environment is being deleted")
ENVIRONMENT_UNKNOWN: Final = Code("CAE.01500404", 400, "the environment does not exist")
ENVIRONMENT_HAS_VOLUMES: Final = Code("CAE.01500405", 400, "the environment still has volumes bound")
RETRY_REFUSED: Final = Code("CAE.01500501", 500, "the job cannot be retried")
PORT_CLASH: Final = Code("CAE.01501402", 400, "the port is taken")
PORT_OUT_OF_RANGE: Final = Code("CAE.01501404", 400, "the port is outside 1 to 65535")
PROJECT_FORBIDDEN: Final = Code("CAE.01501800", 400, "the caller has no right to the project in the path")

NO_SUCH_API: Final = Code("APIGW.0101", 404, "there is no such path, or not with this method")
MALFORMED_REQUEST: Final = Code("APIGW.0201", 400, "the request is malformed, or with 413 too large")
UNAUTHENTICATED: Final = Code("APIGW.0301", 401, "no credentials, or wrong ones")
ROLE_MISSING: Final = Code("APIGW.0302", 403, "the caller's role does not allow this")
TOKEN_EXPIRED: Final = Code("APIGW.0307", 401, "the token has expired")
TOO_MANY_ATTEMPTS: Final = Code("APIGW.0308", 429, "too many failed attempts")

NOT_THERE: Final = Code("HOMEPORT.0404", 404, "what Homeport's own call names does not exist")
CONFLICT: Final = Code("HOMEPORT.0409", 409, "the state forbids what Homeport's own call asks")
RANGE_OUTSIDE: Final = Code("HOMEPORT.0416", 416, "nothing is kept of the log in the range that was asked for")
KEY_REUSED: Final = Code("HOMEPORT.0422", 422, "the Idempotency-Key was used for another request")
NOT_BUILT: Final = Code("HOMEPORT.0501", 501, "this operation of the API is not built yet")
UNAVAILABLE: Final = Code("HOMEPORT.0503", 503, "the engine cannot do this now")

GONE: Final = frozenset({"CAE.01500000", "CAE.01500003", "CAE.01500005", "CAE.01500208", "CAE.01500404"})
"""Codes by which Terraform decides that a resource was deleted (contract/errors.md, section 4)."""
