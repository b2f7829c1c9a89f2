"""What a configuration of type `access` opens, what it is refused for, and what of it is said to have no effect."""

from typing import Any

import pytest

from homeport.model.access import (
    Entrance,
    Rule,
    addresses_of,
    check_access,
    entrances_of,
    placed_entrances,
    without_effect,
)
from homeport.model.errors import InvalidParameter, PortClash, Refused
from homeport.model.sharing import Neighbour, check_free

SPEC = "items[0].data.spec"


def item(*ports: dict[str, Any], kind: str = "LoadBalancer", **facts: Any) -> dict[str, Any]:
    return {"type": kind, "ports": list(ports), **facts}


def opened(*items: dict[str, Any]) -> tuple[Entrance, ...]:
    spec = {"items": list(items)}
    check_access(spec, SPEC)
    return entrances_of(spec)


def path(hostname: str = "", path_: str = "/", mode: str = "STARTS_WITH") -> dict[str, str]:
    return {"hostname": hostname, "path": path_, "url_match_mode": mode}


@pytest.mark.parametrize(
    ("given", "entrance"),
    [
        (
            item({"port": 5432, "target_port": 80}),
            Entrance(type="LoadBalancer", port=5432, protocol="tcp", target_port=80),
        ),
        (
            item({"port": 80, "protocol": "HTTP", "paths": []}),
            Entrance(type="LoadBalancer", port=80, protocol="http", rules=(Rule(),)),
        ),
        (
            item({"protocol": "HTTPS", "certificate": "shop", "policy": "tls-1-2-strict"}, kind="Ingress"),
            Entrance(type="Ingress", port=443, protocol="https", rules=(Rule(),), certificate="shop", strict_tls=True),
        ),
        (
            item({"protocol": "HTTPS", "port": 8443, "default_certificate": "shop"}, kind="Ingress"),
            Entrance(type="Ingress", port=8443, protocol="https", rules=(Rule(),), certificate="shop"),
        ),
        (
            item(
                {"paths": [path("Shop.test", "/a"), path("", "/b", "EQUAL_TO")]}, kind="Ingress", domain_names=["*.x.y"]
            ),
            Entrance(
                type="Ingress",
                port=80,
                protocol="http",
                rules=(Rule("shop.test", "/a"), Rule("*.x.y", "/b", exact=True)),
            ),
        ),
    ],
    ids=["tcp", "http", "ingress https", "default certificate", "hosts and paths"],
)
def test_a_port_becomes_an_entrance(given: dict[str, Any], entrance: Entrance) -> None:
    assert opened(given) == (entrance,)


@pytest.mark.parametrize(
    ("control", "lists"),
    [
        ({"white": ["10.1.2.3/8"], "black": ["10.0.0.7"]}, (("10.0.0.0/8",), ("10.0.0.7/32",))),
        ({"type": "white", "ip_list": ["2001:db8::1"]}, (("2001:db8::1/128",), ())),
        ({"type": "black", "ip_list": [" 192.0.2.0/24 "]}, ((), ("192.0.2.0/24",))),
        ({}, ((), ())),
    ],
)
def test_both_shapes_of_access_control_are_read(control: dict[str, Any], lists: tuple[Any, Any]) -> None:
    (entrance,) = opened(item({"port": 80}, access_control=control))
    assert (entrance.allowed, entrance.denied) == lists


@pytest.mark.parametrize(
    ("items", "field"),
    [
        ([item({"target_port": 80})], "items[0].ports[0].port"),
        ([item({"port": 80, "protocol": "UDP"})], "items[0].ports[0].protocol"),
        ([item({"port": 80, "protocol": "TCP"}, kind="Ingress")], "items[0].ports[0].protocol"),
        ([item({"port": 80, "protocol": "TCP", "paths": [path()]})], "items[0].ports[0].protocol"),
        ([item({"port": 443, "protocol": "HTTPS"})], "items[0].ports[0].certificate"),
        ([item({"port": 80, "paths": [path("a_b.test")]})], "items[0].ports[0].paths[0].hostname"),
        ([item({"port": 80, "paths": [path("", "cart")]})], "items[0].ports[0].paths[0].path"),
        ([item({"port": 80}, domain_names=["*"])], "items[0].domain_names[0]"),
        ([item({"port": 80}, access_control={"white": ["office"]})], "items[0].access_control"),
        ([item({"port": 80}), item(kind="Gateway")], "items[1].type"),
        ([item(*({"port": port} for port in range(1, 102)))], "items"),
        ([item({"port": 80, "paths": [path("", f"/{number}") for number in range(101)]})], "items[0].ports[0].paths"),
    ],
)
def test_what_cannot_be_opened_is_refused_by_its_field(items: list[Any], field: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        opened(*items)
    assert refused.value.field == f"{SPEC}.{field}"


@pytest.mark.parametrize(
    "items",
    [
        [item({"port": 80}, {"port": 80})],
        [item({"port": 80, "protocol": "HTTP"}), item({"port": 80}, kind="Ingress")],
        [item({"port": 80}, kind="Ingress"), item({"port": 80}, kind="Ingress")],
        [item({"port": 80, "paths": [path("a.test")]}, {"port": 80, "paths": [path("A.test")]}, kind="Ingress")],
        [item({"port": 80}, {"port": 80, "protocol": "HTTPS", "certificate": "c"}, kind="Ingress")],
    ],
)
def test_two_items_cannot_have_the_same_of_one_port(items: list[Any]) -> None:
    with pytest.raises(PortClash, match="port 80 is taken:"):
        opened(*items)


def test_items_of_type_ingress_share_a_port_apart_by_host_or_path() -> None:
    first, second = ({"paths": [path("a.test")]}, {"paths": [path("a.test", "/x")]})
    assert [one.port for one in opened(item(first, kind="Ingress"), item(second, kind="Ingress"))] == [80, 80]


SHARED = item({"paths": [path("a.test")]}, kind="Ingress")


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (item({"port": 31_000}), "port 31000 is taken: it is the stable address of component cart"),
        (
            item({"port": 5432}),
            "port 5432 is taken: component cart has it, and only items of type Ingress share a port",
        ),
        (SHARED, "port 80 is taken: component cart has it for host a.test and path /"),
    ],
    ids=["stable", "alone", "same host"],
)
def test_a_port_that_another_component_has_is_refused_by_its_name(wanted: dict[str, Any], told: str) -> None:
    cart = Neighbour(name="cart", stable_port=31_000, entrances=opened(item({"port": 5432}), SHARED))
    with pytest.raises(PortClash) as refused:
        check_free(placed_entrances({"items": [wanted]}, SPEC), [cart])
    assert str(refused.value).startswith(f"{SPEC}.items[0].ports[0].port: {told}")


def test_a_port_is_shared_with_another_component_apart_by_host() -> None:
    cart = Neighbour(name="cart", stable_port=31_000, entrances=opened(SHARED))
    check_free(placed_entrances({"items": [item({"paths": [path("b.test")]}, kind="Ingress")]}, SPEC), [cart])


def test_what_was_stored_before_it_was_checked_opens_nothing() -> None:
    stored = {"items": [item({"port": 80, "protocol": "UDP"})]}
    with pytest.raises(Refused):
        check_access(stored, SPEC)
    assert entrances_of(stored) == ()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (item({"port": 80}, kind="ClusterIP"), "ClusterIP"),
        ({"ports": [{"port": 80}]}, "without a type"),
        (item({"port": 80, "paths": [path("", "^/a+$", "REGEX")]}), "REGEX"),
        (item({"port": 443, "protocol": "HTTPS", "certificate": "c", "policy": "tls-1-0"}), "tls-1-0"),
    ],
)
def test_what_has_no_effect_is_told(given: dict[str, Any], said: str) -> None:
    entrances, sentences = opened(given), without_effect({"items": [given]})
    assert (not entrances) == (said != "tls-1-0")
    assert [said in sentence for sentence in sentences] == [True]


def test_what_acts_is_not_told() -> None:
    assert without_effect({"items": [item({"port": 80})]}) == ()


@pytest.mark.parametrize(
    ("given", "addresses"),
    [
        (item({"port": 5432}), ["tcp://192.0.2.1:5432"]),
        (item({"port": 80, "protocol": "HTTP"}), ["http://192.0.2.1"]),
        (
            item({"port": 8080, "paths": [path("a.test"), path("", "/x")]}),
            ["http://a.test:8080", "http://192.0.2.1:8080/x"],
        ),
        (
            item({"protocol": "HTTPS", "certificate": "c", "paths": [path("a.test")]}, kind="Ingress"),
            ["https://a.test"],
        ),
    ],
)
def test_an_address_is_a_url(given: dict[str, Any], addresses: list[str]) -> None:
    (entrance,) = opened(given)
    assert addresses_of(entrance, "192.0.2.1") == addresses
