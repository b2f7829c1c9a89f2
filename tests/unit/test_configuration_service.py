"""Configurations in a real store."""

import asyncio
import sqlite3

import msgspec
import pytest

from homeport.identity.vault import VaultError
from homeport.model.changes import Change, Statement
from homeport.model.configuration_rules import LARGEST_SET
from homeport.model.configurations import NewItem
from homeport.model.credentials import CredentialType, NewCredential
from homeport.model.errors import ComponentNotFound, InvalidParameter, PortClash
from homeport.services.components import create_component
from homeport.services.configuration_sets import load_set, newest_operation
from homeport.services.configurations import (
    list_effective,
    list_history,
    remove_configurations,
    store_configurations,
)
from homeport.services.credentials import create_credential
from homeport.store.loading import load_component

ENV = b'{ "spec": {"envs": {"PASSWORD": "hunter2"}}}'
LOG = b'{"spec":{"log_paths":["/var/log"]}}'


async def store(house, component, **items):
    """Store one operation: data by type, None to reset."""
    return await store_configurations(house.context, component, [NewItem(type_, data) for type_, data in items.items()])


async def take_effect(house, component, operation_id):
    """Write down that an operation is in effect, as the last commit of a configure does."""
    params = msgspec.structs.asdict(component) | {"operation_id": operation_id, "now": house.context.clock.now()}
    await house.context.store.commit(Change((Statement("record_component", params),)))
    return await load_component(house.context.store, component.id)


async def plain(house, component, operation_id):
    return {type_: bytes(data) for type_, data in (await load_set(house.context, component.id, operation_id)).items()}


def test_what_was_stored_is_in_the_history_byte_for_byte(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        operation = await store(house, component, env=ENV, log=LOG)
        return operation, await list_history(house.context, component)

    operation, listed = in_house(scenario)
    assert [(item.type, item.data) for item in listed] == [("env", ENV), ("log", LOG)]
    assert {(item.operation_id, item.operated_at) for item in listed} == {(operation.id, operation.operated_at)}


def test_the_newest_operation_comes_first_and_later_ones_are_later_for_everybody(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        operations = [await store(house, component, env=ENV) for _ in range(4)]
        return operations, await list_history(house.context, component)

    operations, listed = in_house(scenario)
    assert [item.operation_id for item in listed] == [operation.id for operation in reversed(operations)]
    milliseconds = [item.operated_at // 1_000 for item in listed]
    assert sorted(set(milliseconds), reverse=True) == milliseconds


def test_an_operation_lays_its_items_over_the_newest_set(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        first = await store(house, component, env=b'{"spec":{}}', log=LOG)
        second = await store(house, component, env=ENV)
        third = await store(house, component, log=None)
        return [await plain(house, component, operation.id) for operation in (first, second, third)]

    assert in_house(scenario) == [{"env": b'{"spec":{}}', "log": LOG}, {"env": ENV, "log": LOG}, {"env": ENV}]


def test_an_item_that_resets_its_type_stands_in_the_history_without_data(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        await store(house, component, env=ENV)
        await store(house, component, env=None)
        return await list_history(house.context, component)

    assert [(item.type, item.data) for item in in_house(scenario)] == [("env", None), ("env", ENV)]


OPENED = b'{"spec":{"items":[{"type":"LoadBalancer","ports":[{"port":80}]}]}}'
MOVED = b'{"spec":{"items":[{"operator":"modify","uid":"1","ports":[{"operator":"modify","uid":"2","port":81}]}]}}'


def test_operators_change_what_is_in_effect_not_the_draft_and_the_history_shows_them_as_they_came(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        first = await store(house, component, access=OPENED)
        component = await take_effect(house, component, first.id)
        shown = [item.data for item in await list_effective(house.context, component)]
        await store(house, component, access=b'{"spec":{"items":[]}}')
        moved = await store(house, component, access=MOVED)
        history = [item.data for item in await list_history(house.context, component)]
        return shown, history, (await plain(house, component, moved.id))["access"]

    shown, history, set_ = in_house(scenario)
    numbered = b'{"spec":{"items":[{"type":"LoadBalancer","ports":[{"port":80,"uid":"2"}],"uid":"1"}]}}'
    assert shown == [numbered]
    assert history == [MOVED, b'{"spec":{"items":[]}}', OPENED]
    assert set_ == numbered.replace(b"80", b"81")


def test_operators_before_anything_is_in_effect_find_no_uid(in_house) -> None:
    async def scenario(house):
        await store(house, await house.component(), access=MOVED)

    with pytest.raises(InvalidParameter, match="nothing is in effect there"):
        in_house(scenario)


def test_what_operators_make_is_refused_where_it_cannot_be_opened(in_house) -> None:
    taken = b'{"spec":{"items":[{"operator":"copy","uid":"1"}]}}'

    async def scenario(house):
        component = await house.component()
        component = await take_effect(house, component, (await store(house, component, access=OPENED)).id)
        await store(house, component, access=taken)

    with pytest.raises(PortClash, match=r"its operators applied: spec\.items\[1\]\.ports\[0\]\.port: port 80 is taken"):
        in_house(scenario)


def test_an_operation_without_items_stores_nothing(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        return await store(house, component), await newest_operation(house.context, component.id)

    assert in_house(scenario) == (None, None)


def test_operations_that_meet_lose_nothing(in_house) -> None:
    types = ["env", "log", "rds", "cse", "access", "volume"]

    async def scenario(house):
        component = await house.component()
        await asyncio.gather(*(store(house, component, **{type_: LOG}) for type_ in types))
        return await plain(house, component, await newest_operation(house.context, component.id))

    assert in_house(scenario) == dict.fromkeys(types, LOG)


def test_operations_on_a_component_that_is_gone_are_refused(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        await house.context.store.commit(Change((Statement("remove_component", {"id": component.id, "fence": 0}),)))
        with pytest.raises(ComponentNotFound):
            await store(house, component, env=ENV)
        with pytest.raises(ComponentNotFound):
            await remove_configurations(house.context, component)

    in_house(scenario)


def test_all_types_together_are_bounded_over_operations(in_house) -> None:
    half = b'{"x":"' + b"x" * (LARGEST_SET // 2) + b'"}'

    async def scenario(house):
        component = await house.component()
        await store(house, component, log=half)
        with pytest.raises(InvalidParameter, match=str(LARGEST_SET)):
            await store(house, component, access=half)

    in_house(scenario)


def test_after_a_removal_nothing_is_listed_and_nothing_will_take_effect(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        await store(house, component, env=ENV)
        await remove_configurations(house.context, component)
        newest = await newest_operation(house.context, component.id)
        return await list_history(house.context, component), await plain(house, component, newest), newest

    listed, settings, newest = in_house(scenario)
    assert (listed, settings) == ([], {})
    assert newest is not None


def test_a_removal_leaves_what_older_operations_put_in_force(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        operation = await store(house, component, env=ENV)
        await remove_configurations(house.context, component)
        return await plain(house, component, operation.id)

    assert in_house(scenario) == {"env": ENV}


def test_what_is_stored_after_a_removal_starts_from_nothing(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        await store(house, component, env=ENV)
        await remove_configurations(house.context, component)
        operation = await store(house, component, log=LOG)
        return await plain(house, component, operation.id), await list_history(house.context, component)

    settings, listed = in_house(scenario)
    assert (settings, [item.type for item in listed]) == ({"log": LOG}, ["log"])


def test_a_removal_of_nothing_stores_nothing(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        await remove_configurations(house.context, component)
        return await newest_operation(house.context, component.id)

    assert in_house(scenario) is None


def test_nothing_is_effective_before_the_first_deployment(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        await store(house, component, env=ENV)
        return await list_effective(house.context, component)

    assert in_house(scenario) == []


def test_what_is_effective_is_the_whole_set_of_the_operation_in_effect(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        await store(house, component, env=ENV)
        second = await store(house, component, log=LOG)
        await store(house, component, env=None)
        component = await take_effect(house, component, second.id)
        return second, await list_effective(house.context, component), await list_history(house.context, component)

    second, effective, history = in_house(scenario)
    assert [(item.type, item.data, item.operation_id) for item in effective] == [
        ("env", ENV, second.id),
        ("log", LOG, second.id),
    ]
    assert [(item.type, item.activated, item.used) for item in history] == [
        ("env", False, False),
        ("log", True, True),
        ("env", True, True),
    ]


def test_an_unknown_operation_has_nothing_in_force(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        return [await plain(house, component, name) for name in (None, "unheard of")]

    assert in_house(scenario) == [{}, {}]


def test_no_value_of_a_configuration_is_readable_in_the_file(in_house, tmp_path) -> None:
    async def scenario(house):
        component = await house.component()
        await store(house, component, env=ENV)

    in_house(scenario)
    with sqlite3.connect(tmp_path / "homeport.db") as file:
        rows = [*file.execute("SELECT items FROM configuration"), *file.execute("SELECT data FROM configuration_item")]
    file.close()
    assert len(rows) == 2
    assert not any("hunter2" in text or "PASSWORD" in text for (text,) in rows)


def test_a_sealed_set_does_not_open_as_another_operations(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        first = await store(house, component, env=ENV)
        row = await house.context.store.row("configuration", component_id=component.id, operation_id=first.id)
        moved = dict(row) | {"operation_id": "another"}
        await house.context.store.commit(Change((Statement("add_configuration", moved),)))
        with pytest.raises(VaultError):
            await load_set(house.context, component.id, "another")

    in_house(scenario)


def test_a_stored_type_that_nothing_acts_on_is_told_of_as_an_event_and_its_reset_is_not(in_house) -> None:
    async def scenario(house):
        component = await house.component()
        items = [NewItem("apm2", b'{"spec":{}}'), NewItem("env", b'{"spec":{}}'), NewItem("log", None)]
        await store_configurations(house.context, component, items)
        return await house.context.store.rows("component_events", component_id=component.id, most=10)

    [event] = in_house(scenario)
    assert (event["name"], event["type"]) == ("ConfigurationWithoutEffect", "Warning")
    assert "type apm2" in str(event["message"])


@pytest.mark.parametrize("why", ["s3fs is not on this machine", ""])
def test_a_volume_that_is_a_bucket_is_told_of_where_none_can_be_mounted(in_house, why) -> None:
    async def scenario(house):
        environment = await house.environment(driver="docker")
        application = await house.application(environment)
        context = msgspec.structs.replace(house.context, no_buckets=lambda: why)
        component = await create_component(context, house.scope(environment), application.id, house.spec())
        keys = {"server": "https://obs.example.com", "username": "AKID", "password": "hunter2"}
        new = NewCredential(name="store", type=CredentialType.S3, buckets=("shop-data",), **keys)
        await create_credential(context, house.project_id, new, "ada")
        for name in ("shop-data", "a-folder"):
            volume = {"resource_name": name, "mount_info": [{"path": "/mnt/data"}]}
            data = msgspec.json.encode({"spec": {"volumes": [volume]}})
            await store_configurations(context, component, [NewItem("volume", data)])
        events = await context.store.rows("component_events", component_id=component.id, most=10)
        return [event["message"] for event in events]

    said = f"Type volume on driver docker: bucket shop-data cannot be mounted as it is now: {why}"
    assert in_house(scenario) == ([said] if why else [])
