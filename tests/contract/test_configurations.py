"""The configurations calls as clients make them (contract/contract.md, section 8; terraform.md, 4.7 and 4.9)."""

import pytest

ENV = '{ "spec":{"envs":{"A":"<&>\\u00e4"}},  "later":[1.50,null] }'


class Component:
    """A component, and the calls on its configurations."""

    def __init__(self, cae, component):
        self.component = component
        self._cae = cae

    @classmethod
    async def of(cls, cae):
        return cls(cae, await cae.house.component())

    async def __call__(self, method, body=None, query=""):
        component = self.component
        path = f"/applications/{component.application_id}/components/{component.id}/configurations{query}"
        return await self._cae(method, path, body, environment=component.environment_id)

    async def store(self, *items):
        """Store items, given as their JSON."""
        return await self("POST", f'{{"api_version":"v1","items":[{",".join(items)}]}}'.encode())


def env(data=ENV):
    return f'{{"type":"env","data":{data}}}'


def test_storing_answers_nothing_and_lists_the_data_byte_for_byte(in_cae) -> None:
    async def scenario(cae):
        component = await Component.of(cae)
        return await component.store(env()), await component("GET")

    stored, listed = in_cae(scenario)
    assert (stored.status, stored.text) == (200, b"")
    assert f'"data":{ENV}'.encode() in listed.text
    assert (listed.json["kind"], listed.json["api_version"]) == ("ComponentConfiguration", "v1")


def test_every_item_says_when_it_was_stored_and_how_it_stands(in_cae) -> None:
    async def scenario(cae):
        component = await Component.of(cae)
        await component.store(env(), '{"type":"log","data":{"spec":{}}}')
        return (await component("GET")).json["items"]

    first, second = in_cae(scenario)
    assert set(first) == {"type", "data", "operation_id", "operated_at", "is_activated", "is_using"}
    assert first["operated_at"].endswith("Z")
    assert (first["operation_id"], first["operated_at"]) == (second["operation_id"], second["operated_at"])
    assert (first["is_activated"], first["is_using"]) == (False, False)


@pytest.mark.parametrize("reset", ['{"type":"env"}', '{"type":"env","data":null}', '{"type":"env","data":{}}'])
def test_an_item_with_only_a_type_resets_it_and_is_listed_without_data(in_cae, reset) -> None:
    async def scenario(cae):
        component = await Component.of(cae)
        await component.store(env())
        return await component.store(reset), await component("GET")

    stored, listed = in_cae(scenario)
    newest, older = listed.json["items"]
    assert stored.status == 200
    assert ("data" in newest, "data" in older) == (False, True)
    assert newest["operated_at"] > older["operated_at"]


@pytest.mark.parametrize("body", [b"{}", b'{"items":null}', b'{"items":[]}'])
def test_a_body_without_items_is_accepted_and_stores_nothing(in_cae, body) -> None:
    async def scenario(cae):
        component = await Component.of(cae)
        return await component("POST", body), await component("GET")

    stored, listed = in_cae(scenario)
    assert (stored.status, listed.json["items"]) == (200, [])


def test_after_a_deletion_the_list_is_empty(in_cae) -> None:
    async def scenario(cae):
        component = await Component.of(cae)
        await component.store(env())
        return await component("DELETE"), await component("GET")

    deleted, listed = in_cae(scenario)
    assert (deleted.status, deleted.text, listed.json["items"]) == (200, b"", [])


def test_deleting_and_storing_again_as_terraform_does_lists_only_what_is_new(in_cae) -> None:
    async def scenario(cae):
        component = await Component.of(cae)
        await component.store(env())
        await component("DELETE")
        await component.store('{"type":"log","data":{"spec":{"log_paths":["/var/log/a"]}}}')
        return await component("GET")

    assert [item["type"] for item in in_cae(scenario).json["items"]] == ["log"]


def test_nothing_is_effective_before_the_first_deployment(in_cae) -> None:
    async def scenario(cae):
        component = await Component.of(cae)
        await component.store(env())
        return await component("GET", query="?displayMode=latestEffective")

    assert in_cae(scenario).json["items"] == []


def test_an_unknown_display_mode_is_refused(in_cae) -> None:
    async def scenario(cae):
        return await (await Component.of(cae))("GET", query="?displayMode=all")

    assert in_cae(scenario).json["error_code"] == "CAE.01500001"


@pytest.mark.parametrize(
    ("item", "code", "says"),
    [
        ('{"type":"envs"}', "CAE.01500001", "items[0].type"),
        ('{"type":"env","data":[]}', "CAE.01500001", "items[0].data"),
        ('{"type":"env","data":{"spec":{"envs":{"A":1}}}}', "CAE.01500211", "'A'"),
        ('{"type":"env","data":{"spec":{"envs":{"1":"x"}}}}', "CAE.01500001", "items[0].data.spec.envs"),
        (
            '{"type":"access","data":{"spec":{"items":[{"ports":[{"port":70000}]}]}}}',
            "CAE.01501404",
            "items[0].data.spec.items[0].ports[0].port",
        ),
        (
            '{"type":"access","data":{"spec":{"items":[{"operator":"drop"}]}}}',
            "CAE.01500001",
            "items[0].data.spec.items[0].operator",
        ),
        (
            '{"type":"healthCheck","data":{"spec":{"livenessProbe":{"periodSeconds":5}}}}',
            "CAE.01500001",
            "items[0].data.spec.livenessProbe",
        ),
    ],
)
def test_an_item_that_cannot_be_is_refused_by_its_path_and_nothing_is_stored(in_cae, item, code, says) -> None:
    async def scenario(cae):
        component = await Component.of(cae)
        return await component.store(item), await component("GET")

    answer, listed = in_cae(scenario)
    assert (answer.status, answer.json["error_code"], listed.json["items"]) == (400, code, [])
    assert says in answer.json["error_msg"]


def test_a_large_body_is_checked_like_a_small_one(in_cae) -> None:
    value = "x" * 40_000

    async def scenario(cae):
        component = await Component.of(cae)
        good = await component.store(env(f'{{"spec":{{"envs":{{"A":"{value}"}}}}}}'))
        bad = await component.store(env(f'{{"spec":{{"envs":{{"A":"{value}","B":true}}}}}}'))
        return good.status, bad.json["error_code"]

    assert in_cae(scenario) == (200, "CAE.01500211")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_the_configurations_of_an_unknown_component_look_gone(in_cae, method) -> None:
    async def scenario(cae):
        component = await Component.of(cae)
        path = f"/applications/{component.component.application_id}/components/{'0' * 8}/configurations"
        body = b"no JSON" if method == "POST" else None
        return await cae(method, path, body, environment=component.component.environment_id)

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500208")
