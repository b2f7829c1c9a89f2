"""The environments calls as clients make them (contract/contract.md, section 4; contract/terraform.md, 4.1 and 4.5)."""

import pytest

from homeport.services.applications import create_application

ENTERPRISE = "b1f4d2c0-0000-4000-8000-000000000001"
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def body(name="test", **annotations):
    return {"api_version": "v1", "kind": "Environment", "metadata": {"name": name, "annotations": annotations}}


def test_creating_an_environment_answers_its_job_and_lists_it_at_once(in_cae) -> None:
    async def scenario(cae):
        answer = await cae("POST", "/environments", body(vpc_id="v-1", type="exclusive"))
        return answer, await cae("GET", "/environments")

    created, listed = in_cae(scenario)
    (item,) = listed.json["items"]
    assert (created.status, listed.status) == (200, 200)
    assert created.json == {"job_id": item["job_id"]}
    assert (item["name"], item["status"]) == ("test", "creating")


def test_annotations_come_back_as_sent_with_what_the_server_adds(in_cae) -> None:
    async def scenario(cae):
        await cae("POST", "/environments", body(vpc_id="v-1", group_name="org"))
        return (await cae("GET", "/environments")).json["items"][0]["annotations"]

    assert in_cae(scenario) == {
        "vpc_id": "v-1",
        "group_name": "org",
        "enterprise_project_id": "0",
        "homeport/driver": "simulated",
    }


def test_no_annotation_is_required(in_cae) -> None:
    async def scenario(cae):
        return await cae("POST", "/environments", {"metadata": {"name": "test"}})

    assert in_cae(scenario).status == 200


def test_the_enterprise_project_of_the_header_comes_back_as_an_annotation(in_cae) -> None:
    async def scenario(cae):
        await cae("POST", "/environments", body(), enterprise=ENTERPRISE)
        return await cae("GET", "/environments", enterprise=ENTERPRISE)

    (item,) = in_cae(scenario).json["items"]
    assert item["annotations"]["enterprise_project_id"] == ENTERPRISE


@pytest.mark.parametrize(("given", "names"), [(None, ["one", "two"]), ("0", ["one"]), (ENTERPRISE, ["two"])])
def test_a_list_without_the_header_shows_the_environments_of_all_enterprise_projects(in_cae, given, names) -> None:
    async def scenario(cae):
        await cae("POST", "/environments", body("one"))
        await cae("POST", "/environments", body("two"), enterprise=ENTERPRISE)
        return await cae("GET", "/environments", enterprise=given)

    assert [item["name"] for item in in_cae(scenario).json["items"]] == names


@pytest.mark.parametrize("name", ["A", "a", "9a", "a" * 31, "ends-"])
def test_a_malformed_name_is_an_invalid_parameter(in_cae, name) -> None:
    async def scenario(cae):
        return await cae("POST", "/environments", body(name))

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500001")


def test_a_name_that_is_taken_is_an_invalid_parameter(in_cae) -> None:
    async def scenario(cae):
        await cae("POST", "/environments", body())
        return await cae("POST", "/environments", body())

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500001")


def test_deleting_an_environment_answers_its_job_and_lists_it_as_deleting(in_cae) -> None:
    async def scenario(cae):
        environment = await cae.house.environment()
        answer = await cae("DELETE", f"/environments/{environment.id}")
        return answer, await cae("GET", "/environments")

    deleted, listed = in_cae(scenario)
    (item,) = listed.json["items"]
    assert (deleted.status, deleted.json) == (200, {"job_id": item["job_id"]})
    assert item["status"] == "deleting"


def test_deleting_an_unknown_environment_says_that_it_is_not_there(in_cae) -> None:
    async def scenario(cae):
        return await cae("DELETE", f"/environments/{UNKNOWN}")

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500404")


def test_deleting_an_environment_twice_says_that_it_is_being_deleted(in_cae) -> None:
    async def scenario(cae):
        environment = await cae.house.environment()
        await cae("DELETE", f"/environments/{environment.id}")
        return await cae("DELETE", f"/environments/{environment.id}")

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (500, "CAE.01500403")


def test_deleting_an_environment_with_applications_names_them(in_cae) -> None:
    async def scenario(cae):
        environment = await cae.house.environment()
        await create_application(cae.house.context, cae.house.scope(environment), "shop")
        return await cae("DELETE", f"/environments/{environment.id}")

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (500, "CAE.01500402")
    assert "shop" in answer.json["error_msg"]


def test_another_enterprise_project_than_the_environments_is_refused_without_looking_gone(in_cae) -> None:
    async def scenario(cae):
        environment = await cae.house.environment()
        return await cae("GET", "/applications", environment=environment.id, enterprise=ENTERPRISE)

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500001")
    assert "X-Enterprise-Project-ID" in answer.json["error_msg"]
