"""What the process of an image's build is told, and the name of what it makes."""

from __future__ import annotations

import re
from typing import Final

from homeport.drivers.sources.wanted import Wanted
from homeport.model.workloads import BuildOrder

BUILT_BY: Final = "homeport.built-by"
"""Label of built images and of the containers they are built in: the data folder's id."""
BUILT_FOR: Final = "homeport.built-for"
"""Label of both: the component's id."""

_NO_TAG: Final = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST_VERSION: Final = 60
_ID_END: Final = 12
"""Characters of an id's end that tell it from others; ids begin with the time."""
_JOB_ID: Final = 36


class ImageSpec(Wanted, frozen=True, kw_only=True):
    """A build of an image. It reaches its process by standard input, so its secrets lie in no file."""

    host: str
    """Address of the Engine."""
    house: str
    base_images: dict[str, str]
    """By family of runtimes, and by `JavaBuild`; `{version}` stands for the number in the runtime's name."""


def image_name(order: BuildOrder) -> str:
    """Return the name of a build's image: component and version, with the ends of both ids, so that it is its own."""
    repository = f"homeport/{order.owner.component_name}-{order.owner.component_id[-_ID_END:]}"
    build = f"{order.id[:_JOB_ID][-_ID_END:]}{order.id[_JOB_ID:]}"
    version = _NO_TAG.sub("-", order.version or "")[:_LONGEST_VERSION].lstrip(".-")
    return f"{repository}:{version}-{build}" if version else f"{repository}:{build}"


def labels_of_build(house: str, component_id: str) -> dict[str, str]:
    """Return the labels of everything that is made while a component's images are built."""
    return {BUILT_BY: house, BUILT_FOR: component_id}
