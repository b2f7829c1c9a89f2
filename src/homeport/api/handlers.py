"""Every handler there is, by operation id."""

from __future__ import annotations

from homeport.api import docs_page
from homeport.api.cae_v1 import (
    actions,
    applications,
    certificates,
    components,
    configurations,
    domains,
    environments,
    events,
    snapshots,
    volumes,
)
from homeport.api.cae_v1 import instances as cae_instances
from homeport.api.cae_v1 import jobs as cae_jobs
from homeport.api.cae_v1.places import Parts
from homeport.api.calls import Handler
from homeport.api.homeport_v1 import credentials, health, instances, jobs, metrics, task_logs, watching
from homeport.api.homeport_v1 import snapshots as own_snapshots
from homeport.api.homeport_v1.instances import LogReader
from homeport.api.iam_v3 import handlers as iam
from homeport.api.once import answered_once
from homeport.api.operations import OPERATIONS
from homeport.identity.parts import Identity
from homeport.services.custom_metrics import Readings


def all_handlers(parts: Parts, identity: Identity, read_log: LogReader, readings: Readings) -> dict[str, Handler]:
    """Return the handlers of every operation that is built; `readings` are what instances told of themselves."""
    context = parts.context
    found = {
        **cae_jobs.handlers(context),
        **environments.handlers(parts),
        **applications.handlers(parts),
        **certificates.handlers(parts),
        **domains.handlers(parts),
        **volumes.handlers(parts),
        **components.handlers(parts),
        **actions.handlers(parts),
        **configurations.handlers(parts),
        **snapshots.handlers(parts),
        **cae_instances.handlers(parts),
        **events.handlers(parts),
        **jobs.handlers(context),
        **watching.handlers(context),
        **task_logs.handlers(context),
        **instances.handlers(context, read_log),
        **own_snapshots.handlers(context),
        **metrics.handlers(context, readings),
        **credentials.handlers(context),
        **health.handlers(context),
        **iam.handlers(identity),
        **docs_page.handlers(),
    }
    for operation in OPERATIONS:
        if operation.once and operation.id in found:
            found[operation.id] = answered_once(context, found[operation.id])
    return found
