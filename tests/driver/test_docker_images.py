"""Images of driver `docker`: what is pulled, what a registry may answer, and what becomes of it."""

import asyncio
from collections.abc import Iterator

import msgspec
import pytest

from driver.docker_rigs import image_of
from homeport.drivers.docker.images import parse_reference, refused
from homeport.model.causes import Cause, TaskFailed
from homeport.model.credentials import CredentialType
from homeport.model.workloads import Access, Source
from support.registry import PASSWORD, USER, Registry, a_registry


@pytest.fixture
def registry() -> Iterator[Registry]:
    with a_registry() as registry:
        yield registry


async def pulled(rig, name: str, access: Access | None = None):
    order = msgspec.structs.replace(rig.build_order(Source("image", name)), access=access)
    return await rig.driver.pull(order, None, rig.sink)


def refusal(in_docker, name: str):
    async def scenario(rig):
        with pytest.raises(TaskFailed) as caught:
            await pulled(rig, name)
        return caught.value.failure

    return in_docker(scenario)


@pytest.mark.parametrize(
    ("text", "registry", "tag"),
    [
        ("nginx", "docker.io", "latest"),
        ("nginx:1.27", "docker.io", "1.27"),
        ("team/shop:1", "docker.io", "1"),
        ("localhost/shop:1", "localhost", "1"),
        ("registry.example.org:5000/team/shop:1.0.0", "registry.example.org:5000", "1.0.0"),
    ],
)
def test_a_reference_names_a_registry_and_a_tag(text: str, registry: str, tag: str) -> None:
    reference = parse_reference(text)
    assert (reference.registry, reference.tag) == (registry, tag)


@pytest.mark.parametrize(
    "text", ["", "Shop Cart", "nginx:", "https://registry.example.org/shop", "../../containers/json"]
)
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(TaskFailed, match=r"image-missing: .* is no reference"):
        parse_reference(text)


@pytest.mark.parametrize(
    ("message", "cause"),
    [
        ("manifest for x:1 not found: manifest unknown", Cause.IMAGE_MISSING),
        ("unauthorized: authentication required", Cause.REGISTRY_REFUSED),
        ("pull access denied for x, repository does not exist or may require 'docker login'", Cause.REGISTRY_REFUSED),
        ('Head "http://r.example.org/v2/x/manifests/1": no basic auth credentials', Cause.REGISTRY_REFUSED),
        ("dial tcp: lookup registry.example.org: no such host", Cause.SOURCE_UNREACHABLE),
        ("write /var/lib/docker/tmp/x: no space left on device", Cause.DISK_FULL),
    ],
)
def test_what_the_engine_says_of_a_pull_has_a_cause(message: str, cause: Cause) -> None:
    assert refused("x:1", message).failure.cause is cause


@pytest.mark.real
def test_an_image_is_pulled_with_its_steps_in_the_log(in_docker, registry) -> None:
    async def scenario(rig):
        artifact = await pulled(rig, f"{registry.host}/open/image:1")
        return artifact, await rig.driver.stands(artifact), rig.log.decode()

    artifact, stands, log = in_docker(scenario)

    assert (stands, artifact.image_url) == (True, f"{registry.host}/open/image:1")
    assert artifact.data["pinned"].startswith(f"{registry.host}/open/image@sha256:")
    assert "Digest: sha256:" in log


@pytest.mark.real
def test_an_image_that_is_here_is_not_asked_for_again(in_docker) -> None:
    async def scenario(rig):
        await pulled(rig, image_of("serves"))
        return rig.log.decode()

    assert in_docker(scenario) == f"{image_of('serves')} is here already\n"


@pytest.mark.real
@pytest.mark.parametrize("name", ["open/image:2", "open/nothing:1"])
def test_an_image_that_its_registry_does_not_have_is_missing(in_docker, registry, name) -> None:
    failure = refusal(in_docker, f"{registry.host}/{name}")

    assert (failure.cause, name in failure.what) == (Cause.IMAGE_MISSING, True)


@pytest.mark.real
def test_a_registry_that_wants_to_know_who_asks_refuses(in_docker, registry) -> None:
    assert refusal(in_docker, f"{registry.host}/closed/image:1").cause is Cause.REGISTRY_REFUSED


@pytest.mark.real
def test_a_registry_that_is_not_there_cannot_be_reached(in_docker) -> None:
    assert refusal(in_docker, "127.0.0.1:9/shop/cart:1").cause is Cause.SOURCE_UNREACHABLE


@pytest.mark.real
def test_a_registry_is_asked_with_the_credential_there_is_for_it(in_docker, registry) -> None:
    registry.demand_password()

    access = Access(name="closed", type=CredentialType.REGISTRY, secret=PASSWORD, username=USER, server=registry.host)

    async def scenario(rig):
        return await rig.driver.stands(await pulled(rig, f"{registry.host}/closed/image:1", access))

    assert in_docker(scenario)


@pytest.mark.real
def test_a_pull_that_nobody_waits_for_any_more_ends(in_docker, registry) -> None:
    async def scenario(rig):
        pull = asyncio.ensure_future(pulled(rig, f"{registry.host}/slow/image:1"))
        await rig.comes_true(registry.held.is_set)
        pull.cancel()
        await rig.comes_true(registry.left.is_set)
        return pull.cancelled()

    assert in_docker(scenario)
