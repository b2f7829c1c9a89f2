"""Versions of a component as a job writes them down: its spec, a snapshot of it, and no more of both than are kept."""

from __future__ import annotations

import msgspec

from homeport.jobs.work import Work
from homeport.log_setup import get_logger
from homeport.model.causes import TaskFailed
from homeport.model.changes import Statement, Value
from homeport.model.environments import SIMULATED
from homeport.model.plans import SNAPSHOT_ACTIONS
from homeport.model.records import Component
from homeport.model.workloads import Artifact

_log = get_logger()

_reference = msgspec.json.Decoder(Artifact).decode


def version_statements(work: Work, component: Component, *, available: int) -> list[Statement]:
    """Return the statements that write down what serves after the job, and its snapshot where the action makes one."""
    index = component.snapshot_index
    statements = []
    if work.job.action in SNAPSHOT_ACTIONS:
        index = (index or 0) + 1
        statements.append(_snapshot(work, component, index, available))
        statements.append(_forget_older(work, component, index))
    return [*statements, _component(work, component, index, available)]


def _spec(work: Work) -> dict[str, Value]:
    goal = work.job.goal
    artifact = work.artifact
    return {
        "annotations": goal.annotations,
        "version": goal.version,
        "runtime": goal.runtime,
        "replica": goal.replica,
        "source": goal.source,
        "build": goal.build,
        "resource_limit": goal.resource_limit,
        "image_url": artifact.image_url,
        "build_id": work.job.id if work.job.tasks[0].name == "build" and work.job.artifact else goal.build_id,
        "operation_id": goal.operation_id,
        "artifact": msgspec.json.encode(artifact).decode(),
        "status": "paused" if goal.stored_only else "running",
    }


def _component(work: Work, component: Component, index: int | None, available: int) -> Statement:
    own: dict[str, Value] = {
        "id": component.id,
        "fence": work.job.fence,
        "snapshot_index": index,
        "available_replica": available,
        "now": work.tools.clock.now(),
    }
    return Statement("record_component", _spec(work) | own)


def _snapshot(work: Work, component: Component, index: int, available: int) -> Statement:
    now = work.tools.clock.now()
    own: dict[str, Value] = {
        "component_id": component.id,
        "idx": index,
        "job_id": work.job.id,
        "operation": work.job.action.value,
        "operation_status": "success",
        "available_replica": available,
        "created_at": now,
        "updated_at": now,
    }
    return Statement("add_snapshot", _spec(work) | own)


def _forget_older(work: Work, component: Component, index: int) -> Statement:
    kept: dict[str, Value] = {"component_id": component.id, "last": index - work.tools.rules.snapshots_kept}
    return Statement("remove_older_snapshots", kept, rows=None)


async def drop_old_artifacts(work: Work, component: Component) -> None:
    """Let the driver remove what no kept snapshot starts from; a rollback to an older one would build again.

    Driver `simulated` keeps nothing.
    """
    if work.job.action not in SNAPSHOT_ACTIONS or work.job.driver == SIMULATED:
        return
    older = work.tools.rules.snapshots_kept - 1
    rows = await work.tools.store.rows("newest_artifacts", component_id=component.id, most=older)
    references = [work.artifact.reference, *(_reference(str(row["artifact"])).reference for row in rows)]
    try:
        await work.driver.keep_artifacts(component.id, references)
    except TaskFailed as error:
        # Nothing depends on it: the next version tries again.
        _log.warning("artifacts.not_removed", component_id=component.id, error=str(error))
