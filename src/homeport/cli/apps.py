"""`homeport apps`: applications, which group the components of an environment."""

from __future__ import annotations

import click

from homeport.cli.api import Api
from homeport.cli.places import (
    Application,
    Environment,
    applications,
    environments,
    find_application,
    find_environment,
    made_or_found,
)
from homeport.cli.session import Session, connected

_env_option = click.option("--env", metavar="NAME", default="default", show_default=True, help="The environment.")


@click.group()
def apps() -> None:
    """List, create and delete applications."""


@apps.command("list")
@click.option("--env", metavar="NAME", help="Only those of this environment.")
@connected
def list_applications(session: Session, env: str | None) -> None:
    """List the applications."""
    api = session.api
    items = []
    for environment in [find_environment(api, env)] if env else environments(api):
        answer = api.call("GET", api.cae("/applications"), environment_id=environment.id)
        items += [
            {**item, "environment_id": environment.id, "environment_name": environment.name} for item in answer["items"]
        ]
    rows = [(item["name"], item["environment_name"], item["created_at"][:19] + "Z", item["id"]) for item in items]
    session.out.table(("NAME", "ENVIRONMENT", "CREATED", "ID"), rows, none="There are no applications yet.")
    session.out.document({"items": items})


@apps.command()
@click.argument("name")
@_env_option
@connected
def create(session: Session, name: str, env: str) -> None:
    """Create an application."""
    environment = find_environment(session.api, env)
    answer = submit_application(session.api, environment, name)
    session.out.line(f"Application {name} is there, in environment {environment.name} (id {answer['metadata']['id']}).")
    session.out.document(answer)


@apps.command()
@click.argument("name", metavar="NAME|ID")
@_env_option
@connected
def delete(session: Session, name: str, env: str) -> None:
    """Delete an application that holds no components."""
    environment = find_environment(session.api, env)
    application = find_application(session.api, environment, name)
    session.api.call("DELETE", session.api.cae(f"/applications/{application.id}"), environment_id=environment.id)
    session.out.line(f"Application {application.name} is gone from environment {environment.name}.")
    session.out.document({"deleted": {"id": application.id, "name": application.name}})


def submit_application(api: Api, environment: Environment, name: str) -> dict[str, dict[str, str]]:
    """Make an application and return what the API answers."""
    body = {"api_version": "v1", "kind": "Application", "metadata": {"name": name}}
    answer: dict[str, dict[str, str]] = api.call(
        "POST", api.cae("/applications"), environment_id=environment.id, body=body
    )
    return answer


def usable_application(session: Session, environment: Environment, name: str) -> Application:
    """Return the application of this name or id, making it where it is missing."""
    api = session.api

    def find() -> Application | None:
        return next((one for one in applications(api, environment) if name in (one.name, one.id)), None)

    def make() -> None:
        submit_application(api, environment, name)
        session.out.line(f"Application {name} did not exist yet; it was made.")

    return made_or_found(find, make)
