"""The applications calls as clients make them (contract/contract.md, section 5; contract/terraform.md, 4.2 and 4.6)."""

import pytest

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def body(name="shop"):
    return {"api_version": "v1", "kind": "Application", "metadata": {"name": name}}


def test_an_application_is_shown_as_it_was_created(in_cae) -> None:
    async def scenario(cae):
        environment = await cae.house.environment()
        created = await cae("POST", "/applications", body(), environment=environment.id)
        path = f"/applications/{created.json['metadata']['id']}"
        return created, await cae("GET", path, environment=environment.id)

    created, shown = in_cae(scenario)
    assert (created.status, shown.status, shown.json) == (200, 200, created.json)
    assert (created.json["kind"], created.json["metadata"]["name"]) == ("Application", "shop")
    assert created.json["metadata"]["created_at"].endswith("Z")


def test_a_list_shows_applications_flat(in_cae) -> None:
    async def scenario(cae):
        environment = await cae.house.environment()
        created = await cae("POST", "/applications", body(), environment=environment.id)
        return created, await cae("GET", "/applications", environment=environment.id)

    created, listed = in_cae(scenario)
    assert listed.json == {"api_version": "v1", "kind": "Application", "items": [created.json["metadata"]]}


def test_deleting_an_application_answers_nothing(in_cae) -> None:
    async def scenario(cae):
        environment = await cae.house.environment()
        application = await cae.house.application(environment)
        deleted = await cae("DELETE", f"/applications/{application.id}", environment=environment.id)
        return deleted, await cae("GET", "/applications", environment=environment.id)

    deleted, listed = in_cae(scenario)
    assert (deleted.status, deleted.text, listed.json["items"]) == (204, b"", [])


def test_an_application_with_components_is_not_deleted(in_cae) -> None:
    async def scenario(cae):
        component = await cae.house.component()
        path = f"/applications/{component.application_id}"
        return await cae("DELETE", path, environment=component.environment_id)

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500212")


@pytest.mark.parametrize(("method", "status"), [("GET", 500), ("DELETE", 404)])
def test_an_unknown_application_says_so_in_the_cloud_s_own_way(in_cae, method, status) -> None:
    async def scenario(cae):
        environment = await cae.house.environment()
        return await cae(method, f"/applications/{UNKNOWN}", environment=environment.id)

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (status, "CAE.01500003")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/applications"), ("POST", "/applications"), ("GET", f"/applications/{UNKNOWN}")]
)
def test_an_unknown_environment_comes_before_everything_else(in_cae, method, path) -> None:
    async def scenario(cae):
        return await cae(method, path, b"no JSON" if method == "POST" else None, environment=UNKNOWN)

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500404")


@pytest.mark.parametrize(("name", "code"), [("Shop", "CAE.01500214"), ("shop", "CAE.01500001")])
def test_a_name_that_is_malformed_or_taken_is_refused(in_cae, name, code) -> None:
    async def scenario(cae):
        environment = await cae.house.environment()
        await cae.house.application(environment, "shop")
        return await cae("POST", "/applications", body(name), environment=environment.id)

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, code)
