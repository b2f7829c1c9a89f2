"""The components calls as clients make them (contract/contract.md, section 6; contract/terraform.md, 4.3 and 4.7)."""

import json

import msgspec
import pytest

from homeport.model.changes import Change, Statement
from homeport.store.loading import load_component

UNKNOWN = "00000000-0000-4000-8000-000000000000"
SOURCE = '{ "type":"image",\n "url":"reg/a\\u0026b:1" }'
LIMIT = '{"cpu_limit" : "500m", "memory_limit":"1Gi"}'
BUILD = '{"archive":{ "artifact_namespace":"org"}, "parameters":{"base_image":""}}'


def body(name="cart", *, build=None, annotations='{"version":"1.0.0"}', more=""):
    """Return the bytes of a component's body, spaces and escapes as a client may write them."""
    spec = f'"runtime":"Docker","replica":2,"source":{SOURCE},"resource_limit":{LIMIT}'
    spec += f',"build":{build}' if build else ""
    metadata = f'{{"name":"{name}","annotations":{annotations}}}'
    return f'{{"api_version":"v1","kind":"Component","metadata":{metadata},"spec":{{{spec}}}{more}}}'.encode()


class Place:
    """An application in an environment, and the calls below it."""

    def __init__(self, cae, environment, application):
        self.cae = cae
        self.environment = environment
        self.application = application

    @classmethod
    async def of(cls, cae, name="test"):
        environment = await cae.house.environment(name)
        return cls(cae, environment, await cae.house.application(environment))

    async def __call__(self, method, path, body=None):
        path = f"/applications/{self.application.id}{path}"
        return await self.cae(method, path, body, environment=self.environment.id)

    async def create(self, name="cart", **facts):
        """Create a component and return its id."""
        answer = await self("POST", "/components", body(name, **facts))
        return answer.json["metadata"]["id"]

    async def deployed(self, component_id, **facts):
        """Write down that the component serves, as the last commit of a deploy does."""
        store = self.cae.house.context.store
        component = await load_component(store, component_id)
        now = self.cae.house.context.clock.now()
        params = msgspec.structs.asdict(component) | {
            "status": "running",
            "available_replica": 2,
            "snapshot_index": 1,
            "now": now,
            **facts,
        }
        statements = (
            Statement("record_component", params),
            Statement("route_component", {"id": component_id, "fence": 0, "route": "[]", "port": facts.get("port", 0)}),
        )
        await store.commit(Change(statements))


def test_a_new_component_is_answered_as_created(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        return place, await place("POST", "/components", body(build=BUILD))

    place, answer = in_cae(scenario)
    metadata, spec = answer.json["metadata"], answer.json["spec"]
    assert (answer.status, answer.json["kind"], metadata["name"]) == (200, "Component", "cart")
    assert metadata["annotations"]["version"] == "1.0.0"
    assert (spec["status"], spec["available_replica"], spec["replica"]) == ("created", 0, 2)
    assert spec["env_id"] == place.environment.id
    assert "image_url" not in spec


def test_source_build_and_limits_come_back_byte_for_byte(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        component_id = await place.create(build=BUILD)
        return [await place("GET", path) for path in (f"/components/{component_id}", "/components")]

    for answer in in_cae(scenario):
        text = answer.text.decode()
        assert f'"source":{SOURCE}' in text
        assert f'"resource_limit":{LIMIT}' in text
        assert f'"build":{BUILD}' in text


def test_a_component_that_was_sent_no_build_shows_none_and_an_empty_one_in_lists(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        component_id = await place.create()
        shown = await place("GET", f"/components/{component_id}")
        return shown, await place("GET", "/components")

    shown, listed = in_cae(scenario)
    assert "build" not in shown.json["spec"]
    assert listed.json["items"][0]["spec"]["build"] == {}


def test_an_image_that_never_was_deployed_shows_its_address(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        return await place("GET", f"/components/{await place.create()}")

    spec = in_cae(scenario).json["spec"]
    assert (spec["image_url"], spec["access_info"]) == ("reg/a&b:1", [])
    assert not {"job_id", "build_id", "build_log_id", "configuration_operation_id"} & set(spec)


def test_a_deployed_component_shows_where_it_answers_and_what_it_runs_with(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        component_id = await place.create()
        await place.deployed(component_id, port=18_000, operation_id="op", build_id="b")
        return await place("GET", f"/components/{component_id}")

    spec = in_cae(scenario).json["spec"]
    assert spec["access_info"] == [{"address": "http://127.0.0.1:18000", "type": "LoadBalancer"}]
    assert (spec["configuration_operation_id"], spec["build_id"], spec["build_log_id"]) == ("op", "b", "b")


def test_a_component_without_an_address_shows_none(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        component_id = await place.create()
        await place.deployed(component_id)
        return await place("GET", f"/components/{component_id}")

    assert in_cae(scenario).json["spec"]["access_info"] == []


def test_annotations_show_what_was_sent_the_version_and_where_logs_are(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        component_id = await place.create(annotations='{"owner":"ada","version":"1.0.0","gone":null}')
        await place.deployed(component_id, version="1.1.0")
        shown = await place("GET", f"/components/{component_id}")
        listed = await place("GET", "/components")
        return component_id, place, shown.json["metadata"]["annotations"], listed.json["items"][0]["annotations"]

    component_id, place, shown, listed = in_cae(scenario)
    logs = {"log_group_id": place.environment.id, "log_stream_id": component_id}
    assert shown == {"owner": "ada", "version": "1.1.0", **logs}
    assert listed == {**shown, "enterprise_project_id": "0"}


def test_a_list_pages_through_all_as_terraform_does(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        for number in range(5):
            await place.create(f"cart-{number}")
        names, offset = [], 0
        while items := (await place("GET", f"/components?limit=2&offset={offset}")).json["items"]:
            names += [item["name"] for item in items]
            offset += len(items)
        return names, await place("GET", "/components")

    names, listed = in_cae(scenario)
    assert names == [f"cart-{number}" for number in reversed(range(5))]
    assert (listed.json["total_count"], len(listed.json["items"])) == (5, 5)


def test_list_items_are_flat(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        await place.create()
        return await place("GET", "/components?sort_key=updated_at&sort=asc&status=created")

    answer = in_cae(scenario).json
    assert set(answer) == {"api_version", "kind", "items", "total_count"}
    assert set(answer["items"][0]) == {"id", "name", "annotations", "created_at", "updated_at", "spec"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("limit=1001", "limit"),
        ("offset=-1", "offset"),
        ("sort_key=name", "sort_key"),
        ("sort=up", "sort"),
        ("status=gone", "status"),
    ],
)
def test_a_query_that_cannot_be_is_refused_by_its_name(in_cae, query, field) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        return await place("GET", f"/components?{query}")

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500001")
    assert answer.json["error_msg"].startswith(field)


def test_an_update_answers_nothing_and_is_shown(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        component_id = await place.create()
        updated = await place("PUT", f"/components/{component_id}", body("basket", build="{}"))
        return updated, await place("GET", f"/components/{component_id}")

    updated, shown = in_cae(scenario)
    assert (updated.status, updated.text) == (200, b"")
    assert (shown.json["metadata"]["name"], shown.json["spec"]["build"]) == ("basket", {})


def test_an_update_of_a_deployed_component_is_a_failed_action(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        component_id = await place.create()
        await place.deployed(component_id)
        return await place("PUT", f"/components/{component_id}", body())

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (500, "CAE.01500202")


def test_a_name_that_is_taken_has_its_own_code(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        await place.create()
        return await place("POST", "/components", body())

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500205")


def test_a_malformed_name_has_its_own_code(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        return await place("POST", "/components", body("abc"))

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500206")


def test_a_limit_that_does_not_exist_is_an_invalid_parameter(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        return await place("POST", "/components", body().replace(b'"1Gi"', b'"4Gi"'))

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500001")
    assert answer.json["error_msg"].startswith("spec.resource_limit")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("application", [True, False])
def test_an_unknown_component_or_application_of_one_looks_gone(in_cae, method, application) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        component_id = await place.create()
        known, unknown = place.application.id, UNKNOWN
        path = (
            f"/applications/{known}/components/{unknown}"
            if application
            else f"/applications/{unknown}/components/{component_id}"
        )
        return await cae(method, path, b"no JSON" if method == "PUT" else None, environment=place.environment.id)

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500208")


def test_deleting_a_component_that_never_was_deployed_answers_its_job(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        component_id = await place.create()
        deleted = await place("DELETE", f"/components/{component_id}")
        return deleted, await place("GET", f"/components/{component_id}")

    deleted, shown = in_cae(scenario)
    assert (deleted.status, deleted.json) == (200, {"job_id": shown.json["spec"]["job_id"]})


def test_deleting_a_component_that_runs_is_refused_for_its_instances(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        component_id = await place.create()
        await place.deployed(component_id)
        return await place("DELETE", f"/components/{component_id}")

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500207")


def test_a_component_is_created_with_its_configurations_and_the_job_that_deploys_it(in_cae) -> None:
    env = '{ "spec":{"envs":{"A":"1"}} }'
    more = f',"configurations":[{{"type":"env","data":{env}}},{{"type":"log"}}]'

    async def scenario(cae):
        place = await Place.of(cae)
        answer = await place("POST", "/component-with-configurations", body(more=more))
        shown = await place("GET", f"/components/{answer.json['metadata']['id']}")
        listed = await place("GET", f"/components/{answer.json['metadata']['id']}/configurations")
        return answer, shown, listed

    answer, shown, listed = in_cae(scenario)
    first, second = answer.json["configurations"]
    assert (answer.status, answer.json["kind"]) == (200, "Component")
    assert answer.json["status"] == {"job_id": shown.json["spec"]["job_id"]}
    assert shown.json["spec"]["status"] == "notReady"
    assert env.encode() in answer.text
    assert set(first) == {"type", "data", "operation_id", "operated_at", "is_activated"}
    assert (first["is_activated"], first["operation_id"], "data" in second) == (False, second["operation_id"], False)
    assert [item["operation_id"] for item in listed.json["items"]] == [first["operation_id"]] * 2


def test_a_component_with_a_configuration_that_cannot_be_is_not_created(in_cae) -> None:
    async def scenario(cae):
        place = await Place.of(cae)
        more = ',"configurations":[{"type":"env","data":{"spec":{"envs":{"A":1}}}}]'
        answer = await place("POST", "/component-with-configurations", body(more=more))
        return answer, await place("GET", "/components")

    answer, listed = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500211")
    assert listed.json["total_count"] == 0


def test_the_sdk_s_own_example_is_accepted(in_cae) -> None:
    example = {
        "api_version": "v1",
        "kind": "Component",
        "metadata": {"annotations": {"version": "1.0.0"}, "name": "demo-src"},
        "spec": {
            "build": {
                "archive": {"artifact_namespace": "xxx"},
                "parameters": {"base_image": "openjdk:8u181-jdk-alpine"},
            },
            "replica": 2,
            "resource_limit": {"cpu_limit": "500m", "memory_limit": "1Gi"},
            "runtime": "Java8",
            "source": {
                "code": {"auth_name": "gitlab-xxx", "branch": "master", "namespace": "em1n"},
                "sub_type": "GitLab",
                "type": "code",
                "url": "https://xxx:8090/xxx/cae-frontend.git",
            },
        },
    }

    async def scenario(cae):
        place = await Place.of(cae)
        return await place("POST", "/components", json.dumps(example).encode())

    answer = in_cae(scenario)
    assert (answer.status, answer.json["spec"]["source"]) == (200, example["spec"]["source"])
