"""The resources of a Terraform configuration as the provider creates, reads, changes and destroys them.

contract/terraform.md, section 4: which calls each resource makes, with which headers, and what it compares.
"""

from __future__ import annotations

from typing import Any

import msgspec

from support.cae import fresh
from support.terraform import (
    GONE_COMPONENT,
    GONE_CONFIGURATIONS,
    Gone,
    Provider,
    newest_by_type,
    read,
)

SPEC: dict[str, Any] = {
    "replica": 2,
    "runtime": "Docker",
    "source": {"type": "image", "url": "reg.example.com/shop/cart:1?a=1&b=<2>", "sub_type": ""},
    "resource_limit": {"cpu_limit": "500m", "memory_limit": "1Gi"},
}
CODE_SPEC: dict[str, Any] = {
    "replica": 1,
    "runtime": "Python3",
    "source": {
        "type": "code",
        "sub_type": "GitHub",
        "url": "https://git.example.com/shop/cart.git",
        "code": {"auth_name": "me", "branch": "main", "namespace": "c2hvcA=="},
    },
    "build": {"archive": {"artifact_namespace": "shop"}, "parameters": {"build_cmd": "make all && make <it>"}},
    "resource_limit": {"cpu_limit": "1000m", "memory_limit": "2Gi"},
}
CONFIGURED = {
    "env": {"spec": {"envs": {"URL": "https://a/?b=1&c=<2>", "EMPTY": ""}}},
    "healthCheck": {"spec": {"livenessProbe": {"httpGet": {"path": "/", "port": 80, "scheme": "HTTP"}}}},
}
ANNOTATIONS = {"version": "1.0.0"}


class Stack(msgspec.Struct, kw_only=True):
    """What a configuration of one environment, application and component has in its state."""

    tf: Provider
    environment_name: str
    annotations: dict[str, str]
    spec: dict[str, Any]
    environment: str = ""
    came_back: str = ""
    """`enterprise_project_id` as read from the environment; every later call carries it."""
    application_name: str = ""
    application: str = ""
    component_name: str = ""
    component: str = ""

    @property
    def components(self) -> str:
        return f"/applications/{self.application}/components"

    @property
    def path(self) -> str:
        return f"{self.components}/{self.component}"

    def inside(self, method: str, path: str, body: Any = None) -> Any:
        """Call with the environment and the enterprise project."""
        return self.tf.call(method, path, body, environment=self.environment, enterprise=self.came_back)

    def bare(self, method: str, path: str, body: Any = None, *, typed: bool = True) -> Any:
        """Call with the environment alone."""
        return self.tf.call(method, path, body, environment=self.environment, typed=typed)

    # The resource cae_environment, section 4.5

    def create_environment(self) -> None:
        metadata = {"name": self.environment_name, "annotations": self.annotations}
        made = self.tf.call("POST", "/environments", envelope("Environment", metadata=metadata), enterprise=self.given)
        self.tf.environment_job(made.json()["job_id"], self.given)
        found = next(one for one in self.environments(self.given) if one["name"] == self.environment_name)
        self.environment, self.came_back = found["id"], found["annotations"]["enterprise_project_id"]

    @property
    def given(self) -> str | None:
        return self.tf.enterprise

    def environments(self, enterprise: str | None) -> list[Any]:
        return list(self.tf.call("GET", "/environments", enterprise=enterprise).json()["items"])

    def delete_environment(self) -> str:
        made = self.tf.call("DELETE", f"/environments/{self.environment}", enterprise=self.came_back)
        job_id = str(made.json()["job_id"])
        self.tf.environment_job(job_id, self.came_back)
        return job_id

    # The resources cae_application and cae_component, sections 4.6 and 4.7

    def create_application(self) -> None:
        self.application_name = fresh("app")
        made = self.inside("POST", "/applications", envelope("Application", metadata={"name": self.application_name}))
        self.application = made.json()["metadata"]["id"]

    def component_body(self) -> dict[str, Any]:
        metadata = {"name": self.component_name, "annotations": ANNOTATIONS}
        return envelope("Component", metadata=metadata, spec=self.spec)

    def create_component(self) -> None:
        self.component_name = fresh("cart")
        self.component = self.inside("POST", self.components, self.component_body()).json()["metadata"]["id"]

    def act(self, name: str, spec: Any = None, annotations: Any = ANNOTATIONS) -> None:
        """Run an action to its good end; raises `JobFailed`."""
        body = envelope("Action", metadata={"name": name, "annotations": annotations}, spec=spec)
        job_id = self.inside("POST", f"{self.path}/action", body).json()["job_id"]
        self.tf.action_job(job_id, self.environment)

    def deploy(self) -> None:
        """Deploy as the component resource does right after it was created: with everything but the replicas."""
        self.act("deploy", {name: value for name, value in self.spec.items() if name != "replica"})

    def shown(self) -> Any:
        answer = read(lambda: self.inside("GET", self.path), GONE_COMPONENT)
        return answer if isinstance(answer, Gone) else answer.json()

    def changes(self) -> dict[str, Any]:
        """Return what a plan would change: what is read back and is otherwise than it was configured."""
        shown = self.shown()
        configured = {"name": self.component_name, "env_id": self.environment, **self.spec}
        back = {"name": shown["metadata"]["name"], **{name: shown["spec"].get(name) for name in ("env_id", *self.spec)}}
        return {name: back[name] for name, value in configured.items() if back[name] != value}

    def delete_component(self) -> None:
        """Stop what runs, delete, and read until it is gone; the job of the deletion is not looked at."""
        if self.shown()["spec"]["available_replica"] > 0:
            self.act("stop")
        self.inside("DELETE", self.path).json()
        while not isinstance(self.shown(), Gone):
            pass

    # The resource cae_component_configurations, section 4.9

    def configure(self, items: Any) -> None:
        self.bare("POST", f"{self.path}/configurations", envelope("ComponentConfiguration", items=items))

    def configured(self) -> Any:
        answer = read(lambda: self.bare("GET", f"{self.path}/configurations", typed=False), GONE_CONFIGURATIONS)
        return answer if isinstance(answer, Gone) else newest_by_type(answer.json()["items"])

    def unconfigure(self) -> None:
        self.bare("DELETE", f"{self.path}/configurations", typed=False)


def envelope(kind: str, **fields: Any) -> dict[str, Any]:
    return {"api_version": "v1", "kind": kind, **fields}


def stack_of(tf: Provider, spec: dict[str, Any] = SPEC) -> Stack:
    return Stack(
        tf=tf,
        environment_name=fresh("tf"),
        annotations={"type": "exclusive", "vpc_id": "v", "group_name": "shop"},
        spec=spec,
    )
