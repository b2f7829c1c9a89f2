"""An application in an environment of its own, its components driven by the official SDK as its documentation says."""

from __future__ import annotations

import contextlib
import json
import subprocess
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from itertools import count
from typing import Any, Final
from urllib.parse import urljoin

from huaweicloudsdkcae import v1 as cae
from huaweicloudsdkcore.exceptions.exceptions import ConnectionException

from support.server import PROJECT, Server, wait_for

ENDED: Final = frozenset({"success", "failed", "timeout", "skip", "terminated"})

LONGEST_JOB: Final = 90.0
"""Seconds after which a job that has not ended fails the test; no test passes or fails by being slow."""

_numbers = count(1)


def create_environment(sdk: cae.CaeClient, name: str, **annotations: str) -> str:
    """Ask for an environment and return the id of its job."""
    metadata = cae.CreateEnvironmentRequestBodyMetadata(name=name, annotations={"vpc_id": "v"} | annotations)
    body = cae.CreateEnvironmentRequestBody(api_version="v1", kind="Environment", metadata=metadata)
    return str(sdk.create_environment(cae.CreateEnvironmentRequest(body=body)).job_id)


def environments(sdk: cae.CaeClient) -> dict[str, Any]:
    """Return the environments there are, by name."""
    return {one.name: one for one in sdk.list_environments(cae.ListEnvironmentsRequest()).items}


class Jobs:
    """The jobs of an engine, which may die and come back."""

    def __init__(self, server: Server, environment_id: str = "") -> None:
        """`environment_id` is what jobs inside an environment are asked for with; empty for those of environments."""
        self.server = server
        self.sdk = server.sdk()
        self.environment_id = environment_id

    def job(self, job_id: str) -> Any:
        """Return a job as ShowJob answers it."""
        return self.sdk.show_job(cae.ShowJobRequest(job_id=job_id, x_environment_id=self.environment_id or None)).spec

    def end(self, job_id: str) -> Any:
        """Return a job when it has ended."""

        def ended() -> Any:
            job = self.job(job_id)
            return job if job.status in ENDED else None

        # Who waits costs those that work nothing. One that dies meanwhile is asked again until it is back.
        with contextlib.suppress(OSError, HTTPException):
            self.own("GET", f"/jobs/{job_id}/wait?timeout=60")
        return wait_for(ended, LONGEST_JOB, f"the end of job {job_id}")

    def succeed(self, job_id: str) -> Any:
        """Return a job when it has ended well."""
        job = self.end(job_id)
        assert job.status == "success", job
        return job

    def reach(self, job_id: str, task: str) -> None:
        """Return when a task of a job is under way."""

        def under_way() -> bool:
            job = self.job(job_id)
            return any(one.name == task and one.status == "running" for one in job.tasks) or job.status in ENDED

        wait_for(under_way, LONGEST_JOB, f"task {task} of job {job_id}")

    def die(self, ask: Callable[[], object]) -> str:
        """Ask for what the engine dies over, as it was told to, start it again, and return the id of the newest job.

        It may die before it has answered: what was accepted then is a job all the same.
        """
        with contextlib.suppress(ConnectionException):
            ask()
        try:
            self.server.wait_for_death()
        except (TimeoutError, subprocess.TimeoutExpired) as error:
            raise AssertionError(f"the engine lives, and its newest job is {self.job(self.newest())}") from error
        self.server.start()
        return self.newest()

    def newest(self) -> str:
        """Return the id of the newest job there is."""
        return str(self.own("GET", "/jobs?limit=1")["items"][0]["id"])

    def own(self, method: str, path: str, body: object = None) -> Any:
        """Make one of Homeport's own calls and return its answer as JSON, or as text where it is none."""
        return self.call(method, f"/homeport/v1/{PROJECT}{path}", body)

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Make a call that the SDK does not know and return its answer as JSON, or as text where it is none."""
        headers = {"X-Auth-Token": self.server.token(), "X-Environment-ID": self.environment_id}
        data = None if body is None else json.dumps(body).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.server.url}{path}", data, headers | kind, method=method)
        with urllib.request.urlopen(request, timeout=90) as response:
            is_json = "json" in response.headers.get("Content-Type", "")
            return json.load(response) if is_json else response.read().decode()

    def terminate(self, job_id: str) -> None:
        """Ask a job to end."""
        self.own("POST", f"/jobs/{job_id}/terminate")

    def retry(self, job_id: str) -> None:
        """Start a job's next attempt."""
        self.sdk.retry_job(cae.RetryJobRequest(job_id=job_id, x_environment_id=self.environment_id))

    def task_log(self, job_id: str, index: int) -> str:
        """Return the log of one of a job's tasks."""
        return str(self.own("GET", f"/jobs/{job_id}/tasks/{index}/log"))


class Shop(Jobs):
    """An environment with an application in it."""

    def __init__(self, server: Server, **annotations: str) -> None:
        super().__init__(server)
        name = f"shop-{next(_numbers)}"
        self.succeed(create_environment(self.sdk, name, **annotations))
        self.environment_id = environments(self.sdk)[name].id
        application = cae.CreateApplicationRequestBody(
            api_version="v1", kind="Application", metadata=cae.CreateApplicationRequestBodyMetadata(name="shop")
        )
        request = cae.CreateApplicationRequest(x_environment_id=self.environment_id, body=application)
        self.application_id = self.sdk.create_application(request).metadata.id

    def component(
        self,
        source: str,
        *,
        name: str = "cart",
        replica: int = 1,
        runtime: str = "Python3",
        kind: str = "softwarePackage",
        branch: str | None = None,
        auth_name: str | None = None,
        build: dict[str, str] | None = None,
    ) -> Cart:
        """Create a component of a source."""
        spec = cae.CreateComponentWithConfigurationRequestBodySpec(
            runtime=runtime,
            replica=replica,
            build=cae.Build(parameters=build) if build else None,
            source=cae.Source(type=kind, url=source, code=_repo(branch, auth_name)),
            resource_limit=cae.ResourceLimit(cpu_limit="500m", memory_limit="1Gi"),
        )
        metadata = cae.CreateComponentWithConfigurationRequestBodyMetadata(name=name, annotations={"version": "1.0.0"})
        body = cae.CreateComponentRequestBody(api_version="v1", kind="Component", metadata=metadata, spec=spec)
        request = cae.CreateComponentRequest(
            x_environment_id=self.environment_id, application_id=self.application_id, body=body
        )
        return Cart(self, self.sdk.create_component(request).metadata.id, name)

    def deployed(self, source: str, **facts: Any) -> Cart:
        """Create a component and deploy it."""
        cart = self.component(source, **facts)
        cart.succeed("deploy")
        return cart


class Cart:
    """One component."""

    def __init__(self, shop: Shop, component_id: str, name: str) -> None:
        self.shop = shop
        self.id = component_id
        self.name = name

    def _request(self, request: Any, **more: Any) -> Any:
        where = {"x_environment_id": self.shop.environment_id, "application_id": self.shop.application_id}
        return request(**where, component_id=self.id, **more)

    def act(self, action: str, *, annotations: dict[str, str] | None = None, **spec: Any) -> str:
        """Ask for an action and return the id of its job; `source` is a URL."""
        if "source" in spec:
            spec["source"] = cae.ActionOnComponentSource(url=spec["source"])
        body = cae.ExecuteActionRequestBody(
            api_version="v1",
            kind="Action",
            metadata=cae.ExecuteActionRequestBodyMetadata(name=action, annotations=annotations or {}),
            spec=cae.ActionOnComponentSpec(**spec) if spec else None,
        )
        return str(self.shop.sdk.execute_action(self._request(cae.ExecuteActionRequest, body=body)).job_id)

    def end(self, action: str, **facts: Any) -> Any:
        """Ask for an action and return its job when it has ended."""
        return self.shop.end(self.act(action, **facts))

    def succeed(self, action: str, **facts: Any) -> Any:
        """Ask for an action and return its job, which ends well."""
        return self.shop.succeed(self.act(action, **facts))

    def fail(self, action: str, **facts: Any) -> str:
        """Ask for an action whose job fails, and return the detail of the task that it fails by."""
        job = self.end(action, **facts)
        assert job.status == "failed", job
        return str(next(task.detail for task in job.tasks if task.status == "failed"))

    def ask_to_delete(self) -> str:
        """Ask for the component's deletion and return the id of its job."""
        return str(self.shop.sdk.delete_component(self._request(cae.DeleteComponentRequest)).job_id)

    def delete(self) -> Any:
        """Delete the component and return the job when it has ended."""
        return self.shop.end(self.ask_to_delete())

    def configure(self, **data: Any) -> None:
        """Store configurations by type: `env={"NAME": "value"}`, others as `ConfigurationRequestDataSpec`."""
        items = [
            cae.ConfigurationItem(type=type_, data=cae.ConfigurationData(spec=_configuration(type_, spec)))
            for type_, spec in data.items()
        ]
        body = cae.CreateComponentConfigurationRequestBody(api_version="v1", kind="ComponentConfiguration", items=items)
        request = self._request(cae.CreateComponentConfigurationRequest, body=body)
        self.shop.sdk.create_component_configuration(request)

    def show(self) -> Any:
        """Return the component's spec as ShowComponent answers it."""
        return self.shop.sdk.show_component(self._request(cae.ShowComponentRequest)).spec

    @property
    def standing(self) -> tuple[str, int]:
        """Its status, and how many instances are available."""
        spec = self.show()
        return spec.status, spec.available_replica

    def instances(self) -> list[Any]:
        """Return its instances."""
        found = self.shop.sdk.list_component_instances(self._request(cae.ListComponentInstancesRequest)).items
        return list(found)

    def events(self) -> list[Any]:
        """Return its events, newest first."""
        path = f"/applications/{self.shop.application_id}/components/{self.id}/events"
        return list(self.shop.call("GET", f"/v1/{PROJECT}/cae{path}")["items"])

    def log(self) -> str:
        """Return the log of its one instance, as its users read it."""
        [instance] = self.instances()
        return str(self.shop.own("GET", f"/components/{self.id}/instances/{instance.name}/log"))

    def metrics(self) -> dict[str, str]:
        """Return what its instances told last of themselves: values by name."""
        items = self.shop.own("GET", f"/components/{self.id}/metrics")["items"]
        return {sample["name"]: sample["value"] for item in items for sample in item["samples"]}

    def logs(self) -> str:
        """Return what all its instances have written, on driver `process`."""
        folder = self.shop.server.data_dir / "process" / "logs" / self.id
        return "".join(log.read_text() for log in folder.glob("*.log"))

    @property
    def url(self) -> str:
        """Its stable address."""
        return str(self.show().access_info[0].address)

    def ask(self, path: str = "/") -> Any:
        """Return what the application answers."""
        with urllib.request.urlopen(urljoin(self.url, path), timeout=30) as response:
            return json.load(response)

    @property
    def version(self) -> str:
        """The version that answers."""
        return str(self.ask()["version"])


def _repo(branch: str | None, auth_name: str | None) -> Any:
    return cae.Repo(branch=branch, auth_name=auth_name) if branch or auth_name else None


def _configuration(type_: str, spec: Any) -> Any:
    return cae.ConfigurationRequestDataSpec(envs=spec) if type_ == "env" else spec


def access_spec(port: int, kind: str = "LoadBalancer", *, target_port: int = 80, **facts: Any) -> Any:
    """Return the configuration that opens one port for HTTP."""
    ports = [cae.AccessConfigurationPort(port=port, target_port=target_port, protocol="HTTP", **facts)]
    return cae.ConfigurationRequestDataSpec(items=[cae.AccessConfigurationDataItems(type=kind, ports=ports)])


def volume_spec(name: str, path: str) -> Any:
    """Return the configuration by which a bucket is mounted."""
    info = cae.VolumeConfigurationMountInfo(path=path, access_mode="ReadWriteMany")
    volume = cae.VolumeConfigurationDataVolume(resource_name=name, resource_type="obs", mount_info=[info])
    return cae.ConfigurationRequestDataSpec(volumes=[volume])


def hook_spec(script: str) -> Any:
    """Return the configuration by which a shell script runs after each start."""
    command = cae.LifeCycleConfigurationExec(command=["/bin/sh", "-c", script])
    return cae.ConfigurationRequestDataSpec(post_start=cae.ConfigurationRequestDataSpecPostStart(_exec=command))
