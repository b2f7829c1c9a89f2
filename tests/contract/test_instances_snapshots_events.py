"""The lists of a component's snapshots, instances and events (contract/contract.md, sections 9 to 11)."""

import json
import uuid

import pytest

from homeport.model.changes import Change, Statement
from homeport.model.records import Instance, Snapshot

AT = 1_700_000_000_123_456


async def listed(cae, component, what):
    path = f"/applications/{component.application_id}/components/{component.id}/{what}"
    return await cae("GET", path, environment=component.environment_id)


def snapshot(component, index, **facts):
    kept = {
        "version": "1.0.0",
        "annotations": "{}",
        "runtime": component.runtime,
        "replica": 2,
        "source": component.source,
        "build": component.build,
        "resource_limit": component.resource_limit,
        "image_url": "nginx:1",
        "build_id": "",
        "operation_id": None,
        "artifact": "{}",
    }
    return Snapshot(
        component_id=component.id,
        idx=index,
        job_id="job",
        operation="deploy",
        operation_status="started",
        status="running",
        available_replica=2,
        created_at=AT,
        updated_at=AT,
        **(kept | facts),
    )


@pytest.mark.parametrize("what", ["snapshots", "instances", "events"])
def test_a_new_component_has_none(in_cae, what) -> None:
    async def scenario(cae):
        return await listed(cae, await cae.house.component(), what)

    answer = in_cae(scenario)
    assert (answer.status, answer.json["items"]) == (200, [])


@pytest.mark.parametrize("what", ["snapshots", "instances", "events"])
def test_those_of_an_unknown_component_look_gone(in_cae, what) -> None:
    async def scenario(cae):
        component = await cae.house.component()
        path = f"/applications/{component.application_id}/components/unknown/{what}"
        return await cae("GET", path, environment=component.environment_id)

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500208")


def test_snapshots_are_numbered_and_hold_the_component_as_it_was(in_cae) -> None:
    async def scenario(cae):
        component = await cae.house.component(build='{ "parameters":{}}')
        for index in (2, 1):
            await cae.house.write("add_snapshot", snapshot(component, index))
        return component, await listed(cae, component, "snapshots")

    component, answer = in_cae(scenario)
    first = answer.json["items"][0]
    context = first["context"]
    assert (answer.json["kind"], [item["index"] for item in answer.json["items"]]) == ("ComponentSnapshot", [1, 2])
    assert (first["component_id"], first["created_at"]) == (component.id, "2023-11-14T22:13:20.123456Z")
    assert (context["source"], context["build"], context["resource_limit"]) == (
        component.source,
        component.build,
        component.resource_limit,
    )
    assert (context["id"], context["app_id"], context["env_id"], context["name"]) == (
        component.id,
        component.application_id,
        component.environment_id,
        "cart",
    )
    assert (context["operation"], context["operation_status"], context["status"]) == ("deploy", "started", "running")


def test_a_snapshot_without_build_or_version_shows_empty_ones(in_cae) -> None:
    async def scenario(cae):
        component = await cae.house.component()
        await cae.house.write("add_snapshot", snapshot(component, 1, version=None))
        return await listed(cae, component, "snapshots")

    context = in_cae(scenario).json["items"][0]["context"]
    assert (json.loads(context["build"]), context["version"], "build_id" in context) == ({}, "", False)


def test_instances_have_a_name_a_status_and_an_id_that_stays(in_cae) -> None:
    async def scenario(cae):
        component = await cae.house.component()
        instance = Instance(
            name="cart-6c5d-xk2bp",
            component_id=component.id,
            environment_id=component.environment_id,
            job_id="job",
            fence=1,
            status="running",
            orders="sealed",
            created_at=AT,
            updated_at=AT,
        )
        await cae.house.write("add_instance", instance)
        return await listed(cae, component, "instances"), await listed(cae, component, "instances")

    once, again = in_cae(scenario)
    (item,) = once.json["items"]
    assert (once.json["kind"], item["name"], item["status"]) == ("ComponentInstance", "cart-6c5d-xk2bp", "running")
    assert str(uuid.UUID(item["id"])) == item["id"]
    assert again.json == once.json


def test_the_same_event_again_only_raises_its_count(in_cae) -> None:
    async def scenario(cae):
        component = await cae.house.component()
        for at, name in ((AT, "Started"), (AT + 1, "Unhealthy"), (AT + 2, "Started")):
            params = {
                "component_id": component.id,
                "name": name,
                "message": "it happened",
                "type": "Warning" if name == "Unhealthy" else "Normal",
                "involved_object": "cart-6c5d-xk2bp",
                "involved_object_kind": "ComponentInstance",
                "now": at,
            }
            await cae.house.context.store.commit(Change((Statement("count_component_event", params),)))
        return await listed(cae, component, "events")

    answer = in_cae(scenario)
    assert (answer.json["kind"], len(answer.json["items"])) == ("ComponentEvent", 2)
    assert answer.json["items"][0] == {
        "name": "Started",
        "message": "it happened",
        "status": "Normal",
        "count": 2,
        "involved_object": "cart-6c5d-xk2bp",
        "involved_object_kind": "ComponentInstance",
        "created_at": "2023-11-14T22:13:20.123456Z",
        "updated_at": "2023-11-14T22:13:20.123458Z",
    }
