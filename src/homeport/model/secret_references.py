"""Environment variables whose values are secrets kept elsewhere: `env_references` (contract/contract.md, section 8).

On CAE the secret is one of DEW; here it is a credential of type `secret`, by the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from homeport.model.causes import Cause, TaskFailed, failed
from homeport.model.errors import InvalidParameter, listed, shown

KIND: Final = "dewSecret"
"""The one kind of reference that CAE knows."""


class ValueFrom(msgspec.Struct, frozen=True):
    """Where a value comes from."""

    name: str = ""
    reference_type: str = ""


class Reference(msgspec.Struct, frozen=True):
    """A variable and where its value comes from, as CAE writes it."""

    env_name: str = ""
    value_from: ValueFrom = ValueFrom()


def references_of(sent: Any) -> dict[str, str]:
    """Return the names of secrets by variable; nothing where `env_references` were stored that say none."""
    try:
        references = msgspec.convert(sent or (), tuple[Reference, ...])
    except msgspec.ValidationError:
        return {}
    return {one.env_name: one.value_from.name for one in references if one.env_name and one.value_from.name}


def check_references(sent: Any, envs: Iterable[str], field: str) -> list[str]:
    """Return the variables that references set; which names a variable may have is another rule's.

    Raises:
        InvalidParameter: one cannot be read, names no secret, or sets a variable that is set already.
    """
    try:
        references = msgspec.convert(sent or (), tuple[Reference, ...])
    except msgspec.ValidationError as error:
        allowed = f'objects with env_name and value_from (name, and reference_type "{KIND}")'
        raise InvalidParameter(field, f"cannot be read: {error}", allowed=allowed) from None
    known = set(envs)
    for index, one in enumerate(references):
        where = f"{field}[{index}]"
        if one.env_name in known:
            raise InvalidParameter(f"{where}.env_name", f"is {shown(one.env_name)} once more", allowed="each name once")
        known.add(one.env_name)
        if not one.value_from.name:
            raise InvalidParameter(f"{where}.value_from.name", "is missing", allowed="the name of a secret")
        if one.value_from.reference_type != KIND:
            kind = shown(one.value_from.reference_type)
            raise InvalidParameter(f"{where}.value_from.reference_type", f"is {kind}", allowed=KIND)
    return [one.env_name for one in references]


def missing_secrets(wanted: Mapping[str, str], env: Mapping[str, str]) -> TaskFailed | None:
    """Return the failure of a component that refers to secrets which are not there; None where each is."""
    names = sorted({secret for variable, secret in wanted.items() if variable not in env})
    if not names:
        return None
    what = f"env_references name what is no secret of this project: {listed(names)}"
    advice = "Store it (homeport credentials create NAME --type secret), or correct the env configuration; then retry."
    return failed(Cause.CREDENTIAL_MISSING, what, advice=advice)
