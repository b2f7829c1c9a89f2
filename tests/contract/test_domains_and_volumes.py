"""Domains and volumes of an environment: kept, checked, in use (contract/contract.md, sections 14 and 16)."""

import json
from typing import Any

import msgspec
import pytest

from homeport.model.changes import Change, Statement
from homeport.services.configuration_sets import load_set, newest_operation

UNKNOWN = "00000000-0000-4000-8000-000000000000"
BUCKET = {"resource_type": "obs", "resource_sub_type": "object_bucket", "resources": ["shop-data", "shop.logs"]}


async def announce(cae: Any, environment: str, name: str) -> Any:
    return await cae("POST", "/domains", {"metadata": {"name": name}}, environment=environment)


async def bind(cae: Any, environment: str, **facts: Any) -> Any:
    return await cae("POST", "/volumes", {"spec": BUCKET | facts}, environment=environment)


async def volumes(cae: Any, environment: str, kind: str = "obs") -> list[Any]:
    answer = await cae("GET", f"/volumes?resource_type={kind}", environment=environment)
    return list(answer.json["items"])


async def mount(cae: Any, component: Any, **volume: str) -> Any:
    """Store that a component mounts a volume, and bring it into effect, as the last commit of a configure does."""
    spec = {"volumes": [{**volume, "mount_info": [{"path": "/mnt/data"}]}]}
    path = f"/applications/{component.application_id}/components/{component.id}/configurations"
    body = {"items": [{"type": "volume", "data": {"spec": spec}}]}
    await cae("POST", path, body, environment=component.environment_id)
    operation_id = await newest_operation(cae.house.context, component.id)
    params = msgspec.structs.asdict(component) | {"operation_id": operation_id, "now": cae.house.context.clock.now()}
    await cae.house.context.store.commit(Change((Statement("record_component", params),)))
    return json.loads(bytes((await load_set(cae.house.context, component.id, operation_id))["volume"]))


def test_a_domain_is_announced_listed_and_withdrawn(in_cae) -> None:
    async def scenario(cae):
        environment = (await cae.house.environment()).id
        created = await announce(cae, environment, "Shop.example.com")
        listed = await cae("GET", "/domains", environment=environment)
        path = f"/domains/{created.json['items'][0]['metadata']['id']}"
        deleted = await cae("DELETE", path, environment=environment)
        again = await cae("DELETE", path, environment=environment)
        return created, listed, deleted, again, (await cae("GET", "/domains", environment=environment)).json["items"]

    created, listed, deleted, again, left = in_cae(scenario)
    assert (created.status, created.json["kind"], listed.json) == (200, "Domain", created.json)
    assert created.json["items"][0]["metadata"]["name"] == "Shop.example.com"
    assert (deleted.status, deleted.text, left) == (204, b"", [])
    assert (again.status, again.json["error_code"]) == (400, "CAE.01500005")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("shop.example.com", "metadata.name: the domain has already existed: 'shop.example.com'"),
        ("SHOP.example.com", "the domain has already existed"),
        ("", "metadata.name is ''"),
        ("shop_1.example.com", "metadata.name is 'shop_1.example.com'"),
        (f"{'a' * 64}.com", "metadata.name is 'aaa"),
        ("a." * 127 + "com", "metadata.name is 'a.a"),
    ],
)
def test_a_domain_that_is_there_or_is_no_host_is_refused(in_cae, name: str, says: str) -> None:
    async def scenario(cae):
        environment = (await cae.house.environment()).id
        await announce(cae, environment, "shop.example.com")
        return await announce(cae, environment, name)

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500001")
    assert says in answer.json["error_msg"]


def test_volumes_are_bound_together_and_listed_by_their_kind(in_cae) -> None:
    async def scenario(cae):
        environment = (await cae.house.environment()).id
        bound = await bind(cae, environment)
        await bind(cae, environment, resource_type="sfs", resource_sub_type="sfs3.0", resources=["files"])
        without = await cae("GET", "/volumes", environment=environment)
        return bound, await volumes(cae, environment), await volumes(cae, environment, "sfs"), without

    bound, buckets, systems, without = in_cae(scenario)
    assert (bound.status, bound.text) == (200, b"")
    assert [(one["resource_name"], one["resource_sub_type"]) for one in buckets] == [
        ("shop-data", "object_bucket"),
        ("shop.logs", "object_bucket"),
    ]
    assert [one["resource_name"] for one in systems] == ["files"]
    assert (without.status, "resource_type is missing" in without.json["error_msg"]) == (400, True)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"resource_sub_type": "sfs3.0"}, "spec.resource_sub_type is 'sfs3.0'"),
        ({"resources": []}, "spec.resources has 0 names"),
        ({"resources": ["../data"]}, "spec.resources[0] is '../data'"),
        ({"resources": ["data", "data"]}, "spec.resources[1] is 'data' once more"),
        ({"resources": ["data", "shop-data"]}, "spec.resources[1]: volume 'shop-data' is bound"),
        (
            {"resources": ["data"], "resources_credentials": [{"access": "a"}]},
            "credential of type s3",
        ),
    ],
)
def test_volumes_that_cannot_be_bound_are_refused_all_of_them(in_cae, facts: dict[str, Any], says: str) -> None:
    async def scenario(cae):
        environment = (await cae.house.environment()).id
        await bind(cae, environment)
        return await bind(cae, environment, **facts), len(await volumes(cae, environment))

    answer, count = in_cae(scenario)
    assert (answer.status, answer.json["error_code"], count) == (400, "CAE.01500001", 2)
    assert says in answer.json["error_msg"]


def test_a_volume_that_is_mounted_stays_bound_and_who_has_it_is_told(in_cae) -> None:
    async def scenario(cae):
        component = await cae.house.component()
        environment = component.environment_id
        await bind(cae, environment)
        used, free = await volumes(cae, environment)
        await mount(cae, component, resource_name="shop-data")
        answers = [await cae("DELETE", f"/volumes/{one['id']}", environment=environment) for one in (used, free)]
        unknown = await cae("DELETE", f"/volumes/{UNKNOWN}", environment=environment)
        return component, answers, unknown, await volumes(cae, environment) == [used]

    component, (kept, gone), unknown, left = in_cae(scenario)
    (item,) = kept.json["items"]
    assert (kept.status, kept.json["kind"]) == (200, "Component")
    assert (item["component_id"], item["component_name"], item["env_id"]) == (
        component.id,
        component.name,
        component.environment_id,
    )
    assert (gone.status, gone.json, left) == (200, {}, True)
    assert (unknown.status, unknown.json["error_code"]) == (400, "CAE.01500005")


def test_a_volume_stays_bound_while_it_is_mounted_though_the_configurations_were_deleted(in_cae) -> None:
    async def scenario(cae):
        component = await cae.house.component()
        await bind(cae, component.environment_id)
        await mount(cae, component, resource_name="shop-data")
        path = f"/applications/{component.application_id}/components/{component.id}/configurations"
        await cae("DELETE", path, environment=component.environment_id)
        volume = (await volumes(cae, component.environment_id))[0]["id"]
        return await cae("DELETE", f"/volumes/{volume}", environment=component.environment_id)

    assert [item["component_name"] for item in in_cae(scenario).json["items"]] == ["cart"]


def test_a_volume_can_be_mounted_by_the_id_that_it_is_listed_by(in_cae) -> None:
    async def scenario(cae):
        component = await cae.house.component()
        await bind(cae, component.environment_id)
        id_ = (await volumes(cae, component.environment_id))[0]["id"]
        return id_, await mount(cae, component, volume_id=id_)

    id_, stored = in_cae(scenario)
    (volume,) = stored["spec"]["volumes"]
    assert (volume["volume_id"], volume["resource_name"]) == (id_, "shop-data")


def test_an_environment_with_volumes_is_not_deleted(in_cae) -> None:
    async def scenario(cae):
        environment = (await cae.house.environment()).id
        await bind(cae, environment)
        return await cae("DELETE", f"/environments/{environment}")

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500405")
    assert "shop-data" in answer.json["error_msg"]
