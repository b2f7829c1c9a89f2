"""Values that nothing may have: names, versions, numbers, words, pairs, annotations, configurations, and names taken.

Each is refused with its code of contract/errors.md, section 2, told with the field and what is allowed, and changes
nothing.
"""

from __future__ import annotations

from typing import Any

import pytest

from homeport.api.operations import OPERATIONS_BY_ID
from support.desk import Desk

pytestmark = pytest.mark.unmeasured

LIMIT = {"cpu_limit": "500m", "memory_limit": "1Gi"}
IMAGE = {"type": "image", "url": "nginx:1"}
CODE = {"type": "code", "sub_type": "GitHub", "url": "https://git.example.com/a.git"}
SPEC = {"runtime": "Docker", "replica": 1, "source": IMAGE, "resource_limit": LIMIT}

INVALID = (400, "CAE.01500001")
WRONG_STATE = (500, "CAE.01500202")


def refuse(desk: Desk, id_: str, body: Any, *, component: str = "") -> tuple[tuple[int, str], str]:
    """Return how an operation refuses a body: status and code, and the message."""
    operation = OPERATIONS_BY_ID[id_]
    path = desk.place(operation.path, component_id=component or desk.deployed)
    refused = desk.refusal(operation.method, path, desk.inside, body)
    return (refused.status, refused.code), refused.message


# --- names ------------------------------------------------------------------------------------------------------------

ENVIRONMENT_NAMES = "2 to 30 lower-case letters, digits and hyphens"
APPLICATION_NAMES = "2 to 63 lower-case letters, digits and hyphens"
COMPONENT_NAMES = "4 to 32 lower-case letters, digits and hyphens"
BAD_NAMES = ("", "Shop", "shop_1", "1shop", "-shop", "shop-", "sh op", "shop\n", "shöp", "shop.one", " shop", "٣shop")


@pytest.mark.parametrize(
    ("id_", "more", "lengths", "code", "allowed"),
    [
        ("CreateEnvironment", {}, (1, 31), "CAE.01500001", ENVIRONMENT_NAMES),
        ("CreateApplication", {}, (1, 64), "CAE.01500214", APPLICATION_NAMES),
        ("CreateComponent", {"spec": SPEC}, (3, 33), "CAE.01500206", COMPONENT_NAMES),
        ("CreateComponentWithConfiguration", {"spec": SPEC}, (3, 33), "CAE.01500206", COMPONENT_NAMES),
    ],
)
def test_a_name_that_is_none_is_refused_and_told_what_a_name_is(
    desk: Desk, id_: str, more: Any, lengths: tuple[int, int], code: str, allowed: str
) -> None:
    for name in (*BAD_NAMES, *("x" * length for length in lengths), "x" * 100_000):
        answer, told = refuse(desk, id_, {"metadata": {"name": name}, **more})
        assert answer == (400, code), name
        assert told.startswith("metadata.name ")
        assert f"Allowed: {allowed}" in told
        assert len(told) < 400


def test_a_name_that_is_taken_is_refused_and_named(desk: Desk) -> None:
    sdk_environment = desk.send("GET", desk.place("/v1/{project_id}/cae/environments"), desk.token).json()["items"][0]
    path = "/v1/{project_id}/cae/applications/{application_id}"
    application = desk.send("GET", desk.place(path), desk.inside).json()["metadata"]
    component = desk.send("GET", desk.place(f"{path}/components/{{component_id}}"), desk.inside).json()["metadata"]
    for id_, name, code, more in (
        ("CreateEnvironment", sdk_environment["name"], "CAE.01500001", {}),
        ("CreateApplication", application["name"], "CAE.01500001", {}),
        ("CreateComponent", component["name"], "CAE.01500205", {"spec": SPEC}),
        ("CreateComponentWithConfiguration", component["name"], "CAE.01500205", {"spec": SPEC}),
    ):
        answer, told = refuse(desk, id_, {"metadata": {"name": name}, **more})
        assert answer == (400, code)
        assert told.startswith("metadata.name: there is ")
        assert repr(name) in told


# --- what a component shall be ----------------------------------------------------------------------------------------

REPLICAS = (0, 100, -1, 1.5, "2", 10**30)
WORDS = ("", "docker", "Docker ", "Python", "python3")
VERSIONS = ("1", "1.0", "1.0.0.0.0", "1.0.0-beta", "v1.0.0", "1..0", "1.0.x", "٣.0.0", " 1.0.0", "1" * 10 + ".0.0")

BAD_SPECS: list[tuple[str, Any, str]] = [
    *((f"replica {value!r}", {"replica": value}, "a whole number from 1 to 99") for value in REPLICAS),
    *((f"runtime {value!r}", {"runtime": value}, "one of Docker, Dotnet6, Dotnet7, ") for value in WORDS),
    ("runtime of code", {"runtime": "Docker", "source": CODE}, "a language, as Python3"),
    ("runtime of an image", {"runtime": "Python3"}, "Docker"),
    ("source.type", {"source": IMAGE | {"type": "git"}}, "one of code, image, softwarePackage"),
    ("source.sub_type unknown", {"source": CODE | {"sub_type": "SourceForge"}}, "one of "),
    ("source.sub_type of code", {"source": IMAGE | {"sub_type": "GitHub"}}, "none"),
    ("source.url empty", {"source": IMAGE | {"url": ""}}, "characters without spaces"),
    ("source.url spaced", {"source": IMAGE | {"url": "a b"}}, "characters without spaces"),
    ("source.url long", {"source": IMAGE | {"url": "x" * 70_000}}, "characters without spaces"),
    ("resource_limit.cpu_limit", {"resource_limit": LIMIT | {"cpu_limit": "1"}}, "one of 1000m, 2000m, 500m"),
    ("resource_limit.memory_limit", {"resource_limit": LIMIT | {"memory_limit": "1gi"}}, "one of 1Gi, 2Gi, 4Gi"),
    ("resource_limit", {"resource_limit": LIMIT | {"memory_limit": "4Gi"}}, "1000m or 2000m with 4Gi"),
    ("build.parameters[...]", {"build": {"parameters": {"dockerfile_path": 1}}}, "a string"),
]


@pytest.mark.parametrize(("field", "change", "allowed"), BAD_SPECS, ids=[case[0][:40] for case in BAD_SPECS])
@pytest.mark.parametrize("id_", ["CreateComponent", "UpdateComponent", "CreateComponentWithConfiguration"])
def test_a_component_that_cannot_be_is_refused_and_told_what_can(
    desk: Desk, id_: str, field: str, change: Any, allowed: str
) -> None:
    body = {"metadata": {"name": "never"}, "spec": SPEC | change}
    answer, told = refuse(desk, id_, body, component=desk.created)
    assert answer == INVALID
    assert told.startswith(f"spec.{field.split(maxsplit=1)[0]} ")
    assert allowed in told.partition("Allowed: ")[2]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("id_", ["CreateComponent", "UpdateComponent", "ExecuteAction"])
def test_a_version_of_another_form_is_refused(desk: Desk, id_: str, version: str) -> None:
    name = "upgrade" if id_ == "ExecuteAction" else "never"
    body = {"metadata": {"name": name, "annotations": {"version": version}}, "spec": SPEC}
    component = desk.created if id_ == "UpdateComponent" else desk.deployed
    answer, told = refuse(desk, id_, body, component=component)
    assert answer == INVALID
    assert told.startswith("metadata.annotations.version is ")
    assert told.endswith("Allowed: A.B.C or A.B.C.D, each a number, as in 1.0.0.")


# --- actions ----------------------------------------------------------------------------------------------------------


def action(name: str, spec: Any = None, **annotations: str) -> dict[str, Any]:
    return {"metadata": {"name": name, "annotations": annotations}, "spec": spec}


BAD_ACTIONS: list[tuple[str, Any, str, str]] = [
    *(
        (
            f"name {name!r}",
            action(name),
            "metadata.name ",
            "one of configure, deploy, restart, rollback, scale, start, stop, upgrade",
        )
        for name in ("", "Deploy", "delete", "terminate", "delete-component", "create-environment")
    ),
    *(
        (f"scale {value!r}", action("scale", {"replica": value}), "spec.replica ", "a whole number from 1 to 99")
        for value in REPLICAS
    ),
    ("scale null", action("scale", {"replica": None}), "spec.replica ", "a whole number from 1 to 99"),
    ("scale nothing", action("scale", {}), "spec.replica ", "a whole number from 1 to 99"),
    ("scale without a spec", action("scale"), "spec.replica ", "a whole number from 1 to 99"),
    *(
        (f"rollback {value!r}", action("rollback", {"snapshot_index": value}), "spec.snapshot_index ", "a whole number")
        for value in (0, -1, 2**31, "1", 1.5)
    ),
    ("rollback 7", action("rollback", {"snapshot_index": 7}), "spec.snapshot_index is 7", "one of 1"),
    ("rollback nothing", action("rollback", {}), "spec.snapshot_index ", "a whole number"),
    ("upgrade kind", action("upgrade", {"source": CODE}), "spec.", "Docker"),
    (
        "upgrade type",
        action("upgrade", {"source": {"type": "svn"}}),
        "spec.source.type ",
        "one of code, image, softwarePackage",
    ),
    ("upgrade url", action("upgrade", {"source": {"url": ""}}), "spec.source.url ", "characters without spaces"),
    (
        "upgrade limit",
        action("upgrade", {"resource_limit": {"memory_limit": "4Gi"}}),
        "spec.resource_limit is 500m with 4Gi",
        "1000m or 2000m with 4Gi",
    ),
    (
        "deadline",
        action("upgrade", **{"homeport/deadline": "soon"}),
        "metadata.annotations.homeport/deadline is 'soon'",
        "a whole number with ms, s, m or h, from 1ms to 24h",
    ),
    *(
        (f"deadline {value}", action("upgrade", **{"homeport/deadline": value}), "metadata.annotations.", "to 24h")
        for value in ("0s", "25h", "1.5s", "-1s", "1", "9999999s", "1 s")
    ),
    (
        "on-noop",
        action("stop", **{"homeport/on-noop": "fail"}),
        "metadata.annotations.homeport/on-noop is 'fail'",
        "skip, success",
    ),
    (
        "script step",
        action("upgrade", **{"homeport/script": "launch=1s"}),
        "homeport/script has a step 'launch'",
        "build, pull, start, ready, stop",
    ),
    (
        "script value",
        action("upgrade", **{"homeport/script": "pull=late"}),
        "homeport/script has pull='late'",
        "a duration such as 20ms, 2s, 5m; reads such as 4reads; fail, stuck",
    ),
    (
        "script time",
        action("upgrade", **{"homeport/script": "pull=2s,4reads"}),
        "homeport/script has pull='2s,4reads'",
        "a duration or reads, not both",
    ),
    (
        "script reads",
        action("upgrade", **{"homeport/script": "pull=2reads; ready=1reads"}),
        "homeport/script has ready=1reads behind pull=2reads",
        "at least 2reads: they are counted from the job's acceptance on, not from the step before",
    ),
    (
        "script mix",
        action("upgrade", **{"homeport/script": "start=2reads; ready=1s"}),
        "homeport/script has a duration of ready behind reads of start",
        "reads for both, or durations for both",
    ),
    (
        "script cause",
        action("upgrade", **{"homeport/script": "pull=fail:bored"}),
        "homeport/script has pull=fail:bored",
        "source-missing, ",
    ),
]


@pytest.mark.parametrize(
    ("body", "field", "allowed"), [case[1:] for case in BAD_ACTIONS], ids=[c[0] for c in BAD_ACTIONS]
)
def test_an_action_that_cannot_be_is_refused_and_told_what_can(desk: Desk, body: Any, field: str, allowed: str) -> None:
    answer, told = refuse(desk, "ExecuteAction", body)
    assert answer == INVALID
    assert told.startswith(field)
    assert allowed in told.partition("Allowed: ")[2]


def test_annotations_of_an_action_are_strings(desk: Desk) -> None:
    answer, told = refuse(desk, "ExecuteAction", {"metadata": {"name": "stop", "annotations": {"version": 1}}})
    assert answer == INVALID
    assert told.startswith("metadata.annotations")
    assert "string" in told.partition("Allowed: ")[2]


def test_a_deployed_component_is_not_updated_and_told_to_be_upgraded(desk: Desk) -> None:
    answer, told = refuse(desk, "UpdateComponent", {"metadata": {"name": "never"}, "spec": SPEC})
    assert answer == WRONG_STATE
    assert "upgrade" in told


# --- configurations ---------------------------------------------------------------------------------------------------


def item(type_: str, **spec: Any) -> dict[str, Any]:
    return {"type": type_, "data": {"spec": spec}}


ENV = "items[0].data.spec.envs"
PROBE = "items[0].data.spec.livenessProbe"
BAD_ITEMS: list[tuple[str, list[Any], tuple[int, str], str]] = [
    ("unknown type", [item("secrets")], INVALID, "items[0].type "),
    ("twice", [item("env"), item("env")], INVALID, "items[1].type is env once more. Allowed: each type once."),
    ("data a list", [{"type": "env", "data": [1]}], INVALID, "items[0].data "),
    ("spec a list", [{"type": "env", "data": {"spec": [1]}}], INVALID, "items[0].data.spec is no object. Allowed: "),
    *(
        (f"value {value!r}", [item("env", envs={"A": value})], (400, "CAE.01500211"), "The value of environment ")
        for value in (1, True, None, [], {})
    ),
    ("envs a list", [item("env", envs=["A=1"])], INVALID, f"{ENV} is no object. Allowed: an object of strings."),
    ("no variable", [item("env", envs={"": "1"})], INVALID, f"{ENV} has a variable ''. Allowed: "),
    ("a variable with =", [item("env", envs={"A=B": "1"})], INVALID, f"{ENV} has a variable 'A=B'. Allowed: "),
    ("a long value", [item("env", envs={"A": "x" * 200_000})], INVALID, f"{ENV}.A is too long. Allowed: "),
    (
        "port 0",
        [item("access", items=[{"ports": [{"port": 0}]}])],
        (400, "CAE.01501404"),
        "items[0].data.spec.items[0].ports[0].port is 0. Allowed: 1 to 65535.",
    ),
    (
        "port 65536",
        [item("access", items=[{"ports": [{"target_port": 65_536}]}])],
        (400, "CAE.01501404"),
        "items[0].data.spec.items[0].ports[0].target_port is 65536. Allowed: 1 to 65535.",
    ),
    (
        "port as text",
        [item("access", items=[{"ports": [{"port": "80"}]}])],
        INVALID,
        "items[0].data.spec.items[0].ports[0].port is no whole number. Allowed: ",
    ),
    ("no probe", [item("healthCheck", livenessProbe={})], INVALID, f"{PROBE} has 0 ways to probe. Allowed: one of "),
    (
        "two probes",
        [item("healthCheck", livenessProbe={"tcpSocket": {"port": 1}, "httpGet": {"port": 1}})],
        INVALID,
        f"{PROBE} has 2 ways to probe. Allowed: one of httpGet, tcpSocket, exec.",
    ),
    (
        "a probe too seldom",
        [item("healthCheck", livenessProbe={"tcpSocket": {"port": 1}, "periodSeconds": 0})],
        INVALID,
        f"{PROBE}.periodSeconds is 0. Allowed: a whole number from 1",
    ),
]


@pytest.mark.parametrize(("items", "code", "told"), [case[1:] for case in BAD_ITEMS], ids=[c[0] for c in BAD_ITEMS])
def test_a_configuration_that_cannot_be_is_refused_and_told_what_can(
    desk: Desk, items: list[Any], code: tuple[int, str], told: str
) -> None:
    answer, message = refuse(desk, "CreateComponentConfiguration", {"items": items})
    assert answer == code
    assert message.startswith(told)


def test_a_secret_value_is_never_told_back(desk: Desk) -> None:
    _, message = refuse(desk, "CreateComponentConfiguration", {"items": [item("env", envs={"KEY": ["hunter2"]})]})
    assert "hunter2" not in message


# --- deletions --------------------------------------------------------------------------------------------------------


def test_an_application_with_components_is_not_deleted_and_they_are_named(desk: Desk) -> None:
    answer, told = refuse(desk, "DeleteApplication", None)
    assert answer == (400, "CAE.01500212")
    assert "cart-" in told


def test_an_environment_with_applications_is_not_deleted_and_they_are_named(desk: Desk) -> None:
    answer, told = refuse(desk, "DeleteEnvironment", None)
    assert answer == (500, "CAE.01500402")
    assert "app-" in told
