"""The logs of a component's instances, one after the other or all at once as they are written."""

from __future__ import annotations

from typing import Any

from homeport.cli.failures import Failure
from homeport.cli.logreader import LogReader, log_query, read_logs
from homeport.cli.places import Place
from homeport.cli.session import Session


def print_logs(session: Session, place: Place, *, instance: str | None, tail: int | None, follow: bool) -> None:
    """Print the logs of one or of all instances.

    Raises:
        Failure: there is no such instance, or none at all.
    """
    names = [instance] if instance else instance_names(session, place)
    if not names:
        advice = f"Its jobs have logs of their own: {session.command('jobs logs')}"
        raise Failure(f"{place.component.name} has no instances (it is {place.component.spec.status})", advice=advice)
    width = max(map(len, names)) if len(names) > 1 else 0
    base = session.api.own(f"/components/{place.component.id}/instances")
    query = log_query(tail=tail, follow=follow)
    readers = [
        LogReader(session, f"{base}/{name}/log", query, head=name.ljust(width) if width else "") for name in names
    ]
    read_logs(readers, at_once=follow)
    items = [{"name": name, "log": reader.text} for name, reader in zip(names, readers, strict=True)]
    session.out.document({"component_id": place.component.id, "instances": items})


def instance_names(session: Session, place: Place) -> list[str]:
    """Return the names of a component's instances."""
    path = session.api.cae(place.path("/instances"))
    answer: dict[str, Any] = session.api.call("GET", path, environment_id=place.environment.id)
    return [str(item["name"]) for item in answer["items"]]
