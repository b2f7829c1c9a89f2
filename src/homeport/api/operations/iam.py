"""The few operations of the IAM API that clients of CAE call (contract/auth.md, sections 1 and 2)."""

from __future__ import annotations

from typing import Any, Final

from homeport.api.iam_v3 import schemas
from homeport.api.operations.base import Operation, Parameter
from homeport.model import errors


def _by_name(what: str) -> Parameter:
    return Parameter(name="name", description=f"Only the {what} of this name.", schema={"type": "string"})


_SUBJECT: Final = Parameter(
    name="X-Subject-Token",
    description="The token that is meant.",
    schema={"type": "string", "pattern": "^[!-~]+$"},
    required=True,
)


def _iam(**facts: Any) -> Operation:
    return Operation(group="IAM", **facts)


IAM: Final = (
    _iam(
        id="CreateToken",
        method="POST",
        path="/v3/auth/tokens",
        summary="Get a token by password, or for another scope by token; it comes in the header X-Subject-Token",
        status=201,
        request=schemas.CreateTokenBody,
        response=schemas.TokenAnswer,
        query=(
            Parameter(
                name="nocatalog", description="Leave the catalog empty (it always is).", schema={"type": "string"}
            ),
        ),
        role=None,
        refusals=(errors.Unauthenticated, errors.TooManyAttempts, errors.AccountNotFound),
    ),
    _iam(
        id="ShowToken",
        method="GET",
        path="/v3/auth/tokens",
        summary="Check the token in the header X-Subject-Token",
        response=schemas.TokenAnswer,
        headers=(_SUBJECT,),
        refusals=(errors.AccountNotFound,),
    ),
    _iam(
        id="DeleteToken",
        method="DELETE",
        path="/v3/auth/tokens",
        summary="End the token in the header X-Subject-Token at once",
        headers=(_SUBJECT,),
        status=204,
        refusals=(errors.AccountNotFound,),
    ),
    _iam(
        id="ListProjects",
        method="GET",
        path="/v3/projects",
        summary="List the projects",
        response=schemas.ProjectsAnswer,
        query=(_by_name("project"),),
    ),
    _iam(
        id="ListAuthProjects",
        method="GET",
        path="/v3/auth/projects",
        summary="List the projects the caller may use",
        response=schemas.ProjectsAnswer,
    ),
    _iam(
        id="ListAuthDomains",
        method="GET",
        path="/v3/auth/domains",
        summary="List the domains the caller may use",
        response=schemas.DomainsAnswer,
    ),
    _iam(
        id="ListUsers",
        method="GET",
        path="/v3/users",
        summary="List the users",
        response=schemas.UsersAnswer,
        query=(_by_name("user"),),
    ),
)
"""In the order of the documentation."""
