"""What an item of a configuration may hold."""

import json
import re
from typing import Any

import msgspec
import pytest

from homeport.model.configuration_rules import (
    LARGEST_SET,
    LONGEST_VALUE,
    TYPES,
    check_size,
    check_types_differ,
    checked_item,
)
from homeport.model.configurations import NewItem
from homeport.model.errors import EnvValueNotText, InvalidParameter, PortOutOfRange


def data(spec: Any) -> bytes:
    return json.dumps({"spec": spec}).encode()


def check(type_: str, spec: Any) -> None:
    checked_item(type_, data(spec), "items[0]")


def refused_field(type_: str, spec: Any) -> str:
    with pytest.raises(InvalidParameter) as refused:
        check(type_, spec)
    return refused.value.field


def probe(**fields: Any) -> dict[str, Any]:
    return {"livenessProbe": {"tcpSocket": {"port": 8080}} | fields}


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("sent", [None, b"null", b"{}", b" { } "])
def test_an_item_without_data_resets_its_type(type_: str, sent: bytes | None) -> None:
    assert checked_item(type_, sent, "items[0]") == NewItem(type_, None)


@pytest.mark.parametrize("type_", TYPES)
def test_shapes_nobody_knows_are_kept_byte_for_byte(type_: str) -> None:
    sent = b'{ "spec": {"later": [1.50, {"a": null}]}, "metadata": {"annotations": {"x": "\\u0026"}} }'
    assert checked_item(type_, sent, "items[0]") == NewItem(type_, sent)


def test_an_unknown_type_is_refused_naming_the_known_ones() -> None:
    with pytest.raises(InvalidParameter, match="healthCheck") as refused:
        checked_item("envs", b"{}", "items[3]")
    assert refused.value.field == "items[3].type"


@pytest.mark.parametrize(
    ("sent", "field"), [(b"[1]", "items[0].data"), (b'"x"', "items[0].data"), (b'{"spec": []}', "items[0].data.spec")]
)
def test_data_and_spec_are_objects(sent: bytes, field: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        checked_item("env", sent, "items[0]")
    assert refused.value.field == field


def test_a_type_may_be_there_once() -> None:
    with pytest.raises(InvalidParameter) as refused:
        check_types_differ(["env", "log", "env"], "items")
    assert refused.value.field == "items[2].type"


def refers(name: str = "B", secret: str = "shop", kind: str = "dewSecret") -> dict[str, Any]:
    return {"env_name": name, "value_from": {"name": secret, "reference_type": kind}}


def test_variables_refer_to_secrets() -> None:
    check("env", {"envs": {"A": "1"}, "env_references": [refers("B"), refers("C")]})


@pytest.mark.parametrize(
    ("references", "field"),
    [
        ({"B": "shop"}, ""),
        ([{"env_name": "B", "value_from": "shop"}], ""),
        ([refers(), refers()], "[1].env_name"),
        ([refers("A")], "[0].env_name"),
        ([refers("1B")], "[0].env_name"),
        ([refers(secret="")], "[0].value_from.name"),
        ([refers(kind="configMap")], "[0].value_from.reference_type"),
    ],
)
def test_a_reference_that_cannot_be_followed_is_refused_by_its_place(references: Any, field: str) -> None:
    said = refused_field("env", {"envs": {"A": "1"}, "env_references": references})
    assert said == f"items[0].data.spec.env_references{field}"


@pytest.mark.parametrize("envs", [None, {}, {"A": ""}, {"a.b-c_D9": "äöü\n"}, {"_": "x"}])
def test_environment_variables_are_strings_by_name(envs: Any) -> None:
    check("env", {"envs": envs})


@pytest.mark.parametrize("value", [1, 1.5, True, None, ["x"], {"a": "b"}])
def test_a_variable_whose_value_is_no_string_is_refused_without_showing_it(value: Any) -> None:
    with pytest.raises(EnvValueNotText, match="PORT_NUMBER") as refused:
        check("env", {"envs": {"OK": "x", "PORT_NUMBER": value}})
    assert refused.value.variable == "PORT_NUMBER"


@pytest.mark.parametrize("name", ["", "1A", "A=B", "A B", "Ä", "A\n", "x" * 257])
def test_a_variable_may_not_be_called(name: str) -> None:
    assert refused_field("env", {"envs": {name: "x"}}) == "items[0].data.spec.envs"


def test_variables_are_an_object() -> None:
    assert refused_field("env", {"envs": ["A=1"]}) == "items[0].data.spec.envs"


def test_the_number_of_variables_is_bounded() -> None:
    assert refused_field("env", {"envs": {f"A{n}": "" for n in range(1_001)}}) == "items[0].data.spec.envs"


def test_the_length_of_a_value_is_bounded_in_bytes() -> None:
    check("env", {"envs": {"A": "x" * LONGEST_VALUE}})
    assert refused_field("env", {"envs": {"A": "ä" * (LONGEST_VALUE // 2) + "x"}}) == "items[0].data.spec.envs.A"


def test_all_types_together_are_bounded() -> None:
    half = msgspec.Raw(b'"' + b"x" * (LARGEST_SET // 2) + b'"')
    with pytest.raises(InvalidParameter, match=str(LARGEST_SET)):
        check_size({"env": half, "log": half}, "items")


@pytest.mark.parametrize(
    "way",
    [
        {"httpGet": {"path": "/health?deep=1", "port": 8080, "scheme": "HTTPS"}},
        {"httpGet": {"httpHeaders": [{"name": "X-Probe", "value": "yes indeed"}]}},
        {"tcpSocket": {"port": 1}},
        {"exec": {"command": ["/bin/check", ""]}, "httpGet": None},
    ],
)
def test_a_probe_asks_in_one_way(way: dict[str, Any]) -> None:
    check("healthCheck", {"livenessProbe": way, "readinessProbe": way, "startupProbe": None})


@pytest.mark.parametrize("way", [{}, {"tcpSocket": {"port": 1}, "exec": {"command": ["x"]}}])
def test_a_probe_asks_in_no_other_number_of_ways(way: dict[str, Any]) -> None:
    assert refused_field("healthCheck", {"readinessProbe": way}) == "items[0].data.spec.readinessProbe"


@pytest.mark.parametrize(
    ("field", "number"),
    [
        ("periodSeconds", 0),
        ("initialDelaySeconds", -1),
        ("timeoutSeconds", 0),
        ("failureThreshold", 0),
        ("successThreshold", 0),
        ("successThreshold", 2),
        ("periodSeconds", 86_401),
    ],
)
def test_the_numbers_of_a_probe_have_bounds(field: str, number: int) -> None:
    assert refused_field("healthCheck", probe(**{field: number})) == f"items[0].data.spec.livenessProbe.{field}"


def test_only_a_readiness_probe_may_have_to_succeed_more_than_once() -> None:
    check("healthCheck", {"readinessProbe": {"tcpSocket": {"port": 1}, "successThreshold": 3}})


def test_a_number_that_is_null_counts_as_not_sent() -> None:
    check("healthCheck", probe(periodSeconds=None))


@pytest.mark.parametrize("value", ["10", 1.5, True])
def test_a_number_of_another_type_is_refused_by_its_path(value: Any) -> None:
    assert refused_field("healthCheck", probe(periodSeconds=value)) == "items[0].data.spec.livenessProbe.periodSeconds"


@pytest.mark.parametrize("path", ["/a b", "/a\r\nHost: x", "/ä"])
def test_the_path_of_a_probe_cannot_change_its_request(path: str) -> None:
    field = refused_field("healthCheck", {"livenessProbe": {"httpGet": {"path": path, "port": 1}}})
    assert field == "items[0].data.spec.livenessProbe.httpGet.path"


@pytest.mark.parametrize(
    ("header", "part"), [({"name": "A:B", "value": "x"}, "name"), ({"name": "A", "value": "x\r\ny"}, "value")]
)
def test_the_headers_of_a_probe_cannot_change_its_request(header: dict[str, str], part: str) -> None:
    field = refused_field("healthCheck", {"livenessProbe": {"httpGet": {"port": 1, "httpHeaders": [header]}}})
    assert field == f"items[0].data.spec.livenessProbe.httpGet.httpHeaders[0].{part}"


@pytest.mark.parametrize("command", [[], [""]])
def test_a_command_names_a_program(command: list[str]) -> None:
    field = refused_field("lifecycle", {"preStop": {"exec": {"command": command}}})
    assert field == "items[0].data.spec.preStop.exec.command"


@pytest.mark.parametrize("spec", [{}, {"postStart": None}, {"preStop": {}}, {"preStop": {"exec": {"command": ["a"]}}}])
def test_hooks_may_be_left_out(spec: dict[str, Any]) -> None:
    check("lifecycle", spec)


def test_a_hook_of_another_shape_is_refused_by_its_path() -> None:
    field = refused_field("lifecycle", {"postStart": {"exec": {"command": "sleep 1"}}})
    assert field == "items[0].data.spec.postStart.exec.command"


@pytest.mark.parametrize("port", [0, -1, 65_536])
@pytest.mark.parametrize(
    ("type_", "spec"),
    [
        ("access", lambda port: {"items": [{"ports": [{"target_port": port}]}]}),
        ("access", lambda port: {"items": [{}, {"ports": [{"port": 80}, {"port": port}]}]}),
        ("customMetric", lambda port: {"port": port}),
        ("healthCheck", lambda port: {"livenessProbe": {"tcpSocket": {"port": port}}}),
        ("healthCheck", lambda port: {"livenessProbe": {"httpGet": {"port": port}}}),
    ],
)
def test_a_port_is_between_1_and_65535(type_: str, spec: Any, port: int) -> None:
    with pytest.raises(PortOutOfRange) as refused:
        check(type_, spec(port))
    assert refused.value.port == port


@pytest.mark.parametrize("port", ["80", 80.0, True])
def test_a_port_is_a_whole_number(port: Any) -> None:
    assert (
        refused_field("access", {"items": [{"ports": [{"port": port}]}]}) == "items[0].data.spec.items[0].ports[0].port"
    )


@pytest.mark.parametrize("operator", ["", None])
def test_an_operator_that_says_nothing_is_fine(operator: str | None) -> None:
    check("access", {"items": [{"operator": operator, "uid": 7}]})


def test_a_variable_may_be_called_operator() -> None:
    check("env", {"envs": {"operator": "add", "port": "0"}})


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        ({"max_replica_count": 100}, "max_replica_count"),
        ({"max_replica_count": 2, "min_replica_count": 3}, "min_replica_count"),
        ({"scale_strategy": "often"}, "scale_strategy"),
        ({"advanced": {"scaleup_rate": 0}}, "advanced.scaleup_rate"),
        ({"triggers": [{"type": "disk"}]}, "triggers[0].type"),
        ({"triggers": [{"type": "cpu", "metadata": {"value": "101"}}]}, "triggers[0].metadata.value"),
        ({"triggers": [{"type": "cpu"}]}, "triggers[0].metadata.value"),
        ({"triggers": [{"type": "cpu", "metadata": {"type": "AverageValue"}}]}, "triggers[0].metadata.type"),
        (
            {"triggers": [{"type": "cron", "metadata": {"schedulers": [{"cron": "0 0 30 2 *", "target_replica": 1}]}}]},
            "triggers[0].metadata.schedulers[0].cron",
        ),
        (
            {
                "triggers": [
                    {"type": "cron", "metadata": {"schedulers": [{"cron": "0 0 0 1 1 *", "target_replica": 1}]}}
                ]
            },
            "triggers[0].metadata.schedulers[0].cron",
        ),
    ],
)
def test_a_scaling_rule_that_could_not_be_followed_is_refused_by_its_field(spec, field) -> None:
    with pytest.raises(InvalidParameter, match=re.escape(f"items[0].data.spec.{field}")):
        checked_item("scaling", msgspec.json.encode({"spec": spec}), "items[0]")


@pytest.mark.parametrize("value", [True, ["x"], "x" * (LONGEST_VALUE + 1)])
def test_a_binding_that_could_be_no_variable_is_refused_by_its_field(value) -> None:
    with pytest.raises(InvalidParameter, match="rds_password"):
        checked_item("rds", data({"rds_password": value}), "items[0]")
