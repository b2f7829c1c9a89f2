"""How a component is shown: source, build and limits byte for byte as sent, and what the engine knows of it beside."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import UNSET, Raw, UnsetType

from homeport.api.cae_v1.answers import (
    AccessInfo,
    ComponentAnswer,
    ComponentItem,
    ComponentMetadataAnswer,
    ComponentSpecAnswer,
)
from homeport.api.cae_v1.places import Parts, time_text
from homeport.model.access import addresses_of
from homeport.model.annotations import annotations_of
from homeport.model.components import VERSION_ANNOTATION
from homeport.model.environments import ENTERPRISE_ANNOTATION
from homeport.model.records import Component, Environment
from homeport.services.access import load_entrances

NOTHING_BUILT: Final = Raw(b"{}")
"""`build` in a list where none was sent: Terraform's list wants one (contract/terraform.md, section 4.3)."""


def created(component: Component) -> ComponentAnswer:
    """Return the answer of CreateComponent."""
    return ComponentAnswer(metadata=metadata(component), spec=spec(component))


async def shown(parts: Parts, component: Component) -> ComponentAnswer:
    """Return the answer of ShowComponent."""
    return ComponentAnswer(metadata=metadata(component), spec=await _whole_spec(parts, component))


async def item(parts: Parts, component: Component, environment: Environment) -> ComponentItem:
    """Return a component as ListComponents shows it."""
    whole = await _whole_spec(parts, component)
    annotations = _annotations(component) | {ENTERPRISE_ANNOTATION: environment.enterprise_project_id}
    return ComponentItem(
        id=component.id,
        name=component.name,
        annotations=_raw(annotations),
        created_at=time_text(component.created_at),
        updated_at=time_text(component.updated_at),
        spec=whole if whole.build is not UNSET else msgspec.structs.replace(whole, build=NOTHING_BUILT),
    )


def metadata(component: Component) -> ComponentMetadataAnswer:
    """Return a component's metadata as create and show answer it."""
    return ComponentMetadataAnswer(
        id=component.id,
        name=component.name,
        annotations=_raw(_annotations(component)),
        created_at=time_text(component.created_at),
        updated_at=time_text(component.updated_at),
    )


def spec(component: Component) -> ComponentSpecAnswer:
    """Return what create answers of a component's spec."""
    return ComponentSpecAnswer(
        runtime=component.runtime,  # type: ignore[arg-type]  # checked when it was stored
        env_id=component.environment_id,
        replica=component.replica,
        source=Raw(component.source.encode()),
        build=UNSET if component.build is None else Raw(component.build.encode()),
        resource_limit=Raw(component.resource_limit.encode()),
        available_replica=component.available_replica,
        status=component.status,
    )


async def _whole_spec(parts: Parts, component: Component) -> ComponentSpecAnswer:
    return msgspec.structs.replace(
        spec(component),
        image_url=component.image_url,
        access_info=await _access(parts, component),
        job_id=_unless_empty(component.job_id),
        build_id=_unless_empty(component.build_id),
        build_log_id=_unless_empty(component.build_id),
        configuration_operation_id=_unless_empty(component.operation_id),
    )


async def _access(parts: Parts, component: Component) -> list[AccessInfo]:
    if not component.deployed or component.port == 0:
        return []
    stable = f"http://{parts.front_host}:{component.port}"
    found = {stable: AccessInfo(address=stable, type="LoadBalancer")}
    for entrance in await load_entrances(parts.context, component.id, component.operation_id):
        for address in addresses_of(entrance, parts.front_host):
            found.setdefault(address, AccessInfo(address=address, type=entrance.type))
    return list(found.values())


def _annotations(component: Component) -> dict[str, str]:
    """Return the annotations as sent, the version that serves, and ids under which clients look for logs.

    Homeport keeps no logs elsewhere, so the ids are those of the environment and the component.
    """
    version = {} if component.version is None else {VERSION_ANNOTATION: component.version}
    logs = {"log_group_id": component.environment_id, "log_stream_id": component.id}
    return annotations_of(component.annotations) | version | logs


def _raw(annotations: dict[str, str]) -> Raw:
    return Raw(msgspec.json.encode(annotations))


def _unless_empty(text: str | None) -> str | UnsetType:
    return text or UNSET
