"""The configuration `access` on driver `process`: what it opens, followed from job to job."""

import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from huaweicloudsdkcae import v1 as cae
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException

from support.certificates import certificate
from support.haproxy import need_haproxy
from support.machine import front_ports, front_range
from support.packages import package
from support.server import Server, running
from support.shop import Cart, Shop, access_spec

FIRST, _ = front_range()
pytestmark = pytest.mark.unmeasured

VERSION = "1.0.0"


@pytest.fixture(scope="module", params=["embedded", pytest.param("haproxy", marks=pytest.mark.real)])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if request.param == "haproxy":
        need_haproxy()
    settings = {
        "driver": "process",
        "min_ready_seconds": 0.1,
        "front_ports": front_ports(),
        "router": request.param,
    }
    with running(tmp_path_factory.mktemp("engine") / "data", **settings) as engine:
        yield engine


@pytest.fixture
def shop(server: Server) -> Shop:
    return Shop(server)


def answer(port: int, path: str = "/", host: str = "any.test") -> Any:
    """Return what answers at a port: the version, the status it refuses with, or None where nobody listens."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)["version"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except urllib.error.URLError:
        return None


def told(cart: Cart) -> list[tuple[str, str]]:
    return [(one.address, one.type) for one in cart.show().access_info]


def test_ports_are_opened_by_the_job_that_brings_them_into_effect_and_closed_likewise(
    shop: Shop, tmp_path: Path
) -> None:
    first, second = FIRST, FIRST + 1
    cart = shop.component(package(tmp_path))
    cart.configure(access=access_spec(first))
    cart.succeed("deploy")
    stable = (cart.url, "LoadBalancer")
    seen = [(told(cart), answer(first), answer(second))]
    cart.configure(access=access_spec(second))
    seen.append((told(cart), answer(first), answer(second)))
    cart.succeed("configure")
    seen.append((told(cart), answer(first), answer(second)))
    cart.succeed("rollback", snapshot_index=1)
    seen.append((told(cart), answer(first), answer(second)))
    cart.succeed("stop")
    stopped = answer(first)
    cart.delete()

    at = {port: [stable, (f"http://127.0.0.1:{port}", "LoadBalancer")] for port in (first, second)}
    assert seen == [
        (at[first], VERSION, None),
        (at[first], VERSION, None),
        (at[second], None, VERSION),
        (at[first], VERSION, None),
    ]
    assert (stopped, answer(first)) == (503, None)


def test_two_components_share_a_port_and_a_third_is_told_who_has_it(shop: Shop, tmp_path: Path) -> None:
    port = FIRST + 2
    source = package(tmp_path)

    def configured(name: str, host: str) -> Cart:
        paths = [cae.AccessConfigurationHttpPath(hostname=host, path="/")]
        cart = shop.component(source, name=name)
        cart.configure(access=access_spec(port, "Ingress", paths=paths))
        return cart

    first, second = configured("shop-test", "shop.test"), configured("cart-test", "cart.test")
    third = configured("third", "cart.test")
    for component in (first, second):
        component.succeed("deploy")
    job = third.end("deploy")
    with pytest.raises(ClientRequestException) as refused:
        configured("fourth", "cart.test")

    whose = "component cart-test has it for host cart.test and path /"
    assert [answer(port, host=host) for host in ("shop.test", "cart.test", "third.test")] == [VERSION, VERSION, 404]
    assert job.tasks[0].detail.startswith(f"port-taken: port {port} on 127.0.0.1 is taken: {whose}. ")
    assert [(task.name, task.status) for task in job.tasks[:2]] == [("build", "failed"), ("pull", "skip")]
    assert third.standing == ("notReady", 0)
    assert told(second)[1:] == [(f"http://cart.test:{port}", "Ingress")]
    assert (refused.value.status_code, refused.value.error_code) == (400, "CAE.01501402")
    assert refused.value.error_msg == (
        f"items[0].data.spec.items[0].ports[0].port: port {port} is taken: {whose}. Choose another port."
    )


def certified(shop: Shop, name: str) -> bytes:
    """Store a certificate for shop.test in the environment and return it."""
    crt, key = certificate("shop.test")
    spec = cae.CreateSpecCert(crt=crt, key=key)
    body = cae.CertReq(api_version="v1", kind="Certificate", metadata=cae.CreateMetaCert(name=name), spec=spec)
    shop.sdk.create_certificate(cae.CreateCertificateRequest(x_environment_id=shop.environment_id, body=body))
    return ssl.PEM_cert_to_DER_cert(crt)


def test_https_is_spoken_with_a_certificate_of_the_environment_and_not_without(shop: Shop, tmp_path: Path) -> None:
    port = FIRST + 4
    cart = shop.component(package(tmp_path), name="secure")
    spec = access_spec(port)
    spec.items[0].ports[0].protocol, spec.items[0].ports[0].certificate = "HTTPS", "shop"
    cart.configure(access=spec)
    detail = cart.fail("deploy")
    crt = certified(shop, "shop")
    cart.succeed("deploy")
    shown = ssl.get_server_certificate(("127.0.0.1", port))

    assert detail.startswith("certificate-unusable: certificate shop ")
    assert ssl.PEM_cert_to_DER_cert(shown) == crt
    assert told(cart)[1:] == [(f"https://127.0.0.1:{port}", "LoadBalancer")]


def test_a_configure_whose_port_is_taken_ends_before_it_begins_and_leaves_what_served(
    server: Server, shop: Shop, tmp_path: Path
) -> None:
    cart = shop.component(package(tmp_path), name="kept")
    cart.configure(access=access_spec(FIRST + 3))
    cart.succeed("deploy")
    taken = int(server.url.rpartition(":")[2])
    cart.configure(access=access_spec(taken))
    job = cart.end("configure")

    detail = job.tasks[0].detail
    assert [task.status for task in job.tasks] == ["failed", "skip", "skip"]
    assert f"port {taken} on 127.0.0.1, wanted by component kept, is taken by " in detail
    assert f"(process {server.pid})" in detail
    assert (cart.standing, answer(FIRST + 3)) == (("running", 1), VERSION)
