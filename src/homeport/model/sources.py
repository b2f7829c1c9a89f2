"""Rules of what a component is built from and may use: source, build and resource limits.

They are stored as their user's own JSON, because the API gives them back exactly as sent (contract/terraform.md,
section 1). The texts here are that JSON; the values are read from it for whoever looks inside.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import msgspec

from homeport.model.errors import InvalidParameter, shown
from homeport.model.workloads import Build, ResourceLimit, Source

IMAGE_RUNTIME: Final = "Docker"
"""The runtime of images, and of nothing else (contract/contract.md, section 6.1)."""

SUB_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "image": (),
    "code": ("GitLab", "GitHub", "DevCloud", "Gitee", "Bitbucket"),
    "softwarePackage": ("BinObs", "BinDevCloud"),
}
"""The sub-types of each type of source (contract/contract.md, section 6.1)."""

BUILD_PARAMETERS: Final[dict[str, tuple[str, ...]]] = {
    "build_cmd": ("code", "softwarePackage"),
    "dockerfile_path": ("code",),
    "artifact_name": ("code",),
    "dockerfile_content": ("softwarePackage",),
}
"""Parameters of a build that only some types of source have (contract/contract.md, section 6.1)."""

_LONGEST_URL: Final = 2_048


class _StoredBuild(msgspec.Struct, frozen=True):
    archive: dict[str, Any] | None = None
    parameters: dict[str, str | None] | None = None


_source = msgspec.json.Decoder(Source).decode
_build = msgspec.json.Decoder(_StoredBuild).decode
_limit = msgspec.json.Decoder(ResourceLimit).decode
_fields = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_null: Final = b"null"


@lru_cache(maxsize=256)
def source_of(text: str) -> Source:
    """Return the source that a checked JSON text describes."""
    return _source(text)


def build_of(text: str | None) -> Build | None:
    """Return the build that a checked JSON text describes; None without one. Parameters that are null are left out."""
    if text is None:
        return None
    stored = _build(text)
    parameters = {name: value for name, value in (stored.parameters or {}).items() if value is not None}
    return Build(archive=stored.archive, parameters=parameters)


@lru_cache(maxsize=256)
def limit_of(text: str) -> ResourceLimit:
    """Return the limits that a checked JSON text describes."""
    return _limit(text)


def check_source(source: Source, runtime: str) -> None:
    """Pass when such a source can be: its address, its sub-type, and whether it goes with the runtime.

    Raises:
        InvalidParameter: it cannot; the field is below `spec`.
    """
    _check_url(source.url)
    allowed = SUB_TYPES[source.type]
    if source.sub_type and source.sub_type not in allowed:
        problem = f"is {shown(source.sub_type)}, which source.type {source.type} does not have"
        raise InvalidParameter("spec.source.sub_type", problem, allowed=", ".join(allowed) or "none")
    if (source.type == "image") != (runtime == IMAGE_RUNTIME):
        needs = IMAGE_RUNTIME if source.type == "image" else f"a language, as Python3, since only images are {runtime}"
        problem = f"is {shown(runtime)}, which does not go with source.type {source.type}"
        raise InvalidParameter("spec.runtime", problem, allowed=needs)


def _check_url(url: str) -> None:
    if not url or len(url) > _LONGEST_URL or " " in url or not url.isprintable():
        problem = "is empty" if not url else "is no address"
        raise InvalidParameter("spec.source.url", problem, allowed=f"up to {_LONGEST_URL} characters without spaces")


def check_build(build: Build | None, source: Source) -> None:
    """Pass when such a build goes with the source. Nothing is built from an image, so there it may say anything.

    Raises:
        InvalidParameter: a parameter is set that belongs to another type of source.
    """
    if build is None or source.type == "image":
        return
    for name, types in BUILD_PARAMETERS.items():
        if build.parameters.get(name) and source.type not in types:
            problem = f"does nothing for source.type {source.type}"
            allowed = f"only with source.type {', '.join(types)}; leave it out here"
            raise InvalidParameter(f"spec.build.parameters.{name}", problem, allowed=allowed)


def check_limit(limit: ResourceLimit) -> None:
    """Pass when such limits can be had together (contract/contract.md, section 6.1).

    Raises:
        InvalidParameter: it is the pair that CAE does not have.
    """
    if (limit.cpu_limit, limit.memory_limit) == ("500m", "4Gi"):
        problem = "is 500m with 4Gi, a pair that does not exist"
        raise InvalidParameter("spec.resource_limit", problem, allowed="1000m or 2000m with 4Gi, or 500m with 1Gi, 2Gi")


def check_same_kind(current: Source, changed: Source) -> None:
    """Pass when a deployed component may change from one source to the other: the type stays what it was deployed with.

    Raises:
        InvalidParameter: the type is another (contract/contract.md, section 7).
    """
    if current.type != changed.type:
        problem = f"is {changed.type}, but the component was deployed with {current.type}"
        raise InvalidParameter("spec.source.type", problem, allowed=f"{current.type}; make a new component for others")


def changed_source(current: str, sent: str | None) -> str:
    """Return the source after an action that sent one: a whole one replaces it, a part is laid over it.

    A whole one has a type and an address, and stays byte for byte as it was sent. Not checked yet: do that with
    `check_source`.
    """
    return current if sent is None else _laid_over(current, sent, ("type", "url"))


def changed_limit(current: str, sent: str | None) -> str:
    """Return the limits after an action that sent some: both replace them, one is laid over them."""
    return current if sent is None else _laid_over(current, sent, ("cpu_limit", "memory_limit"))


def changed_build(current: str | None, sent: str | None) -> str | None:
    """Return the build after an action that sent one: it replaces what was there."""
    return current if sent is None else sent


def _laid_over(current: str, sent: str, whole: tuple[str, str]) -> str:
    given = {name: value for name, value in _fields(sent).items() if bytes(value) != _null}
    if all(name in given for name in whole):
        return sent
    return msgspec.json.encode(_fields(current) | given).decode() if given else current


def image_url_of(source: Source) -> str:
    """Return what `image_url` shows while nothing is built: an image's own address, else the name of what is built.

    Terraform's list of components needs it to be more than nothing (contract/terraform.md, section 4.3).
    """
    return source.url if source.type == "image" else _last_part(source.url)


def _last_part(url: str) -> str:
    """Return the last part of an address: never empty, and free of user, password and query."""
    path = url.split("?", 1)[0].split("#", 1)[0].rstrip("/")
    name = path.rpartition("/")[2].rpartition("@")[2].rpartition(":")[2].removesuffix(".git")
    return name or "not-built-yet"
