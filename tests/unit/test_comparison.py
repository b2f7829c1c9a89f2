"""What differs between two versions of a component."""

from __future__ import annotations

import pytest

from homeport.model.changes import Change, Statement
from homeport.model.comparison import Difference, differences
from homeport.model.configurations import NewItem
from homeport.model.errors import InvalidParameter
from homeport.services.configurations import store_configurations
from homeport.services.snapshots import compare_snapshots


def found(before, after) -> list[tuple[str, str | None, str | None]]:
    return [(one.field, one.before, one.after) for one in differences(before, after, lambda path, value: value)]


@pytest.mark.parametrize(
    ("before", "after", "differing"),
    [
        ({"a": 1, "b": {"c": "x"}}, {"a": 1, "b": {"c": "x"}}, []),
        ({"b": {"c": "x"}}, {"b": {"c": "y"}}, [("b.c", "x", "y")]),
        ({}, {"b": {"c": True}}, [("b.c", None, "true")]),
        ({"ports": [80, 81]}, {"ports": [80]}, [("ports[1]", "81", None)]),
        ({"a": {}}, {"a": {"b": 1}}, [("a.b", None, "1")]),
        ({"a": None}, {}, []),
    ],
)
def test_fields_that_differ_are_told_by_their_path(before, after, differing) -> None:
    assert found(before, after) == differing


def test_a_secret_that_changed_is_told_of_and_not_shown() -> None:
    assert differences({"a": "one"}, {"a": "two"}, lambda path, value: "***") == (
        Difference(field="a", before="***", after="***"),
    )


async def keep(house, component, index: int, operation_id: str | None = None, source: str = "nginx:1") -> None:
    """Put a snapshot into the store."""
    facts = {
        **dict.fromkeys(("operation", "operation_status", "image_url", "build_id", "status", "job_id"), ""),
        "version": f"{index}.0.0",
        "runtime": "Docker",
        "replica": 1,
        "build": None,
        "available_replica": 1,
        "annotations": "{}",
        "artifact": "{}",
        "resource_limit": component.resource_limit,
        "component_id": component.id,
        "idx": index,
        "operation_id": operation_id,
        "source": f'{{"type":"image","url":"{source}"}}',
        "created_at": 1,
        "updated_at": 1,
    }
    await house.context.store.commit(Change((Statement("add_snapshot", facts),)))


def test_secrets_of_configurations_and_addresses_are_hidden(in_house) -> None:
    env = b'{"spec":{"envs":{"COLOUR":"blue"}}}'
    rds = b'{"spec":{"rds_address":"db","rds_password":"hunter2"}}'
    log = b'{"spec":{"a":1,"secret":{"value":"hunter2"}}}'

    async def scenario(house):
        component = await house.component()
        operation = await store_configurations(
            house.context, component, [NewItem("env", env), NewItem("rds", rds), NewItem("log", log)]
        )
        await keep(house, component, 1)
        await keep(house, component, 2, operation.id, "https://ada:hunter2@example.com/x")
        return await compare_snapshots(house.context, component)

    compared = in_house(scenario)
    assert (compared.first.idx, compared.second.idx) == (1, 2)
    assert {one.field: one.after for one in compared.differences} == {
        "configurations.env.envs.COLOUR": "***",
        "configurations.log.a": "1",
        "configurations.log.secret.value": "***",
        "configurations.rds.rds_address": "db",
        "configurations.rds.rds_password": "***",
        "source.url": "https://***@example.com/x",
        "version": "2.0.0",
    }


@pytest.mark.parametrize(
    ("first", "second", "refused"), [(None, None, "first"), (None, 7, "second"), (7, None, "first"), (1, 1, None)]
)
def test_a_snapshot_that_is_not_there_is_named(in_house, first, second, refused) -> None:
    async def scenario(house):
        component = await house.component()
        await keep(house, component, 1)
        return await compare_snapshots(house.context, component, first, second)

    if refused is None:
        assert in_house(scenario).differences == ()
        return
    with pytest.raises(InvalidParameter) as caught:
        in_house(scenario)
    assert caught.value.field == refused
    assert "1" in str(caught.value)
