"""Every operation that is built, called on a real engine; CAE's through the official SDK, which loses nothing of it.

That what they answer is as the contract says is held for every answer of every test (`contract/watching.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from huaweicloudsdkcae import v1 as cae

from contract import calls_on_environments
from homeport.api.operations import CAE, HOMEPORT, IAM, OPERATIONS
from support.cae import (
    Application,
    ask_for_environment,
    code,
    end_of,
    environment_named,
    fresh,
    image,
    limit,
    lost_by_the_sdk,
    refused,
)
from support.server import DOMAIN, PASSWORD, PROJECT, USER, Server

pytestmark = pytest.mark.unmeasured

ANNOTATIONS = {"version": "1.0.0"}


class Furnished:
    """An application with a component that was built, configured, deployed and upgraded, so that every field shows."""

    def __init__(self, engine: Server, environment: str, http: httpx2.Client) -> None:
        self.engine = engine
        self.http = http
        self.application = Application(engine, environment, http)
        self.sdk = self.application.sdk
        self.component = self.application.component(runtime="Python3", source=code())
        self.configure(self.component)
        self.application.run(self.component, "deploy", version="1.0.0")
        self.job = self.application.act(self.component, "upgrade", version="1.1.0")
        self.application.ended(self.job)
        (instance,) = self.application.instances(self.component)
        self.instance = str(instance.name)

    def inside(self, request: Callable[..., Any], **more: Any) -> Any:
        """Return a request about the application."""
        return request(x_environment_id=self.application.environment_id, application_id=self.application.id, **more)

    def about(self, request: Callable[..., Any], **more: Any) -> Any:
        """Return a request about the component."""
        return self.application.of(request, self.component, **more)

    def configure(self, component_id: str) -> Any:
        body = cae.CreateComponentConfigurationRequestBody(
            api_version="v1", kind="ComponentConfiguration", items=items()
        )
        return self.sdk.create_component_configuration(
            self.application.of(cae.CreateComponentConfigurationRequest, component_id, body=body)
        )

    def failed(self) -> str:
        """Return a job that has failed."""
        job_id = self.application.act(self.application.component(), "deploy", script="pull=fail")
        self.application.ended(job_id)
        return job_id

    def running(self) -> str:
        """Return a job that runs until it is told to end."""
        return self.application.holds(self.application.component(), "deploy", task="pull", script="pull=stuck")

    def empty_environment(self) -> str:
        name = fresh("env")
        end_of(self.sdk, ask_for_environment(self.sdk, name))
        return str(environment_named(self.sdk, name).id)


def items() -> list[Any]:
    spec = cae.ConfigurationRequestDataSpec(envs={"MODE": "first"})
    return [cae.ConfigurationItem(type="env", data=cae.ConfigurationData(spec=spec))]


@pytest.fixture(scope="module")
def furnished(engine: Server, environment: str, http: httpx2.Client) -> Furnished:
    return Furnished(engine, environment, http)


# --- CAE's ---------------------------------------------------------------------------------------------------------


def create_environment(house: Furnished) -> Any:
    metadata = cae.CreateEnvironmentRequestBodyMetadata(name=fresh("env"), annotations={"vpc_id": "v"})
    body = cae.CreateEnvironmentRequestBody(api_version="v1", kind="Environment", metadata=metadata)
    return house.sdk.create_environment(cae.CreateEnvironmentRequest(body=body, x_enterprise_project_id="0"))


def delete_environment(house: Furnished) -> Any:
    return house.sdk.delete_environment(cae.DeleteEnvironmentRequest(environment_id=house.empty_environment()))


def create_application(house: Furnished) -> Any:
    metadata = cae.CreateApplicationRequestBodyMetadata(name=fresh("app"))
    body = cae.CreateApplicationRequestBody(api_version="v1", kind="Application", metadata=metadata)
    environment_id = house.application.environment_id
    return house.sdk.create_application(cae.CreateApplicationRequest(x_environment_id=environment_id, body=body))


def delete_application(house: Furnished) -> Any:
    made = create_application(house)
    environment_id = house.application.environment_id
    request = cae.DeleteApplicationRequest(x_environment_id=environment_id, application_id=made.metadata.id)
    return house.sdk.delete_application(request)


def component_body(kind: Callable[..., Any], **more: Any) -> Any:
    metadata = cae.CreateComponentWithConfigurationRequestBodyMetadata(name=fresh("cart"), annotations=ANNOTATIONS)
    build = cae.Build(archive=cae.Archive(artifact_namespace="shop"), parameters={"build_cmd": "make"})
    spec = cae.CreateComponentWithConfigurationRequestBodySpec(
        runtime="Python3", replica=2, source=code(), build=build, resource_limit=limit()
    )
    return kind(api_version="v1", kind="Component", metadata=metadata, spec=spec, **more)


def create_component(house: Furnished) -> Any:
    body = component_body(cae.CreateComponentRequestBody)
    return house.sdk.create_component(house.inside(cae.CreateComponentRequest, body=body))


def create_component_with_configuration(house: Furnished) -> Any:
    body = component_body(cae.CreateComponentWithConfigurationRequestBody, configurations=items())
    request = house.inside(cae.CreateComponentWithConfigurationRequest, body=body)
    return house.sdk.create_component_with_configuration(request)


def update_component(house: Furnished) -> Any:
    body = cae.UpdateComponentRequestBody(
        api_version="v1",
        kind="Component",
        metadata=cae.UpdateComponentRequestMetadata(name=fresh("cart")),
        spec=cae.UpdateComponentRequestSpec(resource_limit=limit(), replica=3, source=image("nginx:3")),
    )
    component_id = house.application.component()
    return house.sdk.update_component(house.application.of(cae.UpdateComponentRequest, component_id, body=body))


def delete_component(house: Furnished) -> Any:
    component_id = house.application.component()
    return house.sdk.delete_component(house.application.of(cae.DeleteComponentRequest, component_id))


def execute_action(house: Furnished) -> Any:
    metadata = cae.ExecuteActionRequestBodyMetadata(name="deploy", annotations=ANNOTATIONS)
    body = cae.ExecuteActionRequestBody(api_version="v1", kind="Action", metadata=metadata)
    component_id = house.application.component()
    return house.sdk.execute_action(house.application.of(cae.ExecuteActionRequest, component_id, body=body))


def delete_component_configuration(house: Furnished) -> Any:
    component_id = house.application.component()
    house.configure(component_id)
    request = house.application.of(cae.DeleteComponentConfigurationRequest, component_id)
    return house.sdk.delete_component_configuration(request)


def show_job(house: Furnished) -> Any:
    environment_id = house.application.environment_id
    return house.sdk.show_job(cae.ShowJobRequest(job_id=house.job, x_environment_id=environment_id))


def retry_job(house: Furnished) -> Any:
    environment_id = house.application.environment_id
    return house.sdk.retry_job(cae.RetryJobRequest(job_id=house.failed(), x_environment_id=environment_id))


def list_components(house: Furnished) -> Any:
    return house.sdk.list_components(house.inside(cae.ListComponentsRequest, limit="10", offset="0"))


def list_applications(house: Furnished) -> Any:
    environment_id = house.application.environment_id
    return house.sdk.list_applications(cae.ListApplicationsRequest(x_environment_id=environment_id))


CALLS: dict[str, Callable[[Furnished], Any]] = {
    "ShowJob": show_job,
    "RetryJob": retry_job,
    "ListEnvironments": lambda house: house.sdk.list_environments(cae.ListEnvironmentsRequest()),
    "CreateEnvironment": create_environment,
    "DeleteEnvironment": delete_environment,
    "ListApplications": list_applications,
    "CreateApplication": create_application,
    "ShowApplication": lambda house: house.sdk.show_application(house.inside(cae.ShowApplicationRequest)),
    "DeleteApplication": delete_application,
    **calls_on_environments.CALLS,
    "ListComponents": list_components,
    "CreateComponent": create_component,
    "CreateComponentWithConfiguration": create_component_with_configuration,
    "ShowComponent": lambda house: house.sdk.show_component(house.about(cae.ShowComponentRequest)),
    "UpdateComponent": update_component,
    "DeleteComponent": delete_component,
    "ExecuteAction": execute_action,
    "ListComponentInstances": lambda house: house.sdk.list_component_instances(
        house.about(cae.ListComponentInstancesRequest)
    ),
    "ListComponentSnapshots": lambda house: house.sdk.list_component_snapshots(
        house.about(cae.ListComponentSnapshotsRequest)
    ),
    "ListComponentConfigurations": lambda house: house.sdk.list_component_configurations(
        house.about(cae.ListComponentConfigurationsRequest)
    ),
    "CreateComponentConfiguration": lambda house: house.configure(house.application.component()),
    "DeleteComponentConfiguration": delete_component_configuration,
}

NOT_IN_THE_SDK = {"ListComponentEvents"}

UNKNOWN_TO_THE_SDK = {
    "ListComponentInstances": ["kind"],
    "CreateComponentWithConfiguration": [
        f"configurations[].{name}" for name in ("is_activated", "operated_at", "operation_id")
    ],
}
"""Fields whose values the published examples have and the SDK's models have not (DESIGN.md, section 10)."""


def test_every_operation_of_cae_that_is_built_is_called_below() -> None:
    assert CALLS.keys() | NOT_IN_THE_SDK == {operation.id for operation in CAE if operation.built}


@pytest.mark.parametrize("id_", CALLS)
def test_the_sdk_understands_all_of_what_an_operation_answers(furnished: Furnished, id_: str) -> None:
    answer = CALLS[id_](furnished)
    assert lost_by_the_sdk(answer) == UNKNOWN_TO_THE_SDK.get(id_, [])


def test_the_events_of_a_component_are_listed_for_older_clients(furnished: Furnished) -> None:
    application = furnished.application
    path = f"/v1/{PROJECT}/cae/applications/{application.id}/components/{furnished.component}/events"
    answer = furnished.http.get(path, headers={"X-Environment-ID": application.environment_id})
    assert answer.status_code == 200
    assert {"SuccessfulCreate", "Started"} <= {item["name"] for item in answer.json()["items"]}


NOT_BUILT = {operation.id: operation for operation in OPERATIONS if not operation.built}


@pytest.mark.parametrize("id_", NOT_BUILT)
def test_an_operation_that_is_not_built_says_so(furnished: Furnished, id_: str) -> None:
    operation = NOT_BUILT[id_]
    path = operation.path.format_map(dict.fromkeys(operation.params, "0") | {"project_id": PROJECT})
    headers = {"X-Environment-ID": furnished.application.environment_id}
    answer = furnished.http.request(operation.method, path, headers=headers)
    assert (answer.status_code, answer.json()["error_code"]) == (501, "HOMEPORT.0501")
    assert f"{id_} is not built" in answer.json()["error_msg"]


def test_the_sdk_shows_that_an_operation_is_not_built(furnished: Furnished) -> None:
    request = cae.ListEipsRequest(x_environment_id=furnished.application.environment_id)
    status, error_code, message = refused(lambda: furnished.sdk.list_eips(request))
    assert (status, error_code) == (501, "HOMEPORT.0501")
    assert "ListEips" in message


# --- IAM's and Homeport's own -----------------------------------------------------------------------------------------

LOGIN = {
    "auth": {
        "identity": {
            "methods": ["password"],
            "password": {"user": {"name": USER, "password": PASSWORD, "domain": {"id": DOMAIN}}},
        },
        "scope": {"project": {"id": PROJECT}},
    }
}


def subject(house: Furnished) -> dict[str, str]:
    """Return the header that names a new token."""
    return {"X-Subject-Token": house.http.post("/v3/auth/tokens", json=LOGIN).headers["X-Subject-Token"]}


def own(path: str) -> str:
    return f"/homeport/v1/{PROJECT}{path}"


def new_credential(house: Furnished, name: str) -> httpx2.Response:
    body = {"name": name, "type": "git-https", "username": "ada", "password": "t0ken"}
    return house.http.post(own("/credentials"), json=body)


def credential(house: Furnished) -> str:
    """Return the path of a credential that is there."""
    name = fresh("git")
    assert new_credential(house, name).is_success
    return own(f"/credentials/{name}")


OWN: dict[str, Callable[[Furnished], httpx2.Response]] = {
    "CreateToken": lambda house: house.http.post("/v3/auth/tokens", json=LOGIN),
    "ShowToken": lambda house: house.http.get("/v3/auth/tokens", headers=subject(house)),
    "DeleteToken": lambda house: house.http.delete("/v3/auth/tokens", headers=subject(house)),
    "ListProjects": lambda house: house.http.get("/v3/projects"),
    "ListAuthProjects": lambda house: house.http.get("/v3/auth/projects"),
    "ListAuthDomains": lambda house: house.http.get("/v3/auth/domains"),
    "ListUsers": lambda house: house.http.get("/v3/users"),
    "ShowHealth": lambda house: house.http.get("/homeport/v1/health"),
    "ShowVersion": lambda house: house.http.get("/homeport/v1/version"),
    "ShowOpenApi": lambda house: house.http.get("/openapi.json"),
    "ShowDocs": lambda house: house.http.get("/docs"),
    "ListJobs": lambda house: house.http.get(own("/jobs")),
    "ShowJobRecord": lambda house: house.http.get(own(f"/jobs/{house.job}")),
    "TerminateJob": lambda house: house.http.post(own(f"/jobs/{house.running()}/terminate")),
    "ListJobEvents": lambda house: house.http.get(own(f"/jobs/{house.job}/events")),
    "StreamJobEvents": lambda house: house.http.get(own(f"/jobs/{house.job}/events/stream")),
    "WaitForJob": lambda house: house.http.get(own(f"/jobs/{house.job}/wait")),
    "ShowTaskLog": lambda house: house.http.get(own(f"/jobs/{house.job}/tasks/1/log")),
    "ListCredentials": lambda house: house.http.get(own("/credentials")),
    "CreateCredential": lambda house: new_credential(house, fresh("git")),
    "ShowCredential": lambda house: house.http.get(credential(house)),
    "DeleteCredential": lambda house: house.http.delete(credential(house)),
    "CompareSnapshots": lambda house: house.http.get(own(f"/components/{house.component}/comparison?first=1&second=1")),
    "ShowComponentMetrics": lambda house: house.http.get(own(f"/components/{house.component}/metrics")),
    "ShowInstanceLog": lambda house: house.http.get(
        own(f"/components/{house.component}/instances/{house.instance}/log")
    ),
}


def test_every_operation_beside_cae_s_is_called_below() -> None:
    assert OWN.keys() == {operation.id for operation in (*IAM, *HOMEPORT) if operation.built}


@pytest.mark.parametrize("id_", OWN)
def test_an_operation_beside_cae_s_answers_as_its_table_says(furnished: Furnished, id_: str) -> None:
    expected = {operation.id: operation.status for operation in OPERATIONS}[id_]
    assert OWN[id_](furnished).status_code == expected


def test_jobs_that_the_official_client_asks_for_are_its_user_s(furnished: Furnished) -> None:
    listed = furnished.http.get(own("/jobs"), params={"component_id": furnished.component}).json()["items"]
    assert {item["created_by"] for item in listed} == {USER}
