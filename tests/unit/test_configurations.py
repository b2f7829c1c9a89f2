"""Sets of configurations: what an operation makes of them, how items stand, and what they mean for an instance."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from homeport.model.configuration_rules import TYPES
from homeport.model.configurations import (
    ConfigurationSet,
    NewItem,
    effective,
    env_of,
    health_of,
    laid_over,
    lifecycle_of,
    next_operated_at,
    standing,
)
from homeport.model.records import ConfigurationItem
from homeport.model.workloads import Exec, HealthCheck, HttpGet, Lifecycle, Probe, TcpSocket


def settings(**specs: Any) -> ConfigurationSet:
    return {type_: Raw(json.dumps({"spec": spec}).encode()) for type_, spec in specs.items()}


def item(operation: str, at: int, type_: str = "env", data: str | None = "sealed") -> ConfigurationItem:
    return ConfigurationItem(
        component_id="c", operation_id=operation, position=0, type=type_, data=data, operated_at=at
    )


def plain(chosen: ConfigurationSet) -> dict[str, bytes]:
    return {type_: bytes(data) for type_, data in chosen.items()}


def test_an_operation_replaces_its_types_and_leaves_the_others() -> None:
    before = {"env": Raw(b'{"a":1}'), "log": Raw(b'{"b":2}')}
    after = laid_over(before, [NewItem("env", b'{"c":3}'), NewItem("access", b"{}")])
    assert plain(after) == {"env": b'{"c":3}', "log": b'{"b":2}', "access": b"{}"}


def test_an_item_without_data_takes_its_type_out() -> None:
    assert laid_over({"env": Raw(b"{}")}, [NewItem("env", None), NewItem("log", None)]) == {}


_items = st.lists(
    st.builds(NewItem, st.sampled_from(TYPES), st.sampled_from([None, b"1", b"2"])), unique_by=lambda new: new.type
)


@given(st.lists(_items))
def test_the_set_holds_of_every_type_what_was_said_last(operations: list[list[NewItem]]) -> None:
    chosen: ConfigurationSet = {}
    for operation in operations:
        chosen = laid_over(chosen, operation)
    said = {new.type: new.data for operation in operations for new in operation}
    assert plain(chosen) == {type_: data for type_, data in said.items() if data is not None}


@pytest.mark.parametrize(
    ("newest", "now", "then"), [(None, 5, 5), (5_000, 7_000, 7_000), (5_000, 5_999, 6_000), (9_000, 1_000, 10_000)]
)
def test_an_operation_is_later_than_the_one_before_by_what_clients_can_tell(
    newest: int | None, now: int, then: int
) -> None:
    assert next_operated_at(newest, now) == then


def test_the_variables_are_those_of_type_env() -> None:
    assert env_of(settings(env={"envs": {"A": "1"}, "env_references": [{"env_name": "B"}]})) == {"A": "1"}


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (None, {}),
        ([{"env_name": "B", "value_from": {"name": "shop", "reference_type": "dewSecret"}}], {"B": "shop"}),
        ([{"env_name": "B"}], {}),
        ("stored before it was checked", {}),
    ],
)
def test_a_variable_refers_to_a_secret_by_its_name(sent: Any, read: dict[str, str]) -> None:
    assert effective(settings(env={"env_references": sent})).secrets == read


@pytest.mark.parametrize("spec", [{}, {"envs": None}, None])
def test_an_env_without_variables_means_none(spec: Any) -> None:
    assert env_of(settings(env=spec)) == {}


def test_probes_are_read_with_their_defaults() -> None:
    spec = {"livenessProbe": {"tcpSocket": {"port": 80}, "periodSeconds": None}, "readinessProbe": None}
    assert health_of(settings(healthCheck=spec)) == HealthCheck(
        liveness_probe=Probe(tcp_socket=TcpSocket(port=80), period_seconds=10)
    )


@pytest.mark.parametrize("path", ["health", "/health"])
def test_the_path_of_a_probe_begins_with_a_slash(path: str) -> None:
    read = health_of(settings(healthCheck={"startupProbe": {"httpGet": {"path": path, "port": 80}}}))
    assert read.startup_probe == Probe(http_get=HttpGet(path="/health", port=80))


def test_hooks_are_read() -> None:
    spec = {"postStart": {"exec": {"command": ["a", "b"]}}, "preStop": {"exec": None}}
    assert lifecycle_of(settings(lifecycle=spec)) == Lifecycle(post_start=Exec(command=("a", "b")))


def test_types_that_do_nothing_yet_mean_nothing() -> None:
    chosen = settings(apm2={"instrumentation": "automatic"}, volume={"volumes": []}, access={"items": []})
    assert effective(chosen) == effective({})


def test_before_any_deployment_no_item_is_activated_or_used() -> None:
    assert [(one.activated, one.used) for one in standing([item("o1", 1)], {"o1": 1}, None, [])] == [(False, False)]


def test_of_a_type_the_newest_item_that_is_in_effect_is_used() -> None:
    items = [item("o3", 3), item("o2", 2), item("o1", 1), item("o1", 1, "log")]
    listed = standing(items, {"o1": 1, "o2": 2, "o3": 3}, "o2", ["o2"])
    assert [one.used for one in listed] == [False, True, False, True]


def test_what_a_snapshot_carried_was_activated() -> None:
    items = [item("o3", 3), item("o2", 2), item("o1", 1)]
    listed = standing(items, {"o1": 1, "o2": 2, "o3": 3}, "o1", ["o1", "o2"])
    assert [(one.activated, one.used) for one in listed] == [(False, False), (True, False), (True, True)]


def test_an_item_that_resets_its_type_is_never_used_and_ends_the_use_of_the_one_before() -> None:
    items = [item("o2", 2, data=None), item("o1", 1)]
    assert [one.used for one in standing(items, {"o1": 1, "o2": 2}, "o2", [])] == [False, False]


def test_operations_that_were_forgotten_are_no_trouble() -> None:
    assert [one.activated for one in standing([item("o2", 2)], {"o2": 2}, "gone", ["gone too"])] == [False]


def test_a_bound_database_and_engine_become_variables_under_the_user_own() -> None:
    settings = {
        "rds": Raw(
            b'{"spec":{"rds_id":"1","rds_address":"db","rds_port":"3306","rds_username":"ada","rds_password":"pw",'
            b'"rds_db_name":""}}'
        ),
        "cse": Raw(b'{"spec":{"service_center_addr":"http://a,http://b","config_center_addr":null}}'),
        "env": Raw(b'{"spec":{"envs":{"RDS_ADDRESS":"mine"}}}'),
    }
    assert env_of(settings) == {
        "RDS_ADDRESS": "mine",
        "RDS_PORT": "3306",
        "RDS_USER_NAME": "ada",
        "RDS_PASSWORD": "pw",
        "PAAS_CSE_SC_ENDPOINT": "http://a,http://b",
    }
