"""Rules of environments: their names, their enterprise project, and the driver they are pinned to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from homeport.model.errors import InvalidEnvironmentName, InvalidParameter, shown

DEFAULT_ENTERPRISE_PROJECT: Final = "0"
"""What an environment belongs to when nobody said otherwise (contract/contract.md, section 2)."""

ENTERPRISE_ANNOTATION: Final = "enterprise_project_id"
"""Under which a list shows the enterprise project; Terraform needs it (contract/terraform.md, section 1)."""

DRIVER_ANNOTATION: Final = "homeport/driver"
"""Which driver runs the instances of this one environment, instead of the default."""

SIMULATED: Final = "simulated"
"""The driver that does no work and does as scripts say."""

DRIVERS: Final = ("docker", "process", SIMULATED)
"""The drivers that are built, by the words that annotation and settings use."""

DRIVERS_TO_COME: Final = ("kubernetes",)
"""Drivers that are designed and not built yet."""

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,28}[a-z0-9]")
_ENTERPRISE: Final = re.compile(r"[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}")
_NAMES: Final = (
    "2 to 30 lower-case letters, digits and hyphens, the first a letter, the last a letter or digit, as in shop-test"
)


def check_name(name: str) -> None:
    """Pass when `name` is fit for an environment (contract/contract.md, section 4); raise `InvalidEnvironmentName`."""
    if _NAME.fullmatch(name) is None:
        raise InvalidEnvironmentName(name, allowed=_NAMES)


def driver_of(annotations: Mapping[str, str], default: str) -> str:
    """Return the driver a new environment is made for: the one its annotation names, else `default`.

    Raises:
        InvalidParameter: the driver is unknown or not built yet.
    """
    given = annotations.get(DRIVER_ANNOTATION)
    name = given or default
    if name in DRIVERS:
        return name
    field = f"metadata.annotations.{DRIVER_ANNOTATION}" if given else "The default driver of this engine"
    problem = f"is {shown(name)}, which is not built yet" if name in DRIVERS_TO_COME else f"is {shown(name)}"
    raise InvalidParameter(field, problem, allowed=", ".join(DRIVERS))


def enterprise_project_of(header: str | None, annotations: Mapping[str, str]) -> str:
    """Return the enterprise project of a new environment: the header's, else its annotation's, else the default one.

    Raises:
        InvalidParameter: the annotation is no id of one, or another than the header's.
    """
    noted = annotations.get(ENTERPRISE_ANNOTATION) or header or DEFAULT_ENTERPRISE_PROJECT
    field = f"metadata.annotations.{ENTERPRISE_ANNOTATION}"
    if header is not None and noted != header:
        raise InvalidParameter(field, f"is {shown(noted)}", allowed=f"{header}, as X-Enterprise-Project-ID says")
    if noted != DEFAULT_ENTERPRISE_PROJECT and _ENTERPRISE.fullmatch(noted) is None:
        raise InvalidParameter(field, f"is {shown(noted)}", allowed="0, or a UUID in lower case with hyphens")
    return noted


def check_enterprise_project(given: str | None, environment_id: str, actual: str) -> None:
    """Pass when the enterprise project that a call names, if it names one, is the environment's.

    Raises:
        InvalidParameter: it is another one.
    """
    if given is not None and given != actual:
        problem = f"is {shown(given)}, but environment {environment_id} belongs to enterprise project {actual}"
        raise InvalidParameter("X-Enterprise-Project-ID", problem, allowed=f"{actual}, or no such header")
