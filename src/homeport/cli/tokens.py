"""`homeport token`: a token for scripts that call the API with curl."""

from __future__ import annotations

import os
from typing import Any

import click

from homeport.cli.connection import Credentials, read_credentials
from homeport.cli.failures import ExitCode, Failure
from homeport.cli.session import Session, connected


@click.command()
@connected
def token(session: Session) -> None:
    """Print a token for the header X-Auth-Token.

    It is good for 24 hours. The password comes from HOMEPORT_USER_NAME, HOMEPORT_DOMAIN_NAME and
    HOMEPORT_USER_PASSWORD, or else from the credentials in the data folder.
    """
    answer = session.api.send("POST", "/v3/auth/tokens", body=_request(session, _password(session)))
    value = answer.headers["X-Subject-Token"]
    session.out.line(value)
    session.out.document({"token": value, "expires_at": answer.json()["token"]["expires_at"]})


def _password(session: Session) -> Credentials:
    names = ("user_name", "user_password", "domain_name")
    given = {name: os.environ.get(f"HOMEPORT_{name.upper()}", "") for name in names}
    if given["user_name"] and given["user_password"]:
        return Credentials(access_key="", secret_key="", **given)
    found = read_credentials(session.data_dir)
    if found is None or not found.user_password:
        raise Failure(
            "Nothing says whose token is wanted",
            advice="Set HOMEPORT_USER_NAME, HOMEPORT_USER_PASSWORD and HOMEPORT_DOMAIN_NAME, or give --data-dir.",
            code=ExitCode.USAGE,
        )
    return found


def _request(session: Session, credentials: Credentials) -> dict[str, Any]:
    user = {
        "name": credentials.user_name,
        "password": credentials.user_password,
        "domain": {"name": credentials.domain_name or "homeport"},
    }
    return {
        "auth": {
            "identity": {"methods": ["password"], "password": {"user": user}},
            "scope": {"project": {"id": session.api.project_id}},
        }
    }
