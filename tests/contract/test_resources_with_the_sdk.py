"""CAE's resources through the official Python SDK, against a real engine with the driver `simulated`."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from huaweicloudsdkcae import v1 as cae
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException, ServerResponseException

from support.server import Server, running, wait_for

ENDED = ("success", "failed", "timeout", "skip", "terminated")
numbers = count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("engine") / "data", min_ready_seconds=0) as engine:
        yield engine


class Client:
    """The SDK, with what all calls inside of one environment have in common."""

    def __init__(self, server: Server) -> None:
        self.sdk = server.sdk()
        self.env = ""
        self.app = ""

    def job(self, job_id: str, *, inside: bool = True) -> str:
        """Wait for the end of a job and return its status."""
        request = cae.ShowJobRequest(job_id=job_id, x_environment_id=self.env if inside else None)

        def ended() -> Any:
            job = self.sdk.show_job(request)
            return job if job.spec.status in ENDED else None

        return str(wait_for(ended, what=f"the end of job {job_id}").spec.status)

    def environment(self) -> str:
        """Create an environment, wait for it, and return its name."""
        name = f"env-{next(numbers)}"
        metadata = cae.CreateEnvironmentRequestBodyMetadata(name=name, annotations={"vpc_id": "v", "type": "exclusive"})
        body = cae.CreateEnvironmentRequestBody(api_version="v1", kind="Environment", metadata=metadata)
        answer = self.sdk.create_environment(cae.CreateEnvironmentRequest(body=body))
        assert self.job(answer.job_id, inside=False) == "success"
        self.env = self.listed_environment(name).id
        return name

    def listed_environment(self, name: str) -> Any:
        items = self.sdk.list_environments(cae.ListEnvironmentsRequest()).items
        return next((item for item in items if item.name == name), None)

    def application(self, name: str = "shop") -> Any:
        """Create an application and return the answer."""
        metadata = cae.CreateApplicationRequestBodyMetadata(name=name)
        body = cae.CreateApplicationRequestBody(api_version="v1", kind="Application", metadata=metadata)
        answer = self.sdk.create_application(cae.CreateApplicationRequest(x_environment_id=self.env, body=body))
        self.app = answer.metadata.id
        return answer

    def of(self, request: Any, component_id: str, **more: Any) -> Any:
        """Return a request about a component."""
        return request(x_environment_id=self.env, application_id=self.app, component_id=component_id, **more)

    def component(self, name: str = "cart") -> Any:
        """Create a component and return the answer."""
        body = cae.CreateComponentRequestBody(
            api_version="v1",
            kind="Component",
            metadata=cae.CreateComponentWithConfigurationRequestBodyMetadata(
                name=name, annotations={"version": "1.0.0"}
            ),
            spec=cae.CreateComponentWithConfigurationRequestBodySpec(
                runtime="Docker", replica=2, source=image("nginx:1"), resource_limit=limit()
            ),
        )
        request = cae.CreateComponentRequest(x_environment_id=self.env, application_id=self.app, body=body)
        return self.sdk.create_component(request)

    def show(self, component_id: str) -> Any:
        return self.sdk.show_component(self.of(cae.ShowComponentRequest, component_id))

    def act(self, component_id: str, action: str, version: str = "1.0.0", **spec: Any) -> str:
        """Run an action, wait for its job, and return how that ended."""
        metadata = cae.ExecuteActionRequestBodyMetadata(name=action, annotations={"version": version})
        body = cae.ExecuteActionRequestBody(
            api_version="v1",
            kind="Action",
            metadata=metadata,
            spec=cae.ActionOnComponentSpec(**spec) if spec else None,
        )
        answer = self.sdk.execute_action(self.of(cae.ExecuteActionRequest, component_id, body=body))
        return self.job(answer.job_id)

    def configure(self, component_id: str, **specs: Any) -> None:
        """Store one operation of configurations."""
        items = [
            cae.ConfigurationItem(type=type_, data=cae.ConfigurationData(spec=spec)) for type_, spec in specs.items()
        ]
        body = cae.CreateComponentConfigurationRequestBody(api_version="v1", kind="ComponentConfiguration", items=items)
        request = self.of(cae.CreateComponentConfigurationRequest, component_id, body=body)
        self.sdk.create_component_configuration(request)

    def configurations(self, component_id: str, mode: str | None = None) -> Any:
        request = self.of(cae.ListComponentConfigurationsRequest, component_id, display_mode=mode)
        return self.sdk.list_component_configurations(request).items


def image(url: str) -> Any:
    return cae.Source(type="image", url=url)


def limit(cpu: str = "500m", memory: str = "1Gi") -> Any:
    return cae.ResourceLimit(cpu_limit=cpu, memory_limit=memory)


def env(**variables: str) -> Any:
    return cae.ConfigurationRequestDataSpec(envs=variables)


@pytest.fixture
def client(server: Server) -> Client:
    """Return a client with an environment and an application of its own."""
    client = Client(server)
    client.environment()
    client.application()
    return client


def test_an_environment_is_created_listed_and_deleted(server: Server) -> None:
    client = Client(server)
    name = client.environment()
    listed = client.listed_environment(name)
    assert listed.status == "finish"
    assert listed.annotations["vpc_id"] == "v"
    answer = client.sdk.delete_environment(cae.DeleteEnvironmentRequest(environment_id=listed.id))
    assert client.job(answer.job_id, inside=False) == "success"
    assert client.listed_environment(name) is None


def test_an_application_is_created_listed_shown_and_deleted(client: Client) -> None:
    shown = client.sdk.show_application(
        cae.ShowApplicationRequest(x_environment_id=client.env, application_id=client.app)
    )
    assert shown.metadata.name == "shop"
    client.sdk.delete_application(cae.DeleteApplicationRequest(x_environment_id=client.env, application_id=client.app))
    listed = client.sdk.list_applications(cae.ListApplicationsRequest(x_environment_id=client.env))
    assert listed.items == []


def test_a_component_is_created_updated_listed_and_shown(client: Client) -> None:
    component_id = client.component().metadata.id
    body = cae.UpdateComponentRequestBody(
        api_version="v1",
        kind="Component",
        metadata=cae.UpdateComponentRequestMetadata(name="basket"),
        spec=cae.UpdateComponentRequestSpec(resource_limit=limit("2000m", "4Gi"), replica=3),
    )
    client.sdk.update_component(client.of(cae.UpdateComponentRequest, component_id, body=body))
    listed = client.sdk.list_components(
        cae.ListComponentsRequest(
            x_environment_id=client.env, application_id=client.app, limit="10", offset="0", sort="asc"
        )
    )
    (item,) = listed.items
    shown = client.show(component_id)
    assert (listed.total_count, item.name, shown.metadata.name) == (1, "basket", "basket")
    assert (item.spec.replica, item.spec.resource_limit.memory_limit, item.spec.source.url) == (3, "4Gi", "nginx:1")
    assert (shown.spec.status, shown.spec.image_url, shown.spec.env_id) == ("created", "nginx:1", client.env)


def test_a_component_s_life_from_its_deployment_to_its_end(client: Client) -> None:
    component_id = client.component().metadata.id
    client.configure(component_id, env=env(MODE="first"))
    assert client.act(component_id, "deploy") == "success"

    shown = client.show(component_id)
    instances = client.sdk.list_component_instances(client.of(cae.ListComponentInstancesRequest, component_id)).items
    assert (shown.spec.status, shown.spec.available_replica) == ("running", 2)
    assert [instance.status for instance in instances] == ["running", "running"]
    assert shown.spec.configuration_operation_id == client.configurations(component_id)[0].operation_id

    client.configure(component_id, env=env(MODE="second"))
    assert client.configurations(component_id, "latestEffective")[0].data.spec.envs == {"MODE": "first"}
    assert client.act(component_id, "configure") == "success"
    assert client.configurations(component_id, "latestEffective")[0].data.spec.envs == {"MODE": "second"}
    second, first = client.configurations(component_id)
    assert (second.is_activated, second.is_using, first.is_activated, first.is_using) == (True, True, True, False)

    assert (
        client.act(component_id, "upgrade", "1.1.0", source=cae.ActionOnComponentSource(type="image", url="nginx:2"))
        == "success"
    )
    assert client.show(component_id).spec.source.url == "nginx:2"
    assert client.act(component_id, "rollback", snapshot_index=1) == "success"

    rolled = client.show(component_id)
    snapshots = client.sdk.list_component_snapshots(client.of(cae.ListComponentSnapshotsRequest, component_id)).items
    assert (rolled.spec.source.url, rolled.metadata.annotations["version"]) == ("nginx:1", "1.0.0")
    assert client.configurations(component_id, "latestEffective")[0].data.spec.envs == {"MODE": "first"}
    assert [snapshot.index for snapshot in snapshots] == [1, 2, 3, 4]
    assert [snapshot.context.operation for snapshot in snapshots] == ["deploy", "configure", "upgrade", "rollback"]

    assert client.act(component_id, "stop") == "success"
    answer = client.sdk.delete_component(client.of(cae.DeleteComponentRequest, component_id))
    assert client.job(answer.job_id) == "success"
    with pytest.raises(ClientRequestException) as gone:
        client.show(component_id)
    assert (gone.value.status_code, gone.value.error_code) == (400, "CAE.01500208")


def test_configurations_are_reset_by_type_and_all_at_once(client: Client) -> None:
    component_id = client.component().metadata.id
    client.configure(component_id, env=env(A="1"), log=cae.ConfigurationRequestDataSpec(log_paths=["/var/log"]))
    body = cae.CreateComponentConfigurationRequestBody(
        api_version="v1", kind="ComponentConfiguration", items=[cae.ConfigurationItem(type="env")]
    )
    client.sdk.create_component_configuration(
        client.of(cae.CreateComponentConfigurationRequest, component_id, body=body)
    )
    newest = client.configurations(component_id)[0]
    assert (newest.type, newest.data) == ("env", None)
    client.sdk.delete_component_configuration(client.of(cae.DeleteComponentConfigurationRequest, component_id))
    assert client.configurations(component_id) == []


def test_a_component_is_created_with_configurations_and_deployed_in_one_call(client: Client) -> None:
    body = cae.CreateComponentWithConfigurationRequestBody(
        api_version="v1",
        kind="Component",
        metadata=cae.CreateComponentWithConfigurationRequestBodyMetadata(name="cart", annotations={"version": "1.0.0"}),
        spec=cae.CreateComponentWithConfigurationRequestBodySpec(
            runtime="Docker", replica=1, source=image("nginx:1"), resource_limit=limit()
        ),
        configurations=[cae.ConfigurationItem(type="env", data=cae.ConfigurationData(spec=env(A="1")))],
    )
    answer = client.sdk.create_component_with_configuration(
        cae.CreateComponentWithConfigurationRequest(x_environment_id=client.env, application_id=client.app, body=body)
    )
    assert client.job(answer.status.job_id) == "success"
    component_id = answer.metadata.id
    assert client.show(component_id).spec.status == "running"
    assert client.configurations(component_id, "latestEffective")[0].data.spec.envs == {"A": "1"}


def test_a_component_that_failed_to_deploy_can_be_updated_and_deployed(client: Client) -> None:
    component_id = client.component().metadata.id
    metadata = cae.ExecuteActionRequestBodyMetadata(
        name="deploy", annotations={"homeport/script": "pull=fail:image-missing"}
    )
    body = cae.ExecuteActionRequestBody(api_version="v1", kind="Action", metadata=metadata)
    answer = client.sdk.execute_action(client.of(cae.ExecuteActionRequest, component_id, body=body))
    assert client.job(answer.job_id) == "failed"
    change = cae.UpdateComponentRequestBody(
        api_version="v1",
        kind="Component",
        metadata=cae.UpdateComponentRequestMetadata(name="cart"),
        spec=cae.UpdateComponentRequestSpec(resource_limit=limit(), source=image("nginx:2")),
    )
    client.sdk.update_component(client.of(cae.UpdateComponentRequest, component_id, body=change))
    assert client.act(component_id, "deploy") == "success"
    assert client.show(component_id).spec.source.url == "nginx:2"


def test_a_deployed_component_is_not_updated(client: Client) -> None:
    component_id = client.component().metadata.id
    client.act(component_id, "deploy")
    body = cae.UpdateComponentRequestBody(
        api_version="v1",
        kind="Component",
        metadata=cae.UpdateComponentRequestMetadata(name="cart"),
        spec=cae.UpdateComponentRequestSpec(resource_limit=limit()),
    )
    with pytest.raises(ServerResponseException) as refused:
        client.sdk.update_component(client.of(cae.UpdateComponentRequest, component_id, body=body))
    assert (refused.value.status_code, refused.value.error_code) == (500, "CAE.01500202")


def test_an_environment_that_is_not_empty_stays(client: Client) -> None:
    with pytest.raises(ServerResponseException) as refused:
        client.sdk.delete_environment(cae.DeleteEnvironmentRequest(environment_id=client.env))
    assert refused.value.error_code == "CAE.01500402"
    assert "shop" in refused.value.error_msg


def test_a_call_without_the_environment_is_told_so(client: Client) -> None:
    with pytest.raises(ClientRequestException) as refused:
        client.sdk.list_applications(cae.ListApplicationsRequest())
    assert (refused.value.status_code, refused.value.error_code) == (400, "CAE.01500001")
    assert "X-Environment-ID" in refused.value.error_msg
