"""`homeport components`: what runs, how it is doing, and the actions that change it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from homeport.cli.actions import env_item, execute, snapshots, store_configurations, stored_variables
from homeport.cli.componentlogs import print_logs
from homeport.cli.failures import ExitCode, Failure
from homeport.cli.jobend import accepted, finish, watched
from homeport.cli.options import How, action_options, on_component, place_options, wait_options
from homeport.cli.output import clipped
from homeport.cli.params import VARIABLE
from homeport.cli.places import Place, places
from homeport.cli.session import Session, connected


@click.group()
def components() -> None:
    """Show components and change them."""


@components.command("list")
@place_options
@connected
def list_components(session: Session, env: str | None, app: str | None) -> None:
    """List components, of all environments unless one is named."""
    found = places(session.api, env, app)
    heads = ("NAME", "STATUS", "READY", "VERSION", "ADDRESS", "ENVIRONMENT", "APPLICATION", "ID")
    session.out.table(heads, [_row(place) for place in found], none="There are no components yet: homeport deploy PATH")
    session.out.document({"items": _items(session, found)} if session.out.as_json else None)


def _row(place: Place) -> tuple[object, ...]:
    component = place.component
    ready = f"{component.spec.available_replica}/{component.spec.replica}"
    names = (place.environment.name, place.application.name)
    return component.name, component.spec.status, ready, component.version, component.url, *names, component.id


def _items(session: Session, found: list[Place]) -> list[dict[str, Any]]:
    """Return components as the API shows them, with the names of where they are."""
    return [
        {
            "environment": {"id": place.environment.id, "name": place.environment.name},
            "application": {"id": place.application.id, "name": place.application.name},
            **_shown(session, place),
        }
        for place in found
    ]


def _shown(session: Session, place: Place) -> dict[str, Any]:
    api = session.api
    document: dict[str, Any] = api.call("GET", api.cae(place.path()), environment_id=place.environment.id)
    return document


@components.command()
@on_component
def show(session: Session, place: Place) -> None:
    """Show a component."""
    document = _shown(session, place)
    spec, component = document["spec"], place.component
    session.out.line(click.style(component.name, bold=True))
    session.out.facts(
        {
            "status": spec["status"],
            "ready": f"{spec['available_replica']} of {spec['replica']} instances",
            "address": component.url,
            "version": component.version,
            "runtime": spec["runtime"],
            "source": f"{spec['source']['type']} {spec['source']['url']}",
            "limits": ", ".join(spec["resource_limit"].values()),
            "environment": f"{place.environment.name}  {place.environment.id}",
            "application": f"{place.application.name}  {place.application.id}",
            "id": component.id,
            "latest job": spec.get("job_id"),
            "created": document["metadata"]["created_at"],
            "updated": document["metadata"]["updated_at"],
        }
    )
    session.out.document(document)


def _acted(
    session: Session,
    place: Place,
    action: str,
    how: How,
    spec: Mapping[str, Any] | None = None,
) -> None:
    job_id = execute(session, place, action, spec=spec, annotations=how.annotations)
    if not how.wait:
        return accepted(session, job_id, f"The {action} of {place.component.name}")
    return finish(session, watched(session, job_id, seconds=how.seconds))


@components.command()
@on_component
@action_options
def start(session: Session, place: Place, how: How) -> None:
    """Start a component that was stopped, with as many instances as it had."""
    _acted(session, place, "start", how)


@components.command()
@on_component
@action_options
def stop(session: Session, place: Place, how: How) -> None:
    """Stop all instances of a component."""
    _acted(session, place, "stop", how)


@components.command()
@on_component
@action_options
def restart(session: Session, place: Place, how: How) -> None:
    """Replace all instances of a component by new ones, without a gap."""
    _acted(session, place, "restart", how)


@components.command()
@on_component
@click.argument("replica", type=click.IntRange(1, 99), metavar="INSTANCES")
@action_options
def scale(session: Session, place: Place, replica: int, how: How) -> None:
    """Bring a component to so many instances, 1 to 99."""
    _acted(session, place, "scale", how, {"replica": replica})


@components.command()
@on_component
@click.argument("index", type=click.IntRange(1), metavar="SNAPSHOT")
@action_options
def rollback(session: Session, place: Place, index: int, how: How) -> None:
    """Go back to a snapshot: its source, its limits and its settings (homeport components snapshots)."""
    _acted(session, place, "rollback", how, {"snapshot_index": index})


@components.command()
@on_component
@click.option(
    "--env-var", "variables", type=VARIABLE, multiple=True, metavar="NAME=VALUE", help="Set; may be repeated."
)
@click.option("--unset", multiple=True, metavar="NAME", help="Take a variable away; may be repeated.")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help='JSON list of settings as the API takes them: [{"type": "healthCheck", "data": {…}}]; - is standard input.',
)
@click.option("--store-only", is_flag=True, help="Store, and let a later configure or deploy make it effective.")
@action_options
def configure(
    session: Session,
    place: Place,
    variables: tuple[tuple[str, str], ...],
    unset: tuple[str, ...],
    file: Path | None,
    store_only: bool,
    how: How,
) -> None:
    """Change settings of a component and make what is stored effective."""
    items = _read_items(file) if file else []
    if variables or unset:
        before = stored_variables(session, place)
        items.append(env_item({key: value for key, value in before.items() if key not in unset} | dict(variables)))
    told = store_configurations(session, place, items) if items else []
    if store_only and not items:
        raise click.UsageError("there is nothing to store; give --env-var, --unset or --file")
    if store_only or (items and not snapshots(session, place)):
        session.out.line(f"Stored. The next deploy or configure of {place.component.name} makes it effective.")
        session.out.document({"stored": [item["type"] for item in items], "warnings": told})
        return None
    return _acted(session, place, "configure", how)


def _read_items(file: Path) -> list[dict[str, Any]]:
    text = sys.stdin.read() if str(file) == "-" else file.read_text()
    try:
        items = json.loads(text)
    except ValueError as error:
        raise Failure(f"{file} is no JSON: {error}", code=ExitCode.USAGE) from None
    if not isinstance(items, list) or not all(isinstance(item, dict) and "type" in item for item in items):
        advice = 'Write [{"type": "healthCheck", "data": {…}}].'
        raise Failure(f"{file} holds no list of settings", advice=advice, code=ExitCode.USAGE)
    return items


@components.command("snapshots")
@on_component
def list_snapshots(session: Session, place: Place) -> None:
    """List what a component can be rolled back to, newest first."""
    items = snapshots(session, place)
    rows = [
        (item["index"], context["version"], context["operation"], context["operation_status"], item["created_at"][:19])
        for item in sorted(items, key=lambda item: -int(item["index"]))
        for context in [item["context"]]
    ]
    heads = ("SNAPSHOT", "VERSION", "MADE BY", "ENDED", "CREATED")
    session.out.table(heads, rows, none=f"{place.component.name} has no snapshots: it was never deployed.")
    session.out.document({"items": items})


@components.command()
@on_component
@click.argument("first", type=click.IntRange(1), metavar="[FIRST]", required=False)
@click.argument("second", type=click.IntRange(1), metavar="[SECOND]", required=False)
def diff(session: Session, place: Place, first: int | None, second: int | None) -> None:
    """Show what differs between two snapshots, by default the newest two. What is secret is shown as ***."""
    chosen = {name: index for name, index in (("first", first), ("second", second)) if index is not None}
    answer = session.api.call("GET", session.api.own(f"/components/{place.component.id}/comparison"), query=chosen)
    heads = ("FIELD", *(f"SNAPSHOT {answer[name]['index']}" for name in ("first", "second")))
    rows = [
        (one["field"], *("-" if one[name] is None else clipped(one[name], 60) for name in ("before", "after")))
        for one in answer["differences"]
    ]
    session.out.table(heads, rows, none="Nothing differs.")
    session.out.document(answer)


@components.command("instances")
@on_component
def list_instances(session: Session, place: Place) -> None:
    """List the instances of a component."""
    answer = session.api.call("GET", session.api.cae(place.path("/instances")), environment_id=place.environment.id)
    rows = [(item["name"], item["status"], item["id"]) for item in answer["items"]]
    session.out.table(("INSTANCE", "STATUS", "ID"), rows, none=f"{place.component.name} has no instances.")
    session.out.document(answer)


@components.command()
@on_component
@click.option("--instance", metavar="NAME", help="Only this instance's.")
@click.option("--tail", type=click.IntRange(0, 10_000), metavar="LINES", help="Only the last lines of each instance.")
@click.option("--follow", "-f", is_flag=True, help="Stay, and print what is added.")
def logs(
    session: Session,
    place: Place,
    instance: str | None,
    tail: int | None,
    follow: bool,
) -> None:
    """Print what the instances of a component write, each line with its instance where there are several."""
    if follow and session.out.as_json:
        raise click.UsageError("--follow never ends, so it cannot print one JSON document; leave out one of the two")
    print_logs(session, place, instance=instance, tail=tail, follow=follow)


@components.command()
@on_component
def metrics(session: Session, place: Place) -> None:
    """Show what the instances of a component told last of themselves (configuration type customMetric)."""
    answer = session.api.call("GET", session.api.own(f"/components/{place.component.id}/metrics"))
    rows = [
        (item["name"], sample["name"], _labels(sample["labels"]), sample["value"])
        for item in answer["items"]
        for sample in item["samples"]
    ]
    none = "Nothing was told yet. What instances are asked for is the configuration type customMetric."
    if rows or not answer["items"]:
        session.out.table(("INSTANCE", "METRIC", "LABELS", "VALUE"), rows, none=none)
    for item in answer["items"]:
        if item["failure"]:
            session.out.note(f"{item['name']}: {item['failure']}")
        if item["left_out"]:
            session.out.note(f"{item['name']}: {item['left_out']} more samples are not kept; name the metrics you want")
    session.out.document(answer)


def _labels(labels: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in labels.items())


@components.command()
@on_component
def events(session: Session, place: Place) -> None:
    """List what happened to a component and its instances."""
    answer = session.api.call("GET", session.api.cae(place.path("/events")), environment_id=place.environment.id)
    rows = [
        (item["updated_at"][:19], item["status"], item["name"], item["count"], clipped(item["message"], 100))
        for item in answer["items"]
    ]
    session.out.table(("LAST", "SORT", "EVENT", "TIMES", "MESSAGE"), rows, none="Nothing has happened yet.")
    session.out.document(answer)


@components.command()
@on_component
@click.option("--stop", "stop_first", is_flag=True, help="Stop it first where it runs.")
@click.option("--yes", is_flag=True, help="Do not ask; needed where nobody can be asked.")
@wait_options
def delete(
    session: Session,
    place: Place,
    stop_first: bool,
    yes: bool,
    wait: bool,
    seconds: float | None,
) -> None:
    """Delete a component with its settings and snapshots. One that runs has to be stopped."""
    if not yes:
        _ask(place)
    if stop_first and place.component.spec.status not in ("created", "paused"):
        job = watched(session, execute(session, place, "stop"), seconds=seconds)
        if job.exit_code != ExitCode.SUCCESS:
            return finish(session, job)
    path = session.api.cae(place.path())
    job_id = session.api.call("DELETE", path, environment_id=place.environment.id)["job_id"]
    if not wait:
        return accepted(session, job_id, f"The end of {place.component.name}")
    return finish(session, watched(session, job_id, seconds=seconds))


def _ask(place: Place) -> None:
    if not sys.stdin.isatty():
        raise click.UsageError("deleting cannot be undone and nobody can be asked here; say so with --yes")
    where = f"environment {place.environment.name}, application {place.application.name}"
    click.confirm(f"Delete {place.component.name} ({where}) with its settings and snapshots?", abort=True, err=True)
