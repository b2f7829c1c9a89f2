"""From the names that people use to the resources that the API knows by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

import msgspec

from homeport.cli.api import Api
from homeport.cli.failures import ExitCode, Failure

T = TypeVar("T")
N = TypeVar("N", "Environment", "Application")

_PAGE: Final = 1_000


class Environment(msgspec.Struct, frozen=True):
    """An environment, of what a list says of it."""

    id: str
    name: str
    status: str
    job_id: str
    annotations: dict[str, str]
    created_at: str


class Application(msgspec.Struct, frozen=True):
    """An application, of what a list says of it."""

    id: str
    name: str
    created_at: str


class ComponentSpec(msgspec.Struct, frozen=True):
    """What a component is and how it is doing, of what commands look at."""

    status: str
    replica: int
    available_replica: int
    runtime: str
    access_info: list[dict[str, str]] = []
    image_url: str = ""
    job_id: str = ""
    source: dict[str, Any] = {}
    resource_limit: dict[str, str] = {}


class Component(msgspec.Struct, frozen=True):
    """A component, of what a list says of it."""

    id: str
    name: str
    created_at: str
    spec: ComponentSpec
    annotations: dict[str, str | None] = {}

    @property
    def url(self) -> str:
        """Where it answers; empty while it does nowhere."""
        return next((access["address"] for access in self.spec.access_info), "")

    @property
    def version(self) -> str:
        """The version that serves; empty when nobody named one."""
        return self.annotations.get("version") or ""


class Place(msgspec.Struct, frozen=True):
    """A component and where it is."""

    environment: Environment
    application: Application
    component: Component

    def path(self, tail: str = "") -> str:
        """Return the path of its calls, below the project's."""
        return component_path(self.application.id, self.component.id) + tail


def component_path(application_id: str, component_id: str) -> str:
    """Return the path of a component, below the project's."""
    return f"/applications/{application_id}/components/{component_id}"


def environments(api: Api) -> list[Environment]:
    """Return all environments."""
    return msgspec.convert(api.call("GET", api.cae("/environments"))["items"], list[Environment])


def applications(api: Api, environment: Environment) -> list[Application]:
    """Return all applications of an environment."""
    answer = api.call("GET", api.cae("/applications"), environment_id=environment.id)
    return msgspec.convert(answer["items"], list[Application])


def components(api: Api, environment: Environment, application: Application) -> list[Component]:
    """Return all components of an application, oldest first."""
    path = api.cae(f"/applications/{application.id}/components")
    found: list[Component] = []
    while True:
        query: dict[str, str | int] = {"limit": _PAGE, "offset": len(found), "sort": "asc"}
        page = api.call("GET", path, environment_id=environment.id, query=query)["items"]
        found += msgspec.convert(page, list[Component])
        if len(page) < _PAGE:
            return found


def show_component(api: Api, place: Place) -> Place:
    """Return a place with its component as it is now."""
    answer = api.call("GET", api.cae(place.path()), environment_id=place.environment.id)
    component = msgspec.convert({**answer["metadata"], "spec": answer["spec"]}, Component)
    return msgspec.structs.replace(place, component=component)


def find_environment(api: Api, word: str) -> Environment:
    """Return the environment of this name or id; raise a `Failure` that names those there are."""
    return _one("environment", word, environments(api))


def find_application(api: Api, environment: Environment, word: str) -> Application:
    """Return the application of this name or id; raise a `Failure` that names those there are."""
    return _one("application", word, applications(api, environment), f" in environment {environment.name}")


def places(api: Api, environment: str | None = None, application: str | None = None) -> list[Place]:
    """Return every component, or those of one environment or application (names or ids).

    Raises:
        Failure: there is no such environment or application.
    """
    found: list[Place] = []
    known = False
    for one in [find_environment(api, environment)] if environment else environments(api):
        for other in applications(api, one):
            if application and application not in (other.id, other.name):
                continue
            known = True
            found += [Place(one, other, component) for component in components(api, one, other)]
    if application and not known:
        raise Failure(f"There is no application {application}", advice="See those there are: homeport apps list")
    return found


def find_component(api: Api, word: str, environment: str | None = None, application: str | None = None) -> Place:
    """Return where the component of this name or id is.

    Raises:
        Failure: there is none, or there are several and nothing says which.
    """
    everything = places(api, environment, application)
    found = [place for place in everything if word in (place.component.name, place.component.id)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Failure(
            f"There is no component {word}", advice=_there_are("components", [p.component.name for p in everything])
        )
    where = "\n".join(f"--env {place.environment.name} --app {place.application.name}" for place in found)
    raise Failure(f"There are {len(found)} components {word}", advice=f"Say which:\n{where}", code=ExitCode.USAGE)


def _one(kind: str, word: str, things: Sequence[N], where: str = "") -> N:
    for thing in things:
        if word in (thing.id, thing.name):
            return thing
    advice = _there_are(f"{kind}s", [thing.name for thing in things])
    raise Failure(f"There is no {kind} {word}{where}", advice=advice)


def _there_are(kind: str, names: Iterable[str]) -> str:
    known = sorted(set(names))
    if not known:
        return f"There are no {kind} at all yet; `homeport deploy` makes what it needs."
    return f"There are: {', '.join(known)}"


def made_or_found(find: Callable[[], T | None], make: Callable[[], object]) -> T:
    """Return what `find` finds, making it first where it is missing; another command may make it at the same moment."""
    found = find()
    if found is not None:
        return found
    try:
        make()
    except Failure:
        found = find()
        if found is None:
            raise
        return found
    found = find()
    if found is None:
        raise Failure("What was made just now is gone again; somebody else deleted it", advice="Run the command again.")
    return found
