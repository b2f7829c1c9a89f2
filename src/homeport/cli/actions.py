"""Actions on a component, and the settings that an action makes effective."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import click

from homeport.cli.places import Place
from homeport.cli.session import Session

_SHORTCOMINGS: Final = ("ConfigurationWithoutEffect", "ConfigurationInPart")


def execute(
    session: Session,
    place: Place,
    name: str,
    *,
    spec: Mapping[str, Any] | None = None,
    annotations: Mapping[str, str] | None = None,
) -> str:
    """Ask for an action and return the id of its job."""
    metadata: dict[str, Any] = {"name": name}
    if annotations:
        metadata["annotations"] = dict(annotations)
    body: dict[str, Any] = {"api_version": "v1", "kind": "Action", "metadata": metadata}
    if spec:
        body["spec"] = dict(spec)
    api = session.api
    answer = api.call("POST", api.cae(place.path("/action")), environment_id=place.environment.id, body=body)
    return str(answer["job_id"])


def store_configurations(session: Session, place: Place, items: Sequence[Mapping[str, Any]]) -> list[str]:
    """Store configurations of a component; its next deploy or configure makes them effective.

    Returns what the engine tells of those that have no effect where the component runs, or not in all.
    """
    body = {"api_version": "v1", "kind": "ComponentConfiguration", "items": list(items)}
    api, before = session.api, _shortcomings(session, place)
    api.call("POST", api.cae(place.path("/configurations")), environment_id=place.environment.id, body=body)
    after = _shortcomings(session, place)
    told = [message for message, count in after.items() if count != before.get(message)]
    for message in told:
        session.out.note(f"{click.style('Note:', fg='yellow')} {message}.")
    return told


def _shortcomings(session: Session, place: Place) -> dict[str, int]:
    """Return what was told of configurations without effect, and how often."""
    api = session.api
    answer = api.call("GET", api.cae(place.path("/events")), environment_id=place.environment.id)
    return {str(item["message"]): int(item["count"]) for item in answer["items"] if item["name"] in _SHORTCOMINGS}


def snapshots(session: Session, place: Place) -> list[dict[str, Any]]:
    """Return what a component can be rolled back to; nothing for one that never served."""
    api = session.api
    answer = api.call("GET", api.cae(place.path("/snapshots")), environment_id=place.environment.id)
    items: list[dict[str, Any]] = answer["items"]
    return items


def stored_variables(session: Session, place: Place) -> dict[str, str]:
    """Return the environment variables that were stored last, effective or not."""
    api = session.api
    answer = api.call("GET", api.cae(place.path("/configurations")), environment_id=place.environment.id)
    items = [item for item in answer["items"] if item["type"] == "env"]
    newest: dict[str, Any] = max(items, key=lambda item: str(item["operated_at"]), default={})
    spec = (newest.get("data") or {}).get("spec") or {}
    return dict(spec.get("envs") or {})


def env_item(variables: Mapping[str, str]) -> dict[str, Any]:
    """Return the configuration that sets environment variables; it replaces all that were set before."""
    if not variables:
        return {"type": "env"}
    return {"type": "env", "data": {"spec": {"envs": dict(variables)}}}
