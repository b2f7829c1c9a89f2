"""What is told of components and instances as events, by Kubernetes-like names (contract/contract.md, section 11)."""

from __future__ import annotations

from typing import Final

from homeport.model.changes import Statement

FAILED_MOUNT: Final = "FailedMount"
"""The event that tells of a volume that an instance cannot be given."""

_LONGEST_MESSAGE = 1_000


def component_event(
    component_id: str, name: str, message: str, *, now: int, involved: str, kind: str, warning: bool = False
) -> Statement:
    """Return the statement that tells of something that happened; the same again raises its count.

    `involved` names the component or instance, `kind` is Component or ComponentInstance.
    """
    return Statement(
        "count_component_event",
        {
            "component_id": component_id,
            "name": name,
            "message": message[:_LONGEST_MESSAGE],
            "type": "Warning" if warning else "Normal",
            "involved_object": involved,
            "involved_object_kind": kind,
            "now": now,
        },
    )


def instance_event(
    component_id: str, name: str, message: str, *, now: int, instance: str, warning: bool = False
) -> Statement:
    """Return the statement that tells of something that happened to an instance."""
    return component_event(
        component_id, name, message, now=now, involved=instance, kind="ComponentInstance", warning=warning
    )
