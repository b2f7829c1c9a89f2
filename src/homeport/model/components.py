"""Rules of components: names, versions, how many instances, and until when they may be changed without a job."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from homeport.model.errors import InvalidComponentName, InvalidParameter, WrongState, shown

FEWEST_REPLICAS: Final = 1
MOST_REPLICAS: Final = 99
"""How many instances a component may ask for (contract/contract.md, section 6.1)."""

VERSION_ANNOTATION: Final = "version"
"""Annotation that names the version of a component, a deploy or an upgrade."""

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{2,30}[a-z0-9]")
_NAMES: Final = (
    "4 to 32 lower-case letters, digits and hyphens, the first a letter, the last a letter or digit, as in cart-api"
)
_VERSION: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){2,3}")


def check_name(name: str) -> None:
    """Pass when `name` is fit for a component (contract/contract.md, section 6.1); raise `InvalidComponentName`."""
    if _NAME.fullmatch(name) is None:
        raise InvalidComponentName(name, allowed=_NAMES)


def check_replica(replica: int, field: str = "spec.replica") -> None:
    """Pass when a component may ask for so many instances; raise `InvalidParameter`, naming `field`."""
    if not FEWEST_REPLICAS <= replica <= MOST_REPLICAS:
        raise InvalidParameter(
            field, f"is {replica}", allowed=f"a whole number from {FEWEST_REPLICAS} to {MOST_REPLICAS}"
        )


def version_of(annotations: Mapping[str, str]) -> str | None:
    """Return the version that annotations name: `A.B.C` or `A.B.C.D`, each a number; None without one.

    Raises:
        InvalidParameter: the version has another form.
    """
    version = annotations.get(VERSION_ANNOTATION)
    if not version:
        return None
    if _VERSION.fullmatch(version) is None:
        field = f"metadata.annotations.{VERSION_ANNOTATION}"
        raise InvalidParameter(field, f"is {shown(version)}", allowed="A.B.C or A.B.C.D, each a number, as in 1.0.0")
    return version


def check_updatable(component_id: str, status: str, *, deployed: bool) -> None:
    """Pass when UpdateComponent may change the component: it never was deployed (DESIGN.md, section 5).

    Raises:
        WrongState: it was.
    """
    if deployed:
        allowed = "Only what never was deployed can be updated so; change this one with the action upgrade or scale."
        raise WrongState("update", component_id, status, allowed=allowed)
