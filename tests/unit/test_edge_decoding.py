"""From a body's bytes to a typed value, or to words about what is wrong."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import UNSET, Raw

from homeport.api.bodies import decode, decode_now, sent
from homeport.api.cae_v1.schemas import (
    ChangeSpec,
    CreateApplicationBody,
    CreateComponentBody,
    CreateComponentConfigurationBody,
    CreateEnvironmentBody,
    ExecuteActionBody,
    RollbackSpec,
    ScaleSpec,
    UpdateComponentBody,
    action_spec,
)
from homeport.api.iam_v3.schemas import CreateTokenBody
from homeport.api.json_text import DEEPEST, nesting
from homeport.model.errors import InvalidParameter

COMPONENT: dict[str, Any] = {
    "metadata": {"name": "shop", "annotations": {"version": "1.0.0"}},
    "spec": {
        "runtime": "Docker",
        "replica": 2,
        "source": {"type": "image", "url": "nginx"},
        "resource_limit": {"cpu_limit": "500m", "memory_limit": "1Gi"},
        "build": {"parameters": {"base_image": "python"}},
    },
}


def changed(path: str, value: Any) -> bytes:
    """Return the component with the field at `path` set to `value`; `...` removes it."""
    body = json.loads(json.dumps(COMPONENT))
    *way, last = path.split(".")
    place = body
    for name in way:
        place = place[name]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(body).encode()


def refusal(body: bytes, type_: type = CreateComponentBody) -> InvalidParameter:
    with pytest.raises(InvalidParameter) as caught:
        decode_now(body, type_)
    return caught.value


@pytest.mark.parametrize(
    ("path", "value", "allowed"),
    [
        ("metadata", ..., "an object"),
        ("metadata", None, "an object"),
        ("metadata", [], "an object"),
        ("metadata.name", ..., "a string"),
        ("metadata.name", 5, "a string"),
        ("metadata.annotations", "x", "an object whose values are strings"),
        ("spec", ..., "an object"),
        ("spec.runtime", "docker", "one of Docker, "),
        ("spec.replica", ..., "a whole number from 1 to 99"),
        ("spec.replica", "2", "a whole number from 1 to 99"),
        ("spec.replica", 2.5, "a whole number from 1 to 99"),
        ("spec.replica", True, "a whole number from 1 to 99"),
        ("spec.replica", 0, "a whole number from 1 to 99"),
        ("spec.replica", 100, "a whole number from 1 to 99"),
        ("spec.replica", 10**40, "a whole number from 1 to 99"),
        ("spec.source", ..., "an object"),
        ("spec.source", None, "an object"),
        ("spec.source.type", ..., "one of code, image, softwarePackage"),
        ("spec.source.type", "git", "one of code, image, softwarePackage"),
        ("spec.source.url", None, "a string"),
        ("spec.source.code", {"branch": 1}, "a string"),
        ("spec.resource_limit.cpu_limit", "4000m", "one of 1000m, 2000m, 500m"),
        ("spec.build.parameters", ["x"], "an object whose values are strings"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_allowed_there(path: str, value: Any, allowed: str) -> None:
    error = refusal(changed(path, value))
    assert error.field.startswith(path)
    assert error.allowed.startswith(allowed)


@pytest.mark.parametrize(
    ("item", "field", "allowed"),
    [
        ('{"type": "env", "data": []}', "items[1].data", "an object whose values are any JSON"),
        ('{"type": "enw"}', "items[1].type", "one of access, "),
        ("5", "items[1]", "an object"),
    ],
)
def test_a_wrong_item_of_a_list_is_named_with_its_place(item: str, field: str, allowed: str) -> None:
    error = refusal(f'{{"items": [{{"type": "env"}}, {item}]}}'.encode(), CreateComponentConfigurationBody)
    assert error.field == field
    assert error.allowed.startswith(allowed)


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        (b'{"auth": {"identity": {"methods": "password"}}}', "an array of strings"),
        (b'{"auth": {"identity": {"methods": [1]}}}', "a string"),
    ],
)
def test_a_list_of_texts_is_named_as_such(body: bytes, allowed: str) -> None:
    assert refusal(body, CreateTokenBody).allowed == allowed


def test_a_wrong_value_below_a_key_of_the_user_is_named_as_far_as_it_can_be() -> None:
    assert refusal(changed("spec.build.parameters", {"a": 1})).field == "spec.build.parameters[...]"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n",
        b"null",
        b"[]",
        b'"text"',
        b"5",
        b"{",
        b'{"a": }',
        b"{'a': 1}",
        b'{"a": 1} {}',
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": "\xff"}',
        b'{"a": "\xed\xa0\x80"}',
        b'{"a": "\\ud800"}',
        b'{"a": "\x00"}',
        b'{"a": "\\u0000"}',
        b'{"a\\u0000": 1}',
        b'{"a": "\\\\\\u0000"}',
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\x00}\x00",
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"[" * 1_000_000,
        b"[" * 100 + b'"' + b'\\"' * 400_000,  # a string without an end, where a search might begin again and again
        b'{"a": ' + b"1" * 6_000 + b"}",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_a_body_that_is_no_clean_json_object_is_refused(body: bytes) -> None:
    assert refusal(body).field == "body"


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    body = decode_now(changed("metadata.annotations", {"a": "\\u0000"}), CreateComponentBody)
    assert json.loads(bytes(body.metadata.annotations)) == {"a": "\\u0000"}


@pytest.mark.parametrize("depth", [DEEPEST - 3, DEEPEST - 2])
def test_nesting_is_allowed_as_deep_as_is_said(depth: int) -> None:
    items = '{"items": [{"type": "env", "data": {"a": ' + "[" * (depth - 2) + "]" * (depth - 2) + "}}]}"
    body = decode_now(items.encode(), CreateComponentConfigurationBody)
    assert body.items is not None


def test_one_level_deeper_is_refused() -> None:
    deep = '{"a": ' + "[" * DEEPEST + "]" * DEEPEST + "}"
    assert refusal(deep.encode()).allowed == f"{DEEPEST} levels"


def depth_of(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max((depth_of(inner) for inner in value.values()), default=0)
    if isinstance(value, list):
        return 1 + max((depth_of(inner) for inner in value), default=0)
    return 0


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet=st.sampled_from('[]{}"\\a\n'), max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(alphabet='[]{}"\\a', max_size=3), inner),
    max_leaves=30,
)


MANY_BRACKETS: list[Any] = [[] for _ in range(DEEPEST + 1)]
"""So many that they must be looked at one by one."""


@given(JSON, st.integers(DEEPEST - 8, DEEPEST + 2))
@example("[" * 200, 1)
@example('"' + "[" * 200, 1)
def test_nesting_counts_brackets_and_not_those_in_strings(value: Any, wrapped: int) -> None:
    for _ in range(wrapped):
        value = [value]
    whole = [MANY_BRACKETS, value]
    assert (nesting(json.dumps(whole).encode()) > DEEPEST) == (depth_of(whole) > DEEPEST)


@given(JSON, st.sampled_from([None, 1, 3]))
def test_data_is_kept_byte_for_byte(value: Any, indent: int | None) -> None:
    data = json.dumps({"spec": value}, indent=indent, ensure_ascii=False)
    body = decode_now(f'{{"items": [{{"type": "env", "data":  {data} }}]}}'.encode(), CreateComponentConfigurationBody)
    assert body.items is not None
    assert sent(body.items[0].data) == data.encode()


def test_a_kept_field_that_was_left_out_or_null_is_none() -> None:
    assert (sent(UNSET), sent(Raw(b"null")), sent(Raw(b"{}"))) == (None, None, b"{}")


def test_a_large_body_is_read_like_any_other() -> None:
    body = changed("metadata.annotations", {"note": "x" * 500_000})
    assert asyncio.run(decode(body, CreateComponentBody)) == decode_now(body, CreateComponentBody)


@pytest.mark.parametrize(
    "envelope",
    [{}, {"api_version": {}, "kind": {}}, {"apiVersion": "v1"}, {"api_version": None, "kind": 5}, {"kind": "Other"}],
    ids=str,
)
def test_the_envelope_is_taken_however_a_client_writes_it(envelope: dict[str, Any]) -> None:
    body = json.dumps({**envelope, "metadata": {"name": "shop"}}).encode()
    assert decode_now(body, CreateApplicationBody).metadata.name == "shop"


def test_unknown_fields_are_ignored() -> None:
    body = b'{"metadata": {"name": "home", "labels": []}, "spec": 5}'
    assert decode_now(body, CreateEnvironmentBody).metadata.name == "home"


def test_an_update_needs_only_name_and_limits() -> None:
    limit = {"cpu_limit": "500m", "memory_limit": "1Gi"}
    body = json.dumps({"metadata": {"name": "shop"}, "spec": {"resource_limit": limit}}).encode()
    spec = decode_now(body, UpdateComponentBody).spec
    assert (spec.runtime, spec.replica, sent(spec.source), sent(spec.build)) == (None, None, None, None)


def test_configurations_may_come_without_items() -> None:
    assert decode_now(b'{"kind": "ComponentConfiguration"}', CreateComponentConfigurationBody).items is None


# Actions


def spec_of(name: str, spec: Any = ...) -> Any:
    body = {"metadata": {"name": name}} | ({} if spec is ... else {"spec": spec})
    return action_spec(decode_now(json.dumps(body).encode(), ExecuteActionBody))


@pytest.mark.parametrize("name", ["stop", "start", "restart", "configure"])
@pytest.mark.parametrize("spec", [..., None, 5, [], {"replica": "many"}], ids=str)
def test_an_action_that_needs_nothing_ignores_what_its_spec_holds(name: str, spec: Any) -> None:
    assert spec_of(name, spec) is None


def test_scale_takes_the_replicas_and_ignores_the_rest() -> None:
    assert spec_of("scale", {"replica": 3, "source": 5}) == ScaleSpec(replica=3)


def test_rollback_takes_the_index_of_a_snapshot() -> None:
    assert spec_of("rollback", {"snapshot_index": 2}) == RollbackSpec(snapshot_index=2)


@pytest.mark.parametrize("name", ["deploy", "upgrade"])
@pytest.mark.parametrize("spec", [..., None, {}, {"source": None}])
def test_deploy_and_upgrade_need_nothing_and_take_null_for_left_out(name: str, spec: Any) -> None:
    change = spec_of(name, spec)
    assert isinstance(change, ChangeSpec)
    assert (sent(change.source), sent(change.build), sent(change.resource_limit)) == (None, None, None)


def test_upgrade_takes_a_part_of_a_source_or_of_the_limits() -> None:
    change = spec_of("upgrade", {"source": {"url": "nginx:2"}, "resource_limit": {"cpu_limit": "1000m"}, "runtime": 5})
    assert sent(change.source) == b'{"url": "nginx:2"}'
    assert sent(change.resource_limit) == b'{"cpu_limit": "1000m"}'


@pytest.mark.parametrize(
    ("name", "spec", "field"),
    [
        ("scale", ..., "spec.replica"),
        ("scale", {"replica": 0}, "spec.replica"),
        ("scale", 5, "spec"),
        ("rollback", {}, "spec.snapshot_index"),
        ("rollback", {"snapshot_index": 0}, "spec.snapshot_index"),
        ("upgrade", {"source": {"type": "git"}}, "spec.source.type"),
        ("upgrade", {"resource_limit": {"memory_limit": "8Gi"}}, "spec.resource_limit.memory_limit"),
        ("deploy", [], "spec"),
    ],
)
def test_what_an_action_needs_is_checked(name: str, spec: Any, field: str) -> None:
    with pytest.raises(InvalidParameter) as caught:
        spec_of(name, spec)
    assert caught.value.field == field


def test_an_unknown_action_is_refused_with_the_eight_there_are() -> None:
    error = refusal(b'{"metadata": {"name": "explode"}}', ExecuteActionBody)
    assert (error.field, error.allowed.count(",")) == ("metadata.name", 7)


@pytest.mark.parametrize(
    "scope",
    [
        {"project": {"id": "p"}},
        {"project": {"name": "region-1", "domain": {"name": "home"}}},
        {"domain": {"id": "d"}},
    ],
    ids=json.dumps,
)
def test_a_token_may_be_asked_for_as_terraform_writes_it(scope: dict[str, Any]) -> None:
    user = {"name": "ada", "password": "p", "domain": {"name": "home"}}
    body = {"auth": {"identity": {"methods": ["password"], "password": {"user": user}}, "scope": scope}}
    assert decode_now(json.dumps(body).encode(), CreateTokenBody).auth.scope is not None
