"""Operators on single entries of a configuration of type `access`: what they make of what is in effect."""

from typing import Any

import pytest

from homeport.model.access import check_access
from homeport.model.access_edits import applied, has_operators, with_uids
from homeport.model.errors import InvalidParameter

SHOP = {
    "uid": "1",
    "type": "Ingress",
    "domain_names": ["shop.test"],
    "ports": [{"uid": "2", "port": 80, "protocol": "HTTP"}, {"uid": "3", "port": 81, "protocol": "HTTP"}],
}
DATABASE = {"uid": 4, "type": "LoadBalancer", "ports": [{"uid": 5, "port": 5432, "protocol": "TCP"}]}
EFFECTIVE = {"ip": "192.0.2.1", "items": [SHOP, DATABASE]}


def edited(*items: dict[str, Any]) -> list[Any]:
    spec = {"items": list(items)}
    check_access(spec, "spec")
    return list(applied(spec, EFFECTIVE, "spec")["items"])


def test_add_adds_an_item_with_uids_that_no_other_has() -> None:
    port = {"port": 6379}
    after = edited({"operator": "add", "type": "LoadBalancer", "ports": [{"operator": "add", **port}]})
    assert after == [SHOP, DATABASE, {"uid": "6", "type": "LoadBalancer", "ports": [{"uid": "7", **port}]}]


def test_modify_changes_the_fields_that_are_given_and_keeps_what_is_left_out_or_empty() -> None:
    change = {"operator": "modify", "uid": 1, "type": "", "domain_names": [], "public_ip": "192.0.2.7", "ports": []}
    assert edited(change) == [SHOP | {"public_ip": "192.0.2.7"}, DATABASE]


def test_modify_changes_single_ports_of_an_item_by_their_own_operators() -> None:
    ports = [{"operator": "modify", "uid": "2", "port": 8080}, {"operator": "delete", "uid": "3"}]
    after = edited({"operator": "modify", "uid": "1", "ports": [*ports, {"operator": "add", "port": 90}]})
    assert after[0]["ports"] == [{"uid": "2", "port": 8080, "protocol": "HTTP"}, {"uid": "6", "port": 90}]


def test_copy_adds_a_copy_with_the_fields_that_are_given_under_uids_of_its_own() -> None:
    after = edited({"operator": "copy", "uid": "1", "domain_names": ["cart.test"]})
    ports = [{"port": 80, "protocol": "HTTP", "uid": "7"}, {"port": 81, "protocol": "HTTP", "uid": "8"}]
    assert after == [SHOP, DATABASE, {**SHOP, "domain_names": ["cart.test"], "uid": "6", "ports": ports}]


def test_a_copy_is_of_what_is_in_effect_whatever_else_is_changed_with_it() -> None:
    change = {"operator": "modify", "uid": "4", "type": "ClusterIP"}
    after = edited({"operator": "delete", "uid": "1"}, change, {"operator": "copy", "uid": "4"})
    assert [item["type"] for item in after] == ["ClusterIP", "LoadBalancer"]


def test_delete_removes_an_item_and_what_is_beside_the_items_stays() -> None:
    spec = {"items": [{"operator": "delete", "uid": "1"}]}
    assert applied(spec, EFFECTIVE, "spec") == {"ip": "192.0.2.1", "items": [DATABASE]}


@pytest.mark.parametrize(
    ("items", "field"),
    [
        ([{"operator": "drop", "uid": "1"}], "items[0].operator"),
        ([{"operator": "modify", "uid": "1"}, {"type": "ClusterIP"}], "items[1].operator"),
        ([{"operator": "modify", "uid": "1", "ports": [{"uid": "2", "port": 1}]}], "items[0].ports[0].operator"),
        ([{"ports": [{"operator": "add", "port": 1}]}], "items[0].operator"),
        ([{"operator": "copy"}], "items[0].uid"),
        ([{"operator": "delete", "uid": "9"}], "items[0].uid"),
        ([{"operator": "modify", "uid": "1", "ports": [{"operator": "delete", "uid": "5"}]}], "items[0].ports[0].uid"),
        ([{"operator": "add", "uid": "1", "type": "ClusterIP"}], "items[0].uid"),
    ],
)
def test_what_cannot_be_applied_is_refused_by_its_field(items: list[Any], field: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        edited(*items)
    assert refused.value.field == f"spec.{field}"


def test_entries_without_uids_get_the_same_ones_each_time_and_those_that_have_one_keep_it() -> None:
    spec = {"items": [{"type": "ClusterIP"}, {"uid": 3, "ports": [{"port": 80}]}]}
    named = {"items": [{"type": "ClusterIP", "uid": "4"}, {"uid": 3, "ports": [{"port": 80, "uid": "5"}]}]}
    assert (with_uids(spec), with_uids(named), has_operators(named)) == (named, named, False)
