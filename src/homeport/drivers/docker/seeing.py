"""What the Engine says of a container, in the words of the driver protocol."""

from __future__ import annotations

from typing import Final

from homeport.drivers.base import InstanceState, Observed
from homeport.drivers.docker.care import Ends, Run
from homeport.drivers.docker.containers import Container
from homeport.drivers.docker.labels import Identity
from homeport.model.workloads import InstanceOrder

_STATES: Final = {
    "created": InstanceState.CREATING,
    "running": InstanceState.RUNNING,
    "paused": InstanceState.RUNNING,
    "restarting": InstanceState.BACKOFF,
    "removing": InstanceState.STOPPING,
    "exited": InstanceState.ENDED,
    "dead": InstanceState.ENDED,
}


def observed(
    order: InstanceOrder, container: Container, identity: Identity, run: Run | None, ends: Ends, *, stopping: bool
) -> Observed:
    """Return what there is of an instance; `run` is the run of its program that is looked after, if one is."""
    state = InstanceState.STOPPING if stopping else _state(container, run)
    said = container.state
    has_ended = said.status in ("restarting", "exited", "dead")
    return Observed(
        name=order.name,
        state=state,
        ready=run is not None and run.ready_since is not None and state is InstanceState.RUNNING,
        address=identity.address,
        started_at=container.started_at,
        ready_since=run.ready_since if run is not None else None,
        restarts=container.restart_count + ends.restarted,
        exit_code=said.exit_code if has_ended else ends.exit_code,
        out_of_memory=said.oom_killed if has_ended else ends.out_of_memory,
        probe_failure=(run.failure if run is not None else "") or ends.restarted_by,
        fault=_fault(container),
    )


def _state(container: Container, run: Run | None) -> InstanceState:
    if _fault(container):
        return InstanceState.ENDED
    if run is not None and not run.settled:
        return InstanceState.CREATING
    return _STATES.get(container.state.status, InstanceState.CREATING)


def _fault(container: Container) -> str:
    """Return why a program could not be started at all; the Engine keeps the words of the last try."""
    return container.state.error if container.state.status in ("created", "exited") else ""
