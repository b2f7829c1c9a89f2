"""The rules of sources, builds and resource limits."""

import itertools

import pytest

from homeport.model.errors import InvalidParameter
from homeport.model.sources import (
    build_of,
    changed_build,
    changed_limit,
    changed_source,
    check_build,
    check_limit,
    check_same_kind,
    check_source,
    image_url_of,
    limit_of,
    source_of,
)
from homeport.model.workloads import Build, ResourceLimit, Source

IMAGE = Source(type="image", url="nginx:stable")
CODE = Source(type="code", url="https://example.com/shop/cart.git", sub_type="GitLab")
PACKAGE = Source(type="softwarePackage", url="https://example.com/cart-1.0.0.zip?token=s3cret", sub_type="BinObs")


@pytest.mark.parametrize(
    ("source", "runtime"),
    [(IMAGE, "Docker"), (CODE, "Python3"), (PACKAGE, "Java8"), (Source(type="code", url="x", sub_type=""), "Php8")],
)
def test_a_source_goes_with_its_runtime(source: Source, runtime: str) -> None:
    check_source(source, runtime)


@pytest.mark.parametrize(("source", "runtime"), [(IMAGE, "Python3"), (CODE, "Docker"), (PACKAGE, "Docker")])
def test_a_source_does_not_go_with_the_runtime_of_another(source: Source, runtime: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        check_source(source, runtime)
    assert refused.value.field == "spec.runtime"


@pytest.mark.parametrize(
    "source",
    [
        Source(type="code", url="x", sub_type="BinObs"),
        Source(type="softwarePackage", url="x", sub_type="GitHub"),
        Source(type="image", url="x", sub_type="GitHub"),
    ],
)
def test_a_sub_type_belongs_to_its_type(source: Source) -> None:
    with pytest.raises(InvalidParameter) as refused:
        check_source(source, "Docker" if source.type == "image" else "Python3")
    assert refused.value.field == "spec.source.sub_type"


@pytest.mark.parametrize("url", ["", " ", "a b", "a\nb", "a\x7fb", "\u2028", "x" * 2_049])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        check_source(Source(type="image", url=url), "Docker")
    assert refused.value.field == "spec.source.url"


def test_every_pair_of_limits_exists_but_one() -> None:
    refused = []
    for cpu, memory in itertools.product(("500m", "1000m", "2000m"), ("1Gi", "2Gi", "4Gi")):
        try:
            check_limit(limit_of(f'{{"cpu_limit": "{cpu}", "memory_limit": "{memory}"}}'))
        except InvalidParameter:
            refused.append((cpu, memory))
    assert refused == [("500m", "4Gi")]


@pytest.mark.parametrize(
    ("parameter", "source"),
    [
        ("dockerfile_path", PACKAGE),
        ("artifact_name", PACKAGE),
        ("dockerfile_content", CODE),
    ],
)
def test_a_build_parameter_of_another_type_of_source_is_refused_by_name(parameter: str, source: Source) -> None:
    with pytest.raises(InvalidParameter) as refused:
        check_build(Build(parameters={parameter: "x"}), source)
    assert refused.value.field == f"spec.build.parameters.{parameter}"


@pytest.mark.parametrize(
    ("parameters", "source"),
    [
        ({"base_image": "openjdk:8"}, PACKAGE),
        ({"build_cmd": "make", "dockerfile_path": "./Dockerfile", "artifact_name": "app.jar"}, CODE),
        ({"dockerfile_content": "FROM scratch"}, PACKAGE),
        ({"build_cmd": "make"}, PACKAGE),
        ({"unheard_of": "x"}, CODE),
        ({"build_cmd": "make", "dockerfile_content": "FROM scratch"}, IMAGE),
    ],
)
def test_a_build_goes_with_its_source(parameters: dict[str, str], source: Source) -> None:
    check_build(Build(parameters=parameters), source)


def test_a_build_is_optional() -> None:
    check_build(build_of(None), CODE)


def test_a_build_parameter_that_is_null_counts_as_not_sent() -> None:
    assert build_of('{"parameters": {"build_cmd": null, "base_image": "x"}}') == Build(parameters={"base_image": "x"})


def test_a_build_without_parameters_has_none() -> None:
    assert build_of('{"archive": {"artifact_namespace": "org"}, "parameters": null}') == Build(
        archive={"artifact_namespace": "org"}
    )


def test_a_deployed_component_keeps_its_kind_of_source() -> None:
    with pytest.raises(InvalidParameter, match="deployed with image"):
        check_same_kind(IMAGE, PACKAGE)


def test_a_deployed_component_may_have_another_source_of_its_kind() -> None:
    check_same_kind(IMAGE, Source(type="image", url="nginx:1.27"))


def test_a_whole_source_replaces_the_one_before_byte_for_byte() -> None:
    sent = '{ "url":"b\\u0026c" , "type":"image" }'
    assert changed_source('{"type": "image", "url": "a", "sub_type": ""}', sent) == sent


def test_a_part_of_a_source_is_laid_over_the_one_before() -> None:
    current = '{"type":"code","url":"https://a/b.git","sub_type":"GitLab","code":{"branch":"main"}}'
    changed = source_of(changed_source(current, '{"url": "https://a/c.git", "sub_type": null}'))
    assert (changed.url, changed.sub_type, changed.code and changed.code.branch) == (
        "https://a/c.git",
        "GitLab",
        "main",
    )


@pytest.mark.parametrize("sent", [None, "{}", '{"url": null}'])
def test_a_source_that_is_not_sent_stays_byte_for_byte(sent: str | None) -> None:
    current = '{"type" :"image", "url":"a"}'
    assert changed_source(current, sent) == current


def test_one_limit_is_laid_over_both() -> None:
    changed = changed_limit('{"cpu_limit":"500m","memory_limit":"1Gi"}', '{"memory_limit":"2Gi"}')
    assert limit_of(changed) == ResourceLimit(cpu_limit="500m", memory_limit="2Gi")


@pytest.mark.parametrize(("sent", "after"), [(None, '{"parameters":{}}'), ("{}", "{}")])
def test_a_build_that_is_sent_replaces_the_one_before(sent: str | None, after: str) -> None:
    assert changed_build('{"parameters":{}}', sent) == after


def test_an_image_shows_its_own_address_before_it_is_pulled() -> None:
    assert image_url_of(IMAGE) == "nginx:stable"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.com/cart-1.0.0.zip?token=s3cret", "cart-1.0.0.zip"),
        ("https://example.com/shop/cart.git", "cart"),
        ("git@example.com:cart.git", "cart"),
        ("https://me:s3cret@example.com", "example.com"),
        ("file:///srv/shop/", "shop"),
        ("https://", "not-built-yet"),
    ],
)
def test_what_has_to_be_built_shows_its_name_and_no_secret(url: str, name: str) -> None:
    assert image_url_of(Source(type="code", url=url)) == name
