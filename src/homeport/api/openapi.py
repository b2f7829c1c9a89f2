"""The OpenAPI 3.1 document, made from the table of operations that are built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from homeport import __version__
from homeport.api import codes
from homeport.api.bodies import LARGEST
from homeport.api.codes import Code
from homeport.api.errors import row_of
from homeport.api.headers import ENTERPRISE_PATTERN, ENVIRONMENT_PATTERN, KEY_PATTERN
from homeport.api.operations import EnvironmentHeader, Operation, Parameter
from homeport.api.schema import REF, Schema, schemas_of

_DESCRIPTION: Final = (
    "Homeport speaks the CAE v1 REST API, the few IAM calls its clients make, and its own additions under "
    "`/homeport/v1`. Operations of CAE that are not built yet are left out here and answer 501; the parity page in the "
    "reference lists them."
)

_ERROR: Final[Schema] = {
    "type": "object",
    "description": "What went wrong: the code for programs, the message for people.",
    "required": ["error_code", "error_msg"],
    "properties": {"error_code": {"type": "string"}, "error_msg": {"type": "string"}},
}
_IAM_ERROR: Final[Schema] = {
    "type": "object",
    "description": "What went wrong, in IAM's shape.",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "title"],
            "properties": {
                "code": {"type": "integer"},
                "message": {"type": "string"},
                "title": {"type": "string"},
            },
        }
    },
}
_SECURITY: Final = {
    "token": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Auth-Token",
        "description": "A token of `POST /v3/auth/tokens`, good for 24 hours.",
    },
    "signature": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "An AK/SK signature `SDK-HMAC-SHA256`, with the header X-Sdk-Date, as the SDKs make it.",
    },
}
_REQUEST_ID: Final[Schema] = {
    "description": "Names this request in the engine's log.",
    "schema": {"type": "string"},
}
_KEY: Final = (
    "Names this request: sent again under the same key it is not carried out again, but answered as it was the first "
    "time. Another request under the key is refused."
)
_REPLAYED: Final[Schema] = {
    "description": "`true` where the request was carried out before; the answer is the one it was given then.",
    "schema": {"type": "string"},
}
_STREAM: Final = (
    'id: 7\ndata: {"sequence":7,"at":"2026-11-24T12:00:00.000000Z","task":0,"status":"success","progress":100,'
    '"detail":""}\n\nevent: end\ndata: {"status":"success","sequence":7}\n\n'
)
_ANSWER_HEADERS: Final = {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}}
_PARAMETERS: Final[dict[str, Schema]] = {
    "project_id": {"type": "string", "description": "Id of the project: 32 hex digits."},
    "index": {"type": "integer", "minimum": 1, "maximum": 9999, "description": "Index of the task, from 1."},
    "instance": {"type": "string", "description": "Name of the instance."},
}


def document(operations: Iterable[Operation]) -> Schema:
    """Return the document of those of the operations that are built."""
    built = [operation for operation in operations if operation.built]
    schemas, components = schemas_of(type_ for operation in built for type_ in (operation.request, operation.response))
    paths: dict[str, Schema] = {}
    for operation in built:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Homeport", "version": __version__, "description": _DESCRIPTION},
        "servers": [{"url": "/"}],
        "tags": [{"name": group} for group in dict.fromkeys(operation.group for operation in built)],
        "paths": paths,
        "components": {
            "schemas": {**components, "Error": _ERROR, "IamError": _IAM_ERROR},
            "headers": {"X-Request-Id": _REQUEST_ID},
            "securitySchemes": _SECURITY,
        },
    }


def _operation(operation: Operation, schemas: dict[Any, Schema]) -> Schema:
    described: Schema = {
        "operationId": operation.id,
        "tags": [operation.group],
        "summary": operation.summary,
        "parameters": list(_parameters(operation)),
        "responses": dict(_responses(operation, schemas)),
        "security": [] if operation.role is None else [{"token": []}, {"signature": []}],
    }
    if operation.role is not None and operation.action:
        described["description"] = f"IAM action `{operation.action}`, for the role {operation.role} and above."
    if operation.request is not None:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _enveloped(operation, schemas[operation.request])}},
        }
    return described


def _enveloped(operation: Operation, schema: Schema) -> Schema:
    """Return the schema of a CAE body: with the envelope, which clients send and nobody checks."""
    if not operation.kind:
        return schema
    envelope = {
        "api_version": {"description": "Always v1.", "examples": ["v1"]},
        "kind": {"description": f"Always {operation.kind}.", "examples": [operation.kind]},
    }
    return {"allOf": [schema], "properties": envelope}


def _parameters(operation: Operation) -> Iterator[Schema]:
    for name in operation.params:
        schema = dict(_PARAMETERS.get(name, {"type": "string"}))
        description = schema.pop("description", f"Id of the {name.removesuffix('_id').replace('_', ' ')}.")
        yield {"name": name, "in": "path", "required": True, "description": description, "schema": schema}
    yield from _header_parameters(operation)
    for parameter in operation.query:
        yield _parameter(parameter, "query")


def _header_parameters(operation: Operation) -> Iterator[Schema]:
    if operation.environment is not EnvironmentHeader.UNUSED:
        required = operation.environment is EnvironmentHeader.REQUIRED
        when = "" if required else " May be left out for jobs that create or delete an environment."
        yield _header("X-Environment-ID", "Id of the environment." + when, ENVIRONMENT_PATTERN, required=required)
    if operation.enterprise:
        text = "Id of the enterprise project, 0 for the default one."
        yield _header("X-Enterprise-Project-ID", text, ENTERPRISE_PATTERN, required=False)
    if operation.once:
        yield _header("Idempotency-Key", _KEY, KEY_PATTERN, required=False)
    if operation.conditional:
        text = "The ETag of the answer the client has: if nothing moved since, the answer is 304."
        yield _header("If-None-Match", text, "", required=False)
    for parameter in operation.headers:
        yield _parameter(parameter, "header")


def _header(name: str, description: str, pattern: str, *, required: bool) -> Schema:
    schema = {"type": "string", "pattern": pattern} if pattern else {"type": "string"}
    return _parameter(Parameter(name=name, description=description, schema=schema, required=required), "header")


def _parameter(parameter: Parameter, place: str) -> Schema:
    return {
        "name": parameter.name,
        "in": place,
        "required": parameter.required,
        "description": parameter.description,
        "schema": parameter.schema,
    }


def _responses(operation: Operation, schemas: dict[Any, Schema]) -> Iterator[tuple[str, Schema]]:
    yield str(operation.status), _success(operation, schemas)
    for status, meaning in operation.others:
        yield str(status), {"description": meaning, "headers": _ANSWER_HEADERS}
    if operation.conditional:
        yield "304", {"description": "Nothing moved since.", "headers": _ANSWER_HEADERS}
    error = REF.format(name="IamError" if operation.iam else "Error")
    by_status: dict[int, list[Code]] = {}
    for status, code in failures_of(operation):
        if code not in by_status.setdefault(status, []):
            by_status[status].append(code)
    for status, known in sorted(by_status.items()):
        yield (
            str(status),
            {
                "description": "; ".join(f"`{code.text}`: {code.meaning}" for code in known),
                "headers": _ANSWER_HEADERS,
                "content": {"application/json": {"schema": {"$ref": error}}},
            },
        )


def _success(operation: Operation, schemas: dict[Any, Schema]) -> Schema:
    answer: Schema = {"description": operation.summary + ".", "headers": dict(_ANSWER_HEADERS)}
    if operation.conditional:
        answer["headers"]["ETag"] = {"description": "Rises with every move.", "schema": {"type": "string"}}
    if operation.once:
        answer["headers"]["Idempotent-Replayed"] = _REPLAYED
    if operation.response is not None:
        answer["content"] = {operation.media_type: {"schema": schemas[operation.response]}}
    elif operation.media_type == "text/event-stream":
        # A schema would be one of a single event, which this version of OpenAPI has no word for.
        answer["content"] = {operation.media_type: {"example": _STREAM}}
    elif operation.media_type != "application/json":
        answer["content"] = {operation.media_type: {"schema": {"type": "string"}}}
    return answer


def failures_of(operation: Operation) -> Iterator[tuple[int, Code]]:
    """Yield every status and code that the operation may answer instead of success."""
    for code in _common(operation):
        yield code.status, code
    if operation.once:
        yield codes.KEY_REUSED.status, codes.KEY_REUSED
        yield codes.UNAVAILABLE.status, codes.UNAVAILABLE
    if operation.request is not None:
        yield 413, codes.MALFORMED_REQUEST._replace(meaning=f"the body is larger than {LARGEST} bytes")
    for refusal in operation.refusals:
        if row := row_of(refusal, operation.id):
            yield row.status or row.code.status, row.code


def _common(operation: Operation) -> Iterator[Code]:
    yield codes.INTERNAL
    if operation.params:
        yield codes.MALFORMED_REQUEST
    if operation.role is not None:
        yield from (codes.UNAUTHENTICATED, codes.TOKEN_EXPIRED, codes.TOO_MANY_ATTEMPTS)
    if operation.in_project:
        yield from (codes.PROJECT_FORBIDDEN, codes.ROLE_MISSING)
    if operation.in_project or operation.query or operation.headers or operation.request is not None:
        yield codes.INVALID_PARAMETER
