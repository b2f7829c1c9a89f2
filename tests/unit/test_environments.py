"""The rules of environments."""

import pytest

from homeport.model.environments import (
    check_enterprise_project,
    check_name,
    driver_of,
    enterprise_project_of,
)
from homeport.model.errors import InvalidEnvironmentName, InvalidParameter

ENTERPRISE = "b1f4d2c0-0000-4000-8000-000000000001"
OTHER = "b1f4d2c0-0000-4000-8000-000000000002"


@pytest.mark.parametrize("name", ["ab", "a1", "shop-test", "a" * 30, "a--b"])
def test_an_environment_may_be_called(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize(
    "name", ["", "a", "a" * 31, "1a", "-ab", "ab-", "Ab", "a_b", "a.b", "shop test", "näh", "ab\n", "\nab"]
)
def test_an_environment_may_not_be_called(name: str) -> None:
    with pytest.raises(InvalidEnvironmentName, match="2 to 30"):
        check_name(name)


def test_an_environment_gets_the_default_driver() -> None:
    assert driver_of({}, "process") == "process"


def test_an_annotation_chooses_the_driver() -> None:
    assert driver_of({"homeport/driver": "simulated"}, "process") == "simulated"


def test_a_driver_that_is_not_built_yet_is_refused_saying_so() -> None:
    with pytest.raises(InvalidParameter, match="not built yet") as refused:
        driver_of({"homeport/driver": "kubernetes"}, "process")
    assert refused.value.field == "metadata.annotations.homeport/driver"


def test_a_driver_nobody_knows_is_refused_naming_those_there_are() -> None:
    with pytest.raises(InvalidParameter, match="docker, process, simulated"):
        driver_of({"homeport/driver": "proces"}, "process")


def test_a_default_driver_that_cannot_be_is_not_blamed_on_the_request() -> None:
    with pytest.raises(InvalidParameter) as refused:
        driver_of({}, "kubernetes")
    assert refused.value.field == "The default driver of this engine"


def test_the_header_names_the_enterprise_project() -> None:
    assert enterprise_project_of(ENTERPRISE, {}) == ENTERPRISE


def test_without_header_and_annotation_the_enterprise_project_is_the_default_one() -> None:
    assert enterprise_project_of(None, {"enterprise_project_id": ""}) == "0"


def test_the_annotation_names_the_enterprise_project_where_no_header_does() -> None:
    assert enterprise_project_of(None, {"enterprise_project_id": ENTERPRISE}) == ENTERPRISE


def test_an_annotation_that_contradicts_the_header_is_refused() -> None:
    with pytest.raises(InvalidParameter, match="as X-Enterprise-Project-ID says"):
        enterprise_project_of(ENTERPRISE, {"enterprise_project_id": OTHER})


def test_an_annotation_that_is_no_id_is_refused() -> None:
    with pytest.raises(InvalidParameter, match="a UUID"):
        enterprise_project_of(None, {"enterprise_project_id": "default"})


@pytest.mark.parametrize("given", [None, ENTERPRISE])
def test_a_call_may_name_the_enterprise_project_of_its_environment_or_none(given: str | None) -> None:
    check_enterprise_project(given, "env", ENTERPRISE)


def test_a_call_that_names_another_enterprise_project_is_refused_naming_the_right_one() -> None:
    with pytest.raises(InvalidParameter, match=ENTERPRISE) as refused:
        check_enterprise_project("0", "env", ENTERPRISE)
    assert refused.value.field == "X-Enterprise-Project-ID"
