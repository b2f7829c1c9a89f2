"""What the Terraform provider sends and compares, call by call (contract/terraform.md, sections 4 to 6).

It writes headers its own way, leaves the enterprise project out of some calls, ends bodies with a newline, and plans a
change whenever something comes back otherwise than it was configured.
"""

import json

import pytest

from homeport.model.clock import micros_of

CONFIGURED = {
    "env": {"spec": {"envs": {"URL": "https://a/?b=1&c=<2>", "EMPTY": ""}}},
    "access": {"spec": {"items": [{"type": "LoadBalancer", "ports": [{"target_port": 80, "port": 8080}]}]}},
    "healthCheck": {"spec": {"livenessProbe": {"httpGet": {"path": "/", "port": 80, "scheme": "HTTP"}}}},
    "scaling": {"spec": {"max_replica_count": 4, "triggers": [{"type": "cpu", "metadata": {"value": "30"}}]}},
}


def body(kind, **fields):
    """Return a body as the provider writes it: compact, angle brackets and ampersands escaped, a newline at the end."""
    text = json.dumps({"api_version": "v1", "kind": kind, **fields}, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f"{text}\n".encode()


def newest_by_type(items):
    """Return what the provider takes from a list of configurations: the newest of each type by milliseconds."""
    newest = {}
    for item in items:
        if item.get("data") is None:
            continue
        at = micros_of(item["operated_at"]) // 1_000
        if item["type"] not in newest or at > newest[item["type"]][0]:
            newest[item["type"]] = (at, item["data"])
    return {type_: data for type_, (_, data) in newest.items()}


def without_empty(value):
    """Return JSON as the provider compares it: nulls and empty maps inside objects are left out."""
    if isinstance(value, dict):
        kept = {name: without_empty(inner) for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if inner is not None and inner != {}}
    return value


@pytest.fixture
def spec():
    return {
        "replica": 2,
        "runtime": "Docker",
        "source": {"type": "image", "url": "reg.example.com/shop/cart:1?a=1&b=<2>"},
        "resource_limit": {"cpu_limit": "500m", "memory_limit": "1Gi"},
    }


def test_an_environment_is_read_without_and_then_with_the_enterprise_project_that_came_back(in_cae) -> None:
    async def scenario(cae):
        metadata = {"name": "test", "annotations": {"type": "exclusive", "vpc_id": "v"}}
        await cae("POST", "/environments", body("Environment", metadata=metadata))
        first = (await cae("GET", "/environments")).json["items"][0]
        again = (await cae("GET", "/environments", enterprise=first["annotations"]["enterprise_project_id"])).json
        return metadata, first, again["items"]

    metadata, first, again = in_cae(scenario)
    assert again == [first]
    assert metadata["annotations"].items() <= first["annotations"].items()


def test_a_component_reads_back_as_it_was_configured(in_cae, spec) -> None:
    async def scenario(cae):
        environment = await cae.house.environment()
        application = await cae.house.application(environment)
        path = f"/applications/{application.id}/components"
        metadata = {"name": "cart", "annotations": {"version": "1.0.0"}}
        created = await cae("POST", path, body("Component", metadata=metadata, spec=spec), environment=environment.id)
        component = f"{path}/{created.json['metadata']['id']}"
        put = await cae("PUT", component, body("Component", metadata=metadata, spec=spec), environment=environment.id)
        return environment, put, await cae("GET", component, environment=environment.id, enterprise="0")

    environment, put, shown = in_cae(scenario)
    read = shown.json["spec"]
    assert put.status in (200, 201, 202)
    assert {name: read[name] for name in spec} == spec
    assert (read["env_id"], shown.json["metadata"]["name"]) == (environment.id, "cart")
    assert read.get("build") in (None, {})


def test_a_list_of_undeployed_images_has_every_field_that_the_data_source_shows(in_cae, spec) -> None:
    async def scenario(cae):
        environment = await cae.house.environment()
        application = await cae.house.application(environment)
        path = f"/applications/{application.id}/components"
        sent = body("Component", metadata={"name": "cart", "annotations": {}}, spec=spec)
        await cae("POST", path, sent, environment=environment.id)
        return (await cae("GET", f"{path}?limit=100&offset=0", environment=environment.id)).json["items"][0]

    item = in_cae(scenario)
    shown = {
        name: json.dumps(item["spec"][name]) for name in ("image_url", "build", "source", "resource_limit", "status")
    }
    assert all(text not in ("", "null", '""') for text in shown.values())
    assert micros_of(item["created_at"]) <= micros_of(item["updated_at"])


async def configured(cae, items):
    """Store items as the provider does, and return what it reads."""
    component = await cae.house.component()
    path = f"/applications/{component.application_id}/components/{component.id}/configurations"
    stored = await cae("POST", path, body("ComponentConfiguration", items=items), environment=component.environment_id)
    assert stored.status in (200, 201, 202)

    async def call(method, sent=None):
        return await cae(method, path, sent, environment=component.environment_id)

    return call


def test_configurations_read_back_as_they_were_configured(in_cae) -> None:
    async def scenario(cae):
        call = await configured(cae, [{"type": type_, "data": data} for type_, data in CONFIGURED.items()])
        return await call("GET")

    read = newest_by_type(in_cae(scenario).json["items"])
    assert {type_: without_empty(data) for type_, data in read.items()} == CONFIGURED


def test_a_configuration_that_is_changed_reads_back_changed_at_once(in_cae) -> None:
    async def scenario(cae):
        call = await configured(cae, [{"type": "env", "data": {"spec": {"envs": {"A": "0"}}}}])
        for number in range(1, 4):
            items = [{"type": "env", "data": {"spec": {"envs": {"A": str(number)}}}}]
            await call("POST", body("ComponentConfiguration", items=items))
        return await call("GET")

    assert newest_by_type(in_cae(scenario).json["items"]) == {"env": {"spec": {"envs": {"A": "3"}}}}


def test_removing_every_configuration_block_is_accepted(in_cae) -> None:
    async def scenario(cae):
        call = await configured(cae, [{"type": "env", "data": CONFIGURED["env"]}])
        return await call("POST", body("ComponentConfiguration"))

    assert in_cae(scenario).status in (200, 201, 202)


def test_after_a_destroy_no_usable_item_is_left(in_cae) -> None:
    async def scenario(cae):
        call = await configured(cae, [{"type": "env", "data": CONFIGURED["env"]}])
        destroyed = await call("DELETE")
        return destroyed, await call("GET")

    destroyed, read = in_cae(scenario)
    assert destroyed.status in (200, 202, 204)
    assert newest_by_type(read.json["items"]) == {}
