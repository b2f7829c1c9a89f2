"""CAE through the official Python SDK: what all calls inside one application of an environment have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

import httpx2
from huaweicloudsdkcae import v1 as cae
from huaweicloudsdkcae.v1 import CaeClient
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkcore.sdk_response import SdkResponse
from huaweicloudsdkcore.utils.http_utils import sanitize_for_serialization

from support.server import PROJECT, Server, wait_for

ENDED = frozenset({"success", "failed", "timeout", "skip", "terminated"})
SCRIPT = "homeport/script"
"""Annotation that tells the driver `simulated` how things go."""
DEADLINE = "homeport/deadline"
ON_NOOP = "homeport/on-noop"

# From the seconds of this moment on: what was recorded of earlier schemas was named by earlier ones.
_numbers = count(int(datetime.now(UTC).timestamp()))
_T = TypeVar("_T")


def fresh(stem: str) -> str:
    """Return a name that nothing else has."""
    return f"{stem}-{next(_numbers)}"


def ask_for_environment(sdk: CaeClient, name: str) -> str:
    """Ask for a new environment and return the id of its job."""
    metadata = cae.CreateEnvironmentRequestBodyMetadata(name=name, annotations={"type": "exclusive"})
    body = cae.CreateEnvironmentRequestBody(api_version="v1", kind="Environment", metadata=metadata)
    return str(sdk.create_environment(cae.CreateEnvironmentRequest(body=body)).job_id)


def environment_named(sdk: CaeClient, name: str) -> Any:
    """Return a listed environment; None where there is none of this name."""
    items = sdk.list_environments(cae.ListEnvironmentsRequest()).items
    return next((item for item in items if item.name == name), None)


def end_of(sdk: CaeClient, job_id: str, environment_id: str | None = None) -> Any:
    """Wait for the end of a job and return it; without an environment for jobs that create or delete one."""
    request = cae.ShowJobRequest(job_id=job_id, x_environment_id=environment_id)

    def look() -> Any:
        job = sdk.show_job(request).spec
        return job if job.status in ENDED else None

    return wait_for(look, what=f"the end of job {job_id}")


def new_environment(server: Server) -> str:
    """Create an environment, wait for it, and return its id."""
    sdk = server.sdk()
    name = fresh("env")
    job = end_of(sdk, ask_for_environment(sdk, name))
    assert job.status == "success", job
    return str(environment_named(sdk, name).id)


def image(url: str) -> Any:
    """Return an image as a component's source."""
    return cae.Source(type="image", url=url)


def code(url: str = "https://git.example.com/shop/cart.git") -> Any:
    """Return a repository as a component's source."""
    return cae.Source(type="code", sub_type="GitHub", url=url, code=cae.Repo(branch="main"))


def limit(cpu: str = "500m", memory: str = "1Gi") -> Any:
    """Return limits of an instance."""
    return cae.ResourceLimit(cpu_limit=cpu, memory_limit=memory)


def refused(call: Callable[[], object]) -> tuple[int, str, str]:
    """Return status, code and message of a call that the engine refuses."""
    try:
        answer = call()
    except ServiceResponseException as error:
        return error.status_code, error.error_code, error.error_msg
    raise AssertionError(f"it was accepted: {answer}")


class Application:
    """An application of its own in an environment, and the calls inside it."""

    def __init__(self, server: Server, environment_id: str, http: httpx2.Client) -> None:
        """`http` is a client with a token, for Homeport's own calls."""
        self.sdk: CaeClient = server.sdk()
        self.http = http
        self.environment_id = environment_id
        metadata = cae.CreateApplicationRequestBodyMetadata(name=fresh("app"))
        body = cae.CreateApplicationRequestBody(api_version="v1", kind="Application", metadata=metadata)
        made = self.sdk.create_application(cae.CreateApplicationRequest(x_environment_id=environment_id, body=body))
        self.id = str(made.metadata.id)

    # Components

    def component(self, *, replica: int = 1, source: Any = None, runtime: str = "Docker", **annotations: str) -> str:
        """Create a component and return its id; `script` among the annotations is the simulated driver's."""
        body = cae.CreateComponentRequestBody(
            api_version="v1",
            kind="Component",
            metadata=cae.CreateComponentWithConfigurationRequestBodyMetadata(
                name=fresh("cart"), annotations={"version": "1.0.0", **_ours(annotations)}
            ),
            spec=cae.CreateComponentWithConfigurationRequestBodySpec(
                runtime=runtime, replica=replica, source=source or image("nginx:1"), resource_limit=limit()
            ),
        )
        request = cae.CreateComponentRequest(x_environment_id=self.environment_id, application_id=self.id, body=body)
        return str(self.sdk.create_component(request).metadata.id)

    def deployed(self, *, replica: int = 1, deploy_script: str = "", **annotations: str) -> str:
        """Create a component, deploy it, and return its id."""
        component_id = self.component(replica=replica, **annotations)
        assert self.run(component_id, "deploy", script=deploy_script) == "success"
        return component_id

    def of(self, request: Callable[..., _T], component_id: str, **more: Any) -> _T:
        """Return a request about a component."""
        return request(x_environment_id=self.environment_id, application_id=self.id, component_id=component_id, **more)

    def show(self, component_id: str) -> Any:
        """Return ShowComponent's `spec`."""
        return self.sdk.show_component(self.of(cae.ShowComponentRequest, component_id)).spec

    def stands(self, component_id: str) -> tuple[str, int]:
        """Return a component's status and how many of its instances are available."""
        spec = self.show(component_id)
        return spec.status, spec.available_replica

    def instances(self, component_id: str) -> list[Any]:
        """Return the instances of a component."""
        return list(self.sdk.list_component_instances(self.of(cae.ListComponentInstancesRequest, component_id)).items)

    def snapshots(self, component_id: str) -> list[Any]:
        """Return the snapshots of a component."""
        return list(self.sdk.list_component_snapshots(self.of(cae.ListComponentSnapshotsRequest, component_id)).items)

    # Jobs

    def act(self, component_id: str, action: str, *, spec: dict[str, Any] | None = None, **annotations: str) -> str:
        """Ask for an action, or for `delete`, and return the id of its job without waiting for it."""
        if action == "delete":
            return str(self.sdk.delete_component(self.of(cae.DeleteComponentRequest, component_id)).job_id)
        metadata = cae.ExecuteActionRequestBodyMetadata(name=action, annotations=_ours(annotations))
        body = cae.ExecuteActionRequestBody(
            api_version="v1",
            kind="Action",
            metadata=metadata,
            spec=cae.ActionOnComponentSpec(**spec) if spec else None,
        )
        return str(self.sdk.execute_action(self.of(cae.ExecuteActionRequest, component_id, body=body)).job_id)

    def job(self, job_id: str) -> Any:
        """Return a job as ShowJob answers it: `progress`, `status`, `tasks`."""
        return self.sdk.show_job(cae.ShowJobRequest(job_id=job_id, x_environment_id=self.environment_id)).spec

    def ended(self, job_id: str) -> Any:
        """Wait for the end of a job and return it."""
        return end_of(self.sdk, job_id, self.environment_id)

    def reaches(self, job_id: str, condition: Callable[[Any], object], what: str) -> Any:
        """Wait until a job is as `condition` says, and return it."""

        def look() -> Any:
            job = self.job(job_id)
            if condition(job):
                return job
            assert job.status not in ENDED, f"job {job_id} ended before it was seen that it {what}: {job}"
            return None

        return wait_for(look, what=f"that job {job_id} {what}")

    def run(self, component_id: str, action: str, *, spec: dict[str, Any] | None = None, **annotations: str) -> str:
        """Run an action to its end and return how it ended."""
        return str(self.ended(self.act(component_id, action, spec=spec, **annotations)).status)

    def holds(self, component_id: str, action: str, *, task: str, **options: Any) -> str:
        """Ask for an action whose script keeps it in a task, wait until it is there, and return the job's id."""
        job_id = self.act(component_id, action, **options)
        self.reaches(job_id, lambda job: status_of(job, task) == "running", f"runs its task {task}")
        return job_id

    def retry(self, job_id: str) -> None:
        """Ask for the next attempt of a job."""
        self.sdk.retry_job(cae.RetryJobRequest(job_id=job_id, x_environment_id=self.environment_id))

    def terminate(self, job_id: str) -> str:
        """Ask for the end of a job and return the status it has then."""
        answer = self.http.post(f"/homeport/v1/{PROJECT}/jobs/{job_id}/terminate")
        assert answer.status_code == 202, answer.text
        return str(answer.json()["status"])

    def terminated(self, job_id: str) -> Any:
        """Terminate a job, wait for its end, and return it."""
        self.terminate(job_id)
        return self.ended(job_id)


def status_of(job: Any, task: str) -> str:
    """Return the status of a job's task by name."""
    return str(next(one.status for one in job.tasks if one.name == task))


def statuses(job: Any) -> dict[str, str]:
    """Return the statuses of a job's tasks by name."""
    return {task.name: task.status for task in job.tasks}


def details(job: Any) -> dict[str, str]:
    """Return what is said of a job's tasks, by name."""
    return {task.name: task.detail for task in job.tasks}


def lost_by_the_sdk(answer: SdkResponse) -> list[str]:
    """Return the paths of what was answered and the SDK's object has not, or has otherwise."""
    return sorted(set(_differences(answer.to_json_object() or {}, sanitize_for_serialization(answer), "")))


def _ours(annotations: dict[str, str]) -> dict[str, str]:
    """Return annotations with the names of Homeport's own spelt out."""
    names = {"script": SCRIPT, "deadline": DEADLINE, "on_noop": ON_NOOP}
    return {names.get(name, name): value for name, value in annotations.items()}


def _differences(sent: Any, known: Any, path: str) -> Iterator[str]:
    if isinstance(sent, dict) and isinstance(known, dict):
        for name, inner in sent.items():
            yield from _differences(inner, known.get(name), f"{path}.{name}" if path else name)
    elif isinstance(sent, list) and isinstance(known, list) and len(sent) == len(known):
        for one, other in zip(sent, known, strict=True):
            yield from _differences(one, other, f"{path}[]")
    elif not _same(sent, known):
        yield path


def _same(sent: Any, known: Any) -> bool:
    """Tell whether the SDK's value is what was sent; it leaves empty ones out, and writes times in its own way."""
    if not sent and sent not in (0, False):
        return not known
    if isinstance(sent, str) and isinstance(known, str) and sent.endswith("Z"):
        return datetime.fromisoformat(sent) == datetime.fromisoformat(known).replace(tzinfo=UTC)
    return bool(sent == known)
