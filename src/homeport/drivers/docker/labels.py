"""The labels that carry an instance's identity: by them its container is found again after any restart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from homeport.drivers.base import Known
from homeport.model.workloads import InstanceOrder, Lifecycle, Owner

_PREFIX: Final = "homeport."
HOUSE: Final = _PREFIX + "house"
ENVIRONMENT: Final = _PREFIX + "environment"
COMPONENT: Final = _PREFIX + "component"
INSTANCE: Final = _PREFIX + "instance"
_JOB: Final = _PREFIX + "job"
_FENCE: Final = _PREFIX + "fence"
_ADDRESS: Final = _PREFIX + "address"
_LIFECYCLE: Final = _PREFIX + "lifecycle"


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What the labels of a container of Homeport's say."""

    known: Known
    address: str
    """`host:port` where it listens."""
    lifecycle: Lifecycle

    @property
    def host(self) -> str:
        """The container's own address."""
        return self.address.rpartition(":")[0]


def labels_of(order: InstanceOrder, house: str, address: str) -> dict[str, str]:
    """Return the labels of an instance's container."""
    return {
        **labels_of_owner(order.owner, house),
        _PREFIX + "application": order.owner.application_id,
        _PREFIX + "application-name": order.owner.application_name,
        COMPONENT: order.owner.component_id,
        _PREFIX + "component-name": order.owner.component_name,
        INSTANCE: order.name,
        _JOB: order.job_id,
        _FENCE: str(order.fence),
        _ADDRESS: address,
        _LIFECYCLE: msgspec.json.encode(order.lifecycle).decode(),
    }


def labels_of_owner(owner: Owner, house: str) -> dict[str, str]:
    """Return the labels of what belongs to an environment as a whole."""
    return {
        HOUSE: house,
        _PREFIX + "project": owner.project_id,
        ENVIRONMENT: owner.environment_id,
        _PREFIX + "environment-name": owner.environment_name,
    }


def identity_of(labels: Mapping[str, str] | None) -> Identity | None:
    """Return what a container's labels say; None where they are none of Homeport's."""
    try:
        return _identity(labels or {})
    except (KeyError, ValueError):
        return None


def _identity(labels: Mapping[str, str]) -> Identity:
    known = Known(name=labels[INSTANCE], component_id=labels[COMPONENT], job_id=labels[_JOB], fence=int(labels[_FENCE]))
    lifecycle = msgspec.json.decode(labels[_LIFECYCLE], type=Lifecycle)
    return Identity(known=known, address=labels[_ADDRESS], lifecycle=lifecycle)
