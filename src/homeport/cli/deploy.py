"""`homeport deploy`: from a folder, package, repository or image to a component that serves, in one command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
import msgspec

from homeport.cli.actions import env_item, execute, snapshots, store_configurations, stored_variables
from homeport.cli.apps import usable_application
from homeport.cli.env import usable_environment
from homeport.cli.failures import ExitCode, Failure
from homeport.cli.jobend import accepted, finish, watched
from homeport.cli.jobview import JobView
from homeport.cli.options import annotation_option, wait_options
from homeport.cli.params import VARIABLE
from homeport.cli.places import Application, Component, Environment, Place, components, show_component
from homeport.cli.session import Session, connected
from homeport.cli.sources import Kind, Origin, origin_of

_LOCAL_ONLY = "A folder or package of this machine can only be read by an engine on this machine"


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a component shall be; None where nothing was said, so that an upgrade leaves it as it is."""

    origin: Origin
    name: str
    runtime: str | None = None
    replica: int | None = None
    version: str | None = None
    cpu: str | None = None
    memory: str | None = None
    build_cmd: str | None = None
    variables: dict[str, str] = {}
    notes: dict[str, str] = {}

    def annotations(self) -> dict[str, str]:
        """Return the annotations of the component, or of the action."""
        return self.notes if self.version is None else self.notes | {"version": self.version}

    def limits(self) -> dict[str, str]:
        """Return the limits that were asked for."""
        asked = {"cpu_limit": self.cpu, "memory_limit": self.memory}
        return {name: value for name, value in asked.items() if value is not None}

    def build(self) -> dict[str, Any]:
        """Return how to build, where something was said about it."""
        return {"build": {"parameters": {"build_cmd": self.build_cmd}}} if self.build_cmd else {}


@click.command()
@click.argument("what", metavar="PATH|URL|IMAGE")
@click.option("--name", metavar="NAME", help="The component; made from what is deployed where it is left out.")
@click.option("--env", metavar="NAME", default="default", show_default=True, help="The environment; made when missing.")
@click.option("--app", metavar="NAME", default="default", show_default=True, help="The application; made when missing.")
@click.option("--runtime", metavar="RUNTIME", help="Python3, Nodejs16, Java17 …; found out where it can be.")
@click.option("--replica", type=click.IntRange(1, 99), help="How many instances.  [1 for a new component]")
@click.option("--version", metavar="A.B.C", help="The version, shown with the component and its snapshots.")
@click.option(
    "--env-var",
    "variables",
    type=VARIABLE,
    multiple=True,
    metavar="NAME=VALUE",
    help="An environment variable; NAME alone takes the command's own.",
)
@click.option("--cpu", metavar="CPU", help="Most processor time of an instance: 500m, 1000m, 2000m.")
@click.option("--memory", metavar="MEMORY", help="Most memory of an instance: 1Gi, 2Gi, 4Gi.")
@click.option("--branch", default="", metavar="BRANCH", help="Of a repository.")
@click.option("--credential", default="", metavar="NAME", help="What opens a private repository.")
@click.option("--build-cmd", metavar="COMMAND", help="What is run in a repository before its program can be started.")
@click.option(
    "--source", "kind", type=click.Choice(["package", "code", "image"]), help="What it is, where that is open."
)
@annotation_option
@wait_options
@connected
def deploy(
    session: Session,
    /,
    what: str,
    name: str | None,
    env: str,
    app: str,
    branch: str,
    credential: str,
    kind: Kind | None,
    variables: tuple[tuple[str, str], ...],
    annotations: tuple[tuple[str, str], ...],
    wait: bool,
    seconds: float | None,
    **asked: Any,
) -> None:
    """Deploy a folder, a package, a repository or an image, and follow the job.

    Environment, application and component are made when they are missing. A component that was deployed is upgraded:
    what serves goes on serving until the new instances are ready, and stays when they do not become so.
    """
    origin = msgspec.structs.replace(origin_of(what, branch=branch, kind=kind), credential=credential)
    if origin.path is not None and not session.api.target.on_this_machine:
        raise Failure(f"{_LOCAL_ONLY}, not by {session.api.target.url}", advice="Deploy from an address it can reach.")
    settled: dict[str, Any] = {"name": name or origin.name, "variables": dict(variables), "notes": dict(annotations)}
    wish = Wish(origin=origin, **settled, **asked)
    environment = usable_environment(session, env)
    application = usable_application(session, environment, app)
    place, job_id = submit(session, environment, application, wish, waits=wait)
    where = _where(place)
    if not wait:
        return accepted(session, job_id, f"The deployment of {wish.name}", **where)
    job = _scaled(session, place, wish, watched(session, job_id, seconds=seconds), seconds)
    place = show_component(session.api, place)
    if job.exit_code == ExitCode.SUCCESS and place.component.url:
        session.out.line(f"{place.component.name} answers at {click.style(place.component.url, bold=True)}")
    return finish(session, job, **where, url=place.component.url or None)


def submit(
    session: Session, environment: Environment, application: Application, wish: Wish, *, waits: bool = True
) -> tuple[Place, str]:
    """Make the component and deploy it, or upgrade the one that is there; return where it is and the id of the job.

    Raises:
        Failure: the engine refuses; or the upgrade would have to be followed by a scale, and nobody waits for it.
    """
    known = {component.name: component for component in components(session.api, environment, application)}
    if wish.name not in known:
        return _created(session, environment, application, wish)
    place = Place(environment, application, known[wish.name])
    if not waits and wish.replica not in (None, place.component.spec.replica):
        words = f"components scale {wish.name} {wish.replica} --env {environment.name} --app {application.name}"
        raise Failure(
            f"{wish.name} has {place.component.spec.replica} instances; another number comes after the upgrade",
            advice=f"Leave out --no-wait, or leave out --replica and scale later: {session.command(words)}",
            code=ExitCode.USAGE,
        )
    return place, _changed(session, place, wish)


def _created(session: Session, environment: Environment, application: Application, wish: Wish) -> tuple[Place, str]:
    """Create, configure and deploy in one call, so that nothing half done is left behind."""
    runtime = wish.runtime or wish.origin.runtime
    if not wish.runtime and wish.origin.path is None and runtime != "Docker":
        session.out.line(f"Runtime {runtime} is assumed; say otherwise with --runtime.")
    body = {
        "api_version": "v1",
        "kind": "Component",
        "metadata": {"name": wish.name, "annotations": wish.annotations()},
        "spec": {
            "runtime": runtime,
            "replica": wish.replica or 1,
            "source": wish.origin.source(),
            "resource_limit": {"cpu_limit": "500m", "memory_limit": "1Gi"} | wish.limits(),
            **wish.build(),
        },
        "configurations": [env_item(wish.variables)] if wish.variables else [],
    }
    api = session.api
    path = api.cae(f"/applications/{application.id}/component-with-configurations")
    answer = api.call("POST", path, environment_id=environment.id, body=body)
    component = msgspec.convert({**answer["metadata"], "spec": answer["spec"]}, Component)
    return Place(environment, application, component), str(answer["status"]["job_id"])


def _changed(session: Session, place: Place, wish: Wish) -> str:
    """Deploy a component that never was, else upgrade it; variables come first, so that the new program finds them."""
    _store_variables(session, place, wish.variables)
    spec: dict[str, Any] = {"source": wish.origin.source(), **wish.build()}
    if wish.limits():
        spec["resource_limit"] = wish.limits()
    action = "deploy" if place.component.spec.status == "created" else "upgrade"
    return execute(session, place, action, spec=spec, annotations=wish.annotations())


def _store_variables(session: Session, place: Place, variables: Mapping[str, str]) -> None:
    """Store variables beside those that are set, and make them effective where an upgrade would not."""
    before = stored_variables(session, place) if variables else {}
    after = before | dict(variables)
    if after == before:
        return
    store_configurations(session, place, [env_item(after)])
    if not snapshots(session, place):
        return
    job = watched(session, execute(session, place, "configure"))
    if job.exit_code != ExitCode.SUCCESS:
        raise Failure(
            f"{_named(variables)} did not become effective, so nothing was upgraded",
            advice=f"Look at the job: {session.command(f'jobs show {job.id}')}",
            code=job.exit_code,
        )


def _named(variables: Mapping[str, str]) -> str:
    """Return variables by name, without their values."""
    return ("Variable " if len(variables) == 1 else "Variables ") + ", ".join(variables)


def _scaled(session: Session, place: Place, wish: Wish, job: JobView, seconds: float | None) -> JobView:
    """Bring an upgraded component to the number of instances that was asked for; an upgrade leaves it alone."""
    now = show_component(session.api, place)
    if job.exit_code != ExitCode.SUCCESS or wish.replica in (None, now.component.spec.replica):
        return job
    return watched(session, execute(session, now, "scale", spec={"replica": wish.replica}), seconds=seconds)


def _where(place: Place) -> dict[str, dict[str, str]]:
    """Return environment, application and component by id and name, for --json."""
    environment, application, component = place.environment, place.application, place.component
    return {
        "environment": {"id": environment.id, "name": environment.name},
        "application": {"id": application.id, "name": application.name},
        "component": {"id": component.id, "name": component.name},
    }
