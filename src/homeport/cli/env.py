"""`homeport env`: environments, which hold applications and are pinned to the driver that runs their instances."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from homeport.cli.api import Api
from homeport.cli.failures import Failure
from homeport.cli.jobend import accepted, finish, watched
from homeport.cli.options import wait_options
from homeport.cli.params import PAIR
from homeport.cli.places import Environment, environments, find_environment
from homeport.cli.session import Session, connected

DRIVER_ANNOTATION = "homeport/driver"


@click.group()
def env() -> None:
    """List, create and delete environments."""


@env.command("list")
@connected
def list_environments(session: Session) -> None:
    """List the environments."""
    answer = session.api.call("GET", session.api.cae("/environments"))
    rows = [
        (one["name"], one["status"], one["annotations"].get(DRIVER_ANNOTATION), one["created_at"][:19] + "Z", one["id"])
        for one in answer["items"]
    ]
    heads = ("NAME", "STATUS", "DRIVER", "CREATED", "ID")
    session.out.table(heads, rows, none="There are no environments yet. Make one: homeport env create NAME")
    session.out.document(answer)


@env.command()
@click.argument("name")
@click.option("--driver", metavar="DRIVER", help="What runs its instances: docker, process or simulated.")
@click.option("--annotation", "annotations", type=PAIR, multiple=True, metavar="NAME=VALUE", help="May be repeated.")
@wait_options
@connected
def create(
    session: Session,
    name: str,
    driver: str | None,
    annotations: tuple[tuple[str, str], ...],
    wait: bool,
    seconds: float | None,
) -> None:
    """Create an environment."""
    job_id = submit_environment(session.api, name, dict(annotations), driver)
    if not wait:
        return accepted(session, job_id, f"Environment {name}")
    return finish(session, watched(session, job_id, seconds=seconds))


@env.command()
@click.argument("name", metavar="NAME|ID")
@wait_options
@connected
def delete(session: Session, name: str, wait: bool, seconds: float | None) -> None:
    """Delete an environment that holds no applications."""
    found = find_environment(session.api, name)
    answer = session.api.call("DELETE", session.api.cae(f"/environments/{found.id}"))
    if not wait:
        return accepted(session, answer["job_id"], f"The end of environment {found.name}")
    return finish(session, watched(session, answer["job_id"], seconds=seconds))


def submit_environment(api: Api, name: str, annotations: dict[str, str], driver: str | None) -> str:
    """Ask for a new environment and return the id of its job."""
    metadata: dict[str, Any] = {"name": name}
    if driver:
        annotations = annotations | {DRIVER_ANNOTATION: driver}
    if annotations:
        metadata["annotations"] = annotations
    body = {"api_version": "v1", "kind": "Environment", "metadata": metadata}
    return str(api.call("POST", api.cae("/environments"), body=body)["job_id"])


def usable_environment(session: Session, name: str, *, driver: str | None = None) -> Environment:
    """Return the environment of this name when it can be used, making it or waiting for it where that is needed.

    Raises:
        Failure: it cannot be made, or is in a state from which it will not come to be usable.
    """
    api = session.api

    def find() -> Environment | None:
        return next((one for one in environments(api) if name in (one.name, one.id)), None)

    found = find()
    if found is None:
        try:
            job_id = submit_environment(api, name, {}, driver)
        except Failure:
            # Another command may have made it at the same moment.
            if (found := find()) is None:
                raise
        else:
            session.out.line(f"Environment {name} does not exist yet; it is made.")
            return _made(session, job_id, find)
    if found.status == "creating":
        return _made(session, found.job_id, find)
    if found.status != "finish":
        advice = f"Look at its job: {session.command(f'jobs show {found.job_id}')}"
        raise Failure(f"Environment {name} cannot be used: its status is {found.status}", advice=advice)
    return found


def _made(session: Session, job_id: str, find: Callable[[], Environment | None]) -> Environment:
    job = watched(session, job_id)
    found = find()
    if job.exit_code != 0 or found is None:
        raise Failure(f"Environment {job.target} was not made: its job ended {job.status}", code=job.exit_code)
    return found
