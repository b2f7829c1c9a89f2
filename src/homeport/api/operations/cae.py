"""The operations of the CAE v1 API that are built (contract/contract.md, section 1)."""

from __future__ import annotations

from typing import Any, Final

from homeport.api.cae_v1 import answers, schemas
from homeport.api.operations.base import EnvironmentHeader, Operation, Parameter
from homeport.model import errors
from homeport.model.caller import Role

ROOT: Final = "/v1/{project_id}/cae"
_APPLICATION: Final = ROOT + "/applications/{application_id}"
_COMPONENT: Final = _APPLICATION + "/components/{component_id}"

_OF_COMPONENT: Final = (errors.EnvironmentNotFound, errors.ApplicationNotFound, errors.ComponentNotFound)
_BUSY: Final = (errors.WrongState, errors.JobActive)
_NEW_COMPONENT: Final = (
    errors.EnvironmentNotFound,
    errors.EnvironmentNotReady,
    errors.EnvironmentBeingDeleted,
    errors.ApplicationNotFound,
    errors.InvalidComponentName,
    errors.ComponentNameTaken,
)
_CONFIGURATION: Final = (errors.EnvValueNotText, errors.PortOutOfRange, errors.PortClash)

_PAGE: Final = (
    Parameter(
        name="limit",
        description="How many at most; 100 when left out.",
        schema={"type": "integer", "minimum": 1, "maximum": 1000},
    ),
    Parameter(
        name="offset", description="How many to pass over.", schema={"type": "integer", "minimum": 0, "maximum": 10**9}
    ),
    Parameter(
        name="sort_key",
        description="What to sort by; created_at when left out.",
        schema={"type": "string", "enum": ["created_at", "updated_at"]},
    ),
    Parameter(name="sort", description="desc when left out.", schema={"type": "string", "enum": ["asc", "desc"]}),
    Parameter(
        name="status",
        description="Only components in this status; the newest documents of CAE have it.",
        schema={"type": "string", "enum": ["created", "running", "paused", "notReady"]},
    ),
)
_DISPLAY_MODE: Final = Parameter(
    name="displayMode",
    description="`latestEffective` shows the last effective set; without it the whole history is shown.",
    schema={"type": "string", "enum": ["latestEffective"]},
)


def _in_environment(**facts: Any) -> Operation:
    return Operation(environment=EnvironmentHeader.REQUIRED, enterprise=True, **facts)


JOBS: Final = (
    Operation(
        id="ShowJob",
        method="GET",
        path=ROOT + "/jobs/{job_id}",
        group="Jobs",
        summary="Show a job with its tasks",
        response=answers.JobAnswer,
        kind="Job",
        conditional=True,
        environment=EnvironmentHeader.BY_JOB,
        enterprise=True,
        action="cae:job:get",
        refusals=(errors.JobNotFound,),
    ),
    Operation(
        id="RetryJob",
        method="POST",
        path=ROOT + "/jobs/{job_id}",
        group="Jobs",
        summary="Run a failed job again, under the same id",
        kind="Job",
        environment=EnvironmentHeader.BY_JOB,
        enterprise=True,
        action="cae:job:retry",
        role=Role.OPERATOR,
        refusals=(errors.JobNotFound, errors.RetryRefused),
    ),
)

ENVIRONMENTS: Final = (
    Operation(
        id="ListEnvironments",
        method="GET",
        path=ROOT + "/environments",
        group="Environments",
        summary="List the environments",
        response=answers.EnvironmentsAnswer,
        kind="Environment",
        enterprise=True,
        action="cae:environment:list",
    ),
    Operation(
        id="CreateEnvironment",
        method="POST",
        path=ROOT + "/environments",
        group="Environments",
        summary="Create an environment",
        request=schemas.CreateEnvironmentBody,
        response=answers.JobId,
        kind="Environment",
        enterprise=True,
        action="cae:environment:create",
        role=Role.OPERATOR,
        refusals=(errors.InvalidEnvironmentName, errors.EnvironmentNameTaken),
    ),
    Operation(
        id="DeleteEnvironment",
        method="DELETE",
        path=ROOT + "/environments/{environment_id}",
        group="Environments",
        summary="Delete an empty environment",
        response=answers.JobId,
        kind="Environment",
        enterprise=True,
        action="cae:environment:delete",
        role=Role.OPERATOR,
        refusals=(
            errors.EnvironmentNotFound,
            errors.EnvironmentNotEmpty,
            errors.EnvironmentHasVolumes,
            errors.EnvironmentBusy,
            errors.EnvironmentBeingDeleted,
        ),
    ),
)

APPLICATIONS: Final = (
    _in_environment(
        id="ListApplications",
        method="GET",
        path=ROOT + "/applications",
        group="Applications",
        summary="List the applications of an environment",
        response=answers.ApplicationsAnswer,
        kind="Application",
        action="cae:application:list",
        refusals=(errors.EnvironmentNotFound,),
    ),
    _in_environment(
        id="CreateApplication",
        method="POST",
        path=ROOT + "/applications",
        group="Applications",
        summary="Create an application",
        request=schemas.CreateApplicationBody,
        response=answers.ApplicationAnswer,
        kind="Application",
        action="cae:application:create",
        role=Role.OPERATOR,
        refusals=(
            errors.EnvironmentNotFound,
            errors.EnvironmentNotReady,
            errors.EnvironmentBeingDeleted,
            errors.InvalidApplicationName,
            errors.ApplicationNameTaken,
        ),
    ),
    _in_environment(
        id="ShowApplication",
        method="GET",
        path=_APPLICATION,
        group="Applications",
        summary="Show an application",
        response=answers.ApplicationAnswer,
        kind="Application",
        action="cae:application:get",
        refusals=(errors.EnvironmentNotFound, errors.ApplicationNotFound),
    ),
    _in_environment(
        id="DeleteApplication",
        method="DELETE",
        path=_APPLICATION,
        group="Applications",
        summary="Delete an empty application",
        status=204,
        kind="Application",
        action="cae:application:delete",
        role=Role.OPERATOR,
        refusals=(errors.EnvironmentNotFound, errors.ApplicationNotFound, errors.ApplicationNotEmpty),
    ),
)

COMPONENTS: Final = (
    _in_environment(
        id="ListComponents",
        method="GET",
        path=_APPLICATION + "/components",
        group="Components",
        summary="List the components of an application",
        response=answers.ComponentsAnswer,
        kind="Component",
        query=_PAGE,
        action="cae:component:list",
        refusals=(errors.EnvironmentNotFound, errors.ApplicationNotFound),
    ),
    _in_environment(
        id="CreateComponent",
        method="POST",
        path=_APPLICATION + "/components",
        group="Components",
        summary="Create a component, without deploying it",
        request=schemas.CreateComponentBody,
        response=answers.ComponentAnswer,
        kind="Component",
        action="cae:component:create",
        role=Role.OPERATOR,
        refusals=_NEW_COMPONENT,
    ),
    _in_environment(
        id="CreateComponentWithConfiguration",
        method="POST",
        path=_APPLICATION + "/component-with-configurations",
        group="Components",
        summary="Create a component, store its configurations and deploy it",
        request=schemas.CreateComponentWithConfigurationBody,
        response=answers.ComponentWithConfigurationAnswer,
        kind="Component",
        action="cae:component:create",
        role=Role.OPERATOR,
        refusals=(*_NEW_COMPONENT, *_CONFIGURATION),
    ),
    _in_environment(
        id="ShowComponent",
        method="GET",
        path=_COMPONENT,
        group="Components",
        summary="Show a component",
        response=answers.ComponentAnswer,
        kind="Component",
        action="cae:component:get",
        refusals=_OF_COMPONENT,
    ),
    _in_environment(
        id="UpdateComponent",
        method="PUT",
        path=_COMPONENT,
        group="Components",
        summary="Change a component that was never deployed",
        request=schemas.UpdateComponentBody,
        kind="Component",
        action="cae:component:update",
        role=Role.OPERATOR,
        refusals=(*_OF_COMPONENT, errors.InvalidComponentName, errors.ComponentNameTaken, *_BUSY),
    ),
    _in_environment(
        id="DeleteComponent",
        method="DELETE",
        path=_COMPONENT,
        group="Components",
        summary="Delete a component that is stopped",
        response=answers.JobId,
        kind="Component",
        action="cae:component:delete",
        role=Role.OPERATOR,
        refusals=(*_OF_COMPONENT, errors.ComponentHasInstances, errors.JobActive),
    ),
)

ACTIONS: Final = (
    _in_environment(
        id="ExecuteAction",
        method="POST",
        path=_COMPONENT + "/action",
        group="Component action, instances, snapshots",
        summary="Deploy, upgrade, configure, scale, restart, start, stop or roll back a component",
        request=schemas.ExecuteActionBody,
        response=answers.JobId,
        kind="Action",
        action="cae:component:action",
        role=Role.OPERATOR,
        refusals=(*_OF_COMPONENT, *_BUSY),
    ),
    _in_environment(
        id="ListComponentInstances",
        method="GET",
        path=_COMPONENT + "/instances",
        group="Component action, instances, snapshots",
        summary="List the instances of a component",
        response=answers.InstancesAnswer,
        kind="ComponentInstance",
        action="cae:component:get",
        refusals=_OF_COMPONENT,
    ),
    _in_environment(
        id="ListComponentSnapshots",
        method="GET",
        path=_COMPONENT + "/snapshots",
        group="Component action, instances, snapshots",
        summary="List the snapshots a component can be rolled back to",
        response=answers.SnapshotsAnswer,
        kind="ComponentSnapshot",
        action="cae:component:get",
        refusals=_OF_COMPONENT,
    ),
    _in_environment(
        id="ListComponentEvents",
        method="GET",
        path=_COMPONENT + "/events",
        group="Component action, instances, snapshots",
        summary="List what happened to a component and its instances",
        response=answers.EventsAnswer,
        kind="ComponentEvent",
        action="cae:component:get",
        refusals=_OF_COMPONENT,
        note="In SDK 3.1.100, gone from 3.1.219; served for clients that still call it.",
    ),
)

CONFIGURATIONS: Final = (
    _in_environment(
        id="ListComponentConfigurations",
        method="GET",
        path=_COMPONENT + "/configurations",
        group="Component configurations",
        summary="List the configurations of a component",
        response=answers.ConfigurationsAnswer,
        kind="ComponentConfiguration",
        query=(_DISPLAY_MODE,),
        action="cae:component:get",
        refusals=_OF_COMPONENT,
    ),
    _in_environment(
        id="CreateComponentConfiguration",
        method="POST",
        path=_COMPONENT + "/configurations",
        group="Component configurations",
        summary="Store configurations; deploy or configure makes them effective",
        request=schemas.CreateComponentConfigurationBody,
        kind="ComponentConfiguration",
        action="cae:component:update",
        role=Role.OPERATOR,
        refusals=(*_OF_COMPONENT, *_CONFIGURATION),
    ),
    _in_environment(
        id="DeleteComponentConfiguration",
        method="DELETE",
        path=_COMPONENT + "/configurations",
        group="Component configurations",
        summary="Reset all configurations; deploy or configure makes that effective",
        kind="ComponentConfiguration",
        action="cae:component:update",
        role=Role.OPERATOR,
        refusals=_OF_COMPONENT,
    ),
)

BUILT: Final = JOBS + ENVIRONMENTS + APPLICATIONS + COMPONENTS + ACTIONS + CONFIGURATIONS
"""In the order of the contract."""
