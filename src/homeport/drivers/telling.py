"""An observed instance in CAE's words and in a user's."""

from __future__ import annotations

from typing import Final

from homeport.drivers.base import InstanceState, Observed
from homeport.model.workloads import InstanceOrder

_STATUS: Final = {
    InstanceState.ABSENT: "creating",
    InstanceState.CREATING: "creating",
    InstanceState.BACKOFF: "abnormal",
    InstanceState.ENDED: "failed",
    InstanceState.STOPPING: "terminating",
}


def instance_status(seen: Observed) -> str:
    """Return an instance's status in CAE's words (contract/contract.md, section 10)."""
    if seen.ready:
        return "running"
    if seen.state is InstanceState.RUNNING:
        return "creating" if seen.ready_since is None and not seen.restarts else "abnormal"
    return _STATUS[seen.state]


def mounted_in_words(order: InstanceOrder, *, apart: bool) -> list[str]:
    """Return what was mounted for an instance, a sentence each; where it is not `apart` that can only be buckets."""
    endpoints = {bucket.name: bucket.endpoint for bucket in order.buckets}
    told = []
    for mount in order.mounts:
        where = f"at {mount.path}" if apart else f"where {mount.variable} says"
        if mount.volume in endpoints:
            told.append(f"Bucket {mount.volume} of {endpoints[mount.volume]} is mounted {where}")
        elif apart:
            told.append(f"Volume {mount.volume} is mounted {where}")
    return told


def exit_in_words(code: int | None) -> str:
    """Return an exit code as a user reads it."""
    if code is None:
        return "an exit code nobody saw"
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def trouble_in_words(seen: Observed) -> str:
    """Return why an instance is not ready, as the end of a sentence that begins with its name."""
    if seen.fault:
        return f"could not be started: {seen.fault}"
    if seen.state in (InstanceState.BACKOFF, InstanceState.ENDED):
        return f"{end_in_words(seen)} and is started again"
    trouble = f"is not ready: {seen.probe_failure or 'its port does not accept'}"
    return f"{end_in_words(seen)}, was started again and {trouble}" if seen.restarts else trouble


def end_in_words(seen: Observed) -> str:
    """Return how an instance's program ended last, as the end of a sentence that begins with its name."""
    memory = " at its memory limit" if seen.out_of_memory else ""
    return f"ended with {exit_in_words(seen.exit_code)}{memory}"
