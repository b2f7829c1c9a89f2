"""The rules of components."""

import pytest

from homeport.model.annotations import annotations_of
from homeport.model.components import check_name, check_replica, check_updatable, version_of
from homeport.model.errors import InvalidComponentName, InvalidParameter, WrongState


@pytest.mark.parametrize("name", ["cart", "cart-api", "a" * 32, "a123"])
def test_a_component_may_be_called(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize("name", ["", "abc", "a" * 33, "1cart", "cart-", "Cart", "cart_api", "cart\n"])
def test_a_component_may_not_be_called(name: str) -> None:
    with pytest.raises(InvalidComponentName, match="4 to 32"):
        check_name(name)


@pytest.mark.parametrize("replica", [1, 2, 99])
def test_a_component_may_have_so_many_instances(replica: int) -> None:
    check_replica(replica)


@pytest.mark.parametrize("replica", [-1, 0, 100])
def test_a_component_may_not_have_so_many_instances(replica: int) -> None:
    with pytest.raises(InvalidParameter, match="from 1 to 99"):
        check_replica(replica)


@pytest.mark.parametrize("version", ["1.0.0", "0.0.0.1", "2024.11.24", "001.2.3"])
def test_a_version_is_three_or_four_numbers(version: str) -> None:
    assert version_of({"version": version}) == version


@pytest.mark.parametrize("annotations", [{}, {"version": ""}, {"other": "1.0.0"}])
def test_a_version_is_never_required(annotations: dict[str, str]) -> None:
    assert version_of(annotations) is None


@pytest.mark.parametrize(
    "version", ["1", "1.0", "1.0.0.0.0", "v1.0.0", "1.0.x", "1..0", "1.0.0 ", "1.0.0\n", "\uff11.0.0"]
)
def test_a_version_of_another_form_is_refused(version: str) -> None:
    with pytest.raises(InvalidParameter, match=r"A\.B\.C"):
        version_of({"version": version})


def test_an_annotation_that_is_null_counts_as_not_sent() -> None:
    assert annotations_of('{"version": null, "owner": "shop"}') == {"owner": "shop"}


def test_a_component_that_never_was_deployed_may_be_updated() -> None:
    check_updatable("id", "notReady", deployed=False)


def test_a_component_that_was_deployed_is_changed_by_actions_alone() -> None:
    with pytest.raises(WrongState, match="action upgrade"):
        check_updatable("id", "paused", deployed=True)
